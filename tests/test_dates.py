"""Dates as printed, and as OCR leaves them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates import figure_dates, spelt_date
from pipeline.vietnamese import strip_marks


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)), st.booleans(), st.sampled_from(["", " ", "  "]))
def test_every_printed_date_is_read(date: dt.date, marks: bool, gap: str) -> None:  # noqa: FBT001
    text = f"Ngãi Giao, ngày{gap or ' '}{date.day:02} tháng{gap or ' '}{date.month} năm {date.year}"
    found = spelt_date(text if marks else strip_marks(text))
    assert found is not None
    assert found.date == date
    assert not found.slips
    assert text[found.start :].startswith("ngày")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Sơn La, ngày 04tháng 02 năm 2025", dt.date(2025, 2, 4)),
        ("ngày05tháng3năm2021", dt.date(2021, 3, 5)),
        ("ngảy 5 thảng 12 nãm 1999", dt.date(1999, 12, 5)),
        ("Lai Chau, ngay 10 thang 11 ndm 2022", dt.date(2022, 11, 10)),
        ("ngày 30 tháng 4 năm 2021.", dt.date(2021, 4, 30)),
    ],
)
def test_ocr_slips_in_the_words_do_no_harm(text: str, date: dt.date) -> None:
    found = spelt_date(text)
    assert found is not None
    assert found.date == date


def test_letters_taken_for_digits_are_told() -> None:
    found = spelt_date("ngày l2 tháng O4 năm 202l")
    assert found is not None
    assert found.date == dt.date(2021, 4, 12)
    assert found.slips


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Quảng Ngãi, ngàW/‡ tháng 5 năm 2021", (None, 5, 2021)),
        ("ngày J7 tháng Š năm 2025", (None, None, 2025)),
        ("Cà Mau, ngày 19 tháng 02 năm 202SŠ", (19, 2, None)),
    ],
)
def test_a_part_that_is_no_number_is_missing_not_guessed(text: str, parts: tuple[int | None, ...]) -> None:
    found = spelt_date(text)
    assert found is not None
    assert (found.day, found.month, found.year) == parts
    assert found.date is None


def test_a_day_out_of_the_calendar_is_no_date() -> None:
    found = spelt_date("ngày 31 tháng 02 năm 2021")
    assert found is not None
    assert found.date is None


@pytest.mark.parametrize("text", ["", "ngày nay", "tháng 3 năm 2020", "năm 2020"])
def test_other_text_holds_no_date(text: str) -> None:
    assert spelt_date(text) is None


def test_dates_in_figures_put_the_day_first() -> None:
    found = figure_dates("ký ngày 03/4/2021, 08:00; sao y 05.04.2021")
    assert [one.date for one in found] == [dt.date(2021, 4, 3), dt.date(2021, 4, 5)]
    assert figure_dates("số 12/34/2021/5") == ()
