"""The tables of a letter: ruled, aligned without rules, or lines of plain text; continued ones in one piece.

Contract: every word of a table lies in exactly one cell, a number is read from its own cell's words alone, and nothing
is corrected here (`pipeline.check.tables` does that).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.extract.table_aligned import aligned_shapes
from pipeline.extract.table_build import table_of
from pipeline.extract.table_join import joined
from pipeline.extract.table_numbers import figure_of, style_of
from pipeline.extract.table_plain import plain_shapes
from pipeline.extract.table_ruled import ruled_shapes
from pipeline.extract.table_shape import Shape
from pipeline.extract.table_titles import with_surroundings
from pipeline.nouns import Box, Cell, Letter, PageText, Table

__all__ = ["numeric_cells", "read_tables", "reread"]

SPARE = 0.5
"""The part of a column's filled cells that must be numbers for the rest to be read again as numbers."""


def read_tables(letter: Letter) -> tuple[Table, ...]:
    """The tables of a letter in reading order; pages that repeat an earlier page give none."""
    shapes = [shape for page in letter.pages if page.repeats_page is None for shape in _shapes(page)]
    return tuple(table_of(shape) for shape in joined(shapes))


def _shapes(page: PageText) -> Iterator[Shape]:
    if not page.dpi:
        yield from plain_shapes(page)
        return
    ruled = list(ruled_shapes(page))
    shapes = [*ruled, *aligned_shapes(page, [grid.box for grid in page.grids])]
    boxes = [shape.box for shape in shapes if shape.box is not None]
    for shape in sorted(shapes, key=lambda s: s.box.y0 if s.box else 0):
        yield with_surroundings(shape, page, [box for box in boxes if box != shape.box])


def numeric_cells(table: Table) -> tuple[tuple[int, Box], ...]:
    """Page and box of each cell in the columns of figures: what is worth reading singly, with digits only.

    Cells without ink of their own are left out.
    """
    columns = _figure_columns(table)
    return tuple(
        (cell.page or table.page, cell.box)
        for cell in table.cells
        if cell.box is not None and cell.row >= table.header_rows and cell.col in columns
    )


def reread(table: Table, readings: Mapping[tuple[int, Box], tuple[str, float]]) -> Table:
    """The table with cells read again: for page and box of a cell its text and confidence; `raw` becomes that text.

    A reading replaces the first one where it is a number and the first is none, or the engine is surer of it.
    """
    style = style_of([cell.text for cell in table.cells])

    def better(cell: Cell) -> Cell:
        text, sure = readings.get((cell.page or table.page, cell.box), ("", 0.0)) if cell.box else ("", 0.0)
        value = figure_of(text, style)
        if value is None or (cell.value is not None and sure <= cell.confidence):
            return cell
        return replace(cell, text=text, raw=text, value=value, confidence=sure)

    return replace(table, cells=tuple(map(better, table.cells)))


def _figure_columns(table: Table) -> set[int]:
    found = set()
    for col in range(len(table.columns)):
        filled = [c for c in table.cells if c.col == col and c.row >= table.header_rows and c.text.strip()]
        if filled and sum(c.value is not None for c in filled) >= SPARE * len(filled):
            found.add(col)
    return found
