"""The numbering of a table's rows: 3, S, 5 can only be 3, 4, 5."""

from __future__ import annotations

from dataclasses import replace

from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import STEP, is_total

COUNTED = 0.97
"""Confidence of a number that both its neighbours demand."""


def mend_numbering(table: Table, reason: str) -> Table:
    """The table with misread numbers in its first column restored where the rows above and below leave no choice.

    A cell in the first row needs the two rows below it; one in the last row is left alone, for the list may end there.
    """
    column = [c for c in table.cells if c.col == 0 and c.row >= table.header_rows and not is_total(c.text)]
    header = table.columns[0].rpartition(STEP)[2] if table.columns else ""
    if not is_numbering(header, [c.value for c in column], 0):
        return table
    mended = {(c.row, c.col): _restored(c, wanted, reason) for c, wanted in _demanded(column) if c.value != wanted}
    return replace(table, cells=tuple(mended.get((c.row, c.col), c) for c in table.cells))


def _demanded(column: list[Cell]) -> list[tuple[Cell, int]]:
    """The cells whose number the neighbours fix, with that number."""
    found = []
    for at, cell in enumerate(column[:-1]):
        before = column[at - 1].value if at else 0.0
        after = column[at + 1].value
        beyond = column[at + 2].value if at + 2 < len(column) else None
        sure = at > 0 or (beyond is not None and after is not None and beyond == after + 1)
        if cell.text and sure and before is not None and after is not None and after == before + 2:
            found.append((cell, int(before) + 1))
    return found


def _restored(cell: Cell, number: int, reason: str) -> Cell:
    return replace(cell, text=str(number), value=float(number), confidence=COUNTED, corrected_by=reason)
