"""What can be done to the pixels of a gray page, each filter by itself: an image in, an image of the same size out.

Which filters a page gets is the plan's choice.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import as_image, paper_of, threshold, thumbnail
from pipeline.nouns import Image, Judgement
from pipeline.pixels import pieces

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
_DUST, _DOT, _DASH, _LETTER = 1, 2, 3, 4
"""Sorts of ink: too small for anything, small as a dot, small and flat, larger."""
_EDGE_DARK = 0.55
"""Share of the paper's brightness below which a patch at the rim is the scanner's lid and not paper."""


def divide_paper(gray: Image, _judged: Judgement) -> Image:
    """The page with its paper white everywhere: each pixel divided by the brightness of the paper around it."""
    height, width = gray.shape
    paper = cv2.resize(paper_of(gray), (width, height), interpolation=cv2.INTER_LINEAR)
    return as_image(cv2.divide(gray, paper, scale=255))


def median(gray: Image, _judged: Judgement) -> Image:
    """The page without specks on paper and pinholes in strokes: the median of each 3 x 3 pixels."""
    return as_image(cv2.medianBlur(gray, 3))


def outliers(gray: Image, _judged: Judgement) -> Image:
    """The page with pixels that stand out from the median of 3 x 3 around them replaced by it; others untouched."""
    middle = as_image(cv2.medianBlur(gray, 3))
    stands_out = cv2.threshold(cv2.absdiff(gray, middle), _OUTLIER, 255, cv2.THRESH_BINARY)[1]
    return as_image(cv2.copyTo(middle, stands_out, gray.copy()))


def despeckle(gray: Image, judged: Judgement) -> Image:
    """The page without blots much smaller than the dot of an `i`, and without larger ones far from any letter.

    Dashes before the items of a list are farther from their words than a dot may be.
    """
    letter = judged.text_height or judged.dpi / 12
    ink = cv2.threshold(gray, threshold(gray), 255, cv2.THRESH_BINARY_INV)[1]
    labels, stats = pieces(as_image(ink))
    sorts = _sorts(stats, letter, _FAXED_SPECK if judged.bilevel else _SPECK)[labels]
    near = _grown(_of_sort(sorts, _LETTER), letter, _NEAR)
    beside = _grown(near, letter, _DASH_NEAR - _NEAR, down=0)
    dots = cv2.bitwise_and(_of_sort(sorts, _DOT), cv2.bitwise_not(near))
    dashes = cv2.bitwise_and(_of_sort(sorts, _DASH), cv2.bitwise_not(beside))
    blots = cv2.bitwise_or(cv2.bitwise_or(dots, dashes), _of_sort(sorts, _DUST))
    return as_image(cv2.bitwise_or(gray, cv2.dilate(blots, np.ones((3, 3), np.uint8))))


def _sorts(stats: NDArray[np.int32], letter: float, speck: float) -> NDArray[np.uint8]:
    """For each piece of ink, the background first, of what sort it is."""
    areas, wide = stats[:, cv2.CC_STAT_AREA] / letter**2, stats[:, cv2.CC_STAT_WIDTH]
    flat = (wide >= _DASH_WIDE * letter) & (wide >= _DASH_FLAT * stats[:, cv2.CC_STAT_HEIGHT])
    sorts = np.select([areas > _BLOT, areas <= speck, flat], [_LETTER, _DUST, _DASH], _DOT).astype(np.uint8)
    sorts[0] = 0
    return sorts


def _of_sort(sorts: NDArray[np.uint8], sort: int) -> Image:
    """255 where the ink is of a sort, else 0."""
    only = np.array([sort], dtype=np.float64)
    return as_image(cv2.inRange(sorts, only, only))


def _grown(mask: NDArray[np.uint8], letter: float, across: float, down: float | None = None) -> NDArray[np.uint8]:
    """The mask with all that lies so many heights of a letter beside it, and above and below."""
    wide, high = (max(round(far * letter), 0) * 2 + 1 for far in (across, across if down is None else down))
    return np.asarray(cv2.dilate(mask, np.ones((high, wide), np.uint8)), np.uint8)


def close_strokes(gray: Image, _judged: Judgement) -> Image:
    """A one-bit page with softened stairs: a small Gauss, which lets a sharp engine see strokes and no steps."""
    return as_image(cv2.GaussianBlur(gray, (0, 0), 0.8))


def stretch(gray: Image, _judged: Judgement) -> Image:
    """The page with its ink near black and its paper white, bleeding from the other side washed out."""
    few = gray[::4, ::4]
    level, _ = cv2.threshold(np.ascontiguousarray(few), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    ink = few[few <= level]
    paper = few[few > level]
    if not ink.size or not paper.size:
        return gray
    black = float(np.percentile(ink, 20))
    white = max(float(np.percentile(paper, 10)), 0.75 * float(np.median(paper)))
    if white - black < 16:
        return gray
    levels = np.clip((np.arange(256) - black) * 255 / (white - black), 0, 255).astype(np.uint8)
    return as_image(cv2.LUT(gray, levels))


def clear_edges(gray: Image, _judged: Judgement) -> Image:
    """The page with the dark rim that a scanner lid or a copier leaves painted white; lines of text stay."""
    small = thumbnail(gray, _EDGE_SHRINK)
    paper = float(np.percentile(small, 80))
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
    height, width = gray.shape
    painted = cv2.resize(mask, (width, height), interpolation=cv2.INTER_NEAREST)
    return as_image(cv2.bitwise_or(gray, painted))


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
