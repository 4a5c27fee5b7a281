"""Capitals: a repaired word is set as what was read was set."""

from __future__ import annotations

from pipeline.repair.channel import Shape


def dress(word: str, shape: Shape) -> str:
    """The word (in small letters) in that shape."""
    if shape == Shape.UPPER:
        return word.upper()
    return word[:1].upper() + word[1:] if shape == Shape.TITLE else word
