"""The shortest explanations of what is broken, and what they all have in common: minimum set covers, best first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)
Option = tuple[frozenset[Part], frozenset[int]]
"""Parts, and the things that they explain together."""

MOST_STEPS = 4000
"""Explanations looked at before a case is held to be too tangled."""


def fewest(options: Sequence[Option[Part]], agree: Callable[[Iterable[Part]], bool]) -> frozenset[Part] | None:
    """The parts that every smallest explanation of everything contains; None when there is no explanation, or too many.

    Args:
        options: parts and what they explain; an explanation is a choice of options that explains whatever any does.
        agree: whether parts can be true together.
    """
    everything = frozenset().union(*(explained for _, explained in options)) if options else frozenset[int]()
    best: list[frozenset[Part]] = []
    steps = 0
    open_choices: list[Option[Part]] = [(frozenset(), frozenset())]
    while open_choices:
        steps += 1
        if steps > MOST_STEPS:
            return None
        chosen, explained = open_choices.pop(0)
        if best and len(chosen) > len(best[0]):
            continue
        if explained == everything:
            best = [b for b in best if len(b) <= len(chosen)]
            if chosen not in best:
                best.append(chosen)
            continue
        wanted = min(everything - explained, key=lambda thing: sum(thing in told for _, told in options))
        for parts, told in options:
            if wanted in told and (not chosen or agree(chosen | parts)):
                open_choices.append((chosen | parts, explained | told))
        open_choices.sort(key=lambda choice: len(choice[0]))
    smallest = [b for b in best if len(b) == min(map(len, best))]
    return frozenset.intersection(*smallest) if smallest else None
