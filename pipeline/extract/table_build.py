"""From slots to a table: headers named, words joined, numbers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.table_headers import header_paths, header_rows
from pipeline.extract.table_numbers import NumberStyle, figure_of, style_of
from pipeline.extract.table_shape import Shape, Slot
from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import is_index_header
from pipeline.vietnamese import squeeze

EMPTY = 0.9
"""Confidence of a cell in which no word was found."""
_INDEX = "TT"
"""What stands over a column that numbers the rows."""


def table_of(shape: Shape) -> Table:
    """The table that a shape is, with the value of each cell that holds a number."""
    head = header_rows(shape)
    style = style_of([slot.text for slot in shape.slots if slot.row >= head])
    cells = tuple(_cells(shape, head, style))
    columns = shape.columns if shape.columns is not None else header_paths(shape, head)
    numbering = [cell.value for cell in cells if cell.col == 0 and cell.row >= head and cell.text]
    if columns and _is_ruined_index(columns[0], numbering):
        columns = (_INDEX, *columns[1:])
        cells = tuple(_named_index(cell) if cell.row < head and cell.col == 0 else cell for cell in cells)
    return Table(shape.page, shape.title, columns, head, shape.rows, cells, box=shape.box)


def _is_ruined_index(header: str, values: Sequence[float | None]) -> bool:
    """Whether the first column numbers the rows under a header of a few characters that were misread."""
    return len(header) <= len(_INDEX) + 1 and not is_index_header(header) and is_numbering(header, values, 0)


def _named_index(cell: Cell) -> Cell:
    return replace(cell, text=_INDEX) if cell.text else cell


def _cells(shape: Shape, head: int, style: NumberStyle) -> Iterator[Cell]:
    for slot in sorted(shape.slots, key=lambda s: (s.row, s.col)):
        value = figure_of(slot.text, style) if slot.row >= head else None
        yield Cell(
            row=slot.row,
            col=slot.col,
            text=squeeze(slot.text),
            raw=squeeze(slot.raw),
            value=value,
            confidence=_confidence(slot, numeric=value is not None),
            box=slot.box,
            page=slot.page if slot.page != shape.page else None,
        )


def _confidence(slot: Slot, *, numeric: bool) -> float:
    """The worst word of a number, for one wrong digit spoils it; the mean of words."""
    if not slot.words:
        return EMPTY * slot.doubt
    sure = [word.confidence for word in slot.words]
    return slot.doubt * (min(sure) if numeric else sum(sure) / len(sure))
