"""Computed cells of a table: sums and ratios are written as formulas, so that a table's arithmetic is right."""

from __future__ import annotations

import re
from collections.abc import Callable

from scripts.make_scans.markup import MarkupError
from scripts.make_scans.numerals import cell_number, format_number

Grid = list[list[str]]
_SPAN = re.compile(r"=s(\d+)-(\d+)")
_RATIO = re.compile(r"=r(\d+)/(\d+)\.(\d)(%?)")


def compute(grid: Grid, header_rows: int) -> None:
    """Puts the values of all formulas in their places: sums over columns, then over rows, then ratios.

    Raises:
        MarkupError: a formula that is not known, or that needs a cell without a number.
    """
    for kind in (_row_sum, _column_sum, _ratio):
        for r in range(header_rows, len(grid)):
            for c, text in enumerate(grid[r]):
                if text.startswith("="):
                    grid[r][c] = kind(grid, (r, c), header_rows)
    left = [text for row in grid[header_rows:] for text in row if text.startswith("=")]
    if left:
        raise MarkupError(f"unknown formulas: {', '.join(left)}")


Kind = Callable[[Grid, tuple[int, int], int], str]


def _row_sum(grid: Grid, place: tuple[int, int], _: int) -> str:
    row, text = grid[place[0]], grid[place[0]][place[1]]
    if not (found := _SPAN.fullmatch(text)) or "=" in row[int(found[1]) - 1 : int(found[2])]:
        return text
    return _sum([row[i] for i in range(int(found[1]) - 1, int(found[2]))])


def _column_sum(grid: Grid, place: tuple[int, int], header_rows: int) -> str:
    r, c = place
    if grid[r][c] != "=":
        return grid[r][c] if not _SPAN.fullmatch(grid[r][c]) else _row_sum(grid, place, header_rows)
    return _sum([row[c] for i, row in enumerate(grid) if i >= header_rows and i != r])


def _sum(texts: list[str]) -> str:
    decimals = max((len(t.partition(",")[2]) for t in texts), default=0)
    total = round(sum(cell_number(t) or 0.0 for t in texts), decimals)
    return format_number(total, 0 if total.is_integer() else decimals)


def _ratio(grid: Grid, place: tuple[int, int], _: int) -> str:
    row, text = grid[place[0]], grid[place[0]][place[1]]
    if not (found := _RATIO.fullmatch(text)):
        return text
    part, whole = (cell_number(row[int(found[i]) - 1]) for i in (1, 2))
    if part is None or not whole:
        raise MarkupError(f"{text} needs two numbers in {row}")
    return format_number(100 * part / whole + 1e-9, int(found[3])) + found[4]
