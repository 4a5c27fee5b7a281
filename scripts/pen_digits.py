"""Digits as a pen draws them: strokes through a few points, in the ways that people in Vietnam write them.

The corpus draws its handwritten digits with other strokes (`scripts.make_scans.handwriting`), so that the net is never
judged on the shapes it was taught. Handwritten digit sets lack some of these: a `1` with a long upstroke, a `7` with a
bar, a flat-topped `3`, an open `4`.

Points lie in a unit square, x to the right and y down; each stroke is smoothed through its points. A point given twice
is a corner.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Stroke = tuple[tuple[float, float], ...]

SHAPES: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.55, 0.0), (0.12, 0.25), (0.08, 0.7), (0.45, 1.0), (0.88, 0.72), (0.9, 0.28), (0.5, 0.0)),),
        (((0.7, 0.08), (0.3, 0.1), (0.05, 0.55), (0.35, 1.0), (0.8, 0.8), (0.92, 0.3), (0.55, 0.02), (0.35, 0.1)),),
    ),
    "1": (
        (((0.5, 0.0), (0.5, 1.0)),),
        (((0.2, 0.35), (0.62, 0.0), (0.62, 0.0), (0.55, 1.0)),),
        (((0.0, 0.6), (0.6, 0.0), (0.6, 0.0), (0.5, 1.0)),),
        (((-0.35, 0.7), (0.1, 0.5), (0.65, 0.0), (0.65, 0.0), (0.5, 1.0)),),
        (((0.05, 0.45), (0.35, 0.3), (0.65, 0.0), (0.65, 0.0), (0.45, 1.0)),),
        (((0.2, 0.25), (0.55, 0.0), (0.55, 0.0), (0.55, 1.0)), ((0.2, 1.0), (0.9, 0.98))),
    ),
    "2": (
        (((0.1, 0.28), (0.45, 0.0), (0.85, 0.25), (0.55, 0.6), (0.05, 1.0), (0.05, 1.0), (0.95, 0.97)),),
        (((0.08, 0.22), (0.5, 0.0), (0.82, 0.3), (0.4, 0.78), (0.1, 0.95), (0.08, 0.78), (0.4, 0.85), (1.0, 0.95)),),
        (((0.2, 0.3), (0.3, 0.05), (0.7, 0.02), (0.8, 0.35), (0.3, 0.85), (0.0, 1.0), (0.5, 0.9), (0.95, 1.0)),),
    ),
    "3": (
        (((0.12, 0.15), (0.5, 0.0), (0.82, 0.22), (0.4, 0.46), (0.88, 0.72), (0.5, 1.0), (0.05, 0.86)),),
        (
            (
                (0.1, 0.03),
                (0.85, 0.0),
                (0.85, 0.0),
                (0.4, 0.4),
                (0.4, 0.4),
                (0.85, 0.6),
                (0.75, 0.93),
                (0.35, 1.0),
                (0.05, 0.9),
            ),
        ),
        (((0.15, 0.1), (0.75, 0.05), (0.7, 0.35), (0.35, 0.48), (0.35, 0.48), (0.85, 0.65), (0.6, 1.0), (0.0, 0.95)),),
    ),
    "4": (
        (((0.3, 0.0), (0.05, 0.6), (0.05, 0.6), (0.95, 0.58)), ((0.7, 0.3), (0.6, 1.0))),
        (((0.65, 0.0), (0.02, 0.65), (0.02, 0.65), (0.98, 0.65)), ((0.65, 0.0), (0.62, 1.0))),
        (((0.15, 0.05), (0.1, 0.5), (0.1, 0.5), (0.85, 0.48)), ((0.8, 0.0), (0.78, 1.0))),
        (((0.45, 0.0), (0.0, 0.7), (0.2, 0.72), (1.0, 0.6)), ((0.75, 0.35), (0.5, 1.0))),
    ),
    "5": (
        (
            ((0.25, 0.02), (0.15, 0.45), (0.15, 0.45), (0.6, 0.4), (0.88, 0.7), (0.5, 1.0), (0.05, 0.9)),
            ((0.25, 0.02), (0.9, 0.0)),
        ),
        (
            ((0.3, 0.1), (0.2, 0.45), (0.2, 0.45), (0.7, 0.5), (0.75, 0.85), (0.4, 1.0), (0.0, 0.92)),
            ((0.3, 0.05), (1.15, -0.05)),
        ),
        (
            (
                (0.9, 0.02),
                (0.3, 0.03),
                (0.3, 0.03),
                (0.2, 0.42),
                (0.2, 0.42),
                (0.7, 0.45),
                (0.8, 0.8),
                (0.45, 1.0),
                (0.05, 0.9),
            ),
        ),
    ),
    "6": (
        (((0.75, 0.0), (0.3, 0.35), (0.1, 0.75), (0.45, 1.0), (0.85, 0.75), (0.5, 0.55), (0.15, 0.75)),),
        (((0.55, 0.0), (0.15, 0.5), (0.15, 0.9), (0.6, 1.0), (0.85, 0.7), (0.5, 0.5), (0.2, 0.7)),),
    ),
    "7": (
        (((0.05, 0.05), (0.9, 0.0), (0.9, 0.0), (0.4, 1.0)),),
        (((0.05, 0.08), (0.9, 0.02), (0.9, 0.02), (0.45, 1.0)), ((0.2, 0.52), (0.95, 0.48))),
        (((0.0, 0.2), (0.1, 0.04), (0.9, 0.02), (0.9, 0.02), (0.5, 0.5), (0.42, 1.0)), ((0.25, 0.5), (0.85, 0.46))),
        (((0.0, 0.22), (0.12, 0.05), (0.12, 0.05), (0.85, 0.05), (0.85, 0.05), (0.35, 1.0)),),
    ),
    "8": (
        (
            (
                (0.82, 0.15),
                (0.45, 0.0),
                (0.15, 0.2),
                (0.5, 0.46),
                (0.87, 0.75),
                (0.5, 1.0),
                (0.1, 0.78),
                (0.5, 0.48),
                (0.85, 0.2),
                (0.7, 0.05),
            ),
        ),
        (
            ((0.5, 0.0), (0.2, 0.2), (0.5, 0.45), (0.8, 0.22), (0.5, 0.0)),
            ((0.5, 0.45), (0.1, 0.72), (0.5, 1.0), (0.9, 0.72), (0.5, 0.45)),
        ),
    ),
    "9": (
        (((0.82, 0.2), (0.45, 0.0), (0.1, 0.25), (0.4, 0.5), (0.82, 0.22), (0.82, 0.22), (0.75, 1.0)),),
        (((0.8, 0.22), (0.4, 0.0), (0.1, 0.3), (0.45, 0.5), (0.82, 0.2), (0.85, 0.6), (0.55, 1.0), (0.15, 0.92)),),
        (((0.75, 0.1), (0.3, 0.08), (0.15, 0.4), (0.55, 0.45), (0.8, 0.1), (0.7, 0.6), (0.45, 1.0)),),
    ),
}


def draw_digit(digit: str, size: tuple[int, float], habit: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """One digit drawn by a pen, as ink (0 none, 255 full), inside a margin of a fifth.

    Args:
        digit: which.
        size: pixels of the digit's height and of its strokes.
        habit: any number; the same one always gives the same shape of each digit.
        rng: by whose chances it wobbles.
    """
    height, thickness = size
    shapes = SHAPES[digit]
    strokes = shapes[habit % len(shapes)]
    width = height * rng.uniform(0.42, 0.8) * (0.55 if digit == "1" else 1.0)
    margin = max(round(height * 0.2), 2)
    canvas = np.zeros((height + 2 * margin, round(width) + 2 * margin), np.uint8)
    wobble = rng.uniform(0.01, 0.055)
    for stroke in strokes:
        points = np.asarray(stroke, dtype=np.float64)
        repeated = np.concatenate(([False], np.all(np.diff(points, axis=0) == 0, axis=1)))
        noise = rng.normal(0, wobble, points.shape)
        noise[repeated] = noise[np.flatnonzero(repeated) - 1]
        path = _smooth(points + noise) * (width, height) + margin
        pixels = np.round(path * 16).astype(np.int32)
        cv2.polylines(
            canvas,
            [pixels],
            isClosed=False,
            color=255,
            thickness=max(round(thickness), 1),
            lineType=cv2.LINE_AA,
            shift=4,
        )
    return canvas


def _smooth(points: Points, steps: int = 8) -> Points:
    """A curve through the points (Catmull and Rom 1974), with a corner where a point stands twice."""
    pieces = []
    padded = np.vstack((points[:1], points, points[-1:]))
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    for before, start, end, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        a = 2 * start
        b = end - before
        c = 2 * before - 5 * start + 4 * end - after
        d = -before + 3 * start - 3 * end + after
        pieces.append(0.5 * (a + b * t + c * t**2 + d * t**3))
    return np.vstack((*pieces, points[-1:]))
