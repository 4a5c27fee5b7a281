"""Roman numerals of `I` alone, counted in the ink: to a language model, II, III and H are hardly words at all.

Headings, quarters, terms and classes are numbered so (`II.`, `quý III`, `học kỳ II`), and on clean pages an engine
misreads nothing more often. Their ink is plain: upright stems of one kind, side by side, nothing between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import Line, Page, PageText, Word
from pipeline.pixels import pieces

_READ_AS = re.compile(r"(?=[1lL|ỊỈ]{0,3}[IH])[IHLl1|ỊỈ]{1,4}(?=[.,:;)]*$|/\d|[./)]+[^\W\d])")
"""How an engine reads I, II and III: an I or an H among them, so that a number in digits is never touched."""
_LEAST_HEIGHT = 12
"""Pixels of a stem, below which stems run together."""
_BAND = (0.22, 0.78)
"""The part of a stem's height that has no serifs."""
_UPRIGHT = 0.8
"""Part of the band's rows that are dark in the columns of a stem."""
_CROSSBAR = 0.6
"""Part of the gap between two stems that is dark in the rows of a crossbar: then they are one H."""
_THIN = 0.05
"""Height of the thinnest crossbar, in heights of the stem."""
_PITCH = 0.8
"""Stems of one numeral are at most so far apart, in heights of the stem."""
_ALIKE = 1.6
"""Stems of one numeral differ at most by this factor in width, and in their distances."""
_TOP = 0.3
"""The part of a stem's height, from above, where an I has both its serifs or none and a digit 1 has its flag."""
_REACH = 0.2
"""How far serifs and flags reach, in heights of the stem."""
_LOPSIDED = 0.09
"""A stem whose top reaches so much farther to one side than to the other, in heights, is a digit 1."""
_FEWEST, _MOST = 2, 3
_SURE = 0.95

Ink = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stem:
    """The columns `start` to `end` (exclusive) of an upright stroke."""

    start: int
    end: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.end - self.start


def count_stems(page: Page, text: PageText) -> PageText:
    """The text with `II` and `III` as their ink has them; other words, and ink that is not plain, stay."""
    return replace(text, lines=tuple(_count_line(page, line) for line in text.lines))


def _count_line(page: Page, line: Line) -> Line:
    return replace(line, words=tuple(_count_word(page, word) for word in line.words))


def _count_word(page: Page, word: Word) -> Word:
    read = _READ_AS.match(word.text)
    box = word.box
    count = numeral_in(page.image[box.y0 : box.y1, box.x0 : box.x1]) if read else None
    if read is None or count is None:
        return word
    return replace(word, text="I" * count + word.text[read.end() :], confidence=max(word.confidence, _SURE))


def numeral_in(crop: NDArray[np.uint8]) -> int | None:
    """How many `I` stand at the left of a crop of gray ink on white; None when something else stands there.

    A single stem is None as well: it may be a digit, or an l.
    """
    if min(crop.shape, default=0) < 2:
        return None
    ink = _tallest(cv2.threshold(crop, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)[1].astype(np.uint8))
    height = len(ink)
    if height < _LEAST_HEIGHT:
        return None
    band = ink[round(_BAND[0] * height) : round(_BAND[1] * height)]
    stems = _together(tuple(_stems(band)), height)
    plain = _FEWEST <= len(stems) <= _MOST and not any(_crossbar(band, a, b, height) for a, b in pairwise(stems))
    return len(stems) if plain and _even(ink, stems) else None


def _tallest(ink: NDArray[np.uint8]) -> Ink:
    """The rows of the tallest piece of ink: points, commas and specks around do not count."""
    _, stats = pieces(ink)
    if len(stats) < 2:
        return ink[:0].astype(bool)
    _, y, _, h, _ = max(stats[1:].tolist(), key=lambda piece: int(piece[3]))
    return ink[y : y + h].astype(bool)


def _stems(band: Ink) -> Iterator[Stem]:
    """The upright strokes, from the left."""
    yield from (Stem(start, end) for start, end in _runs(band.mean(axis=0) >= _UPRIGHT))


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where each run of true values starts and ends (exclusive)."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _together(stems: tuple[Stem, ...], height: int) -> tuple[Stem, ...]:
    """The first stems, as long as they are of one kind and keep their distance."""
    kept = stems[:1]
    for stem in stems[1:]:
        pitches = [b.start - a.start for a, b in pairwise((*kept, stem))]
        widths = [s.width for s in (*kept, stem)]
        if max(pitches) > min(_PITCH * height, _ALIKE * min(pitches)) or max(widths) > _ALIKE * min(widths) + 1:
            break
        kept = (*kept, stem)
    return kept


def _crossbar(band: Ink, left: Stem, right: Stem, height: int) -> bool:
    """Whether something joins the two stems between their ends."""
    joined = _runs(band[:, left.end : right.start].mean(axis=1) > _CROSSBAR)
    return max((end - start for start, end in joined), default=0) >= max(_THIN * height, 2)


def _even(ink: Ink, stems: tuple[Stem, ...]) -> bool:
    """Whether the top reaches as far to the left of the stems as to their right."""
    height = len(ink)
    reach = round(_REACH * height)
    top: Ink = np.any(ink[: round(_TOP * height)], axis=0, keepdims=True)[0]
    left = top[max(stems[0].start - reach, 0) : stems[0].start]
    right = top[stems[-1].end : stems[-1].end + reach]
    return abs(int(left.sum()) - int(right.sum())) <= max(_LOPSIDED * height, 2)
