"""Capitals: a repaired word is set as what was read was set."""

from __future__ import annotations

from pipeline.repair.spelling import Shape


def dress(word: str, shape: Shape, read: str = "") -> str:
    """The word (in small letters) in that shape; an `I` or `J` read for a small `l` makes no capital."""
    if shape == Shape.UPPER:
        return word.upper()
    if shape == Shape.TITLE and not (read[:1] in {"I", "J"} and word[:1] == "l"):
        return word[:1].upper() + word[1:]
    return word
