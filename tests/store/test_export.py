"""Exports hold what the letters say, in the same order each time, and nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import StoreConfig
from pipeline.errors import UsageError
from pipeline.store import EXPORTS, Store, open_store, write_csv, write_jsonl
from pipeline.store.export import harmless
from tests.store.invented import a_record


def everything(path: Path, letters: list[str], year: int) -> str:
    with open_store(path, StoreConfig(), now=lambda: dt.datetime(year, 1, 1, tzinfo=dt.UTC)) as store:
        run_id = store.start_run([Path("scans")] * year)
        for content in letters:
            store.save((a_record(content),), run_id=run_id)
        out = io.StringIO()
        for what in EXPORTS:
            write_jsonl(store.export(what), out)
        return out.getvalue()


def test_the_order_and_time_of_reading_leave_no_trace(tmp_path: Path) -> None:
    one = everything(tmp_path / "one.db", ["a", "b", "c"], 2023)
    two = everything(tmp_path / "two.db", ["c", "b", "a", "b"], 2024)
    assert one == two


def test_times_come_when_asked_for(store: Store) -> None:
    store.save((a_record(),))
    (row,) = store.export("documents", times=True)
    assert row["read_at"] == "2024-01-02T12:00:00+00:00"


def test_a_letter_is_one_object(store: Store) -> None:
    store.save((a_record(),))
    out = io.StringIO()
    assert write_jsonl(store.export("letters"), out) == 1
    letter = json.loads(out.getvalue())
    assert letter["targets"][0]["value"] == 210.0
    assert letter["tables"][0]["cells"][3]["text"] == "12"


def test_csv_has_a_header_and_plain_numbers(store: Store) -> None:
    store.save((a_record(),))
    out = io.StringIO()
    assert write_csv(store.export("targets"), out) == 1
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["indicator"] == "Phát triển mới đoàn viên"
    assert float(row["value"]) == 210


def test_a_formula_in_a_letter_stays_text(store: Store) -> None:
    store.save((a_record(subject='=HYPERLINK("http://x")', signer="@SUM(A1)"),))
    out = io.StringIO()
    write_csv(store.export("documents"), out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["subject"].startswith("'=")
    assert row["signer"].startswith("'@")


@given(st.text())
def test_no_text_begins_like_a_formula(text: str) -> None:
    assert not str(harmless(text)).lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers() -> None:
    assert harmless(-3.5) == -3.5


def test_an_unknown_export_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="nothing called"):
        list(store.export("passwords"))


def test_letters_are_listed_as_libraries_and_archives_do(store: Store) -> None:
    (name,) = store.save((a_record(),))
    (dublin,) = store.export("dublin_core")
    assert dublin["dc:title"] == "Kế hoạch 47/KH-LĐLĐ: Phát động thi đua năm 2023"
    assert (dublin["dc:identifier"], dublin["dc:date"], dublin["dc:relation"]) == (name, "2023-02-14", "12/NQ-TLĐ")
    (archived,) = store.export("archive_records")
    assert (archived["codeNumber"], archived["codeNotation"]) == ("47", "KH-LĐLĐ")
    assert (archived["typeName"], archived["numberOfPage"], archived["maintenance"]) == ("Kế hoạch", 1, None)
    store.correct(name, "letter", "1", by="an")
    assert list(store.export("dublin_core")) == list(store.export("archive_records")) == []
