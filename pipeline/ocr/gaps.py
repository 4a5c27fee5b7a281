"""A gap in print that a hand or a numbering stamp has filled: cut from the page and read by the digit net."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from pipeline.config import models_dir
from pipeline.nouns import Image
from pipeline.ocr.digits import DigitNet, Reading, cut_strip, load_net, read_digits
from pipeline.ocr.typeface import SMALL_LETTER, Type

_VIEWS = ((1.0, 0.0), (0.88, 0.06), (1.13, -0.06))
"""Scale, and shift of the baseline in type sizes, of each view of a strip."""
_NARROWEST = 4
"""Columns of a gap that can hold a digit."""


def read_gap(image: Image, face: Type, ends: tuple[float, float], fits: Callable[[str], bool]) -> Reading:
    """The digits between two columns of a gray page, with the probability that they stand there.

    Args:
        image: the page.
        face: the type of the line that the gap is in.
        ends: its first column and its last; what lies outside the page is left out.
        fits: which digits can stand there.
    """
    left, right = max(round(ends[0]), 0), min(round(ends[1]), image.shape[1])
    if right - left < _NARROWEST:
        return Reading("", 0.0)
    views = [
        cut_strip(image, face.baseline + shift * face.size, SMALL_LETTER * face.size * scale, (left, right))
        for scale, shift in _VIEWS
    ]
    return read_digits(_net(), views, fits)


@lru_cache(maxsize=1)
def _net() -> DigitNet:
    return load_net(models_dir() / "digits.npz")
