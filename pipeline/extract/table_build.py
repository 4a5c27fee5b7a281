"""From slots to a table: headers named, words joined, numbers read."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.table_headers import header_paths, header_rows
from pipeline.extract.table_numbers import NumberStyle, figure_of, style_of
from pipeline.extract.table_shape import Shape, Slot
from pipeline.nouns import Cell, Table
from pipeline.vietnamese import squeeze

EMPTY = 0.9
"""Confidence of a cell in which no word was found."""


def table_of(shape: Shape) -> Table:
    """The table that a shape is, with the value of each cell that holds a number."""
    head = header_rows(shape)
    style = style_of([slot.text for slot in shape.slots if slot.row >= head])
    return Table(
        page=shape.page,
        title=shape.title,
        columns=shape.columns if shape.columns is not None else header_paths(shape, head),
        header_rows=head,
        rows=shape.rows,
        cells=tuple(_cells(shape, head, style)),
        box=shape.box,
    )


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
