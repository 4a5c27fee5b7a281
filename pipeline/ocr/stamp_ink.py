"""A stamp's ink, cut out of what cleaning lifted off a page, set level and without its frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import MM_PER_INCH, Box, Image, Mark, Page
from pipeline.pixels import pieces

_READ_AT = 300
"""Dots per inch that a stamp is brought to: its print is small."""
_INK, _FAINT = 128, 190
"""Gray levels up to which a stamp's pixel is ink, and from which it is a shadow that compression left."""
_FRAME_MM = 1.2
"""How far a frame reaches into its stamp, the unevenness of its lines included."""
_FRAMED = 0.5
"""Share of a side that shows ink where the stamp has a frame; three sides must."""
_TILT = 12.0
"""Degrees up to which a stamp is set level."""
_LETTER_MM = (1.0, 8.0)
_FEWEST_LETTERS = 4
"""A stamp has at least so many letters; a signature or a flourish of the pen has fewer pieces of that height."""


@dataclass(frozen=True, slots=True, eq=False)
class StampInk:
    """A stamp cut out, level and enlarged."""

    ink: Image
    """Its coloured ink alone, gray on white, without the frame."""
    whole: Image
    """The same with what is printed and written there in black."""
    back: NDArray[np.float64]
    """Two rows of three: where (x, y, 1) of these pixels lies on the page."""
    dpi: int

    def home(self, box: Box) -> Box:
        """The box on the page around a box of these pixels."""
        corners = np.array([[box.x0, box.x1, box.x1, box.x0], [box.y0, box.y0, box.y1, box.y1], [1, 1, 1, 1]])
        x, y = np.maximum(self.back @ corners, 0)
        return Box(int(x.min()), int(y.min()), int(np.ceil(x.max())), int(np.ceil(y.max())))


def cut_stamp(page: Page, stamp: Mark) -> StampInk | None:
    """The stamp as an engine reads it best; None when nothing of it was lifted, or it has no letters."""
    box = stamp.box
    if page.lifted is None:
        return None
    ink, under = (image[box.y0 : box.y1, box.x0 : box.x1] for image in (page.lifted, page.image))
    if not ink.size or not _has_letters(ink, page.dpi):
        return None
    scale = max(_READ_AT / page.dpi, 1.0)
    turn, size = _levelling(ink, scale)
    shown, whole = (
        np.asarray(cv2.warpAffine(image, turn[:2], size, flags=cv2.INTER_CUBIC, borderValue=(255,)), dtype=np.uint8)
        for image in (np.where(ink > _FAINT, np.uint8(255), ink), np.minimum(ink, under))
    )
    to_page = np.array([[1, 0, box.x0], [0, 1, box.y0], [0, 0, 1]]) @ np.linalg.inv(turn)
    rim = round(_FRAME_MM * page.dpi * scale / MM_PER_INCH)
    rim = rim if _is_framed(shown, rim) else 0
    return StampInk(_bordered(shown, rim), _bordered(whole, rim), to_page[:2], round(page.dpi * scale))


def _has_letters(ink: Image, dpi: int) -> bool:
    low, high = (mm / MM_PER_INCH * dpi for mm in _LETTER_MM)
    _, stats = pieces(np.where(ink < _INK, 255, 0).astype(np.uint8))
    heights = stats[1:, cv2.CC_STAT_HEIGHT]
    return int(np.count_nonzero((heights >= low) & (heights <= high))) >= _FEWEST_LETTERS


def _levelling(ink: Image, scale: float) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """The move that sets the rectangle around a stamp's ink level and enlarges it, and the size it then has."""
    points = np.argwhere(ink < _INK)[:, ::-1].astype(np.float32)
    (x, y), (width, height), angle = cv2.minAreaRect(points)
    if abs(angle) > 45:  # OpenCV counts from either side, by version
        width, height, angle = height, width, angle - math.copysign(90, angle)
    if abs(angle) > _TILT:
        (x, y), (width, height), angle = points.min(axis=0), np.ptp(points, axis=0), 0.0
        x, y = x + width / 2, y + height / 2
    turn = np.vstack([cv2.getRotationMatrix2D((float(x), float(y)), angle, scale), (0, 0, 1)])
    size = round(width * scale) + 1, round(height * scale) + 1
    turn[:2, 2] += size[0] / 2 - x, size[1] / 2 - y
    return turn, size


def _is_framed(ink: Image, rim: int) -> bool:
    """Whether ink runs along most sides of a level stamp."""
    dark = ink < _INK
    sides = (dark[:rim].any(axis=0), dark[-rim:].any(axis=0), dark[:, :rim].any(axis=1), dark[:, -rim:].any(axis=1))
    return sorted(float(side.mean()) for side in sides)[1] >= _FRAMED


def _bordered(image: Image, rim: int) -> Image:
    """The image with its outermost pixels painted white."""
    inside = image[rim : image.shape[0] - rim, rim : image.shape[1] - rim]
    return np.pad(inside, rim, constant_values=255)
