"""Numbers in ruled tables, read a second time where the first reading of a cell cannot be right.

A lone `5` in a narrow column comes out as a letter now and then. Where a column is numeric, its doubtful cells are cut
out, set one under the other, and read in one more call that knows only the characters of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipeline.nouns import Box, Grid, GridCell, Image, Line, Page, PageText, Word

CHARACTERS = "0123456789.,%/-"
"""What numbers in tables are written with."""
_NUMBER = re.compile(r"[\d.,%/()\-–+ ]*\d[\d.,%/()\-–+ ]*")
_NUMERIC_SHARE = 0.5
"""The part of a column's short cells, header included, that must look like numbers."""
_SURE = 0.8
"""A number read with this confidence is not read again."""
_LONGEST = 12
"""Characters: a longer text in a numeric column is words, not a number gone wrong."""
_DISPUTED = 0.5
"""The most that two readings are worth that differ."""
_INSET = 0.025
"""Inches inside a cell's sides: leaves the rules out of the crop."""
_DARK = 160


class NumberReader(Protocol):
    """The part of an engine that is needed here."""

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        """The lines of the page; of `allowed` characters only when given."""
        ...


@dataclass(frozen=True, slots=True)
class _Reading:
    """A cell and what was read in it: the words, or none where there is ink all the same."""

    cell: GridCell
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.text) is not None

    @property
    def confidence(self) -> float:
        return min((word.confidence for word in self.words), default=0.0)


def reread_numbers(page: Page, text: PageText, engine: NumberReader) -> PageText:
    """The page with the doubtful cells of its numeric columns read once more; as it was when there are none.

    `raw` of a word that is replaced stays what was read first. Two readings that differ are worth half at most.
    """
    doubtful = [reading for grid in text.grids for reading in _doubtful(page, text, grid)]
    if not doubtful:
        return text
    again = _read_cells(page, [reading.cell.box for reading in doubtful], engine)
    changes = {id(old.cell): _decided(old, new) for old, new in zip(doubtful, again, strict=True)}
    return _replaced(text, [(old, changes[id(old.cell)]) for old in doubtful])


def _doubtful(page: Page, text: PageText, grid: Grid) -> Iterator[_Reading]:
    readings = [_Reading(cell, _words_in(text, cell.box)) for cell in grid.cells]
    filled = [r for r in readings if r.words]
    numeric = {col for col in range(grid.cols) if _is_numeric([r for r in filled if r.cell.col == col])}
    first = _first_data_row(filled, numeric)
    for reading in readings:
        if reading.cell.col not in numeric or reading.cell.row < first or len(reading.text) > _LONGEST:
            continue
        if reading.is_number and reading.confidence >= _SURE:
            continue
        if reading.words or _has_ink(page, reading.cell.box):
            yield reading


def _is_numeric(column: list[_Reading]) -> bool:
    body = [r for r in column if len(r.text) <= _LONGEST]
    return bool(body) and sum(r.is_number for r in body) >= max(2, _NUMERIC_SHARE * len(body))


def _first_data_row(filled: list[_Reading], numeric: set[int]) -> int:
    """The row under the header: the first in which half of the numeric columns hold numbers."""
    rows: dict[int, int] = {}
    for reading in filled:
        if reading.cell.col in numeric and reading.is_number:
            rows[reading.cell.row] = rows.get(reading.cell.row, 0) + 1
    return min((row for row, count in rows.items() if count >= len(numeric) / 2), default=10**6)


def _words_in(text: PageText, box: Box) -> tuple[Word, ...]:
    return tuple(w for w in text.words if box.x0 <= w.box.centre[0] < box.x1 and box.y0 <= w.box.centre[1] < box.y1)


def _crop(page: Page, box: Box) -> Image:
    inset = max(round(_INSET * page.dpi), 1)
    return page.image[box.y0 + inset : box.y1 - inset, box.x0 + inset : box.x1 - inset]


def _has_ink(page: Page, box: Box) -> bool:
    dark = _crop(page, box) < _DARK
    return bool(dark.size) and int(dark.sum()) > (0.02 * page.dpi) ** 2


def _read_cells(page: Page, boxes: list[Box], engine: NumberReader) -> list[tuple[Word, ...]]:
    """The words of each box, boxes on the page, from one call over the crops set one under the other."""
    margin = round(0.1 * page.dpi)
    crops = [_crop(page, box) for box in boxes]
    height = sum(crop.shape[0] + margin for crop in crops) + margin
    sheet: Image = np.full((height, max(crop.shape[1] for crop in crops) + 4 * margin), 255, np.uint8)
    tops, at = [], margin
    for crop in crops:
        sheet[at : at + crop.shape[0], 2 * margin : 2 * margin + crop.shape[1]] = crop
        tops.append(at)
        at += crop.shape[0] + margin
    found: list[list[Word]] = [[] for _ in boxes]
    for line in engine.read(replace(page, image=sheet), allowed=CHARACTERS):
        for word in line.words:
            number = int(np.searchsorted(tops, word.box.centre[1], side="right")) - 1
            found[max(number, 0)].append(_home(word, boxes[max(number, 0)], tops[max(number, 0)], page, margin))
    return [tuple(words) for words in found]


def _home(word: Word, cell: Box, top: int, page: Page, margin: int) -> Word:
    inset = max(round(_INSET * page.dpi), 1)
    left, up = cell.x0 + inset - 2 * margin, cell.y0 + inset - top
    x0, y0 = max(word.box.x0 + left, 0), max(word.box.y0 + up, 0)
    return replace(word, box=Box(x0, y0, max(word.box.x1 + left, x0), max(word.box.y1 + up, y0)))


def _decided(old: _Reading, again: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words that a cell holds after both readings."""
    new = _Reading(old.cell, again)
    if not new.is_number:
        return old.words
    if old.is_number and _digits(old.text) == _digits(new.text):
        return tuple(replace(w, confidence=max(w.confidence, min(new.confidence, _SURE))) for w in old.words)
    best = old if old.is_number and old.confidence >= new.confidence else new
    worth = min(best.confidence, _DISPUTED) if old.is_number else min(best.confidence, _SURE)
    raw = old.text or new.text
    return tuple(replace(word, raw=raw, confidence=worth) for word in best.words)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _replaced(text: PageText, changes: list[tuple[_Reading, tuple[Word, ...]]]) -> PageText:
    """The page with the words of each cell in the place of the old; a cell that had none joins the line of its row."""
    lines = list(text.lines)
    for old, new in changes:
        if new == old.words:
            continue
        at = _line_of(lines, old)
        if at is None:
            continue
        words = [word for word in lines[at].words if word not in old.words]
        place = next((i for i, word in enumerate(words) if word.box.x0 > old.cell.box.x1), len(words))
        words[place:place] = new
        lines[at] = replace(lines[at], words=tuple(words))
    return replace(text, lines=tuple(line for line in lines if line.words))


def _line_of(lines: list[Line], reading: _Reading) -> int | None:
    """The line that holds the cell's words, or, for a cell without, the line that stands at its height."""
    for number, line in enumerate(lines):
        if reading.words and reading.words[0] in line.words:
            return number
    middle = reading.cell.box.centre[1]
    level = [n for n, line in enumerate(lines) if line.words and line.box.y0 <= middle <= line.box.y1]
    return level[0] if level else None
