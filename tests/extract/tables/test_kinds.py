from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.passages.context import Heading
from pipeline.extract.tables.kinds import Surroundings, kind_of_figures, surroundings
from pipeline.extract.tables.periods import TablePeriod, whole_year
from pipeline.tabular.roles import Role

PLAN = Surroundings("", (), "Kế hoạch", dt.date(2024, 1, 15), "")


def kind(around: Surroundings, role: Role | None = None, year: int | None = None, *, asks: bool = False) -> str:
    period = whole_year(year) if year else TablePeriod()
    return kind_of_figures(role, around, period, own=year is not None, asks=asks)[0]


def test_the_header_decides() -> None:
    assert kind(PLAN, Role.RESULT, asks=True) == "result"
    assert kind(PLAN, Role.TARGET, 2022) == "target"


def test_what_is_done_in_a_time_to_come_is_asked() -> None:
    assert kind(PLAN, Role.RESULT, 2025, asks=True) == "target"


@pytest.mark.parametrize(("year", "found"), [(2022, "result"), (2025, "target")])
def test_the_time_decides_where_no_header_does(year: int, found: str) -> None:
    assert kind(PLAN, year=year) == found


def test_title_and_headings_before_the_kind_of_letter() -> None:
    assert kind(PLAN) == "target"
    assert kind(Surroundings("Kết quả năm qua", (), "Kế hoạch", None, "")) == "result"
    above = (Heading(4, "I. KẾT QUẢ ĐẠT ĐƯỢC"),)
    assert kind(Surroundings("", above, "Kế hoạch", None, "")) == "result"


def test_surroundings_from_fields_without_a_date() -> None:
    around = surroundings("Bảng 1", (), {"doc_type": "Báo cáo", "issued_on": "?"})
    assert (around.doc_type, around.issued_on, around.subject) == ("Báo cáo", None, "")
