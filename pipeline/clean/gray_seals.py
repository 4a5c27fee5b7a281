"""Seals on pages scanned without colour: found by their ring, and taken off as far as they are paler than print.

A seal covers a third of the signature (Nghị định 30/2020/NĐ-CP, Article 33), so the signer's title and name lie under
it. Without colour nothing tells it from print but its ring and its tone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.clean.binarise import Sizes, as_image
from pipeline.nouns import MM_PER_INCH, Box, Image, Mark, MarkKind
from pipeline.pixels import percentiles, pieces, runs_of_pieces

_SEARCH_DPI = 75
_RADIUS_MM = (12.5, 21.0)
"""Seals of offices are 25 to 42 mm across."""
_EDGE, _VOTES = 160, 26
"""What the search for circles asks for: strength of an edge, and edges that agree on a centre."""
_MOST = 3
"""Circles that are looked at: words lie on circles by chance, but a seal gets more votes than they do."""
_ANGLES = 240
_STEPS = range(-4, 20)
"""How much larger than voted for the ring may be, in pixels of the search: an emblem has rings within."""
_COVERED = 0.75
"""Part of the ring that has ink; words cover up to six tenths of a circle, faint seals nine tenths."""
_INK = 0.85
"""Brightness of ink, as part of the paper's."""
_ARC = 20
"""Pixels of the search (7 mm) that some piece of a ring is high; words and lone letters are lower."""
_MARGIN = 2.0
"""Pixels of the search that a seal's box is wider than its ring, on each side."""
_RING, _RING_WIDTH = 0.94, 0.06
"""Where the outer ring lies in the seal's box and how wide it is, as parts of half its side."""
_NEARER = 0.6
"""How far from print to seal the level lies that parts them: strokes of print pale towards their edges."""
_SPECK_MM = 0.35
"""Side of a square of ink below which what is left of a seal is a speck."""
_APART = 24.0
"""Levels of gray between seal and print from which they can be told apart."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ring:
    """The outer ring of a seal: centre, radius and the part of it that has ink."""

    x: float
    y: float
    radius: float
    covered: float


def find_seals(page: Sizes, dpi: int) -> tuple[Mark, ...]:
    """The round seals of an upright gray page."""
    shrink = _SEARCH_DPI / dpi
    if min(page.full.shape) * shrink < 2 * _RADIUS_MM[0] / MM_PER_INCH * _SEARCH_DPI:
        return ()
    small = _shrunk(page, dpi)
    return tuple(
        Mark(MarkKind.SEAL, _box(ring, 1 / shrink, page.full.shape), confidence=ring.covered) for ring in _rings(small)
    )


def is_office_seal(mark: Mark, dpi: int) -> bool:
    """Whether a mark has the size of an office's seal: emblems, and ink that is round by chance, are smaller."""
    least = 2 * _RADIUS_MM[0] / MM_PER_INCH * dpi
    return mark.kind is MarkKind.SEAL and min(mark.box.width, mark.box.height) >= least


