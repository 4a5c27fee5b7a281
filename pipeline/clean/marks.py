"""Coloured ink that lies over the letter: seals, emblems, stamps; found by their colour and lifted off the page.

Red ink is bright in the red channel and blue ink in the blue one, while the black print under them is dark in all
three: so lifting is taking the brightest channel. Only what has the size of a stamp is lifted; the blue pen of a
register number or a signature stays on the page.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.clean.binarise import as_image, colour_of
from pipeline.nouns import Box, Image, Mark, MarkKind

_CHROMA = 40
"""Brightest minus darkest channel from which a pixel is coloured ink, of 255; JPEG alone stays below it."""
_REACH_MM = 2.0
"""Gaps within one stamp that are bridged: between the letters of its text and its ring."""
_SMALLEST_MM = (12.0, 7.0)
"""Longer and shorter side of the smallest stamp: an urgency stamp is 20 x 8 mm, an emblem 13 mm across."""
_LARGEST_MM = 90.0
_ROUND = 0.72
"""Shorter by longer side from which a stamp counts as a round seal or emblem."""
_PRINT_BELOW = 0.01
"""Share of a stamp's box that is black print from which the stamp is in its way."""
_MM_PER_INCH = 25.4
_SHRINK = 4


def find_marks(rgb: Image, dpi: int) -> tuple[Mark, ...]:
    """The coloured stamps of an upright page, top to bottom: round ones as seals, others as notes still to be read."""
    coloured = _coloured(rgb)
    pixel_mm = _MM_PER_INCH / dpi * _SHRINK
    reach = max(round(_REACH_MM / pixel_mm), 1)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    marks = []
    for index, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        long_mm, short_mm = max(width, height) * pixel_mm, min(width, height) * pixel_mm
        if long_mm < _SMALLEST_MM[0] or short_mm < _SMALLEST_MM[1] or long_mm > _LARGEST_MM:
            continue
        inside = coloured[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index]
        kind = _kind(short_mm / long_mm, np.count_nonzero(inside) / (width * height))
        if kind is not None:
            box = Box(x * _SHRINK, y * _SHRINK, (x + width) * _SHRINK, (y + height) * _SHRINK)
            marks.append(Mark(kind, box))
    return tuple(sorted(_outermost(marks), key=lambda m: m.box.y0))


def lift(rgb: Image, marks: tuple[Mark, ...]) -> tuple[Image, Image | None]:
    """The page in gray without the coloured ink of its marks, the print under them left; and the ink of stamps alone.

    A stamp with no print under it stays on the page: its words are read with the rest. The second image holds what was
    lifted of stamps that are no seals, dark on white; None when nothing was.
    """
    gray = as_image(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
    stamps = np.full_like(gray, 255)
    for mark in marks:
        window = (slice(mark.box.y0, mark.box.y1), slice(mark.box.x0, mark.box.x1))
        under = gray[window]
        bright, chroma = colour_of(np.ascontiguousarray(rgb[window]))
        paper = int(np.percentile(under, 90))
        print_below = np.count_nonzero((bright < 0.5 * paper) & (chroma < _CHROMA))
        is_seal = mark.kind is MarkKind.SEAL
        if not is_seal and print_below <= _PRINT_BELOW * bright.size:
            continue
        lifted = cv2.min(cv2.add(bright, chroma), np.full_like(bright, paper))
        gray[window] = np.where(chroma > _CHROMA // 2, cv2.max(as_image(lifted), under), under)
        if not is_seal:
            full = max(float(np.percentile(chroma, 98)), float(_CHROMA))
            stamps[window] = np.clip(255 - chroma * (255 / full), 0, 255).astype(np.uint8)
    return gray, None if stamps.min() == 255 else stamps


def _outermost(marks: list[Mark]) -> list[Mark]:
    """Without marks that lie in a larger one: the inner ring of a seal is no seal of its own."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: -m.box.area):
        if all(mark.box.overlap(other.box) < 0.8 * mark.box.area for other in kept):
            kept.append(mark)
    return kept


def _coloured(rgb: Image) -> Image:
    """255 where ink is coloured, at a quarter of the size: any coloured pixel of four by four counts."""
    height, width = rgb.shape[:2]
    _, chroma = colour_of(rgb)
    small = cv2.resize(chroma, (max(width // _SHRINK, 1), max(height // _SHRINK, 1)), interpolation=cv2.INTER_AREA)
    return as_image(cv2.threshold(small, _CHROMA, 255, cv2.THRESH_BINARY)[1])


def _kind(shape: float, filled: float) -> MarkKind | None:
    """What a coloured patch is by its shape and by the share of it that is ink; None for coloured paper."""
    if filled > 0.9:
        return None
    return MarkKind.SEAL if shape >= _ROUND else MarkKind.NOTE
