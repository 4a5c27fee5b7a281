"""Sets a table: widths by share, cells wrapped, rows kept whole, a page turned between rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from pipeline.nouns import Zone
from scripts.make_scans.flow import LEFT, Flow
from scripts.make_scans.lines import Piece, Slot, break_lines, pieces
from scripts.make_scans.numerals import cell_number
from scripts.make_scans.sheet import Rule
from scripts.make_scans.tables import TableCell, TableSource

_PAD = 4.0


def set_table(flow: Flow, table: TableSource, index: int) -> None:
    """The table with its title, from where the flow stands."""
    if table.title:
        _title(flow, table, index)
    columns = _columns(flow, table)
    heights = _heights(flow, table, index, columns)
    flow.y += 6
    for first, last in _groups(table):
        if flow.room < sum(heights[first:last]):
            flow.turn()
        tops = list(accumulate(heights[first:last], initial=flow.y))
        for cell in (c for c in table.cells if first <= c.row < last):
            box = (columns[cell.col], tops[cell.row - first], columns[cell.col_end], tops[cell.row_end - first])
            _set_cell(flow, table, index, cell, box)
        flow.y = tops[-1]
    flow.y += 8


def _title(flow: Flow, table: TableSource, index: int) -> None:
    bold = flow.face(bold=True)
    if flow.room < 80:
        flow.turn()
    for line in break_lines(pieces(table.title, bold, flow.size, f"t{index}"), flow.width - 20):
        flow.y += flow.leading
        flow.put(line, Slot(LEFT, LEFT + flow.width, flow.y, 0, Zone.BODY, "centre"))


def _columns(flow: Flow, table: TableSource) -> list[float]:
    share = flow.width / sum(table.widths)
    return list(accumulate((w * share for w in table.widths), initial=LEFT))


def _heights(flow: Flow, table: TableSource, index: int, columns: list[float]) -> list[float]:
    """Height of each row, in points: what its tallest cell needs; a cell over rows stretches its last."""
    heights = [0.0] * table.rows
    for cell in sorted(table.cells, key=lambda c: c.row_end - c.row):
        lines = _cell_lines(flow, table, index, cell, columns[cell.col_end] - columns[cell.col])
        need = len(lines) * _leading(table) + 2 * _PAD + 1
        short = need - sum(heights[cell.row : cell.row_end])
        heights[cell.row_end - 1] += max(short, 0.0)
    return heights


def _leading(table: TableSource) -> float:
    return table.size * 1.2


def _groups(table: TableSource) -> Iterator[tuple[int, int]]:
    """Spans of rows that may not be parted: the header, and rows joined by a merged cell."""
    first = 0
    for row in range(1, table.rows + 1):
        crossed = any(c.row < row < c.row_end for c in table.cells) or row < table.header_rows
        if not crossed:
            yield first, row
            first = row


def _cell_lines(flow: Flow, table: TableSource, index: int, cell: TableCell, width: float) -> list[list[Piece]]:
    strong = cell.row < table.header_rows or cell.row in table.bold_rows
    words = pieces(cell.text, flow.face(bold=strong), table.size, f"t{index}.{cell.row}.{cell.col}")
    return break_lines(words, width - 2 * _PAD)


def _set_cell(
    flow: Flow, table: TableSource, index: int, cell: TableCell, box: tuple[float, float, float, float]
) -> None:
    x0, y0, x1, y1 = box
    lines = _cell_lines(flow, table, index, cell, x1 - x0)
    leading = _leading(table)
    centred = cell.row < table.header_rows or cell_number(cell.text) is not None
    baseline = (y0 + y1 - len(lines) * leading) / 2 - 0.25 * table.size
    for line in lines:
        baseline += leading
        flow.put(line, Slot(x0 + _PAD, x1 - _PAD, baseline, 0, Zone.TABLE, "centre" if centred else "left"))
    if table.ruled:
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        flow.rules += [Rule(*side) for side in sides]
