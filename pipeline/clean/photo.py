"""A page photographed on a darker ground: its four corners found, and the sheet spread flat."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import Sizes, as_image
from pipeline.nouns import Image

_SHRINK = 8
_SHEET = (0.25, 0.985)
"""Share of the picture that the sheet covers: less is some other object, more is a scan without a ground."""
_CORNER_SLACK = 0.02
"""Share of the outline's length by which it may stray from a straight side."""
_SQUARE_WITHIN = 0.004
"""Share of the picture's size by which corners may be off a level rectangle before it is worth spreading."""
_ACROSS = 0.015
"""Share of the picture's size by which brightness is compared on both sides of an edge."""
_STEP = 4
"""Gray levels between neighbouring pixels of the thumbnail from which one is at an edge."""
_DROP = 25.0
"""Gray levels by which the ground must be darker than the sheet beside it."""
_A4 = 2**0.5
_NEARLY = 0.08
"""How far a photographed sheet may seem to be from the shape of A4, foreshortened as it is."""

Corners = NDArray[np.float32]
"""Four points (x, y): top left, top right, bottom right, bottom left."""


def sheet_corners(page: Sizes) -> Corners | None:
    """The corners of a bright sheet on a darker ground, in pixels; None for a page that fills the picture."""
    small = as_image(cv2.medianBlur(page.thumbnail(_SHRINK), 5))
    sheet_or_more = cv2.bitwise_not(_ground(small))
    whole = cv2.morphologyEx(sheet_or_more, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    sheet = max(outlines, key=cv2.contourArea)
    if not _SHEET[0] <= cv2.contourArea(sheet) / whole.size <= _SHEET[1]:
        return None
    hull = cv2.convexHull(sheet)
    corners = cv2.approxPolyDP(hull, _CORNER_SLACK * cv2.arcLength(hull, closed=True), closed=True)
    if len(corners) != 4 or cv2.contourArea(corners) < 0.9 * cv2.contourArea(hull):
        return None
    found = _ordered(corners.reshape(4, 2).astype(np.float32))
    return found * _SHRINK if _stands_out(small, found) else None


def _ground(small: Image) -> Image:
    """255 where the picture is reached from its rim without a step in brightness, else 0: the ground, however lit."""
    height, width = small.shape
    reached = np.zeros((height + 2, width + 2), np.uint8)
    flags = 4 | (255 << 8) | cv2.FLOODFILL_MASK_ONLY
    rim = [(x, y) for x in range(0, width, 8) for y in (0, height - 1)]
    rim += [(x, y) for y in range(0, height, 8) for x in (0, width - 1)]
    for x, y in rim:
        if not reached[y + 1, x + 1]:
            cv2.floodFill(small, reached, (x, y), 0, loDiff=_STEP, upDiff=_STEP, flags=flags)
    return reached[1:-1, 1:-1]


def _stands_out(small: Image, corners: Corners) -> bool:
    """Whether brightness drops sharply across the sheet's sides, as it does at an edge of paper and not in a shadow."""
    height, width = small.shape
    step = _ACROSS * max(height, width)
    centre = corners.mean(axis=0)
    drops = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = start + np.linspace(0.15, 0.85, 15)[:, None] * (end - start)
        outwards = along - centre
        outwards = outwards / np.linalg.norm(outwards, axis=1, keepdims=True) * step
        outside, inside = along + outwards, along - outwards
        seen = ((outside >= 0) & (outside < (width, height))).all(axis=1)
        if np.count_nonzero(seen) >= 8:
            drops.append(np.median(_at(small, inside[seen]) - _at(small, outside[seen])))
    return len(drops) >= 2 and bool(min(drops) > _DROP)


def _at(small: Image, points: NDArray[np.floating]) -> NDArray[np.float64]:
    x, y = points.astype(int).T
    found = small[np.clip(y, 0, small.shape[0] - 1), np.clip(x, 0, small.shape[1] - 1)]
    return np.asarray(found, dtype=np.float64)


def is_bent(corners: Corners, shape: tuple[int, ...]) -> bool:
    """Whether the sheet is seen at an angle: its corners are no level rectangle."""
    left, top = corners[[0, 3], 0], corners[[0, 1], 1]
    right, bottom = corners[[1, 2], 0], corners[[2, 3], 1]
    spread = max(float(np.ptp(side)) for side in (left, top, right, bottom))
    return spread > _SQUARE_WITHIN * max(shape[:2])


def spread_flat(image: Image, corners: Corners) -> Image:
    """The sheet alone, as a rectangle with the mean lengths of its sides; nearly A4 becomes A4."""
    top, right, bottom, left = (float(np.linalg.norm(corners[i] - corners[(i + 1) % 4])) for i in range(4))
    width, height = max(round((top + bottom) / 2), 1), max(round((left + right) / 2), 1)
    if abs(height / width / _A4 - 1) < _NEARLY:
        height = round(width * _A4)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    return as_image(cv2.warpPerspective(image, matrix, (width, height), borderValue=(255, 255, 255)))


def _ordered(points: Corners) -> Corners:
    """The four points clockwise from the top left one."""
    total, difference = points.sum(axis=1), points[:, 0] - points[:, 1]
    order = [np.argmin(total), np.argmax(difference), np.argmax(total), np.argmin(difference)]
    return np.asarray(points[order], dtype=np.float32)
