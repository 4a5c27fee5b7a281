"""Which cells of a page hold figures, and what becomes of the page when they have been read a second time.

Two readings that agree are worth more than either; where they differ, the one that is a number is taken with little
confidence, so that arithmetic or a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.extract.tables.headers import header_paths, header_rows
from pipeline.extract.tables.numbers import NumberStyle, bare, figure_of, style_of
from pipeline.extract.tables.ruled import ruled_shapes
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.nouns import Box, Line, PageText, Word, Zone
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.roles import role_of
from pipeline.tabular.words import STEP

_FRACTION = re.compile(r"\d/(\d+)")
_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3})*(?:,\d+)?%?|\d+(?:,\d+)?%?")
"""A number as the rules of writing want it: points between groups, a comma before decimals."""
MOSTLY = 0.6
"""The part of a column's filled cells that must be figures for the others to be read as figures."""
SHORT = 4
DOUBTFUL = 0.75
"""Confidence below which short words in a column of figures are held to be misread figures."""
AGREED = 0.2
"""What is left of the doubt of the surer reading when both agree."""
SIGNED = 0.9
"""Confidence from which a stroke before a number is its sign: figures are read again without signs."""
DISPUTED = 0.6
"""Confidence, at most, of a figure on which the readings differ."""


def figure_cells(page: PageText) -> tuple[Box, ...]:
    """The boxes of ruled cells in columns of figures: worth reading singly, as figures only."""
    return tuple(slot.box for shape in ruled_shapes(page) for slot in _figure_slots(shape) if slot.box is not None)


def with_figures(page: PageText, readings: Mapping[Box, Word]) -> PageText:
    """The page with its cells of figures read again: for each cell's box, the word read there."""
    slots = {slot.box: slot for shape in ruled_shapes(page) for slot in _figure_slots(shape) if slot.box is not None}
    style = style_of([slot.text for slot in slots.values()])
    changed: dict[Box, Word] = {}
    for box, again in readings.items():
        slot = slots.get(box)
        if slot is not None and figure_of(again.text, style) is not None:
            changed[box] = _decided(slot, again, style)
        elif slot is not None and _is_dash(again.text) and not slot.words:
            changed[box] = again
    return replace(page, lines=tuple(_lines(page, changed))) if changed else page


def _figure_slots(shape: Shape) -> Iterator[Slot]:
    """The slots of the body in columns that hold figures and little else."""
    head = header_rows(shape)
    for col in range(shape.cols):
        own = [s for s in shape.slots if s.col == col and s.row >= head and s.col_end == col + 1]
        filled = [s for s in own if s.words]
        role = role_of(header_paths(shape, head)[col])
        values = [figure_of(s.text) for s in filled]
        if is_numbering(header_paths(shape, head)[col].rpartition(STEP)[2], values, col):
            continue
        likely = sum(value is not None or _may_be_figure(s) for value, s in zip(values, filled, strict=True))
        if filled and likely >= MOSTLY * len(filled) and (role is not None or any(v is not None for v in values)):
            yield from (s for s in own if not _is_fraction(s) and not _is_dash(s.text))


def _is_fraction(slot: Slot) -> bool:
    """Whether a cell surely holds two numbers: `45/52`; a doubtful stroke, or one before three digits, is a point."""
    found = _FRACTION.search(slot.text)
    return found is not None and min(word.confidence for word in slot.words) >= DOUBTFUL and len(found.group(1)) != 3


def _may_be_figure(slot: Slot) -> bool:
    """Whether a few characters, read with doubt, may have been a number: `K)` for 3."""
    return len(slot.text) <= SHORT and min(word.confidence for word in slot.words) < DOUBTFUL


def _is_dash(text: str) -> bool:
    return bool(text) and not any(c.isalnum() for c in text)


def _decided(slot: Slot, again: Word, style: NumberStyle) -> Word:
    """The word that both readings of a cell make."""
    text, sure = bare(slot.text), min((w.confidence for w in slot.words), default=0.0)
    if figure_of(text, style) is None:
        return replace(again, confidence=min(again.confidence, DISPUTED))
    signed = text.startswith("-") and sure >= SIGNED
    text = text.lstrip("-")
    if _digits(text) == _digits(again.text):
        both = 1 - AGREED * (1 - max(sure, again.confidence))
        best = max((again.text, text), key=lambda t: (_VIETNAMESE.fullmatch(t) is not None, len(t)))
        same = figure_of(text, style) == figure_of(again.text, style)
        return _as_read(again, best, both if same else min(both, DISPUTED), signed=signed)
    if sure > again.confidence:
        return _as_read(again, text, min(sure, DISPUTED), signed=signed)
    return replace(again, confidence=min(again.confidence, DISPUTED))


def _as_read(word: Word, text: str, confidence: float, *, signed: bool) -> Word:
    whole = f"-{text}" if signed else text
    return replace(word, text=whole, raw=whole, confidence=confidence)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _lines(page: PageText, changed: Mapping[Box, Word]) -> Iterator[Line]:
    """The lines with the words of each changed cell replaced by its one word, or a new line for it."""
    placed: set[Box] = set()
    for line in page.lines:
        words: list[Word] = []
        for word in line.words:
            x, y = word.box.centre
            cell = next((box for box in changed if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1), None)
            if cell is None:
                words.append(word)
            elif cell not in placed:
                placed.add(cell)
                words.append(changed[cell])
        if words:
            yield replace(line, words=tuple(words))
    yield from (Line((word,), Zone.TABLE) for cell, word in changed.items() if cell not in placed)
