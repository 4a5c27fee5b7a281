"""The page number in the margin, read by itself: one digit alone on a sheet is what the engine leaves out first.

The digit net reads it, in a hundredth of the time that another call of the engine takes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np

from pipeline.nouns import Box, Line, Page, PageText, Word, Zone
from pipeline.ocr.gaps import read_gap
from pipeline.ocr.typeface import Type
from pipeline.pixels import DARK, pieces

_SHORTEST_TEXT = 4
"""Letters and digits from which a line is text, and no page number however misread."""
_FEWEST_WORDS = 3
_MARGIN = 0.12
"""Part of the page's height, from its upper and lower edge, in which page numbers stand."""
_CENTRE = (0.35, 0.65)
"""Parts of the page's width between which a number stands at the head (Nghị định 30/2020/NĐ-CP: centred)."""
_FOOT = (0.35, 0.97)
"""The same at the foot, where older letters have it in the middle or on the right."""
_DIGIT = (0.55, 1.6)
"""Height of a digit, in heights of the page's words."""
_MOST_DIGITS = 3
_APART = 0.8
"""Digits of one number stand at most this far apart, in heights of words."""
_DIGIT_SIZE = 0.676
"""Height of a digit of Times, in type sizes."""
_SURE = 0.6


def read_page_number(page: Page, text: PageText) -> PageText:
    """The text with the page number as a line of its own, when the engine left it out and it can be read.

    The first page of a letter has none. Ink is taken for a number only when it is all that stands in its margin.
    """
    if page.blank or any(line.zone.in_header or line.zone is Zone.PAGE_NUMBER for line in text.lines):
        return text
    for band in _margins(page, text):
        box = _lone_number(page, band, _word_height(text))
        if box is None:
            continue
        face = Type(box.height / _DIGIT_SIZE, box.y1)
        beside = box.height / 2
        reading = read_gap(page.image, face, (box.x0 - beside, box.x1 + beside), _is_number)
        if reading.probability >= _SURE:
            return _with_number(text, Word(reading.text, reading.text, box, reading.probability))
    return text


def _is_number(digits: str) -> bool:
    return 1 <= len(digits) <= _MOST_DIGITS and int(digits) > 0


def _word_height(text: PageText) -> float:
    return median(word.box.height for word in text.words)


def _margins(page: Page, text: PageText) -> Iterator[Box]:
    """The strips above and below all text in which a number may stand; none for a page with hardly a word."""
    lines = [line for line in text.lines if sum(c.isalnum() for c in line.text) >= _SHORTEST_TEXT]
    if sum(len(line.words) for line in lines) < _FEWEST_WORDS:
        return
    first, last = min(line.box.y0 for line in lines), max(line.box.y1 for line in lines)
    top = min(first, round(_MARGIN * page.height))
    bottom = max(last, round((1 - _MARGIN) * page.height))
    for y0, y1, (left, right) in ((0, top, _CENTRE), (bottom, page.height, _FOOT)):
        if y1 > y0:
            yield Box(round(left * page.width), y0, round(right * page.width), y1)


def _lone_number(page: Page, band: Box, height: float) -> Box | None:
    """The box around the digits of a number that stands alone in the band; None for other ink."""
    ink = (page.image[band.y0 : band.y1, band.x0 : band.x1] < DARK).astype(np.uint8)
    _, stats = pieces(ink)
    found = sorted((x, y, w, h) for x, y, w, h, _ in stats[1:].tolist())
    digits = [(x, y, w, h) for x, y, w, h in found if _DIGIT[0] * height <= h <= _DIGIT[1] * height and w <= h * 1.2]
    if not 1 <= len(digits) <= _MOST_DIGITS or any(h > _DIGIT[1] * height for _, _, _, h in found):
        return None
    if any(b[0] - a[0] - a[2] > _APART * height or abs(b[1] - a[1]) > height / 2 for a, b in pairwise(digits)):
        return None
    left, right = digits[0][0], digits[-1][0] + digits[-1][2]
    top, bottom = min(y for _, y, _, _ in digits), max(y + h for _, y, _, h in digits)
    return Box(band.x0 + left, band.y0 + top, band.x0 + right, band.y0 + bottom)


def _with_number(text: PageText, word: Word) -> PageText:
    """The text with the number at the end it stands at, in place of what the engine made of its ink."""
    others = tuple(line for line in text.lines if not line.box.overlap(word.box))
    misread = " ".join(line.raw for line in text.lines if line.box.overlap(word.box))
    number = Line((replace(word, raw=misread or word.raw),), Zone.PAGE_NUMBER)
    above = all(word.box.y0 < line.box.y0 for line in others)
    return replace(text, lines=(number, *others) if above else (*others, number))
