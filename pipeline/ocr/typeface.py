"""The type a line is set in, told from its words: letters as wide as in Times, the face of official letters.

Knowing how wide a printed word must be tells where it ends when the engine has glued it to the digits beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.nouns import Line, Word
from pipeline.vietnamese import strip_marks

# Widths of Times Roman in thousandths of the type size (Adobe, Core 14 AFM files); marks do not widen a letter.
_WIDTHS = {
    278: "ijlt/:;",
    333: "frI-()",
    250: " .,",
    389: "sJ",
    444: "acezy",
    500: "bdghknopquvx0123456789đ",
    556: "PSF",
    611: "ELTZ",
    667: "BCR",
    722: "ADĐGHKNOQUVXYw",
    778: "m",
    889: "M",
    944: "W",
}
_WIDTH_OF = {char: width / 1000 for width, chars in _WIDTHS.items() for char in chars}
_OTHER = 0.5
SMALL_LETTER = 0.45
"""Height of `x`, in type sizes."""
_DESCENT = 0.2
"""How far `g` and `y` hang below the line, in type sizes."""
_HANGING = frozenset("gjpqy,;()ạặậẹệịọộợụựỵ")
_TRUSTED = 0.85
_TELLING = 12
"""Characters from which a line tells its own size of type."""


@dataclass(frozen=True, slots=True)
class Type:
    """The size of the type of a line in pixels, and the row on which its letters stand."""

    size: float
    baseline: float


def width(text: str, size: float) -> float:
    """Pixels that a text takes in type of a size."""
    return size * sum(_WIDTH_OF.get(char, _OTHER) for char in strip_marks(text))


def type_of(words: Sequence[Word], usual: float | None = None) -> Type | None:
    """The type of a line, from its surely read words or, where there are none, from all; None without letters.

    Few letters tell little of the size: then it is the `usual` one, where that is known.
    """
    lettered = [w for w in words if sum(c.isalpha() for c in w.raw) >= 2 and w.box.area]
    sure = [w for w in lettered if w.confidence >= _TRUSTED] or lettered
    if not sure:
        return None
    letters = sum(len(w.raw) for w in sure)
    size = usual if usual and letters < _TELLING else median(w.box.width / width(w.raw, 1.0) for w in sure)
    return Type(size, median(w.box.y1 - _hang(w.raw) * size for w in sure))


def usual_size(lines: Sequence[Line]) -> float | None:
    """The size of type that lines with letters enough have in common; None when there is no such line."""
    telling = [line.words for line in lines if sum(len(w.raw) for w in line.words) >= _TELLING]
    faces = [face for face in map(type_of, telling) if face]
    return median(face.size for face in faces) if faces else None


def _hang(text: str) -> float:
    return _DESCENT if any(char in _HANGING for char in text.lower()) or "Q" in text else 0.0
