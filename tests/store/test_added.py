"""Figures, citations and recipients that were missed are added by people; citations and titles are corrected."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from pipeline.errors import UsageError
from pipeline.nouns import Box, Citation
from pipeline.store import Decision, Pointed, Row, Store
from pipeline.store.recall import letters_of_file
from tests.store.invented import a_record

FIGURE = {"kind": "target", "indicator": "Giám sát chuyên đề", "value": "1.250,5", "unit": "cuộc"}


def added_figure(store: Store, name: str) -> Row | None:
    return next((row for row in store.show(name).targets if row["item"] >= 1000), None)


def test_a_figure_that_was_missed_is_added_and_taken_back(store: Store) -> None:
    (name,) = store.save((a_record(),))
    assert store.add(name, "targets", FIGURE, by="an") == "added.targets.0"
    assert {row["indicator"] for row in store.targets()} == {"Phát triển mới đoàn viên", "Giám sát chuyên đề"}
    figure = added_figure(store, name)
    assert figure is not None
    assert (figure["value"], figure["status"], figure["year"]) == (1250.5, "confirmed", 2023)
    assert figure["indicator_key"] == "giam sat chuyen de"
    store.undo(store.show(name).corrections[-1]["id"], by="an")
    assert added_figure(store, name) is None
    assert store.add(name, "targets", FIGURE, by="an") == "added.targets.1"


def test_what_was_added_is_corrected_pointed_at_and_kept_through_a_new_reading(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.add(name, "targets", FIGURE, by="an")
    store.correct(name, "targets.1000.responsible", "Ban Tổ chức", by="an")
    place = Pointed(1, Box(100, 260, 180, 300))
    store.decide(Decision(name, "targets.1000.value", "14", pointed=place), by="an")
    store.save((a_record(),))
    figure = added_figure(store, name)
    assert figure is not None
    assert (figure["value"], figure["responsible"], figure["x0"]) == (14, "Ban Tổ chức", 100)
    store.undo(store.show(name).corrections[0]["id"], by="an")
    store.save((a_record(),))
    assert added_figure(store, name) is None
    assert store.show(name).document["problems"] == []


def test_a_citation_is_corrected_and_finds_its_letter(store: Store) -> None:
    (plan,) = store.save((a_record(),))
    wrong = Citation("41/KH-LĐLĐ", "Kế hoạch", None, None, 1, None, "Kế hoạch số 41/KH-LĐLĐ", 0.5)
    report = dataclasses.replace(a_record("report", number="90/BC-LĐLĐ"), citations=(wrong,))
    (name,) = store.save((report,))
    made = store.correct(name, "citations.0.number", "47/KH-LĐLĐ", by="an")
    store.correct(name, "citations.0.issued_on", "14/02/2023", by="an")
    store.save((report,))
    (cited,) = store.show(name).citations
    assert (cited["cited_document_id"], cited["issued_on"], cited["confidence"]) == (plan, "2023-02-14", 1)
    store.undo(made, by="an")
    (cited,) = store.show(name).citations
    assert (cited["number"], cited["issued_on"], cited["cited_document_id"]) == ("41/KH-LĐLĐ", "2023-02-14", None)


def test_citations_and_recipients_are_added(store: Store) -> None:
    (plan,) = store.save((a_record(),))
    (name,) = store.save((a_record("report", number="90/BC-LĐLĐ"),))
    store.add(name, "citations", {"number": "47/KH-LĐLĐ", "issued_on": "14/2/2023"}, by="an")
    store.add(name, "recipients", {"role": "copy", "name": "Lưu: VP"}, by="an")
    letter = store.show(name)
    assert letter.citations[-1]["cited_document_id"] == plan
    assert (letter.recipients[-1]["role"], letter.recipients[-1]["name"]) == ("copy", "Lưu: VP")


def test_titles_of_tables_and_roles_of_recipients_are_corrected(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "tables.0.title", "Biểu 1", by="an")
    store.correct(name, "recipients.1.role", "to", by="an")
    store.correct(name, "recipients.1", "Văn phòng", by="an")
    store.save((a_record(),))
    letter = store.show(name)
    assert letter.tables[0]["title"] == "Biểu 1"
    assert [(row["role"], row["name"]) for row in letter.recipients] == [("to", "Công đoàn cơ sở"), ("to", "Văn phòng")]
    (recalled,) = letters_of_file(store.db, letter.document["sha256"])
    assert recalled.tables[0].title == "Biểu tổng hợp", "what is understood again is what was read"


@pytest.mark.parametrize(
    ("column", "written", "day"),
    [("period_start", "2024", dt.date(2024, 1, 1)), ("period_end", "2024", dt.date(2024, 12, 31)),
     ("period_end", "2/2024", dt.date(2024, 2, 29)), ("period_end", "30/6/2024", dt.date(2024, 6, 30))],
)  # fmt: skip
def test_the_period_of_a_figure_moves_its_year(store: Store, column: str, written: str, day: dt.date) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "targets.0.period_end", "", by="an")
    store.correct(name, f"targets.0.{column}", written, by="an")
    (figure,) = store.show(name).targets
    assert (figure[column], figure["year"]) == (day.isoformat(), 2024)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("targets", {**FIGURE, "value": "nhiều"}), ("targets", {**FIGURE, "unit": ""}), ("targets", {"value": "1"}),
        ("targets", {**FIGURE, "status": "accepted"}), ("targets", {**FIGURE, "kind": "goal"}),
        ("citations", {"number": ""}), ("citations", {"number": "1/A", "issued_on": "hôm qua"}),
        ("recipients", {"role": "friend", "name": "Ai"}), ("tables", {"title": "x"}), ("documents", {"number": "1"}),
    ],
)  # fmt: skip
def test_nonsense_is_not_added(store: Store, table: str, said: dict[str, str]) -> None:
    (name,) = store.save((a_record(),))
    with pytest.raises(UsageError):
        store.add(name, table, said, by="an")
    assert store.show(name).corrections == ()


def test_nothing_is_added_to_a_letter_that_is_not_there(store: Store) -> None:
    (name,) = store.save((a_record(),))
    with pytest.raises(UsageError):
        store.add("0" * 16, "targets", FIGURE, by="an")
    with pytest.raises(UsageError):
        store.correct(name, "added.targets.0", "no JSON", by="an")
    assert store.show(name).corrections == ()
