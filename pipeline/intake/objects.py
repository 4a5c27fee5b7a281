"""The values of a PDF's objects, as what they have to be: anything else is unusual, and left to poppler."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
"""As PDF writes it: a, b, c, d, e, f."""
Corners = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


class Unusual(Exception):
    """The page, or the file, is not made in the plain way that is followed here; it is drawn by poppler."""


def numbers(values: Iterable[Any]) -> list[float]:
    """The values as numbers.

    Raises:
        Unusual: one is something else.
    """
    found = [pikepdf.as_float(value) for value in values]
    known = [number for number in found if number is not None]
    if len(known) < len(found):
        raise Unusual("something else than a number")
    return known


def integer(holder: pikepdf.Object, key: str, missing: int) -> int:
    """The whole number under a key, or `missing` where there is no such key.

    Raises:
        Unusual: it is something else.
    """
    if key not in holder:
        return missing
    number = holder.get_int(key)
    if number is None:
        raise Unusual(f"{key} is no whole number")
    return number


def corners(box: object) -> Corners:
    """A box of a page, whichever of its corners it names.

    Raises:
        Unusual: it is no array of four numbers.
    """
    if not isinstance(box, pikepdf.Array) or len(box) != 4:
        raise Unusual("a box without four sides")
    x0, y0, x1, y1 = numbers(box)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
