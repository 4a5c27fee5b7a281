from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figures.periods import find_periods, in_a_name, relative_periods


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("trong năm 2023", "2023-01-01", "2023-12-31"),
        ("cuối năm 2022", None, "2022-12-31"),
        ("từ tháng 1 đến tháng 5/2023", "2023-01-01", "2023-05-31"),
        ("quý I/2023", "2023-01-01", "2023-03-31"),
        ("Quý IV năm 2022", "2022-10-01", "2022-12-31"),
        ("giai đoạn 2021 - 2025", "2021-01-01", "2025-12-31"),
        ("nhiệm kỳ 2020-2025", "2020-01-01", "2025-12-31"),
        ("từ năm 2021 đến năm 2025", "2021-01-01", "2025-12-31"),
        ("năm học 2022 - 2023", "2022-09-01", "2023-08-31"),
        ("đến năm 2030", None, "2030-12-31"),
        ("đến hết quý III/2023", None, "2023-09-30"),
        ("Tính đến 15/3/2023", None, "2023-03-15"),
        ("trước ngày 05 tháng 12 năm 2024", None, "2024-12-05"),
        ("Đến 30/9 toàn huyện", None, "2024-09-30"),
        ("tháng 2/2023", "2023-02-01", "2023-02-28"),
        ("06 THÁNG CUỐI NĂM 2023", "2023-07-01", "2023-12-31"),
        ("9 tháng đầu năm 2022", "2022-01-01", "2022-09-30"),
        ("từ đầu năm đến 15/6/2023", "2023-01-01", "2023-06-15"),
        ("từ ngày 04 đến ngày 07/7/2021", "2021-07-04", "2021-07-07"),
        ("trước 17 giờ 00 ngày 12/5/2022", None, "2022-05-12"),
        ("hằng năm", None, None),
        ("ngày 14 tháng 6 năm 2019", "2019-06-14", "2019-06-14"),
        ("Kể từ ngày 01/7/2022, mức phụ cấp", "2022-07-01", None),
    ],
)
def test_one_period(text: str, first: str | None, last: str | None) -> None:
    found = find_periods(text, 2024)
    assert len(found) == 1
    assert (found[0].first, found[0].last) == tuple(d and dt.date.fromisoformat(d) for d in (first, last))


@pytest.mark.parametrize("text", ["tăng so với năm 2022", "cùng kỳ năm 2021", "năm cây cầu", "ngày 31/02/2023"])
def test_what_is_no_period(text: str) -> None:
    assert find_periods(text, 2024) == ()


def test_a_year_taken_from_the_letter_is_less_certain() -> None:
    assert find_periods("quý II", 2024)[0].certainty < find_periods("quý II/2024", None)[0].certainty
    assert find_periods("quý II", None) == ()


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)))
def test_any_day_comes_back(day: dt.date) -> None:
    found = find_periods(f"hoàn thành trước ngày {day.day:02}/{day.month}/{day.year} và báo cáo", None)
    assert [p.last for p in found] == [day]


def test_periods_reckoned_from_the_span_of_the_letter() -> None:
    (span,) = find_periods("nhiệm kỳ 2020 - 2025", None)
    (end,) = relative_periods("đến cuối nhiệm kỳ có 90% chi bộ", span)
    (before,) = relative_periods("Kết quả nhiệm kỳ qua", span)
    assert (end.first, end.last) == (None, dt.date(2025, 12, 31))
    assert (before.first, before.last) == (dt.date(2015, 1, 1), dt.date(2020, 12, 31))
    assert relative_periods("đến cuối nhiệm kỳ", None) == ()


def test_names_that_end_in_years() -> None:
    text = "Chương trình giảm nghèo giai đoạn 2021-2025"
    assert in_a_name(text, find_periods(text, None)[0])
    text = "Thu ngân sách giai đoạn 2021-2025"
    assert not in_a_name(text, find_periods(text, None)[0])
