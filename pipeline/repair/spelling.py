"""Explaining letters that were read by strings that may have been printed: a search over prefixes of a word list."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

MAX_CHUNK = 3
"""Letters read that one chunk may cover."""
_MEMO = 5_000
"""Chunks whose steps are remembered, and beginnings of words whose explanations are."""

Inverse = dict[str, dict[str, float]]
"""Chunk read to the chunks that may have been printed, each with its log probability."""
Explanations = list[tuple[str, float]]
"""What may have been printed where some letters were read, each with its log probability."""


class Shape(IntEnum):
    """How letters are set."""

    LOWER = 0
    TITLE = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Speller:
    """A word list and the error tables for each shape.

    Words begin alike, so what explains a beginning is remembered, and so are the steps from one beginning to the next.
    """

    ends: frozenset[str]
    onward: dict[str, list[tuple[str, str]]]
    """For each prefix of a word what may come next in it: up to `MAX_CHUNK` letters, and the prefix with these."""
    tables: tuple[Inverse, Inverse, Inverse]
    """For small letters, for the first letter of a word with a capital, for capitals: by `Shape`."""
    beam: float
    """Explanations less likely than the best by more than this (natural log) are dropped."""
    steps: dict[tuple[str, Shape], dict[str, list[tuple[str, float]]]] = field(default_factory=dict)
    """For each chunk read, in its shape: from each prefix to the longer ones, the likeliest first."""
    reached: dict[tuple[str, Shape], Explanations] = field(default_factory=dict)
    """For each beginning of a word, in its shape: what explains it."""

    @classmethod
    def of(cls, strings: Iterable[str], tables: tuple[Inverse, Inverse, Inverse], beam: float) -> Speller:
        """The speller of some strings in small letters."""
        ends = frozenset(strings)
        onward: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for prefix in sorted({s[:n] for s in ends for n in range(len(s) + 1)}):
            for cut in range(max(len(prefix) - MAX_CHUNK, 0), len(prefix) + 1):
                onward[prefix[:cut]].append((prefix[cut:], prefix))
        return cls(ends, dict(onward), tables, beam)

    def explain(self, read: str, shape: Shape) -> list[Explanations]:
        """For each length of `read` from 0 the strings that explain so much of it, with log probabilities."""
        return [self.whole(read[:length], shape) for length in range(len(read) + 1)]

    def whole(self, read: str, shape: Shape) -> Explanations:
        """The strings that explain all of `read`."""
        return [(p, s) for p, s in self._reached(read, shape) if p in self.ends]

    def _reached(self, read: str, shape: Shape) -> Explanations:
        """The beginnings of strings that explain all of `read`, none much less likely than the best."""
        known = self.reached.get((read, shape))
        if known is None:
            if len(self.reached) > _MEMO:
                self.reached.clear()
            known = self.reached[read, shape] = self._reach(read, shape)
        return known

    def _reach(self, read: str, shape: Shape) -> Explanations:
        into = {} if read else {"": 0.0}
        for size in range(min(MAX_CHUNK, len(read)), 0, -1):
            start = len(read) - size
            now = _shape_at(start, shape)
            if read[start:] in self.tables[now] and (before := self._reached(read[:start], shape)):
                self._extend(before, read[start:], now, into)
        now = _shape_at(len(read), shape)
        if now != Shape.TITLE:
            self._extend(list(into.items()), "", now, into)
        least = max(into.values(), default=0.0) - self.beam
        return [(p, s) for p, s in into.items() if s >= least]

    def _extend(self, frontier: Explanations, chunk: str, shape: Shape, into: dict[str, float]) -> None:
        steps = self._known_steps(chunk, shape)
        known, reach, beam = steps.get, into.get, self.beam
        least = max(into.values(), default=-math.inf) - beam
        for prefix, score in frontier:
            onward = known(prefix)
            if onward is None:
                onward = steps[prefix] = self._steps(prefix, chunk, shape)
            for longer, cost in onward:
                total = score + cost
                if total < least:
                    break
                if total > reach(longer, -math.inf):
                    into[longer] = total
                    least = max(least, total - beam)

    def _known_steps(self, chunk: str, shape: Shape) -> dict[str, list[tuple[str, float]]]:
        if len(self.steps) > _MEMO:
            self.steps.clear()
        return self.steps.setdefault((chunk, shape), {})

    def _steps(self, prefix: str, chunk: str, shape: Shape) -> list[tuple[str, float]]:
        costs = self.tables[shape].get(chunk, {})
        if prefix:
            steps = [(longer, costs[printed]) for printed, longer in self.onward[prefix] if printed in costs]
        else:  # anything may come first: fewer chunks are read so than begin a word
            steps = [(printed, cost) for printed, cost in costs.items() if printed in self.onward]
        return sorted(steps, key=lambda step: (-step[1], step[0]))


def _shape_at(place: int, shape: Shape) -> Shape:
    """How the letter at a place is set in a word of that shape."""
    return Shape.LOWER if shape == Shape.TITLE and place else shape
