"""Explaining letters that were read by strings that may have been printed: a search over prefixes of a word list."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

MAX_CHUNK = 3
"""Letters read that one chunk may cover."""
_MEMO = 5_000
"""Chunks whose steps are remembered."""

Inverse = dict[str, list[tuple[str, float]]]
"""Chunk read to the chunks that may have been printed, each with its log probability."""


class Shape(IntEnum):
    """How letters are set."""

    LOWER = 0
    TITLE = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Speller:
    """A word list and the error tables for each shape; steps are remembered, for letters repeat."""

    ends: frozenset[str]
    prefixes: frozenset[str]
    tables: tuple[Inverse, Inverse, Inverse]
    """For small letters, for the first letter of a word with a capital, for capitals: by `Shape`."""
    beam: float
    """Explanations less likely than the best by more than this (natural log) are dropped."""
    steps: dict[tuple[str, Shape], dict[str, list[tuple[str, float]]]] = field(default_factory=dict)
    """For each chunk read, in its shape: from each prefix to the longer ones, the likeliest first."""

    @classmethod
    def of(cls, strings: Iterable[str], tables: tuple[Inverse, Inverse, Inverse], beam: float) -> Speller:
        """The speller of some strings in small letters."""
        ends = frozenset(strings)
        return cls(ends, frozenset(s[:n] for s in ends for n in range(len(s) + 1)), tables, beam)

    def explain(self, read: str, shape: Shape) -> list[dict[str, float]]:
        """For each length of `read` from 0 the strings that explain so much of it, with log probabilities."""
        reached: list[dict[str, float]] = [{} for _ in range(len(read) + 1)]
        reached[0][""] = 0.0
        for at, here in enumerate(reached):
            if not here:
                continue
            now = Shape.LOWER if shape == Shape.TITLE and at else shape
            if now != Shape.TITLE:
                self._extend(list(here.items()), "", now, here)
            least = max(here.values()) - self.beam
            frontier = [(p, s) for p, s in here.items() if s >= least]
            for size in range(1, min(MAX_CHUNK, len(read) - at) + 1):
                chunk = read[at : at + size]
                if chunk in self.tables[now]:
                    self._extend(frontier, chunk, now, reached[at + size])
        return [{p: s for p, s in found.items() if p in self.ends} for found in reached]

    def _extend(self, frontier: list[tuple[str, float]], chunk: str, shape: Shape, into: dict[str, float]) -> None:
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
        prefixes = self.prefixes
        longer = [(prefix + p, cost) for p, cost in self.tables[shape].get(chunk, ()) if prefix + p in prefixes]
        longer.sort(key=lambda step: (-step[1], step[0]))
        return longer
