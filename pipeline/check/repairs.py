"""Digits that arithmetic corrected, as rows of the repair log: which word of the page each figure was."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.tables import CORRECTED
from pipeline.nouns import Cell, Line, PageText, Record, Repair, Table


def arithmetic_repairs(record: Record) -> Iterator[Repair]:
    """One row for each corrected figure of the tables; line and word are -1 where its word cannot be found again."""
    pages = {page.number: page for page in record.letter.pages}
    for table in record.tables:
        for cell in table.cells:
            if cell.corrected_by == CORRECTED:
                number = cell.page or table.page
                line, word = _spot(pages[number], table, cell) if number in pages else (-1, -1)
                yield Repair(number, line, word, cell.raw, cell.text, cell.confidence, CORRECTED)


def _spot(page: PageText, table: Table, cell: Cell) -> tuple[int, int]:
    for at, line in enumerate(page.lines):
        words = _own_words(line, cell) if cell.box is not None else _row_words(line, table, cell)
        if words is not None:
            return at, words
    return -1, -1


def _own_words(line: Line, cell: Cell) -> int | None:
    """The first word of the cell in a line, by its box."""
    box = cell.box
    for at, word in enumerate(line.words):
        x, y = word.box.centre
        if box is not None and box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 and word.raw.strip("|[]") in cell.raw:
            return at
    return None


def _row_words(line: Line, table: Table, cell: Cell) -> int | None:
    """The word of the cell in the line that holds its row's words in order, in a text without boxes."""
    row = sorted((c for c in table.cells if c.row == cell.row and c.raw), key=lambda c: c.col)
    wanted = [(c.col, raw) for c in row for raw in c.raw.split()]
    at, found = 0, None
    for col, raw in wanted:
        while at < len(line.words) and line.words[at].raw != raw:
            at += 1
        if at == len(line.words):
            return None
        if col == cell.col:
            found = at
        at += 1
    return found
