"""What coloured stamps say: read from the ink that cleaning lifted off the page, all stamps of a page in one call.

What a pen has put behind a stamp's `Số:` is read by the digit net.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from pipeline.nouns import Box, Image, Line, Mark, MarkKind, Page, Word, Zone
from pipeline.ocr.digits import Reading
from pipeline.ocr.gaps import read_gap
from pipeline.ocr.slots import placed
from pipeline.ocr.stamp_ink import StampInk, cut_stamp
from pipeline.ocr.typeface import type_of
from pipeline.vietnamese import fold

_SPACE = 40
"""Pixels of white around each stamp in the image that the engine sees."""
_LEGIBLE = 0.3
"""Confidence below which a word of a stamp is a scrap of its frame."""
_NUMBER = re.compile(r"^\W{0,3}(?:den\W+)?s\w\b\s?[:.;,]?")
_MOST_DIGITS = 6
_DISPUTED = 0.5
"""Most that digits are worth which look otherwise with the black print that lies around them."""


class Reads(Protocol):
    """Whatever reads the lines of a page."""

    def read(self, page: Page) -> tuple[Line, ...]:
        """The lines, top to bottom."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A stamp and the row that its ink begins at in the image that the engine sees."""

    mark: Mark
    cut: StampInk
    top: int

    def shows(self, box: Box) -> bool:
        """Whether a box of that image lies in this stamp."""
        height = int(self.cut.ink.shape[0])
        return self.top - _SPACE / 2 <= box.centre[1] < self.top + height + _SPACE / 2

    def own(self, box: Box) -> Box:
        """A box of that image in the stamp's pixels."""
        height, width = self.cut.ink.shape
        x0, x1 = (min(max(x - _SPACE, 0), width) for x in (box.x0, box.x1))
        y0, y1 = (min(max(y - self.top, 0), height) for y in (box.y0, box.y1))
        return Box(x0, y0, x1, y1)


def read_lifted(page: Page, engine: Reads) -> tuple[tuple[Mark, tuple[Line, ...]], ...]:
    """Each stamp that was lifted off a cleaned page, with its lines: lines of marks, in the page's own pixels.

    Raises:
        OcrError: the engine failed.
    """
    stamps = [mark for mark in page.marks if mark.kind is MarkKind.NOTE]
    cuts = [(mark, cut) for mark in stamps if (cut := cut_stamp(page, mark)) is not None]
    if not cuts:
        return ()
    column, stacked = _stacked(cuts)
    lines = engine.read(Page(page.number, column, cuts[0][1].dpi))
    return tuple((stamp.mark, tuple(_lines(stamp, lines))) for stamp in stacked)


def _stacked(cuts: Sequence[tuple[Mark, StampInk]]) -> tuple[Image, list[_Placed]]:
    """The stamps' ink one under the other, and where each stands."""
    height = sum(cut.ink.shape[0] + _SPACE for _, cut in cuts) + _SPACE
    column = np.full((height, max(cut.ink.shape[1] for _, cut in cuts) + 2 * _SPACE), 255, np.uint8)
    placed_at, top = [], _SPACE
    for mark, cut in cuts:
        down, across = cut.ink.shape
        column[top : top + down, _SPACE : _SPACE + across] = cut.ink
        placed_at.append(_Placed(mark, cut, top))
        top += down + _SPACE
    return column, placed_at


def _lines(stamp: _Placed, lines: Sequence[Line]) -> Iterator[Line]:
    """What the engine read of one stamp, scraps left out, its number filled in."""
    for line in lines:
        own = [replace(word, box=stamp.own(word.box)) for word in line.words if stamp.shows(word.box)]
        words = _with_number(stamp.cut, Line(tuple(word for word in own if word.confidence >= _LEGIBLE)))
        if any(c.isalnum() for word in words for c in word.text):
            yield Line(tuple(replace(word, box=stamp.cut.home(word.box)) for word in words), Zone.MARK)


def _with_number(cut: StampInk, line: Line) -> tuple[Word, ...]:
    """The words of the line; behind `Số:` the digits that the net sees there."""
    label = _NUMBER.search(fold(line.raw))
    printed = tuple(word for at, word in placed(line) if label and at < label.end())
    face = type_of(printed)
    if face is None:
        return line.words
    ends = float(printed[-1].box.x1), float(cut.ink.shape[1])
    alone, whole = (read_gap(image, face, ends, _is_number) for image in (cut.ink, cut.whole))
    reading = _settled(alone, whole)
    if not reading.text:
        return line.words
    read = " ".join(word.raw for word in line.words[len(printed) :])
    box = Box(round(ends[0]), line.box.y0, round(ends[1]), line.box.y1)
    return (*printed, Word(read, reading.text, box, reading.probability))


def _settled(alone: Reading, whole: Reading) -> Reading:
    """The digits on which the coloured ink and all the ink agree; one of them with little trust where they do not."""
    best = max(alone, whole, key=lambda reading: reading.probability)
    if alone.text == whole.text:
        return best
    return Reading(alone.text or best.text, min(alone.probability or best.probability, _DISPUTED))


def _is_number(text: str) -> bool:
    return 1 <= len(text) <= _MOST_DIGITS and int(text) > 0
