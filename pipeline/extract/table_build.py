"""From slots to a table: headers named, words joined, numbers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.table_cell_text import header_path, header_text, label_text
from pipeline.extract.table_headers import header_paths, header_rows
from pipeline.extract.table_numbers import NumberStyle, bare, figure_of, style_of
from pipeline.extract.table_shape import Shape, Slot
from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import is_index_header
from pipeline.vietnamese import squeeze

EMPTY = 0.9
"""Confidence of a cell in which no word was found."""
DOUBTFUL = 0.6
"""Confidence below which a word is more likely misread than not."""


def table_of(shape: Shape) -> Table:
    """The table that a shape is, with the value of each cell that holds a number."""
    head = header_rows(shape)
    style = style_of([slot.text for slot in shape.slots if slot.row >= head])
    cells = tuple(_cells(shape, head, style))
    columns = shape.columns if shape.columns is not None else tuple(map(header_path, header_paths(shape, head)))
    ruined = _ruined_index(cells, head) if columns else None
    if ruined is not None:
        name = "STT" if ruined.text[0] in "Ss" else "TT"
        columns = (name, *columns[1:])
        cells = tuple(replace(cell, text=name) if cell is ruined else cell for cell in cells)
    return Table(shape.page, shape.title, columns, head, shape.rows, cells, box=shape.box)


def _ruined_index(cells: Sequence[Cell], head: int) -> Cell | None:
    """The header of a first column that numbers the rows, where it was misread: a few characters, read with doubt."""
    header = next((c for c in cells if c.col == 0 and c.row < head and c.text), None)
    if header is None or is_index_header(header.text) or header.confidence >= DOUBTFUL or len(header.text) > 5:
        return None
    values = [c.value for c in cells if c.col == 0 and c.row >= head and c.text]
    return header if is_numbering("", values, 0) else None


def _cells(shape: Shape, head: int, style: NumberStyle) -> Iterator[Cell]:
    for slot in sorted(shape.slots, key=lambda s: (s.row, s.col)):
        text = squeeze(slot.text)
        value = figure_of(text, style) if slot.row >= head else None
        yield Cell(
            row=slot.row,
            col=slot.col,
            text=bare(text) if value is not None else header_text(text) if slot.row < head else label_text(text),
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
