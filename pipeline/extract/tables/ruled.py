"""Ruled tables: the words of a page put into the cells that the rules fence in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.tables.shape import Shape, Slot, in_reading_order
from pipeline.nouns import Box, Grid, GridCell, PageText, Word

_STROKES = re.compile(r"[|¦\[\]{}_]+")
"""What an engine makes of the rules beside a cell."""
_MEANT = frozenset("%≥≤")
"""Signs that are no specks though they stand alone."""
_DASHES = frozenset({"-", "–", "—"})


def ruled_shapes(page: PageText) -> Iterator[Shape]:
    """The tables of the page's grids, with their words; a grid with hardly any words is a picture and is left out."""
    for grid in page.grids:
        slots = tuple(_slots(page, grid))
        if sum(bool(slot.words) for slot in slots) >= 3:
            yield Shape(page.number, grid.rows, grid.cols, slots, box=grid.box)


def _slots(page: PageText, grid: Grid) -> Iterator[Slot]:
    inside: dict[GridCell, list[Word]] = defaultdict(list)
    for line in page.lines:
        if line.zone.is_text:
            for word in line.words:
                for part in _parted(word):
                    cell = _cell_of(part.box, grid)
                    if cell is not None:
                        inside[cell].append(part)
    for cell in grid.cells:
        words = _without_specks(in_reading_order(inside.get(cell, [])))
        yield Slot(cell.row, cell.col, cell.row_end, cell.col_end, words, page.number, cell.box)


def _without_specks(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a cell without the marks at its edges that specks make beside real words."""
    real = [at for at, word in enumerate(words) if any(c.isalnum() or c in _MEANT for c in word.text)]
    return words[real[0] : real[-1] + 1] if real else tuple(w for w in words if w.text in _DASHES)


def _cell_of(box: Box, grid: Grid) -> GridCell | None:
    """The cell that has most of the word; None for a word outside the table."""
    area = box.area
    if not area or box.overlap(grid.box) < 0.5 * area:
        return None
    whole = next((cell for cell in grid.cells if cell.box.overlap(box) == area), None)
    best = whole or max(grid.cells, key=lambda cell: cell.box.overlap(box))
    return best if best.box.overlap(box) else None


def _parted(word: Word) -> Iterator[Word]:
    """The word without the strokes that rules leave in it; parted where a stroke stands between two cells' words."""
    if not _STROKES.search(word.text):
        yield word
        return
    pieces = [m for m in re.finditer(r"[^|¦\[\]{}_]+", word.text)]
    per_char = word.box.width / max(1, len(word.text))
    for piece in pieces:
        x0, x1 = word.box.x0 + round(piece.start() * per_char), word.box.x0 + round(piece.end() * per_char)
        raw = piece.group() if len(pieces) > 1 else _STROKES.sub("", word.raw) or piece.group()
        yield replace(word, text=piece.group(), raw=raw, box=Box(x0, word.box.y0, max(x0, x1), word.box.y1))
