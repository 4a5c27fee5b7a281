"""Coloured ink that lies over the letter: seals, emblems, stamps; found by their colour and lifted off the page.

Red ink is bright in the red channel and blue ink in the blue one, while the black print under them is dark in all
three: so lifting is taking the brightest channel. Only what has the size of a stamp is lifted; the blue pen of a
register number or a signature stays on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from pipeline.clean.binarise import as_image, colour_of, thumbnail
from pipeline.nouns import MM_PER_INCH, Box, Image, Mark, MarkKind
from pipeline.pixels import pieces

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
_PRINT = (0.15, 0.35)
"""How far, from the brightness of print to that of paper, a pixel may be that is print under a stamp, and one that is
not coloured."""
_FRAME = (0.9, 0.4)
"""Share of a stamp's sides that its frame reaches over, at least, and share of its box that is the frame, at most."""
_SHRINK = 4


def find_marks(rgb: Image, dpi: int) -> tuple[Mark, ...]:
    """The coloured stamps of an upright page, top to bottom: round ones as seals, others as notes still to be read."""
    found = [mark for ink in _coloured(rgb) for mark in _stamps(ink, MM_PER_INCH / dpi * _SHRINK)]
    return tuple(sorted(_outermost(found), key=lambda m: m.box.y0))


def _stamps(coloured: Image, pixel_mm: float) -> Iterator[Mark]:
    """The patches of ink of one colour that have the size of a stamp."""
    reach = max(round(_REACH_MM / pixel_mm), 1)
    joined = cv2.morphologyEx(coloured, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    labels, stats = pieces(as_image(joined))
    for index, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        long_mm, short_mm = max(width, height) * pixel_mm, min(width, height) * pixel_mm
        if long_mm < _SMALLEST_MM[0] or short_mm < _SMALLEST_MM[1] or long_mm > _LARGEST_MM:
            continue
        inside = coloured[y : y + height, x : x + width][labels[y : y + height, x : x + width] == index]
        kind = _kind(short_mm / long_mm, np.count_nonzero(inside) / (width * height))
        if kind is not None:
            edges = (max(x - 1, 0), max(y - 1, 0), x + width + 1, y + height + 1)  # a cell at the rim holds little ink
            yield Mark(kind, Box(*(_SHRINK * edge for edge in edges)))


def lift(rgb: Image, gray: Image, marks: tuple[Mark, ...]) -> tuple[Image, Image | None]:
    """The page in gray without the coloured ink of its marks, the print under them left; and the ink of stamps alone.

    Coloured print stays on the page, to be read with the rest: a stamp has a frame, or lies over black print. The
    second image holds what was lifted of stamps that are no seals, dark on white; None when nothing was.

    Args:
        rgb: the page.
        gray: the same in gray.
        marks: those found on it.
    """
    gray = gray.copy()
    stamps: Image | None = None
    black = float(np.percentile(gray[::4, ::4], 1))
    for mark in marks:
        window = (slice(mark.box.y0, mark.box.y1), slice(mark.box.x0, mark.box.x1))
        bright, chroma = colour_of(np.ascontiguousarray(rgb[window]))
        paper = float(np.percentile(gray[window], 90))
        is_seal = mark.kind is MarkKind.SEAL
        print_below = np.count_nonzero((bright < 0.5 * paper) & (chroma < _CHROMA))
        if not is_seal and print_below <= _PRINT_BELOW * bright.size and not _has_frame(chroma):
            continue
        gray[window] = _without_ink(gray[window], bright, chroma, (black, paper))
        if not is_seal:
            stamps = np.full_like(gray, 255) if stamps is None else stamps
            full = max(float(np.percentile(chroma, 98)), float(_CHROMA))
            stamps[window] = np.clip(255 - chroma * (255 / full), 0, 255).astype(np.uint8)
    return gray, stamps


def _without_ink(gray: Image, bright: Image, chroma: Image, levels: tuple[float, float]) -> Image:
    """A window of the page where coloured ink, and the shadow that compression draws around it, has become paper.

    Args:
        gray: the window.
        bright: its brightest channel.
        chroma: by how much that outshines the darkest.
        levels: the brightness of print and of paper.
    """
    black, paper = levels
    near = cv2.dilate((chroma > _CHROMA // 2).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    depth = (bright - black) / max(paper - black, 1.0)
    core = (depth < _PRINT[0]) | (depth < _PRINT[1]) & (chroma < _CHROMA)
    kept = cv2.dilate(core.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    lifted = np.minimum(np.maximum(cv2.add(bright, chroma), gray), paper).astype(np.uint8)
    return np.where(near & ~kept, np.uint8(paper), np.where(near, lifted, gray)).astype(np.uint8)


def _has_frame(chroma: Image) -> bool:
    """Whether one thin piece of the coloured ink runs all around: the frame of a stamp."""
    ink = cv2.threshold(chroma, _CHROMA, 255, cv2.THRESH_BINARY)[1]
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, stats = pieces(as_image(joined))
    height, width = chroma.shape
    reach, filled = _FRAME
    spans = (stats[1:, cv2.CC_STAT_WIDTH] >= reach * width) & (stats[1:, cv2.CC_STAT_HEIGHT] >= reach * height)
    return bool((spans & (stats[1:, cv2.CC_STAT_AREA] <= filled * chroma.size)).any())


def _outermost(marks: list[Mark]) -> list[Mark]:
    """Without marks that lie in a larger one: the inner ring of a seal is no seal of its own."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: -m.box.area):
        if all(mark.box.overlap(other.box) < 0.8 * mark.box.area for other in kept):
            kept.append(mark)
    return kept


def _coloured(rgb: Image) -> tuple[Image, Image]:
    """255 where ink is red, and where it is of another colour, at a quarter of the size: a signature is no seal."""
    half = thumbnail(rgb, _SHRINK // 2)  # compression keeps colours at half the size
    strong = thumbnail(colour_of(half)[1], 2) > _CHROMA
    red, green, blue = cv2.split(thumbnail(half, 2))
    is_red = red >= cv2.max(green, blue)
    return as_image((strong & is_red) * 255), as_image((strong & ~is_red) * 255)


def _kind(shape: float, filled: float) -> MarkKind | None:
    """What a coloured patch is by its shape and by the share of it that is ink; None for coloured paper."""
    if filled > 0.9:
        return None
    return MarkKind.SEAL if shape >= _ROUND else MarkKind.NOTE
