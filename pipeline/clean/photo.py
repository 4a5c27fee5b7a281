"""A page photographed on a darker ground: its four corners found, and the sheet spread flat."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import as_image, thumbnail
from pipeline.nouns import Image

_SHRINK = 8
_SHEET = (0.25, 0.985)
"""Share of the picture that the sheet covers: less is some other object, more is a scan without a ground."""
_CORNER_SLACK = 0.02
"""Share of the outline's length by which it may stray from a straight side."""
_SQUARE_WITHIN = 0.004
"""Share of the picture's size by which corners may be off a level rectangle before it is worth spreading."""
_A4 = 2**0.5
_NEARLY = 0.08
"""How far a photographed sheet may seem to be from the shape of A4, foreshortened as it is."""

Corners = NDArray[np.float32]
"""Four points (x, y): top left, top right, bottom right, bottom left."""


def sheet_corners(gray: Image) -> Corners | None:
    """The corners of a bright sheet on a darker ground, in pixels; None for a page that fills the picture."""
    small = cv2.GaussianBlur(thumbnail(gray, _SHRINK), (5, 5), 0)
    level, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    whole = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines or level < 1:
        return None
    sheet = max(outlines, key=cv2.contourArea)
    if not _SHEET[0] <= cv2.contourArea(sheet) / whole.size <= _SHEET[1]:
        return None
    hull = cv2.convexHull(sheet)
    corners = cv2.approxPolyDP(hull, _CORNER_SLACK * cv2.arcLength(hull, closed=True), closed=True)
    if len(corners) != 4 or cv2.contourArea(corners) < 0.9 * cv2.contourArea(hull):
        return None
    return _ordered(corners.reshape(4, 2).astype(np.float32) * _SHRINK)


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
