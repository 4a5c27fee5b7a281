"""A page reduced to what the search for columns needs: its ink at a coarse resolution, and its lines of text.

Lengths are in millimetres of an A4 page, whose short side is 210 mm, because letters are A4 and the resolution that a
file claims is often wrong.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.runs import runs_of
from pipeline.nouns import PAPER_MM, Box, Image
from pipeline.pixels import as_gray, runs_of_pieces

_WORK_PX_PER_MM = 4.0
"""Resolution of the search, about 100 dpi: thin rules still show, a page takes milliseconds."""
_MOST_REDUCED = 15
"""Pixels down and across that become one, at most: those of them that are ink are counted in a byte."""
_INK = 48.5 / 255
"""The share of the pixels that become one which must be ink."""
_WORD_GAP_MM = 2.0
_LINE_MM = (1.2, 9.0)
"""Height of a line of text, marks above and below included; larger ink is a seal, a signature or a frame."""
_LINES_WIDE = 3.0
"""How much wider than tall taller ink is, when it is lines of text that touch."""
_VALLEY = 0.3
"""Share of the ink of the fullest row of such lines that rows between them stay below."""
_RULE_MM = 8.0
_FRAME_MM = 90.0
"""Ink this wide is the frame of a table, whose rules close every gutter; seals and signatures are smaller."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The page reduced to what the search needs; all in working pixels."""

    ink: Image
    """255 where there is text, without dust, seals and signatures."""
    lines: tuple[Box, ...]
    """Runs of words, from the top."""
    rows: tuple[tuple[Box, ...], ...]
    """The lines that stand beside each other, rows from the top."""
    rules: Image
    """Not 0 where upright rules are, of the columns of pixels that have any."""
    ruled: NDArray[np.intp]
    """Which columns of pixels these are."""
    px_per_mm: float

    def px(self, millimetres: float) -> int:
        """The length in working pixels, at least one."""
        return max(1, round(millimetres * self.px_per_mm))


def sketch_of(image: Image) -> Sketch:
    """The page reduced, as the search for columns sees it."""
    gray = as_gray(image)
    px_per_mm = min(gray.shape) / PAPER_MM
    factor = min(max(round(px_per_mm / _WORK_PX_PER_MM), 1), _MOST_REDUCED)
    px_per_mm /= factor
    ink = _text_ink(_reduced(gray, factor), px_per_mm)
    rules = runs_of(ink, upright=True).of_length(max(3, round(_RULE_MM * px_per_mm)))
    ruled = rules.places()
    lines = _text_lines(ink, px_per_mm)
    return Sketch(ink, lines, tuple(map(tuple, in_rows(lines))), rules.mask()[:, ruled], ruled, px_per_mm)


def _reduced(gray: Image, factor: int) -> Image:
    """The page's ink as 255, so many times smaller each way: pixels are counted, which takes a sixth of resampling."""
    level, _ = cv2.threshold(gray[::4], 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    full = np.asarray(cv2.threshold(gray, level, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    height, width = (max(side // factor, 1) for side in gray.shape)
    whole = full[: height * factor, : width * factor]
    down = whole[::factor].copy()
    for row in range(1, factor):
        down += whole[row::factor]
    ink = sum(cv2.split(down.reshape(height, width, factor)))
    least = math.ceil(_INK * factor * factor)
    return np.asarray(cv2.threshold(np.asarray(ink), least - 1, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)


def _text_ink(ink: Image, px_per_mm: float) -> Image:
    """The ink without dust, which would close a gutter, and without seals and signatures, which lie across it."""
    found = runs_of_pieces(ink)
    width, height = found.figures[:, cv2.CC_STAT_WIDTH], found.figures[:, cv2.CC_STAT_HEIGHT]
    mark = (height > _LINE_MM[1] * px_per_mm) & (width < _FRAME_MM * px_per_mm)
    dust = np.maximum(width, height) <= 0.9 * px_per_mm
    left_out = np.zeros_like(ink)
    found.painted(left_out, np.where(mark | dust, 255, 0).astype(np.uint8))
    return np.asarray(cv2.subtract(ink, left_out), dtype=np.uint8)


def _text_lines(ink: Image, px_per_mm: float) -> tuple[Box, ...]:
    """Boxes of runs of words; two columns never share one."""
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, round(_WORD_GAP_MM * px_per_mm)), 1))
    joined = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach), dtype=np.uint8)
    low, high = (mm * px_per_mm for mm in _LINE_MM)
    found = _boxes(joined)
    tall = [box for box in found if box.height > high and box.width > _LINES_WIDE * box.height]
    boxes = [*found, *(line for box in tall for line in _cut(ink, box))]
    return tuple(sorted((b for b in boxes if low <= b.height <= high), key=lambda b: (b.y0, b.x0)))


def _boxes(mask: Image) -> list[Box]:
    """The boxes around the connected pieces of a mask, those in the holes of others too.

    Their outlines are traced: of lines of text these are a tenth of the pixels.
    """
    outlines, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return []
    outer = np.asarray(tree)[0, :, 3] < 0
    found = (cv2.boundingRect(outline) for outline, is_outer in zip(outlines, outer, strict=True) if is_outer)
    return [Box(x, y, x + width, y + height) for x, y, width, height in found]


def _cut(ink: Image, box: Box) -> list[Box]:
    """The lines of a box in which the marks of one line touch those of the next: cut where there is little ink."""
    profile = np.count_nonzero(ink[box.y0 : box.y1, box.x0 : box.x1], axis=1)
    busy = np.concatenate(([False], profile > _VALLEY * profile.max(), [False]))
    runs = np.flatnonzero(np.diff(busy.astype(np.int8))).reshape(-1, 2)
    cuts = [0, *((before + after) // 2 for (_, before), (after, _) in pairwise(runs.tolist())), box.height]
    return [Box(box.x0, box.y0 + top, box.x1, box.y0 + bottom) for top, bottom in pairwise(cuts)]


def in_rows(boxes: Iterable[Box]) -> list[list[Box]]:
    """Boxes that stand on the same row, rows from the top."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b.y0 + b.y1):
        if rows and (box.y0 + box.y1) / 2 < rows[-1][-1].y1:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows
