"""A letter goes in whole, comes back whole, and a new reading takes the place of the old one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import DamagedFile, StoreError
from pipeline.nouns import Box, Status
from pipeline.store import RunCounts, Store
from pipeline.store.recall import letters_of_file
from tests.store.invented import TEXT, VALUES, a_field, a_page, a_record, a_target, doubtful


def column(store: Store, sql: str, *values: object) -> list[object]:
    return [next(iter(row.values())) for row in store.db.query(sql, values)]


def test_a_letter_comes_back_as_it_went_in(store: Store) -> None:
    record = a_record()
    (name,) = store.save((record,))
    letter = store.show(name)
    assert name == record.letter.scan.sha256[:16]
    assert {k: letter.document[k] for k in VALUES} == VALUES
    assert letter.document["status"] == "accepted"
    assert letter.document["confidence"] == pytest.approx(0.95)
    assert letter.document["read_at"] == "2024-01-02T12:00:00+00:00"
    assert letter.pages[0]["text"] == TEXT
    assert letter.pages[0]["steps"] == ["deskew"]
    assert [f["name"] for f in letter.fields] == sorted(VALUES)
    assert letter.fields[0]["x1"] == 110
    assert [r["role"] for r in letter.recipients] == ["to", "copy"]
    assert letter.tables[0]["columns"] == ["Đơn vị", "Chỉ tiêu"]
    assert [c["value"] for c in letter.tables[0]["cells"]] == [None, None, None, 12.0]
    assert letter.targets[0]["year"] == 2023
    assert letter.repairs[0]["text"] == "đoàn"
    assert letter.marks[0]["kind"] == "seal"


def test_a_cell_of_a_table_that_goes_on_keeps_its_own_page(store: Store) -> None:
    record = a_record()
    (table,) = record.tables
    moved = tuple(dataclasses.replace(cell, page=2) if cell.row else cell for cell in table.cells)
    record = dataclasses.replace(record, tables=(dataclasses.replace(table, cells=moved),))
    (name,) = store.save((record,))
    assert [cell["page_no"] for cell in store.show(name).tables[0]["cells"]] == [1, 1, 2, 2]
    (recalled,) = letters_of_file(store.db, record.letter.scan.sha256)
    assert [cell.page for cell in recalled.tables[0].cells] == [None, None, 2, 2]


def test_words_are_a_table_although_stored_compactly(store: Store) -> None:
    (name,) = store.save((a_record(),))
    rows = list(store.db.query("SELECT * FROM words WHERE document_id = ? AND line_no = 1 ORDER BY word_no", [name]))
    words = a_page().lines[0].words
    assert [r["text"] for r in rows] == [w.text for w in words]
    assert [r["raw"] for r in rows] == [w.raw for w in words]
    assert [(r["x0"], r["y0"], r["x1"], r["y1"]) for r in rows] == [dataclasses.astuple(w.box) for w in words]
    assert {r["confidence"] for r in rows} == {0.91}


def test_the_second_letter_of_a_bundle_is_named_after_the_first(store: Store) -> None:
    ids = store.save((a_record(), a_record(part=2, number="48/KH-LĐLĐ")))
    assert ids[1] == f"{ids[0]}-2"
    assert store.has(a_record().letter.scan.sha256) == ids[0]


def test_has_asks_for_the_reader_when_told_to(store: Store) -> None:
    record = a_record()
    store.save((record,))
    assert store.has(record.letter.scan.sha256, "another version") is None
    assert store.has("0" * 64) is None


def test_a_new_reading_takes_the_place_of_the_old(store: Store) -> None:
    store.save((a_record(), a_record(part=2)))
    (name,) = store.save((dataclasses.replace(a_record(subject="Tổng kết năm 2023"), targets=()),))
    assert column(store, "SELECT id FROM documents") == [name]
    assert store.show(name).document["subject"] == "Tổng kết năm 2023"
    for table in ("targets", "fields", "lines", "search_rows"):
        owners = column(store, f"SELECT DISTINCT document_id FROM {table}")
        assert owners == ([] if table == "targets" else [name])
    assert len(column(store, "SELECT rowid FROM search_text")) == 2


def test_one_doubtful_required_value_makes_a_letter_one_to_review(store: Store) -> None:
    (name,) = store.save((doubtful(a_record(), "number"),))
    document = store.show(name).document
    assert document["status"] == "needs_review"
    assert document["confidence"] == pytest.approx(0.4)
    (row,) = store.to_review()
    assert row["doubts"] == [{"name": "number", "reason": "two readings differ"}]


def test_a_missing_required_value_makes_a_letter_one_to_review(store: Store) -> None:
    (name,) = store.save((a_record(place=""),))
    assert store.show(name).document["status"] == "needs_review"
    assert store.show(name).document["confidence"] == 0.0


def test_a_doubtful_signer_does_not_hold_a_letter_back(store: Store) -> None:
    (name,) = store.save((doubtful(a_record(), "signer"),))
    assert store.show(name).document["status"] == "accepted"


def test_a_date_that_is_none_fills_no_date_column(store: Store) -> None:
    (name,) = store.save((a_record(issued_on="2023-02-31"),))
    letter = store.show(name)
    assert letter.document["issued_on"] is None
    assert next(f["value"] for f in letter.fields if f["name"] == "issued_on") == "2023-02-31"


def test_two_signers_are_two_values_of_one_field(store: Store) -> None:
    record = a_record()
    record = dataclasses.replace(record, fields=(*record.fields, a_field("signer", "Lê Thị Mẫu")))
    (name,) = store.save((record,))
    letter = store.show(name)
    assert [f["value"] for f in letter.fields if f["name"] == "signer"] == ["Trần Văn Mẫu", "Lê Thị Mẫu"]
    assert letter.document["signer"] == "Trần Văn Mẫu"


def test_a_letter_that_cannot_be_stored_leaves_nothing_behind(store: Store) -> None:
    store.save((a_record(),))
    before = list(store.db.iterdump())
    impossible = dataclasses.replace(a_record(), targets=(a_target(), a_target(comparator="around")))
    with pytest.raises(StoreError, match="refused"):
        store.save((impossible,))
    assert list(store.db.iterdump()) == before


def test_failures_count_their_attempts_and_go_when_the_letter_is_read(store: Store) -> None:
    record = a_record()
    path = record.letter.scan.path
    store.fail(path, None, DamagedFile("it ends in the middle", hint="scan it again", where=str(path)))
    store.fail(path, None, DamagedFile("it ends in the middle", hint="scan it again", where=str(path)))
    (row,) = store.failures()
    assert (row["error"], row["stage"], row["hint"], row["attempts"]) == ("DamagedFile", "intake", "scan it again", 2)
    store.save((record,))
    assert store.failures() == ()


def test_a_run_says_what_it_did(store: Store) -> None:
    run_id = store.start_run([Path("scans")])
    store.save((a_record(),), run_id=run_id)
    store.finish_run(run_id, RunCounts(read=1, failed=2, interrupted=True))
    (run,) = store.db.query("SELECT * FROM runs")
    assert (run["read"], run["failed"], run["skipped"], run["interrupted"]) == (1, 2, 0, 1)
    assert column(store, "SELECT run_id FROM documents") == [run_id]
    assert Status.ACCEPTED in column(store, "SELECT status FROM documents")


def test_numbers_of_numpy_are_numbers_in_the_database(store: Store) -> None:
    box = Box(*np.array([1, 2, 3, 4], dtype=np.int64))
    target = a_target(box=box, value=np.float32(7.5), confidence=np.float32(0.5))
    (name,) = store.save((dataclasses.replace(a_record(), targets=(target,), details={"noise": np.float32(0.25)}),))
    letter = store.show(name)
    assert (letter.targets[0]["x1"], letter.targets[0]["value"], letter.document["details"]) == (
        3,
        7.5,
        {"noise": 0.25},
    )
