"""Digits as a hand writes them: strokes of our own drawing, shaken, slanted and thickened by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pil
from PIL import ImageDraw

from pipeline.nouns import Box

Points = NDArray[np.float64]

_CELL = 0.55
"""Advance of a digit, in heights."""
# For each digit the ways it is written; movements of the pen are parted by `/`, points are "x,y" in hundredths of a
# box one high and about 0.6 wide, origin top left.
_FORMS = {
    "0": (
        "30,2 8,20 3,55 14,93 36,97 50,62 47,20 30,2",
        "36,6 14,10 4,48 12,88 32,98 52,70 50,26 28,3",
    ),
    "1": (
        "10,28 30,2 28,50 26,98",
        "30,2 27,50 25,99",
    ),
    "2": (
        "6,24 20,3 44,10 42,38 20,70 4,95 28,90 54,95",
        "8,20 30,0 46,22 30,58 6,92 16,84 34,98 54,90",
    ),
    "3": (
        "8,12 28,2 44,20 22,44 48,64 40,92 18,99 4,84",
        "6,5 46,5 22,40 46,52 48,82 26,99 4,90",
    ),
    "4": (
        "34,2 6,58 30,62 54,58 / 42,36 40,70 38,100",
        "14,4 6,50 28,54 50,48 / 46,6 44,55 42,100",
    ),
    "5": (
        "12,6 8,42 30,36 48,60 38,92 16,98 3,86 / 12,6 32,8 52,3",
        "50,4 14,6 10,44 34,40 46,66 32,96 4,92",
    ),
    "6": (
        "42,3 16,30 5,68 20,98 44,88 44,62 24,54 7,72",
        "36,0 12,36 6,76 24,99 46,78 32,56 10,68",
    ),
    "7": (
        "5,8 28,5 52,6 34,50 22,99",
        "5,6 52,5 36,44 24,100 / 14,48 32,46 48,44",
    ),
    "8": (
        "42,12 24,2 10,20 28,44 46,72 30,98 8,82 22,52 44,26 42,12",
        "44,8 14,6 14,30 44,64 38,96 10,92 12,62 42,30 44,8",
    ),
    "9": (
        "44,14 24,2 7,24 20,48 42,34 45,12 42,56 34,99",
        "44,20 22,3 6,28 24,46 44,18 42,70 24,98 6,88",
    ),
}
_INKS = ((22, 38, 130), (16, 52, 160), (30, 30, 38))


def write_digits(canvas: Pil.Image, text: str, place: tuple[float, float, float], rng: np.random.Generator) -> Box:
    """Writes digits from `place` (x, baseline, type size, in pixels) on the RGB canvas, in ink.

    Returns:
        The box around the strokes.

    Raises:
        KeyError: the text holds anything but digits.
    """
    x, baseline, size = place
    height = size * float(rng.uniform(0.85, 1.15))
    ink = _INKS[int(rng.integers(len(_INKS)))]
    weight = max(1.0, size * float(rng.uniform(0.05, 0.085)))
    slant = float(rng.uniform(-0.05, 0.30))
    pen = ImageDraw.Draw(canvas)
    reached: list[Points] = []
    at = x + 0.1 * height
    for digit in text:
        forms = _FORMS[digit]
        for movement in _movements(forms[int(rng.integers(len(forms)))]):
            points = _curve(_shaken(movement, slant, rng)) * height + (at, baseline - 0.9 * height)
            reached.append(points)
            _stroke(pen, points, weight, ink)
        at += height * _CELL * float(rng.uniform(0.95, 1.25))
    around = np.concatenate(reached)
    (x0, y0), (x1, y1) = around.min(axis=0) - weight, around.max(axis=0) + weight
    return Box(int(max(x0, 0)), int(max(y0, 0)), int(max(x1, 0)) + 1, int(max(y1, 0)) + 1)


def _movements(form: str) -> list[Points]:
    return [
        np.array([[int(v) / 100 for v in point.split(",")] for point in movement.split()])
        for movement in form.split("/")
    ]


def _shaken(points: Points, slant: float, rng: np.random.Generator) -> Points:
    moved = points + rng.normal(0.0, 0.018, points.shape)
    moved[:, 0] += slant * (1.0 - moved[:, 1])
    return moved * (float(rng.uniform(0.88, 1.12)), float(rng.uniform(0.92, 1.08)))


def _curve(points: Points) -> Points:
    """A smooth path through the points (Catmull-Rom), twelve steps a span."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    t = np.linspace(0.0, 1.0, 12)[:, None]
    spans = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        spans.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    return np.concatenate(spans)


def _stroke(pen: ImageDraw.ImageDraw, points: Points, weight: float, ink: tuple[int, int, int]) -> None:
    flat = [float(v) for v in points.ravel()]
    pen.line(flat, fill=ink, width=round(weight), joint="curve")
    radius = weight / 2
    for x, y in (points[0], points[-1]):
        pen.ellipse([x - radius, y - radius, x + radius, y + radius], fill=ink)
