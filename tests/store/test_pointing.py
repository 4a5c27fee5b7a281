"""Values that were not found are given by people, who point to their ink; both survive a new reading and an undo."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.nouns import Box, Mark, MarkKind, Record, Status
from pipeline.store import FILED, STAMPED, Decision, Pointed, Row, Store
from pipeline.store.pointing import text_under
from pipeline.store.written import a_date
from tests.store.invented import a_field, a_page, a_record

STAMP = Pointed(1, Box(100, 200, 180, 240))
INK = ("page_no", "x0", "y0", "x1", "y1")


def row_of(store: Store, name: str, field: str) -> Row | None:
    return next((row for row in store.show(name).fields if row["name"] == field), None)


def ink_of(row: Row | None) -> tuple[int | None, ...]:
    assert row is not None
    return tuple(row[column] for column in INK)


@pytest.mark.parametrize("field", [*STAMPED, *FILED])
def test_what_fills_no_column_of_the_register_is_decided_on_too(store: Store, field: str) -> None:
    (name,) = store.save((a_record(),))
    value = "16/02/2023" if field.endswith("_on") else "148"
    made = store.correct(name, field, value, by="an")
    store.save((a_record(),))
    row = row_of(store, name, field)
    assert row is not None
    assert (row["value"], row["status"]) == ("2023-02-16" if field.endswith("_on") else "148", "confirmed")
    store.undo(made, by="an")
    assert row_of(store, name, field) is None


def test_a_value_that_was_not_found_is_given_with_its_ink(store: Store) -> None:
    (name,) = store.save((a_record(),))
    made = store.decide(Decision(name, "incoming_number", "148", pointed=STAMP), by="an")
    assert ink_of(row_of(store, name, "incoming_number")) == (1, 100, 200, 180, 240)
    store.save((a_record(),))
    assert ink_of(row_of(store, name, "incoming_number")) == (1, 100, 200, 180, 240)
    store.undo(made, by="an")
    assert row_of(store, name, "incoming_number") is None


def test_undo_brings_the_ink_back_that_was_read(store: Store) -> None:
    (name,) = store.save((a_record(),))
    read = ink_of(row_of(store, name, "number"))
    first = store.decide(Decision(name, "number", "74/KH-LĐLĐ", pointed=STAMP), by="an")
    second = store.decide(Decision(name, "number", "75/KH-LĐLĐ", pointed=Pointed(1, Box(5, 5, 50, 50))), by="an")
    store.undo(second, by="an")
    assert ink_of(row_of(store, name, "number")) == (1, 100, 200, 180, 240)
    store.undo(first, by="an")
    assert ink_of(row_of(store, name, "number")) == read != (1, 100, 200, 180, 240)


def test_a_figure_may_be_pointed_at(store: Store) -> None:
    (name,) = store.save((a_record(),))
    made = store.decide(Decision(name, "targets.0.value", "12", pointed=STAMP), by="an")
    assert ink_of(store.show(name).targets[0]) == (1, 100, 200, 180, 240)
    store.undo(made, by="an")
    assert ink_of(store.show(name).targets[0]) == (1, 100, 200, 700, 240)


def test_ink_moves_with_the_resolution_of_a_new_reading_and_goes_with_a_turned_page(store: Store) -> None:
    (name,) = store.save((a_record(),))
    store.decide(Decision(name, "incoming_number", "148", pointed=STAMP), by="an")
    store.save((_of_size(1240, 1754),))
    assert ink_of(row_of(store, name, "incoming_number")) == (1, 50, 100, 90, 120)
    store.save((_of_size(3508, 2480),))
    row = row_of(store, name, "incoming_number")
    assert row is not None
    assert (row["value"], row["x0"]) == ("148", None)


def _of_size(width: int, height: int) -> Record:
    record = a_record()
    page = dataclasses.replace(a_page(), width=width, height=height)
    return dataclasses.replace(record, letter=dataclasses.replace(record.letter, pages=(page,)))


@pytest.mark.parametrize(
    "pointed",
    [Pointed(2, Box(1, 1, 9, 9)), Pointed(1, Box(5, 5, 5, 9)), Pointed(1, Box(-4, 5, 9, 9)),
     Pointed(1, Box(1, 1, 9, 9999))],
)  # fmt: skip
def test_a_place_that_is_none_is_refused(store: Store, pointed: Pointed) -> None:
    (name,) = store.save((a_record(),))
    with pytest.raises(UsageError):
        store.decide(Decision(name, "incoming_number", "148", pointed=pointed), by="an")
    assert store.show(name).corrections == ()


def test_a_letter_as_a_whole_stands_nowhere(store: Store) -> None:
    (name,) = store.save((a_record(),))
    with pytest.raises(UsageError, match="nowhere"):
        store.decide(Decision(name, "letter", "1", pointed=STAMP), by="an")
    assert store.show(name).document["not_a_letter"] == 0


def test_what_was_read_in_a_box_is_told_in_reading_order(store: Store) -> None:
    record = a_record()
    stamp = Mark(MarkKind.INCOMING, Box(1800, 100, 2200, 300), "ĐẾN Số: 148")
    page = dataclasses.replace(a_page(), marks=(stamp,))
    (name,) = store.save((dataclasses.replace(record, letter=dataclasses.replace(record.letter, pages=(page,))),))
    assert text_under(store.db, name, Pointed(1, Box(90, 190, 285, 310))) == "Phấn đấu trên đường"
    assert text_under(store.db, name, Pointed(1, Box(1700, 50, 2300, 350))) == "ĐẾN Số: 148"
    assert text_under(store.db, name, Pointed(1, Box(0, 3000, 90, 3100))) == ""


def test_a_doubted_number_of_arrival_is_asked_about(store: Store) -> None:
    record = a_record()
    doubted = a_field("incoming_on", "2023-02-16", Status.NEEDS_REVIEW)
    (name,) = store.save((dataclasses.replace(record, fields=(*record.fields, doubted)),))
    assert store.show(name).document["doubts"] == 1
    store.correct(name, "incoming_on", "16/2/2023", by="an")
    assert store.show(name).document["doubts"] == 0


DAYS = st.dates(min_value=dt.date(1945, 9, 2), max_value=dt.date(2044, 12, 31))


@given(DAYS)
def test_a_day_may_be_written_as_letters_and_stamps_write_it(day: dt.date) -> None:
    spelt = f"ngày {day.day:02} tháng {day.month} năm {day.year}"
    figures = (f"{day.day}/{day.month}/{day.year}", f"{day:%d-%m-%y}", f"{day:%d / %m / %Y}")
    for written in (spelt, *figures, day.isoformat()):
        assert a_date(written) == day.isoformat()


@pytest.mark.parametrize("written", ["ngày l2 tháng 3 năm 2023", "ngày 31 tháng 2 năm 2023", "12/3", "đến 12/3/2023"])
def test_what_is_no_whole_day_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        a_date(written)
