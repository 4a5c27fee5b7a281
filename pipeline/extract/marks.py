"""Where in a paragraph a name stands, and of what kind it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = ("organisation", "person", "place", "role", "programme")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) of a paragraph are a name of this kind, one of `KINDS`."""

    kind: str
    start: int
    end: int
    found_by: str = field(default="rules", compare=False)
    """`rules` or `net`."""


def apart(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks in the order of the text; where two overlap, the one given first stays."""
    kept: list[Mark] = []
    for mark in marks:
        if not any(mark.start < other.end and other.start < mark.end for other in kept):
            kept.append(mark)
    return tuple(sorted(kept, key=lambda mark: mark.start))
