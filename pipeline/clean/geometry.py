"""Which way up a page stands and how much it leans, from the profile of its text lines; and turning it.

Text lines make the row sums of a page jump between ink and gap: the angle with the sharpest jumps is the angle of the
lines (projection profiles; Postl 1986). Vietnamese writes far more above the small letters (circumflex, breve, tones,
stems) than below them (the dot, tails), which tells a page from one on its head.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import as_image
from pipeline.nouns import Box, Image

Affine = NDArray[np.float64]
"""Two rows of three: where (x, y, 1) goes."""

_COARSE = tuple(step / 2 for step in range(-10, 11))
_FINE = tuple(step / 10 for step in range(-4, 5))
"""Degrees tried, and around the best of them."""
_STRIP = 16
"""Pixels across the strips that are slid past each other to try an angle: within one, lines climb two rows at most."""
_PLAIN = 30.0
"""Evidence from which the other orientations need no look: pages on their side stay below 12, upright ones above 18."""
_SURE, _CLEAR = (15.0, 2.0), (6.0, 6.0)
"""Evidence, and times the evidence against it, that settle an orientation: much of it, or little but undisputed."""
_SHARP = 0.4
"""How sharp the lines of a page on its side are at least, as a share of how sharp it looks standing.

The rows of a table are no sharper than its columns; lines of plain text are six times as sharp as what they give
sideways."""
_QUARTERS = 4
_SHEARED = 2.0
"""Degrees up to which a page is turned by sliding rows and columns: by more it would become a thousandth wider."""
_PACKED = 4
"""Columns that are slid together; at two degrees the outer ones are off by a twentieth of a pixel."""
_RULE = 60
"""Pixels at 100 dpi (15 mm) from which a straight run of ink is a rule and no letter."""
_LINE_BODY = (4, 16)
"""Rows at 100 dpi that the bodies of a line of text may take: small letters of 8 points to headings."""
_LINE_WINDOW = 31
"""Rows at 100 dpi over which a line stands out from its surroundings: a line and its gaps."""


@dataclass(frozen=True, slots=True)
class Stance:
    """How a page stands: degrees clockwise that set it upright, its skew then, and whether that is certain."""

    rotation: int
    skew: float
    certain: bool


def stance(mask: Image) -> Stance:
    """How the page stands whose ink is given as a thumbnail of about 100 dpi."""
    mask = without_rules(mask)
    strips = _in_strips(mask)
    skew = _skew(strips)
    standing = _evidence(strips, skew)
    if abs(standing) >= _PLAIN:
        return Stance(0 if standing > 0 else 180, skew, certain=True)
    on_side = _in_strips(as_image(np.rot90(mask)))
    side_skew = _skew(on_side)
    lying = _evidence(on_side, side_skew)
    if _settles(lying, standing) and _jumps(on_side, side_skew) >= _SHARP * _jumps(strips, skew):
        # rot90 turned counter-clockwise by one quarter: 270 degrees clockwise.
        return Stance(270 if lying > 0 else 90, side_skew, certain=True)
    certain = _settles(standing, lying)
    return Stance(180 if certain and standing < 0 else 0, skew, certain)


def _settles(evidence: float, against: float) -> bool:
    return any(abs(evidence) > max(least, times * abs(against)) for least, times in (_SURE, _CLEAR))


def turned(image: Image, rotation: int) -> Image:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(image, k=-(rotation // 90)))


def levelling(skew: float, scale: float, shape: tuple[int, ...]) -> Affine:
    """The move that turns a page clockwise by a few degrees about its middle and scales it."""
    height, width = shape[:2]
    matrix = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -skew, scale), dtype=np.float64)
    matrix[:, 2] += (width * (scale - 1) / 2, height * (scale - 1) / 2)
    return matrix


def levelled(gray: Image, skew: float, scale: float) -> Image:
    """The page turned clockwise by a few degrees and scaled, in one go; white where nothing was."""
    if scale == 1 and abs(skew) <= _SHEARED:
        return _sheared(gray, skew)
    height, width = gray.shape
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    if not skew and scale < 1:
        return as_image(cv2.resize(gray, size, interpolation=cv2.INTER_AREA))
    soft = cv2.GaussianBlur(gray, (0, 0), 0.4 / scale) if scale < 0.8 else gray
    flags = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_LINEAR
    return as_image(cv2.warpAffine(soft, levelling(skew, scale, gray.shape), size, flags=flags, borderValue=(255,)))


def _sheared(gray: Image, skew: float) -> Image:
    """The page turned clockwise by few degrees: its rows are slid, then its columns.

    The second makes lines level, the first keeps upright what is. Four columns are slid alike, as the channels of one
    pixel: that takes OpenCV half the time of a turn.
    """
    sine, cosine = math.sin(math.radians(skew)), math.cos(math.radians(skew))
    slid = _rows_slid(gray, sine)
    height, width = slid.shape
    packed = slid.reshape(height, width // _PACKED, _PACKED)
    middle, grow = height / 2, cosine + sine * sine
    down = middle - grow * middle + sine * ((_PACKED - 1) / 2 - gray.shape[1] / 2)
    matrix = np.array([[1.0, 0.0, 0.0], [_PACKED * sine, grow, down]])
    level = cv2.warpAffine(packed, matrix, packed.shape[1::-1], flags=cv2.INTER_LINEAR, borderValue=(255,) * _PACKED)
    return np.ascontiguousarray(as_image(level).reshape(height, width)[:, : gray.shape[1]])


def _rows_slid(gray: Image, slope: float) -> Image:
    """The page with each row slid to the left by as many pixels as it is below the middle, times a slope.

    It is slid by quarters of pixels: by whole ones, strokes would be broken that the engine then reads worse. The width
    is rounded up to whole packs; white where nothing was.
    """
    height, width = gray.shape
    wide = -(-width // _PACKED) * _PACKED
    quarters = np.rint((height / 2 - np.arange(height)) * slope * 4).astype(int)
    reach = int(np.abs(quarters).max()) // 4 + 2
    padded = as_image(cv2.copyMakeBorder(gray, 0, 0, reach, reach + wide - width, cv2.BORDER_CONSTANT, value=(255,)))
    slid = np.empty((height, wide), np.uint8)
    for top, bottom in pairwise((0, *(np.flatnonzero(np.diff(quarters)) + 1).tolist(), height)):
        whole, part = divmod(int(quarters[top]), 4)
        left = reach - whole
        near, far = padded[top:bottom, left : left + wide], padded[top:bottom, left - 1 : left - 1 + wide]
        cv2.addWeighted(near, 1 - part / 4, far, part / 4, 0, slid[top:bottom])
    return slid


def moved(box: Box, move: Affine, scale: float) -> Box:
    """Where a box lies after a move by a small angle: its middle is moved, its sides are scaled."""
    x, y = move @ (*box.centre, 1.0)
    across, down = box.width * scale / 2, box.height * scale / 2
    return Box(max(round(x - across), 0), max(round(y - down), 0), max(round(x + across), 0), max(round(y + down), 0))


def without_rules(mask: Image) -> Image:
    """The mask without long straight lines, level or upright: rules of tables, borders, shadows of a fold."""
    rules = cv2.bitwise_or(_long_runs(mask, across=True), _long_runs(mask, across=False))
    return as_image(cv2.subtract(mask, cv2.dilate(rules, np.ones((3, 3), np.uint8))))


def _long_runs(mask: Image, *, across: bool) -> Image:
    """What of the mask is in straight runs of `_RULE` pixels or more, across or down; beyond its rim they go on.

    The opening by a line, in steps of twice the length each: OpenCV looks at every pixel of the line.
    """
    begun = _combined(_bordered(mask, _RULE, 255, across=across), cv2.min, across=across)
    whole = _combined(_bordered(begun, _RULE - 1, 0, across=across), cv2.max, across=across)
    return whole[:, _RULE:-_RULE] if across else whole[_RULE:-_RULE]


def _bordered(image: Image, by: int, level: int, *, across: bool) -> Image:
    sides = (0, 0, by, by) if across else (by, by, 0, 0)
    return as_image(cv2.copyMakeBorder(image, *sides, cv2.BORDER_CONSTANT, value=(level,)))


def _combined(image: Image, combine: Callable[[Image, Image], object], *, across: bool) -> Image:
    """For each pixel what it and the `_RULE` - 1 pixels to its right, or below it, have in common."""
    length = 1
    while length < _RULE:
        step = min(length, _RULE - length)
        first, second = (image[:, :-step], image[:, step:]) if across else (image[:-step], image[step:])
        image = as_image(combine(first, second))
        length += step
    return image


def _skew(strips: NDArray[np.float32]) -> float:
    """Degrees that the text lines climb, within five; 0 for an empty page."""
    coarse = {angle: _jumps(strips, angle) for angle in _COARSE}
    near = max(coarse, key=lambda a: (coarse[a], -abs(a)))
    fine = {near + step: _jumps(strips, near + step) for step in _FINE}
    best = max(fine, key=lambda a: (fine[a], -abs(a)))
    return round(best, 2)


def _in_strips(mask: Image) -> NDArray[np.float32]:
    """The ink of each row, strip by strip, as the mean of its mask: strips x rows."""
    height, width = mask.shape
    count = max(width // _STRIP, 1)
    whole = mask[:, : count * _STRIP]
    return np.ascontiguousarray(cv2.resize(whole, (count, height), interpolation=cv2.INTER_AREA).T, dtype=np.float32)


def _jumps(strips: NDArray[np.float32], degrees: float) -> float:
    """How sharply ink and gaps follow each other when lines that climb by so many degrees are laid level."""
    return float(np.square(np.diff(_profile(strips, _shifts(len(strips), degrees)))).sum())


def _shifts(count: int, degrees: float) -> list[int]:
    """By how many rows each strip is slid down so that lines which climb by so many degrees lie level."""
    slope = math.tan(math.radians(degrees)) * _STRIP
    return [round(slope * (strip - (count - 1) / 2)) for strip in range(count)]


def _profile(strips: NDArray[np.float32], shifts: Sequence[int]) -> NDArray[np.float32]:
    """The ink of each row of the strips together, each slid down, with rows above and below for those that were."""
    height = strips.shape[1]
    most = max(map(abs, shifts))
    profile = np.zeros(height + 2 * most, np.float32)
    for strip, shift in zip(strips, shifts, strict=True):
        profile[most + shift : most + shift + height] += strip
    return profile


def _evidence(strips: NDArray[np.float32], skew: float) -> float:
    """How plainly the lines are lines of text: their number, weighed by how lopsided they are; negative on its head.

    Each quarter of the page counts its own lines: those of two columns or of table cells are not in step.
    """
    shifts = _shifts(len(strips), skew)
    cuts = [quarter * len(strips) // _QUARTERS for quarter in range(_QUARTERS + 1)]
    found = [
        _above_and_below(_profile(strips[start:end], shifts[start:end]) * (_STRIP / 255))
        for start, end in pairwise(cuts)
        if end > start
    ]
    above, below, lines = (float(sum(column)) for column in zip(*found, strict=True))
    return lines * math.log((above + 1) / (below + 1))


def _above_and_below(profile: NDArray[np.float32]) -> tuple[float, float, int]:
    """Ink that stands above and hangs below the bodies of the text lines, and how many lines there are.

    Args:
        profile: pixels of ink in each row.
    """
    around = np.convolve(profile, np.ones(_LINE_WINDOW) / _LINE_WINDOW, mode="same")[: len(profile)]
    body = np.concatenate(([False], profile > 1.2 * around + 1, [False]))
    edges = np.flatnonzero(np.diff(body.astype(np.int8)))
    above, below, lines = 0.0, 0.0, 0
    for top, bottom in edges.reshape(-1, 2).tolist():
        height = bottom - top
        if not _LINE_BODY[0] <= height <= _LINE_BODY[1]:
            continue
        reach = max(round(0.7 * height), 2)
        above += float(profile[max(top - reach, 0) : top].sum())
        below += float(profile[bottom : bottom + reach].sum())
        lines += 1
    return above, below, lines
