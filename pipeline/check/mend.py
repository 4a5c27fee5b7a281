"""From broken equations to the misread digit: the one change that makes all of them true.

A change is applied only when nothing else explains what it explains. A change that makes two equations or more true at
once needs no further proof; one that restores a single equation must be a misreading that is known to be likely.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pipeline.check.digits import Reading, is_likely, readings
from pipeline.tabular.equations import Equation, Figures, Place

MOST_TOGETHER = 3
"""Misread figures that are looked for together in one tangle of equations."""
MOST_CANDIDATES = 60
"""Changes in one tangle beyond which it is left to a person."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure, what it should read, and the equations (by index) that this makes true."""

    place: Place
    reading: Reading
    restores: frozenset[int]
    settles: bool
    """Whether every equation of the figure is true afterwards."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the arithmetic of one table says."""

    mended: Mapping[Place, Change]
    proposed: Mapping[Place, tuple[Change, ...]]
    """Figures that may be wrong and what each might read; not certain enough to change."""
    suspects: frozenset[Place]
    """Figures of equations that stay broken, without those that other equations vouch for."""
    held: Mapping[Place, int]
    """How many equations each figure takes part in that are true after mending."""
    passed: int
    failed: int


@dataclass(slots=True)
class _Case:
    """The state while mending; `texts` are the figures as read."""

    data: Figures
    equations: Sequence[Equation]
    texts: Mapping[Place, str]
    fixed: dict[Place, Change] = field(default_factory=dict)
    by_place: dict[Place, list[int]] = field(default_factory=lambda: defaultdict(list))

    def values(self, extra: Iterable[Change] = ()) -> dict[Place, float]:
        """The changed figures."""
        return {c.place: c.reading.value for c in (*self.fixed.values(), *extra)}

    def truth(self, index: int, extra: Iterable[Change] = ()) -> bool | None:
        """Whether an equation holds after the changes."""
        return self.equations[index].holds(self.data, self.values(extra))

    def broken(self) -> frozenset[int]:
        """The equations that do not hold."""
        return frozenset(i for i in range(len(self.equations)) if self.truth(i) is False)


def diagnose(data: Figures, equations: Sequence[Equation], texts: Mapping[Place, str]) -> Diagnosis:
    """Which figures are misread, by the equations that should hold between them."""
    case = _Case(data, equations, texts)
    for index, equation in enumerate(equations):
        for place in equation.places:
            case.by_place[place].append(index)
    while True:
        found = _clear_changes(case) or _joint_changes(case)
        if not found:
            break
        case.fixed.update({change.place: change for change in found})
    return _conclude(case)


def _changes(case: _Case, broken: frozenset[int]) -> list[Change]:
    """Every single-digit change that makes a broken equation true and no true one false."""
    places = sorted({p for i in broken for p in case.equations[i].places if p in case.texts and p not in case.fixed})
    found = []
    for place in places:
        value = float(case.data.values[place])
        if math.isnan(value):
            continue
        for reading in readings(case.texts[place], value):
            change = _tried(case, place, reading, broken)
            if change is not None:
                found.append(change)
    return found


def _tried(case: _Case, place: Place, reading: Reading, broken: frozenset[int]) -> Change | None:
    trial = Change(place, reading, frozenset(), settles=True)
    restored, left = set(), 0
    for index in case.by_place[place]:
        truth = case.truth(index, (trial,))
        if truth is False and index not in broken:
            return None
        if truth is True and index in broken:
            restored.add(index)
        left += truth is False
    return Change(place, reading, frozenset(restored), settles=left == 0) if restored else None


def _clear_changes(case: _Case) -> list[Change]:
    """Changes of one figure that settle all its equations and explain more than any rival does."""
    settling = [c for c in _changes(case, case.broken()) if c.settles]
    won = [c for c in settling if _is_proof(c) and all(_yields(rival, c) for rival in settling if rival is not c)]
    return [c for c in won if not any(_share(case, c, other) for other in won if other is not c)]


def _is_proof(change: Change) -> bool:
    return len(change.restores) >= 2 or is_likely(change.reading.likelihood)


def _yields(rival: Change, change: Change) -> bool:
    """Whether the rival explains nothing that the change explains, or only a part of it."""
    return rival.restores.isdisjoint(change.restores) or rival.restores < change.restores


def _share(case: _Case, one: Change, other: Change) -> bool:
    return not set(case.by_place[one.place]).isdisjoint(case.by_place[other.place])


def _joint_changes(case: _Case) -> list[Change]:
    """Changes of several figures that only together settle a tangle of equations, when no other set does."""
    broken = case.broken()
    candidates = _changes(case, broken)
    for tangle in _tangles(case, broken):
        own = [c for c in candidates if c.restores & tangle]
        if len(own) > MOST_CANDIDATES:
            continue
        for count in range(1, MOST_TOGETHER + 1):
            sets = [s for s in combinations(own, count) if _settle_together(case, s, tangle)]
            if len(sets) == 1 and all(_is_proof(c) for c in sets[0]):
                return list(sets[0])
            if sets:
                break
    return []


def _tangles(case: _Case, broken: frozenset[int]) -> list[frozenset[int]]:
    """Broken equations, grouped by the figures that they share."""
    left, groups = set(broken), []
    while left:
        group, front = set(), {min(left)}
        while front:
            group |= front
            places = {p for i in front for p in case.equations[i].places}
            front = {i for p in places for i in case.by_place[p] if i in left} - group
        groups.append(frozenset(group))
        left -= group
    return groups


def _settle_together(case: _Case, changes: Sequence[Change], tangle: frozenset[int]) -> bool:
    if len({c.place for c in changes}) < len(changes):
        return False
    touched = {i for c in changes for i in case.by_place[c.place]} | tangle
    return all(case.truth(i, changes) is not False for i in touched)


def _conclude(case: _Case) -> Diagnosis:
    broken = case.broken()
    held: dict[Place, int] = defaultdict(int)
    passed = 0
    for index, equation in enumerate(case.equations):
        if case.truth(index):
            passed += 1
            for place in equation.places:
                held[place] += 1
    proposals: dict[Place, list[Change]] = defaultdict(list)
    for change in _changes(case, broken):
        if change.settles:
            proposals[change.place].append(change)
    return Diagnosis(
        mended=dict(case.fixed),
        proposed={place: tuple(changes) for place, changes in proposals.items()},
        suspects=_suspects(case, broken, proposals),
        held=dict(held),
        passed=passed,
        failed=len(broken),
    )


def _suspects(case: _Case, broken: frozenset[int], proposals: Mapping[Place, Sequence[Change]]) -> frozenset[Place]:
    """For each broken equation its figures that a change could mend; failing that, those that break most."""
    suspects: set[Place] = set()
    for index in broken:
        places = [p for p in case.equations[index].places if p in case.texts]
        likely = {p for p in places if any(index in c.restores for c in proposals.get(p, ()))}
        if not likely and places:
            worst = max(sum(i in broken for i in case.by_place[p]) for p in places)
            likely = {p for p in places if sum(i in broken for i in case.by_place[p]) == worst}
        suspects |= likely
    return frozenset(suspects)
