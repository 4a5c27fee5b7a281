from __future__ import annotations

import pytest

from pipeline.extract.tables.cell_figure import CellFigure, figure_in
from pipeline.extract.tables.units import TableUnit
from pipeline.nouns import Cell


def cell(text: str, value: float | None = None) -> Cell:
    return Cell(1, 1, text, text, value, 1.0)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("≥ 95%", CellFigure(">=", 95, unit=TableUnit("%"))),
        ("trên 120 người", CellFigure(">", 120, unit=TableUnit("người"))),
        ("03 - 05 mô hình", CellFigure("=", 3, 5, unit=TableUnit("mô hình"))),
        ("từ 5% trở lên", CellFigure(">=", 5, unit=TableUnit("%"))),
        ("1,2 tỷ đồng", CellFigure("=", 1.2, unit=TableUnit("đồng", 1e9))),
        ("khoảng 450 m2", CellFigure("~", 450, unit=TableUnit("m2"))),
        ("45/52", CellFigure("=", 45, goal=52)),
    ],
)
def test_figures_with_signs_ranges_goals_and_units(text: str, figure: CellFigure) -> None:
    assert figure_in(cell(text)) == figure


@pytest.mark.parametrize("text", ["", "x", "Tháng 3", "30/6", "Quý I", "12 Lê Lợi", "Đang thực hiện", "a 5"])
def test_cells_without_a_figure(text: str) -> None:
    assert figure_in(cell(text)) is None


def test_a_bare_number_is_taken_as_its_table_read_it() -> None:
    assert figure_in(cell("1.200", 1200.0)) == CellFigure("=", 1200.0)
    assert figure_in(cell("83,3%", 83.3)) == CellFigure("=", 83.3, unit=TableUnit("%"))
