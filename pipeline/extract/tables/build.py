"""From slots to a table: headers named, words joined, numbers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.extract.tables.cell_text import header_path, header_text, label_text
from pipeline.extract.tables.headers import header_paths, header_rows
from pipeline.extract.tables.numbers import NumberStyle, bare, figure_of, style_of
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import is_index_header
from pipeline.vietnamese import fold, squeeze

EMPTY = 0.9
"""Confidence of a cell in which no word was found."""
_NUMBER = 2
"""Characters of a number of a row at most."""
_RUINED = 6
"""Characters of a misread `TT` or `STT` at most."""
_LIKE = 50
"""Likeness (0 to 100) to them of one that was read with confidence."""
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
    return Table(
        shape.page,
        shape.title,
        columns,
        head,
        shape.rows,
        _counted_on(cells, head, columns[0] if columns else ""),
        box=shape.box,
    )


def _counted_on(cells: tuple[Cell, ...], head: int, header: str) -> tuple[Cell, ...]:
    """The cells; in a column that numbers the rows, a number that was not read is the one its neighbours leave."""
    column = {cell.row: cell for cell in cells if cell.col == 0 and cell.row >= head}
    if not is_numbering(header, [cell.value for cell in column.values()], 0):
        return cells
    mended: dict[int, Cell] = {}
    for row, cell in column.items():
        before, after = (column[at].value if at in column else None for at in (row - 1, row + 1))
        before = 0.0 if row == head else before
        number = (before if before is not None else 0.0) + 1
        last = row + 1 not in column or not column[row + 1].text[:1].isdigit()
        fits = after == number + 1 or (last and len(cell.text) == len(f"{number:.0f}"))
        if cell.value is None and before is not None and fits and len(cell.text) <= _NUMBER:
            mended[row] = replace(cell, text=f"{number:.0f}", value=number, confidence=min(cell.confidence, DOUBTFUL))
    return tuple(mended.get(cell.row, cell) if cell.col == 0 else cell for cell in cells)


def _ruined_index(cells: Sequence[Cell], head: int) -> Cell | None:
    """The header of a first column that numbers the rows, where it was misread: a few characters, read with doubt."""
    header = next((c for c in cells if c.col == 0 and c.row < head and c.text), None)
    if header is None or is_index_header(header.text) or len(header.text) > _RUINED:
        return None
    if header.confidence >= DOUBTFUL and max(fuzz.ratio(fold(header.text), name) for name in ("tt", "stt")) < _LIKE:
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
