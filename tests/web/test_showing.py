"""Dates, times and figures as people of the page's language write them."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UsageError
from pipeline.store.written import beginning_of_date
from pipeline.web.showing import amount, day, moment, shown


@pytest.fixture
def in_hanoi(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@given(st.dates(min_value=dt.date(1945, 9, 2)))
def test_what_is_shown_of_a_day_can_be_written_back(date: dt.date) -> None:
    assert beginning_of_date(day(date.isoformat(), "vi")) == date.isoformat()
    assert beginning_of_date(day(date.isoformat(), "en")) == date.isoformat()


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("31/1/2023", "2023-01-31"),
        (" 5.2023 ", "2023-05"),
        ("2023", "2023"),
        ("2023-05", "2023-05"),
        ("", None),
        (None, None),
    ],
)
def test_days_months_and_years_are_understood(written: str | None, stored: str | None) -> None:
    assert beginning_of_date(written) == stored


@pytest.mark.parametrize("written", ["hôm qua", "13/2023", "32/1/2023", "2023-13", "20235"])
def test_what_is_no_day_month_or_year_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        beginning_of_date(written)


@pytest.mark.parametrize("half", ["2023-05", "", None, "Số 5"])
def test_what_is_no_whole_date_stays(half: str | None) -> None:
    assert day(half, "vi") == (half or "")


@pytest.mark.usefixtures("in_hanoi")
def test_times_are_those_of_the_clock_on_the_wall() -> None:
    assert moment("2023-12-31T18:05:59+00:00", "vi") == "01/01/2024 01:05"
    assert moment("2023-12-31T18:05:59+00:00", "en") == "2024-01-01 01:05"
    assert moment(None, "vi") == ""


@pytest.mark.parametrize(
    ("field", "stored", "vi"),
    [
        ("issued_on", "2023-02-01", "01/02/2023"), ("targets.3.value", "9500000000", "9.500.000.000"),
        ("targets.3.value_max", "6.5", "6,5"), ("targets.3.indicator", "2023-02-01", "2023-02-01"),
        ("number", "47/KH-LĐLĐ", "47/KH-LĐLĐ"), ("number", None, ""), ("targets.3.value_max", "", ""),
    ],
)  # fmt: skip
def test_values_are_shown_as_people_write_them(field: str, stored: str | None, vi: str) -> None:
    assert shown(field, stored, "vi") == vi


@pytest.mark.parametrize(
    ("comparator", "value", "value_max", "unit", "written"),
    [
        (">=", 210.0, None, "đoàn viên", "≥ 210 đoàn viên"), ("=", 6.0, 6.5, "%", "6–6,5 %"),
        ("~", 240_000_000_000.0, None, "đồng", "≈ 240.000.000.000 đồng"), ("<", 0.0, None, None, "< 0"),
    ],
)  # fmt: skip
def test_a_figure_is_written_with_its_sign_and_unit(
    comparator: str, value: float, value_max: float | None, unit: str | None, written: str
) -> None:
    assert amount({"comparator": comparator, "value": value, "value_max": value_max, "unit": unit}) == written
