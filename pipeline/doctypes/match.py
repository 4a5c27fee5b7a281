"""Which kind of letter a title or the symbol in a number names, however OCR bent them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from pipeline.doctypes.kinds import DocType
from pipeline.vietnamese import fold, normal

_NEAR = 86.0
_DIRT = ".,:;*-_'\"“”`|~"
_LONGER = 2
"""Characters by which what was read may be longer or shorter than the title."""


@dataclass(frozen=True, slots=True)
class TitleMatch:
    """A line that starts with a kind's title: the kind, how alike (0 to 1), and where the title ends in the line."""

    kind: DocType
    likeness: float
    end: int


def by_title(line: str, kinds: tuple[DocType, ...]) -> TitleMatch | None:
    """The kind whose title the line starts with; None when none is near enough.

    The longest title wins among equals, so `THÔNG TƯ LIÊN TỊCH` is not a Thông tư. Marks decide only between titles
    that are alike without them, because OCR loses marks in capitals first.
    """
    read = normal(line).split()
    words = [word.strip(_DIRT) for word in read]
    dirt = next((at for at, word in enumerate(words) if word), 0)
    titles = ((kind, title) for kind in kinds if kind.has_title for title in kind.titles)
    found = [match for kind, title in titles if (match := _start(words[dirt:], kind, title))]
    best = max(found, key=lambda match: (round(match.likeness, 2), match.end), default=None)
    return replace(best, end=best.end + sum(len(word) + 1 for word in read[:dirt])) if best else None


def _start(words: list[str], kind: DocType, title: str) -> TitleMatch | None:
    """How the line starts with the title; a space between two of its words may have been missed."""
    count = len(title.split())
    heads = [" ".join(words[:taken]).rstrip() for taken in (count, count - 1) if 0 < taken <= len(words)]
    likely = [head for head in heads if abs(len(head) - len(title)) <= _LONGER]
    head = max(likely, key=lambda head: fuzz.ratio(fold(head), fold(title)), default="")
    plain = fuzz.ratio(fold(head), fold(title))
    if plain < _NEAR:
        return None
    marked = fuzz.ratio(head.lower(), title.lower())
    return TitleMatch(kind, (0.85 * plain + 0.15 * marked) / 100.0, len(head))


def by_symbol(symbol: str, kinds: tuple[DocType, ...]) -> tuple[DocType, ...]:
    """The kinds that a part of a number's symbol abbreviates: `QĐ` is Quyết định (and Quy định in the Party's use).

    Kinds whose official abbreviation it is come first. A lost stroke of Đ is forgiven when no other kind has the rest.
    """
    exact = [kind for kind in kinds if symbol in kind.abbreviations]
    if not exact:
        exact = [kind for kind in kinds if any(fold(symbol) == fold(short) for short in kind.abbreviations)]
    return tuple(sorted(exact, key=lambda kind: fold(kind.abbreviations[0]) != fold(symbol)))
