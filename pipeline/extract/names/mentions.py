"""Mentions of names: where in a paragraph one stands, and of what kind of thing it is the name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

KINDS = ("organisation", "person", "place", "role", "programme")


@dataclass(frozen=True, slots=True)
class Mention:
    """Characters `start` to `end` (exclusive) of a paragraph are a name of this kind, one of `KINDS`."""

    kind: str
    start: int
    end: int
    found_by: str = field(default="rules", compare=False)
    """`rules` or `net`."""


def apart(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions in the order of the text; where two overlap, the one given first stays."""
    kept: list[Mention] = []
    for mention in mentions:
        if not any(mention.start < other.end and other.start < mention.end for other in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda mention: mention.start))
