"""What can be done to the pixels of a gray page, each filter by itself: an image in, an image of the same size out.

Which filters a page gets is the plan's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import as_image, evened, paper_of, threshold, thumbnail
from pipeline.nouns import Box, Image, Judgement
from pipeline.pixels import percentiles, runs_of_pieces

Filter = Callable[[Image, Judgement], Image]
"""A page and what was judged of it, to the page filtered; most filters need the pixels alone."""

_EDGE_SHRINK = 8
_OUTLIER = 45
"""Gray levels by which a speck or a pinhole differs from the pixels around it."""
_SPECK, _FAXED_SPECK, _BLOT = 0.02, 0.009, 0.06
"""Areas of the largest blot beside a letter, on pages with grays and on those without, and far from any letter, in
squared heights of a small letter. The dot of an `i` has 0.045; without grays it may have lost most of that."""
_NEAR = 0.6
"""Heights of a small letter within which a dot belongs to a letter."""
_DASH_WIDE, _DASH_FLAT, _DASH_NEAR = 0.3, 1.5, 2.0
"""A dash: its least width in heights of a small letter, and in its own; how far its word may be beside it."""
_BANDS = 4
_DUST, _DOT, _DASH, _LETTER = 1, 2, 3, 4
"""Sorts of ink: too small for anything, small as a dot, small and flat, larger."""
_EDGE_DARK = 0.55
"""Share of the paper's brightness below which a patch at the rim is the scanner's lid and not paper."""


def divide_paper(gray: Image, _judged: Judgement) -> Image:
    """The page with its paper white everywhere: each pixel divided by the brightness of the paper around it."""
    return evened(gray, paper_of(thumbnail(gray)))


def median(gray: Image, _judged: Judgement) -> Image:
    """The page without specks on paper and pinholes in strokes: the median of each 3 x 3 pixels."""
    return as_image(cv2.medianBlur(gray, 3))


def outliers(gray: Image, _judged: Judgement) -> Image:
    """The page with pixels that stand out from the median of 3 x 3 around them replaced by it; others untouched."""
    middle = as_image(cv2.medianBlur(gray, 3))
    alike = cv2.threshold(cv2.absdiff(gray, middle), _OUTLIER, 255, cv2.THRESH_BINARY_INV)[1]
    return as_image(cv2.copyTo(gray, alike, middle))


def despeckle(gray: Image, judged: Judgement) -> Image:
    """The page without blots much smaller than the dot of an `i`, and without larger ones far from any letter.

    Dashes before the items of a list are farther from their words than a dot may be.
    """
    letter = judged.text_height or judged.dpi / 12
    sorts = as_image(cv2.threshold(gray, threshold(gray), _LETTER, cv2.THRESH_BINARY_INV)[1])
    boxes = _sort(sorts, letter, _FAXED_SPECK if judged.bilevel else _SPECK)
    dust = np.array([_DUST], dtype=np.float64)
    blots = as_image(cv2.inRange(sorts, dust, dust))
    near, beside = max(round(_NEAR * letter), 0), max(round((_DASH_NEAR - _NEAR) * letter), 0)
    for sort, across in ((_DOT, near), (_DASH, near + beside)):
        for box in boxes[sort]:
            blots[box.y0 : box.y1, box.x0 : box.x1][_lone(sorts, sort, box, (across, near))] = 255
    return as_image(cv2.bitwise_or(gray, cv2.dilate(blots, np.ones((3, 3), np.uint8))))


def _sort(ink: Image, letter: float, speck: float) -> dict[int, list[Box]]:
    """Give each pixel of ink the sort of its piece, where that is no letter; and tell where the doubtful pieces are."""
    boxes: dict[int, list[Box]] = {_DOT: [], _DASH: []}
    for top, bottom in _bands(ink):
        found = runs_of_pieces(ink[top:bottom])
        kinds = _sorts(found.figures, letter, speck)
        found.painted(ink[top:bottom], np.where(kinds == _LETTER, 0, kinds).astype(np.uint8))
        for sort, mine in boxes.items():
            mine += [Box(x, top + y, x + w, top + y + h) for x, y, w, h, _ in found.figures[kinds == sort].tolist()]
    return boxes


def _bands(ink: Image) -> Iterator[tuple[int, int]]:
    """The page in a few bands, cut where there is least ink: the labels of a whole page take 35 MB."""
    height = len(ink)
    rows = cv2.reduce(ink, 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel()
    reach, top = height // (4 * _BANDS), 0
    for band in range(1, _BANDS):
        middle = band * height // _BANDS
        bottom = middle - reach + int(rows[middle - reach : middle + reach + 1].argmin())
        if bottom > top:
            yield top, bottom
            top = bottom
    yield top, height


def _sorts(stats: NDArray[np.int32], letter: float, speck: float) -> NDArray[np.uint8]:
    """For each piece of ink, the background first, of what sort it is."""
    areas, wide = stats[:, cv2.CC_STAT_AREA] / letter**2, stats[:, cv2.CC_STAT_WIDTH]
    flat = (wide >= _DASH_WIDE * letter) & (wide >= _DASH_FLAT * stats[:, cv2.CC_STAT_HEIGHT])
    sorts = np.select([areas > _BLOT, areas <= speck, flat], [_LETTER, _DUST, _DASH], _DOT).astype(np.uint8)
    sorts[0] = 0
    return sorts


def _lone(sorts: Image, sort: int, box: Box, reach: tuple[int, int]) -> NDArray[np.bool_]:
    """Whether a pixel of a box is ink of a sort that has no letter within so many pixels across and down."""
    across, down = reach
    left, top = max(box.x0 - across, 0), max(box.y0 - down, 0)
    ink: NDArray[np.bool_] = sorts[box.y0 : box.y1, box.x0 : box.x1] == sort
    letters = sorts[top : box.y1 + down, left : box.x1 + across] == _LETTER
    if not letters.any():
        return ink
    near = as_image(cv2.dilate(letters.view(np.uint8), np.ones((2 * down + 1, 2 * across + 1), np.uint8)))
    alone: NDArray[np.bool_] = near[box.y0 - top : box.y1 - top, box.x0 - left : box.x1 - left] == 0
    return ink & alone


def close_strokes(gray: Image, _judged: Judgement) -> Image:
    """A one-bit page with softened stairs: a small Gauss, which lets a sharp engine see strokes and no steps."""
    return as_image(cv2.GaussianBlur(gray, (0, 0), 0.8))


def stretch(gray: Image, _judged: Judgement) -> Image:
    """The page with its ink near black and its paper white, bleeding from the other side washed out."""
    few = np.ascontiguousarray(gray[::4, ::4])
    level = threshold(gray)
    ink = few[few <= level]
    paper = few[few > level]
    if not ink.size or not paper.size:
        return gray
    [black] = percentiles(ink, (20,))
    lightest, usual = percentiles(paper, (10, 50))
    white = max(lightest, 0.75 * usual)
    if white - black < 16:
        return gray
    levels = np.clip((np.arange(256) - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return as_image(cv2.LUT(gray, levels))


def clear_edges(gray: Image, _judged: Judgement) -> Image:
    """The page with the dark rim that a scanner lid or a copier leaves painted white; lines of text stay."""
    small = thumbnail(gray, _EDGE_SHRINK)
    [paper] = percentiles(small, (80,))
    dark = (small < _EDGE_DARK * paper).astype(np.uint8)
    solid = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8), borderValue=1)
    count, labels = cv2.connectedComponents(solid, connectivity=4)
    if count < 2:
        return gray
    rim = np.concatenate((labels[0], labels[-1], labels[:, 0], labels[:, -1]))
    touching = np.setdiff1d(np.unique(rim), [0])
    if not touching.size:
        return gray
    mask = cv2.dilate(np.isin(labels, touching) * np.uint8(255), np.ones((3, 3), np.uint8))
    return _painted(gray, as_image(mask))


def _painted(gray: Image, mask: Image) -> Image:
    """The page painted white where its thumbnail's mask is set."""
    height, width = gray.shape
    out = gray.copy()
    wide = as_image(cv2.resize(mask, (width, len(mask)), interpolation=cv2.INTER_NEAREST))
    changes = np.flatnonzero((mask[1:] != mask[:-1]).any(axis=1)) + 1
    for start, end in pairwise((0, *changes.tolist(), len(mask))):
        if mask[start].any():
            rows = out[-(-start * height // len(mask)) : -(-end * height // len(mask))]
            np.bitwise_or(rows, wide[start], out=rows)
    return out


FILTERS: dict[str, Filter] = {
    "clear_edges": clear_edges,
    "divide_paper": divide_paper,
    "median": median,
    "outliers": outliers,
    "despeckle": despeckle,
    "stretch": stretch,
    "close_strokes": close_strokes,
}
"""The filters that a plan may name."""