def _shrunk(page: Sizes, dpi: int) -> Image:
    """The page at the resolution of the search."""
    if dpi % _SEARCH_DPI == 0:
        return page.thumbnail(dpi // _SEARCH_DPI)
    nearest, by = (page.half, 2) if dpi > 2 * _SEARCH_DPI else (page.full, 1)
    shrink = _SEARCH_DPI / dpi * by
    return as_image(cv2.resize(nearest, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA))


def _rings(small: Image) -> Iterator[Ring]:
    [paper] = percentiles(small, (50,))
    ink = small < _INK * paper
    low, high = (round(mm / MM_PER_INCH * _SEARCH_DPI) for mm in _RADIUS_MM)
    near = _where_arcs_are(ink.view(np.uint8), 2 * high + 2)
    if near is None:
        return
    window = small[near.y0 : near.y1, near.x0 : near.x1]
    voted = cv2.HoughCircles(
        window, cv2.HOUGH_GRADIENT, 1.0, 1.2 * high, param1=_EDGE, param2=_VOTES, minRadius=low, maxRadius=high
    )
    if voted is None:
        return
    for x, y, radius in (voted[0][:_MOST] + np.array([near.x0, near.y0, 0.0])).tolist():
        radii = [radius + step for step in _STEPS]
        covered = _covered(ink, x, y, radii)
        outermost = next((at for at in reversed(range(len(radii))) if covered[at] >= _COVERED), None)
        if outermost is not None:
            yield Ring(x, y, radii[outermost], covered[outermost])


def _where_arcs_are(ink: Image, reach: int) -> Box | None:
    """The part of the page within reach of pieces of ink high enough to be part of a ring; None when there are none.

    What runs into the page's rim is the shadow of an edge, as a rule.
    """
    height, width = ink.shape
    x, y, wide, high, _ = runs_of_pieces(ink).figures.T
    arcs = (high >= _ARC) & (x > 0) & (y > 0) & (x + wide < width) & (y + high < height)
    if not arcs.any():
        return None
    x0, y0 = int(x[arcs].min()) - reach, int(y[arcs].min()) - reach
    x1, y1 = int((x + wide)[arcs].max()) + reach, int((y + high)[arcs].max()) + reach
    return Box(max(x0, 0), max(y0, 0), min(x1, width), min(y1, height))


def _covered(ink: NDArray[np.bool_], x: float, y: float, radii: list[float]) -> list[float]:
    """The part of each circle, a pixel to either side, that has ink; what lies off the page has none.

    The radii follow each other by one pixel.
    """
    angles = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    near = np.array([radii[0] - 1, *radii, radii[-1] + 1])[:, None]
    across, down = (np.rint(c + near * turn).astype(int) for c, turn in ((x, np.cos(angles)), (y, np.sin(angles))))
    inside = (across >= 0) & (across < ink.shape[1]) & (down >= 0) & (down < ink.shape[0])
    hit = inside & ink[np.where(inside, down, 0), np.where(inside, across, 0)]
    wide: list[float] = (hit[:-2] | hit[1:-1] | hit[2:]).mean(axis=1).tolist()
    return wide


def _box(ring: Ring, grow: float, shape: tuple[int, ...]) -> Box:
    height, width = shape[:2]
    x0, y0, x1, y1 = ((c + side * (ring.radius + _MARGIN)) * grow for side in (-1, 1) for c in (ring.x, ring.y))
    return Box(max(round(x0), 0), max(round(y0), 0), min(round(x1), width), min(round(y1), height))


def without_seals(gray: Image, dpi: int, seals: tuple[Mark, ...]) -> Image:
    """The page with the ink of seals turned to paper, darker print under them left; the same array when none is paler.

    A seal as dark as the print, as on pages in black and white, stays: what is hidden is not guessed at.
    """
    out = gray
    for seal in seals:
        window = (slice(seal.box.y0, seal.box.y1), slice(seal.box.x0, seal.box.x1))
        cut = _between(gray, seal.box)
        if cut is not None:
            out = gray.copy() if out is gray else out
            darker = _darker(gray[window], cut, round((_SPECK_MM / MM_PER_INCH * dpi) ** 2))
            out[window] = np.where(_from_centre(seal.box) < 1.0, darker, gray[window])
    return out


def _between(gray: Image, box: Box) -> float | None:
    """The level between the tones of print and seal; None when they are alike."""
    [paper] = percentiles(gray[::4], (50,))
    ring = gray[box.y0 : box.y1, box.x0 : box.x1][np.abs(_from_centre(box) - _RING) < _RING_WIDTH]
    ring = ring[ring < _INK * paper]
    around = gray[max(box.y0 - box.height, 0) : box.y1 + box.height]
    print_ = around[around < 0.5 * paper]
    if ring.size == 0 or print_.size == 0:
        return None
    seal, dark = float(np.percentile(ring, 15)), float(np.percentile(print_, 25))
    return dark + _NEARER * (seal - dark) if seal - dark >= _APART else None


def _from_centre(box: Box) -> Floats:
    """How far the pixels of a seal's box are from its centre: 1 in the middle of its sides."""
    down, across = np.ogrid[-1 : 1 : box.height * 1j, -1 : 1 : box.width * 1j]
    return np.hypot(down, across)


def _darker(window: Image, cut: float, speck: int) -> Image:
    """The window with only the ink darker than `cut`, and the soft edges around it; specks are left out."""
    labels, stats = pieces((window < cut).astype(np.uint8))
    large = stats[:, cv2.CC_STAT_AREA] > speck
    large[0] = False
    near = cv2.dilate(large[labels].astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    paper = np.uint8(np.percentile(window, 95))
    return np.where(near, window, paper).astype(np.uint8)
