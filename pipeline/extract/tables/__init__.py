"""The tables of a letter: ruled, aligned without rules, or lines of plain text; continued ones in one piece.

Contract: every word of a table lies in exactly one cell, a number is read from its own cell's words alone, and nothing
is corrected here (`pipeline.check.tables` does that).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.tables.aligned import aligned_shapes
from pipeline.extract.tables.build import table_of
from pipeline.extract.tables.join import joined
from pipeline.extract.tables.plain import plain_shapes
from pipeline.extract.tables.ruled import ruled_shapes
from pipeline.extract.tables.shape import Shape
from pipeline.extract.tables.titles import with_surroundings
from pipeline.nouns import Letter, PageText, Table


def read_tables(letter: Letter) -> tuple[Table, ...]:
    """The tables of a letter in reading order; pages that repeat an earlier page give none."""
    shapes = [shape for page in letter.pages if page.repeats_page is None for shape in _shapes(page)]
    return tuple(table_of(shape) for shape in joined(shapes) if shape.rows > 1)


def _shapes(page: PageText) -> Iterator[Shape]:
    if not page.dpi:
        yield from plain_shapes(page)
        return
    ruled = list(ruled_shapes(page))
    shapes = [*ruled, *aligned_shapes(page, [grid.box for grid in page.grids])]
    boxes = [shape.box for shape in shapes if shape.box is not None]
    for shape in sorted(shapes, key=lambda s: s.box.y0 if s.box else 0):
        yield with_surroundings(shape, page, [box for box in boxes if box != shape.box])
