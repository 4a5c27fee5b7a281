"""The signature read a second time, line by line: on a whole page seal and pen mislead the engine about what is beside.

The lines are found by their ink: letters in a row, whatever larger strokes lie between. Where both readings differ the
better one is taken with little confidence, so that a person looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.config import OcrConfig
from pipeline.nouns import MM_PER_INCH, PAPER_MM, Box, Image, Line, Page, PageText, Zone
from pipeline.ocr import Engine, make_engine
from pipeline.ocr.twice import settled
from pipeline.pixels import DARK, as_gray, runs_of_pieces

_LETTER_MM = (0.25, 6.0, 9.0)
"""Lowest and highest a letter or its mark can be, and the widest."""
_LEAST_INK_MM2 = 0.06
_GAP_MM = (3.4, 0.5)
"""Gaps between words of a line, and between a letter and its mark, that are bridged."""
_ROW_MM = (2.2, 9.0, 10.0)
"""Lowest and highest a line can be, marks included, and the shortest."""
_FLAT = 2.5
"""A line is at least so many times as long as high."""
_ABOVE_MM, _BELOW_MM = 4.0, 35.0
"""How far the signature may reach beyond the lines that were read of it: a name that the engine missed stands below."""
_LEFTMOST = 0.4
"""The signature stands right of this share of the page's width."""
_MARGIN_MM = 1.2
_READ_AT = 300
"""Dots per inch that lines are shown at."""
_SPACE = 40
"""Pixels of white around each line in the image that the engine sees."""
_ONE_BLOCK = 6
"""Tesseract's page segmentation mode for lines that stand under each other."""
_NEW = 0.8
"""Mean confidence from which a line is taken that the first reading did not have."""
_FEWEST_LETTERS = 4
_WHOLE = 0.7
"""Share of a line's length from which a second reading is of the whole of it."""
_LEVEL = 0.5
"""Share of the lower of two boxes that both must have in common to be on one line."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A line of ink and where it stands in the image that the engine sees."""

    row: Box
    top: int
    bottom: int


def lines_engine(config: OcrConfig) -> Engine:
    """The engine for single lines that are set under each other."""
    return make_engine(replace(config, psm=_ONE_BLOCK))


def reread_closing(page: Page, text: PageText, engine: Engine) -> PageText:
    """The page with the lines of its signature as two readings have them; as it is where it has no closing block.

    Args:
        page: the cleaned page.
        text: what was read of it, with zones.
        engine: reads lines that stand under each other.

    Raises:
        OcrError: the engine failed.
    """
    region = _region(page, text)
    rows = _rows(page, region) if region is not None else []
    if not rows:
        return text
    lines = text.lines
    for line in _read(page, rows, engine):
        lines = _with_line(lines, line)
    return replace(text, lines=lines)


def _region(page: Page, text: PageText) -> Box | None:
    """Where the signature stands: right of Nơi nhận, between the body and what follows; None without closing block."""
    closing = [line.box for line in text.lines if line.zone.in_closing]
    others = [line.box for line in text.lines if line.zone in {Zone.BODY, Zone.TABLE}]
    if not closing:
        return None
    mm = _px_per_mm(page)
    top, bottom = min(box.y0 for box in closing), max(box.y1 for box in closing)
    above = [box.y1 for box in others if box.centre[1] < top]
    below = [box.y0 for box in others if box.centre[1] > bottom]
    receivers = [line.box.x1 for line in text.lines if line.zone is Zone.CLOSING_LEFT]
    middle = (_LEFTMOST + 1) / 2 * page.width
    left = max([round(_LEFTMOST * page.width), *(x + round(mm) for x in receivers if x < middle)])
    top = max([0, round(top - _ABOVE_MM * mm), *above])
    bottom = min([page.height, round(bottom + _BELOW_MM * mm), *below])
    return Box(left, top, page.width, bottom) if bottom > top else None


def _px_per_mm(page: Page) -> float:
    return min(page.width, page.height) / PAPER_MM


def _rows(page: Page, region: Box) -> list[Box]:
    """The lines of print in the region, top to bottom: letters that stand close in a row."""
    mm = _px_per_mm(page)
    ink = _dark(_cut(page.image, region))
    across, down = (max(round(gap * mm), 1) for gap in _GAP_MM)
    joined = cv2.morphologyEx(_letters(ink, mm), cv2.MORPH_CLOSE, np.ones((down, across), np.uint8))
    stats = runs_of_pieces(np.asarray(joined, dtype=np.uint8)).figures
    low, high, short = (size * mm for size in _ROW_MM)
    rows = [
        Box(region.x0 + x, region.y0 + y, region.x0 + x + w, region.y0 + y + h)
        for x, y, w, h, _ in stats[1:].tolist()
        if low < h < high and w > short and w > _FLAT * h
    ]
    return sorted(rows, key=lambda box: box.y0)


