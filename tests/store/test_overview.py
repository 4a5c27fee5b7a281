"""The lists that people work through: what is in each, in which order, and how many."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.nouns import Record
from pipeline.store import LISTS, ListFilter, Store, dashboard, overview
from tests.store.invented import a_record, a_target, doubtful


def twice_doubtful(content: str) -> Record:
    return doubtful(doubtful(a_record(content, number="7/TB-LĐLĐ"), "number"), "subject")


def ids(store: Store, name: str) -> list[str]:
    rows, total = overview.letters(store.db, ListFilter(name))
    assert total == len(rows)
    return [row["id"] for row in rows]


def test_a_letter_that_needs_one_keystroke_comes_before_one_that_needs_two(store: Store) -> None:
    (hard,) = store.save((twice_doubtful("hard"),))
    (easy,) = store.save((doubtful(a_record("easy", number="8/TB-LĐLĐ"), "place"),))
    (sure,) = store.save((a_record("sure", number="9/TB-LĐLĐ"),))
    assert ids(store, "review") == [easy, hard]
    assert ids(store, "accepted") == [sure]
    assert overview.neighbour(store.db, easy) == hard
    assert overview.neighbour(store.db, hard) == easy
    assert overview.neighbour(store.db, sure) == easy


def test_every_list_counts_what_it_shows(store: Store) -> None:
    store.save((twice_doubtful("a"),))
    (name,) = store.save((dataclasses.replace(a_record("b"), problems=("page 2 is another scan of page 1",)),))
    store.save((a_record("c"),))
    store.correct(name, "letter", "1", by="an")
    counted = overview.counts(store.db)
    assert {which: counted[which] for which in LISTS} == {which: len(ids(store, which)) for which in LISTS}
    assert counted["all"] == 3
    assert counted["not_letters"] == 1


def test_parts_of_a_number_are_no_doubts_of_their_own(store: Store) -> None:
    record = doubtful(a_record(), "number")
    parts = tuple(dataclasses.replace(record.fields[1], name=name) for name in ("number_serial", "number_symbol"))
    (name,) = store.save((dataclasses.replace(record, fields=(*record.fields, *parts)),))
    assert store.show(name).document["doubts"] == 1
    (row,) = store.to_review()
    assert [doubt["name"] for doubt in row["doubts"]] == ["number"]


def test_lists_narrow_to_a_batch_and_an_issuer(store: Store) -> None:
    run_id = store.start_run([])
    (name,) = store.save((a_record("a"),), run_id=run_id)
    store.save((a_record("b", issuer="Sở Y tế tỉnh Hương Giang"),))
    assert [row["id"] for row in overview.letters(store.db, ListFilter("all", run_id=run_id))[0]] == [name]
    assert [row["id"] for row in overview.letters(store.db, ListFilter("all", issuer="lien doan"))[0]] == [name]
    (run,) = overview.runs(store.db)
    assert (run["letters"], run["to_review"]) == (1, 0)


def test_the_log_says_what_was_taken_back(store: Store) -> None:
    (name,) = store.save((a_record(),))
    made = store.correct(name, "number", "1/A", by="an")
    store.undo(made, by="binh")
    newest, oldest = overview.decisions(store.db)
    assert (newest["undoes"], newest["by"]) == (made, "binh")
    assert oldest["undone_by"] == newest["id"]


@pytest.mark.parametrize("year", [2023, None])
def test_the_dashboard_sets_results_beside_targets(store: Store, year: int | None) -> None:
    store.save((a_record("plan"),))
    report = a_record("report", number="90/BC-LĐLĐ", issued_on="2023-12-20")
    store.save((dataclasses.replace(report, targets=(a_target(kind="result", value=231.0, value_text="231"),)),))
    found = dashboard.dashboard(store.db, year)
    assert [(row["year"], row["targets"], row["results"]) for row in found["by_year"]] == [(2023, 1, 1)]
    assert [row["ratio"] for row in found["progress"]] == [pytest.approx(1.1)]
    assert [row["reached"] for row in found["progress"]] == [1]
    assert dashboard.dashboard(store.db, 1999)["by_year"] == []
