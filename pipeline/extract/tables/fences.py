"""Tables without rules as if they were ruled: lines through the white between their rows and columns.

With them the page can be read once more, the table row by row and its figures cell by cell, as ruled tables are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.tables.aligned import aligned_shapes
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.nouns import Box, Grid, GridCell, PageText

_EDGE = 0.25
"""White around the table that belongs to it, in heights of its lowest row."""

Span = tuple[int, int]


def fences(page: PageText) -> tuple[Grid, ...]:
    """A grid for each table of the page that no rules fence in; none where its rows or columns do not stand apart."""
    shapes = aligned_shapes(page, [grid.box for grid in page.grids]) if page.dpi else ()
    return tuple(grid for shape in shapes for grid in _grid(shape))


def _grid(shape: Shape) -> Iterator[Grid]:
    rows = [_span(shape.slots, row=row) for row in range(shape.rows)]
    cols = [_span(shape.slots, col=col) for col in range(shape.cols)]
    if shape.box is None or None in rows or None in cols:
        return
    margin = round(_EDGE * min(low - high for high, low in filter(None, rows)))
    down = _bounds([span for span in rows if span], margin)
    across = _bounds([span for span in cols if span], margin)
    if down is None or across is None:
        return
    cells = tuple(
        GridCell(
            s.row, s.col, s.row_end, s.col_end, Box(across[s.col], down[s.row], across[s.col_end], down[s.row_end])
        )
        for s in shape.slots
    )
    yield Grid(Box(across[0], down[0], across[-1], down[-1]), cells, shape.rows, shape.cols)


def _span(slots: Sequence[Slot], *, row: int | None = None, col: int | None = None) -> Span | None:
    """Where the words of one row, or of one column, begin and end; merged places left aside. None for none."""
    boxes = [
        slot.box
        for slot in slots
        if slot.box is not None
        and (row is None or (slot.row, slot.row_end) == (row, row + 1))
        and (col is None or (slot.col, slot.col_end) == (col, col + 1))
    ]
    if not boxes:
        return None
    if row is not None:
        return min(b.y0 for b in boxes), max(b.y1 for b in boxes)
    return min(b.x0 for b in boxes), max(b.x1 for b in boxes)


def _bounds(spans: Sequence[Span], margin: int) -> list[int] | None:
    """Lines in the middle of the white between spans that follow each other; None where one begins before another."""
    starts = [start for start, _ in spans]
    if starts != sorted(starts):
        return None
    between = [(end + start) // 2 for (_, end), (start, _) in pairwise(spans)]
    return [max(0, spans[0][0] - margin), *between, spans[-1][1] + margin]