def _letters(ink: Image, mm: float) -> Image:
    """The ink that has the size of letters and their marks; pen, seal and specks are left out."""
    found = runs_of_pieces(ink)
    low, high, wide = (size * mm for size in _LETTER_MM)
    width, height, area = (found.figures[:, at] for at in (cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT, cv2.CC_STAT_AREA))
    kept = (height > low) & (height < high) & (width < wide) & (area >= _LEAST_INK_MM2 * mm * mm)
    letters = np.zeros_like(ink)
    found.painted(letters, np.where(kept, 255, 0).astype(np.uint8))
    return letters


def _dark(image: Image) -> Image:
    """Ink as 255."""
    return np.asarray(cv2.threshold(image, DARK - 1, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)


def _cut(image: Image, box: Box) -> Image:
    return as_gray(image[box.y0 : box.y1, box.x0 : box.x1])


def _read(page: Page, rows: Sequence[Box], engine: Engine) -> Iterator[Line]:
    """What the engine reads of each row by itself, boxes on the page; rows without words are left out."""
    mm = _px_per_mm(page)
    scale = _READ_AT / MM_PER_INCH / mm
    column, shown = _column(page, [_grown(row, round(_MARGIN_MM * mm), page) for row in rows], scale)
    read = engine.read(Page(page.number, column, _READ_AT))
    for one in shown:
        words = [word for line in read for word in line.words if one.top <= word.box.centre[1] < one.bottom]
        if words:
            yield Line(tuple(replace(w, box=_home(w.box, one, scale)) for w in words), Zone.CLOSING_RIGHT)


def _grown(box: Box, margin: int, page: Page) -> Box:
    left, top = max(box.x0 - margin, 0), max(box.y0 - margin, 0)
    return Box(left, top, min(box.x1 + margin, page.width), min(box.y1 + margin, page.height))


def _column(page: Page, rows: Sequence[Box], scale: float) -> tuple[Image, list[_Shown]]:
    """The rows one under the other, and where each stands, half of the white around it included."""
    parts = [cv2.resize(_cut(page.image, row), None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC) for row in rows]
    size = sum(part.shape[0] + _SPACE for part in parts) + _SPACE, max(part.shape[1] for part in parts) + 2 * _SPACE
    column = np.full(size, 255, np.uint8)
    shown, top = [], _SPACE
    for row, part in zip(rows, parts, strict=True):
        bottom = top + part.shape[0]
        column[top:bottom, _SPACE : _SPACE + part.shape[1]] = part
        shown.append(_Shown(row, top - _SPACE // 2, bottom + _SPACE // 2))
        top = bottom + _SPACE
    return column, shown


def _home(box: Box, shown: _Shown, scale: float) -> Box:
    """A box of the column on the page, no further out than its row."""
    row = shown.row
    x0, x1 = (min(max(row.x0 + round((x - _SPACE) / scale), row.x0), row.x1) for x in (box.x0, box.x1))
    top = shown.top + _SPACE // 2
    y0, y1 = (min(max(row.y0 + round((y - top) / scale), row.y0), row.y1) for y in (box.y0, box.y1))
    return Box(x0, y0, x1, y1)


def _with_line(lines: tuple[Line, ...], again: Line) -> tuple[Line, ...]:
    """The lines with one of them read again, or with a line more where the first reading had none."""
    level = [at for at, line in enumerate(lines) if _level(line.box, again.box)]
    same = [at for at in level if lines[at].zone is Zone.CLOSING_RIGHT]
    if same:
        before = Line(tuple(word for at in same for word in lines[at].words), Zone.CLOSING_RIGHT)
        merged = settled(before, again) if again.box.width > _WHOLE * before.box.width else before
        return tuple(merged if at == same[0] else line for at, line in enumerate(lines) if at not in same[1:])
    if level or again.confidence < _NEW or sum(c.isalpha() for c in again.text) < _FEWEST_LETTERS:
        return lines
    closing = [at for at, line in enumerate(lines) if line.zone is Zone.CLOSING_RIGHT]
    after = [at for at in closing if lines[at].box.centre[1] > again.box.centre[1]]
    at = after[0] if after else closing[-1] + 1 if closing else len(lines)
    return (*lines[:at], again, *lines[at:])


def _level(one: Box, other: Box) -> bool:
    """Whether two boxes stand on one line, one over the other."""
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    return across > 0 and down > _LEVEL * min(one.height, other.height)
