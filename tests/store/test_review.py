"""What people decide stands, is logged, survives a new reading, and can be taken back."""

from __future__ import annotations

import dataclasses
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import StaleValue, UsageError
from pipeline.store import REQUIRED, Store
from pipeline.store.figures import figure_of, figure_text
from tests.store.invented import a_record, a_target, doubtful


def field(store: Store, name: str, of: str) -> tuple[str, str]:
    row = next(f for f in store.show(of).fields if f["name"] == name)
    return row["value"], row["status"]


def test_a_correction_is_confirmed_and_logged(store: Store) -> None:
    (name,) = store.save((doubtful(a_record(), "number"),))
    store.correct(name, "number", " 74/KH-LĐLĐ ", by="an")
    letter = store.show(name)
    assert field(store, "number", name) == ("74/KH-LĐLĐ", "confirmed")
    assert letter.document["number"] == "74/KH-LĐLĐ"
    assert letter.document["status"] == "accepted"
    (logged,) = letter.corrections
    assert (logged["field"], logged["old"], logged["new"], logged["by"]) == ("number", "47/KH-LĐLĐ", "74/KH-LĐLĐ", "an")
    assert logged["at"] == "2024-01-02T12:00:00+00:00"


def test_a_letter_is_confirmed_when_a_person_has_confirmed_all_it_needs(store: Store) -> None:
    (name,) = store.save((a_record(),))
    for required in REQUIRED:
        store.correct(name, required, field(store, required, name)[0], by="an")
    assert store.show(name).document["status"] == "confirmed"


def test_a_person_may_say_that_the_letter_has_no_such_value(store: Store) -> None:
    (name,) = store.save((a_record(place=""),))
    store.correct(name, "place", "", by="an")
    document = store.show(name).document
    assert document["place"] is None
    assert document["status"] == "accepted"


def test_a_new_reading_keeps_what_people_decided(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "number", "74/KH-LĐLĐ", by="an")
    store.save((a_record(subject="Tổng kết", number="41/KH-LĐLĐ"),))
    assert field(store, "number", name) == ("74/KH-LĐLĐ", "confirmed")
    assert store.show(name).document["subject"] == "Tổng kết"


def test_undo_goes_back_one_decision_and_then_to_what_was_read(store: Store) -> None:
    (name,) = store.save((doubtful(a_record(), "number"),))
    first = store.correct(name, "number", "74/KH-LĐLĐ", by="an")
    second = store.correct(name, "number", "75/KH-LĐLĐ", by="binh")
    store.undo(second, by="an")
    assert field(store, "number", name) == ("74/KH-LĐLĐ", "confirmed")
    store.undo(first, by="an")
    assert field(store, "number", name) == ("47/KH-LĐLĐ", "needs_review")
    assert [row["new"] for row in store.show(name).corrections][2:] == ["74/KH-LĐLĐ", "47/KH-LĐLĐ"]
    with pytest.raises(UsageError, match="cannot be undone"):
        store.undo(first, by="an")


def test_undo_of_a_value_that_was_not_read_takes_it_away(store: Store) -> None:
    (name,) = store.save((a_record(place=""),))
    store.undo(store.correct(name, "place", "Hương Giang", by="an"), by="an")
    assert store.show(name).document["place"] is None
    assert store.show(name).document["status"] == "needs_review"


