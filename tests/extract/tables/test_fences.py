"""Tables without rules are fenced in by the white between their rows and columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.fences import fences
from pipeline.nouns import Box, Grid, Line, PageText, Word, Zone

COLUMNS = (300, 900, 1300, 1800)
HEIGHT, STEP = 36, 90
HEAD = ("Giải", "Số giải", "Mức thưởng", "Thành tiền")
ROWS = (
    ("Nhất", "1", "3.000.000", "3.000.000"),
    ("Nhì", "2", "2.000.000", "4.000.000"),
    ("Ba", "3", "1.500.000", "4.500.000"),
)


def word(text: str, x: int, y: int) -> Word:
    return Word(text, text, Box(x, y, x + 18 * len(text), y + HEIGHT), 0.96)


def page(rows: tuple[tuple[str, ...], ...], zone: Zone = Zone.BODY, top: int = 800) -> PageText:
    lines = []
    for down, cells in enumerate(rows):
        y = top + STEP * down
        words = [
            word(part, x + 18 * len(cell[: cell.index(part)]), y)
            for x, cell in zip(COLUMNS, cells, strict=True)
            for part in cell.split()
        ]
        lines.append(Line(tuple(words), zone))
    return PageText(1, tuple(lines), 2480, 3508, 300)


def cell_at(grid: Grid, x: float, y: float) -> tuple[int, int]:
    (found,) = [c for c in grid.cells if c.box.x0 <= x < c.box.x1 and c.box.y0 <= y < c.box.y1]
    return found.row, found.col


def test_each_word_stands_in_its_own_cell() -> None:
    (grid,) = fences(page((HEAD, *ROWS)))
    assert (grid.rows, grid.cols) == (4, 4)
    for row in range(4):
        for col, x in enumerate(COLUMNS):
            assert cell_at(grid, x + 5, 800 + STEP * row + 20) == (row, col)


def test_the_words_of_a_closing_block_s_columns_may_be_a_table() -> None:
    assert len(fences(page((HEAD, *ROWS), Zone.CLOSING_RIGHT))) == 1


def test_a_total_with_one_figure_belongs_to_the_table() -> None:
    (grid,) = fences(page((HEAD, *ROWS, ("Cộng", "", "", "11.500.000"))))
    assert grid.rows == 5


def test_a_sentence_after_the_table_does_not() -> None:
    (grid,) = fences(page((HEAD, *ROWS, ("Nơi nhận:", "", "", "2024"))))
    assert grid.rows == 4


def test_running_text_is_no_table() -> None:
    text = "Các đơn vị báo cáo kết quả về Sở trước ngày 15/6/2024 để tổng hợp"
    lines = []
    for down in range(6):
        x, words = 300, []
        for part in text.split():
            words.append(word(part, x, 800 + 60 * down))
            x += 18 * len(part) + 12
        lines.append(Line(tuple(words)))
    assert fences(PageText(1, tuple(lines), 2480, 3508, 300)) == ()


def test_text_without_a_page_has_no_fences() -> None:
    assert fences(PageText(1, page((HEAD, *ROWS)).lines, 0, 0, 0)) == ()


@given(st.lists(st.tuples(*[st.integers(1, 99999)] * 3), min_size=3, max_size=9))
def test_rows_and_columns_follow_each_other(figures: list[tuple[int, int, int]]) -> None:
    rows = tuple(("Xã", *(f"{n}" for n in row)) for row in figures)
    for grid in fences(page(rows)):
        assert all(c.box.x0 < c.box.x1 and c.box.y0 < c.box.y1 for c in grid.cells)
        assert {(c.row, c.col) for c in grid.cells} == {(r, c) for r in range(grid.rows) for c in range(grid.cols)}
