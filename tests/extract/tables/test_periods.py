from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.tables.periods import TablePeriod, a_year_before, names_only_a_period, period_named, whole_year


@pytest.mark.parametrize("text", ["2024", "Quý I", "Giai đoạn 2021-2025", "Tháng 3"])
def test_labels_that_are_times(text: str) -> None:
    assert names_only_a_period(text)


@pytest.mark.parametrize("text", ["", "-", "1.250", "Xã Ea Na", "Hộ nghèo năm 2021"])
def test_labels_that_are_none(text: str) -> None:
    assert not names_only_a_period(text)


def test_the_lowest_header_names_the_period_and_a_programme_does_not() -> None:
    found = period_named("Năm 2023 › Thực hiện quý II/2023", 2023)
    assert found is not None
    assert (found.start, found.end) == (dt.date(2023, 4, 1), dt.date(2023, 6, 30))
    assert period_named("Chương trình giảm nghèo giai đoạn 2021-2025", 2023) is None


def test_a_year_before() -> None:
    assert a_year_before(whole_year(2024)).start == dt.date(2023, 1, 1)
    assert a_year_before(TablePeriod("", dt.date(2024, 2, 1), dt.date(2024, 2, 29))).end == dt.date(2023, 2, 28)
    assert a_year_before(TablePeriod()) == TablePeriod()