def test_an_undone_decision_does_not_come_back_with_a_new_reading(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.undo(store.correct(name, "number", "74/KH-LĐLĐ", by="an"), by="an")
    store.save((a_record(),))
    assert field(store, "number", name) == ("47/KH-LĐLĐ", "accepted")


def test_a_corrected_date_moves_the_year_of_figures_without_a_period(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.db.execute("UPDATE targets SET period_end = NULL")
    store.correct(name, "issued_on", "14/2/2021", by="an")
    assert store.show(name).document["issued_on"] == "2021-02-14"
    assert store.show(name).targets[0]["year"] == 2021


@pytest.mark.parametrize(
    ("document", "name", "value"),
    [
        ("nothing", "number", "1/A"),
        ("", "colour", "red"),
        ("", "issued_on", "31/02/2023"),
        ("", "issued_on", "hôm qua"),
    ],
)
def test_what_cannot_be_is_refused(store: Store, document: str, name: str, value: str) -> None:
    (stored,) = store.save((a_record(),))
    with pytest.raises(UsageError):
        store.correct(document or stored, name, value, by="an")
    assert store.show(stored).corrections == ()


@pytest.mark.parametrize("sql", ["DELETE FROM corrections", "UPDATE corrections SET new = 'x'"])
def test_the_log_cannot_be_rewritten(store: Store, sql: str) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "number", "74/KH-LĐLĐ", by="an")
    with pytest.raises(sqlite3.IntegrityError, match="never"):
        store.db.execute(sql)


def test_a_stale_value_is_not_overwritten(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "number", "74/KH-LĐLĐ", by="an", seen="47/KH-LĐLĐ")
    with pytest.raises(StaleValue, match="74/KH-LĐLĐ"):
        store.correct(name, "number", "47/KH-LĐLĐ", by="binh", seen="47/KH-LĐLĐ")
    assert field(store, "number", name) == ("74/KH-LĐLĐ", "confirmed")


def test_all_accepted_values_of_a_letter_are_confirmed_at_once(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.confirm(name, by="an")
    assert store.show(name).document["status"] == "confirmed"
    (doubted,) = store.save((doubtful(a_record("other"), "number"),))
    with pytest.raises(UsageError, match="number"):
        store.confirm(doubted, by="an")
    assert store.show(doubted).corrections == ()


def figure(store: Store, of: str) -> dict[str, object]:
    return store.show(of).targets[0]


def test_a_figure_is_corrected_and_taken_back(store: Store) -> None:
    (name,) = store.save((a_record(),))
    decision = store.correct(name, "targets.0.value", "1.250,5", by="an")
    assert (figure(store, name)["value"], figure(store, name)["status"]) == (1250.5, "confirmed")
    store.correct(name, "targets.0.indicator", "Kết nạp đoàn viên", by="an")
    assert figure(store, name)["indicator_key"] == "ket nap doan vien"
    store.undo(decision, by="an")
    assert (figure(store, name)["value"], figure(store, name)["indicator"]) == (210, "Kết nạp đoàn viên")


def test_a_rejected_figure_leaves_the_views(store: Store) -> None:
    (name,) = store.save((a_record(),))
    decision = store.correct(name, "targets.0.rejected", "1", by="an")
    assert list(store.targets()) == []
    store.undo(decision, by="an")
    assert figure(store, name)["status"] == "accepted"
    assert len(list(store.targets())) == 1


def test_a_decision_on_a_figure_follows_it_into_a_new_reading(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "targets.0.value", "21", by="an")
    more = (a_target(value=5.0, value_text="05 cuộc", unit="cuộc"), a_target())
    store.save((dataclasses.replace(a_record(), targets=more),))
    assert [row["value"] for row in store.show(name).targets] == [5, 21]


def test_a_decision_that_no_longer_fits_is_told(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "targets.0.value", "21", by="an")
    store.save((dataclasses.replace(a_record(), targets=()),))
    assert "targets.0.value" in store.show(name).document["problems"][0]


def test_a_cell_and_a_recipient_are_corrected(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.correct(name, "tables.0.1.1", "1.200", by="an")
    cell = store.show(name).tables[0]["cells"][3]
    assert (cell["text"], cell["value"], cell["corrected_by"], cell["raw"]) == ("1.200", 1200, "person", "l2")
    decision = store.correct(name, "recipients.0", "Công đoàn các xã", by="an")
    assert store.show(name).recipients[0]["name"] == "Công đoàn các xã"
    store.undo(decision, by="an")
    assert store.show(name).recipients[0]["name"] == "Công đoàn cơ sở"


def test_what_is_no_letter_does_not_count(store: Store) -> None:
    (name,) = store.save((a_record(),))
    decision = store.correct(name, "letter", "1", by="an")
    assert list(store.targets()) == []
    store.save((a_record(),))
    assert store.show(name).document["not_a_letter"] == 1
    store.undo(decision, by="an")
    assert store.show(name).document["not_a_letter"] == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("targets.0.value", "nhiều"), ("targets.0.kind", "goal"), ("targets.0.indicator", ""), ("targets.9.value", "1"),
     ("targets.0.id", "x"), ("tables.0.9.9", "1"), ("recipients.7", "ai"),
     ("letter", "yes"), ("targets.-1.value", "1")],
)  # fmt: skip
def test_rows_take_no_nonsense(store: Store, name: str, value: str) -> None:
    (stored,) = store.save((a_record(),))
    with pytest.raises(UsageError):
        store.correct(stored, name, value, by="an")
    assert store.show(stored).corrections == ()


@given(st.floats(min_value=-1e12, max_value=1e12, allow_nan=False).map(lambda x: round(x, 3)))
def test_a_number_is_read_as_it_is_written_in_vietnamese(number: float) -> None:
    whole, _, decimals = f"{number:,.3f}".partition(".")
    assert figure_of(whole.replace(",", ".") + "," + decimals) == number
    assert figure_of(figure_text(number)) == number
