"""From broken equations to the misread digits: the fewest single-digit changes that make them true again.

A hypothesis is one change, or a few that need each other, after which every equation of the changed figures holds. The
broken equations are explained by as few changes as possible; what all such explanations have in common is believed. A
change is applied only when it makes two equations or more true at once, or one equation, as a misreading that is known
to be likely, with nothing around it left unexplained.
"""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.check.cover import fewest
from pipeline.check.digits import Reading, is_likely, readings
from pipeline.tabular.equations import Equation, Figures, Place

MOST_TOGETHER = 3
"""Misread figures that one hypothesis may hold."""
MOST_HYPOTHESES = 400
"""Beyond this a tangle is left to a person."""


@dataclass(frozen=True, slots=True)
class Change:
    """A figure and what it should read."""

    place: Place
    reading: Reading


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """Changes after which every equation of the changed figures holds, and the broken equations that they restore."""

    changes: frozenset[Change]
    restores: frozenset[int]

    @property
    def places(self) -> frozenset[Place]:
        """The changed figures."""
        return frozenset(change.place for change in self.changes)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the arithmetic of one table says."""

    mended: Mapping[Place, Change]
    borne_out: Mapping[Place, int]
    """How many equations each mended figure made true."""
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
    borne_out: dict[Place, int] = field(default_factory=dict)
    by_place: dict[Place, list[int]] = field(default_factory=lambda: defaultdict(list))

    def truth(self, index: int, extra: Iterable[Change] = ()) -> bool | None:
        """Whether an equation holds after the changes."""
        values = {c.place: c.reading.value for c in (*self.fixed.values(), *extra)}
        return self.equations[index].holds(self.data, values)

    def broken(self) -> frozenset[int]:
        """The equations that do not hold."""
        return frozenset(i for i in range(len(self.equations)) if self.truth(i) is False)

    def touched(self, changes: Iterable[Change]) -> set[int]:
        """The equations of the changed figures."""
        return {i for change in changes for i in self.by_place[change.place]}


def diagnose(data: Figures, equations: Sequence[Equation], texts: Mapping[Place, str]) -> Diagnosis:
    """Which figures are misread, by the equations that should hold between them."""
    case = _Case(data, equations, texts)
    for index, equation in enumerate(equations):
        for place in equation.places:
            case.by_place[place].append(index)
    while True:
        broken = case.broken()
        hypotheses = tuple(_hypotheses(case, broken)) if broken else ()
        believed = _believed(case, hypotheses, broken)
        if not believed:
            return _conclude(case, hypotheses, broken)
        case.fixed.update({change.place: change for change in believed})
        case.borne_out.update({c.place: sum(i in broken for i in case.by_place[c.place]) for c in believed})


def _changes(case: _Case, broken: frozenset[int]) -> Iterator[Change]:
    """Every single-digit change that makes a broken equation true and no true one false."""
    places = sorted({p for i in broken for p in case.equations[i].places if p in case.texts and p not in case.fixed})
    for place in places:
        for reading in _readings(case, place):
            trial = Change(place, reading)
            truths = {index: case.truth(index, (trial,)) for index in case.by_place[place]}
            restored = any(truth is True and i in broken for i, truth in truths.items())
            if restored and not any(truth is False and i not in broken for i, truth in truths.items()):
                yield trial


def _readings(case: _Case, place: Place) -> Iterator[Reading]:
    value = float(case.data.values[place])
    if not math.isnan(value):
        yield from readings(case.texts[place], value)


def _hypotheses(case: _Case, broken: frozenset[int]) -> Iterator[Hypothesis]:
    """The changes that stand alone, and those that need others in an equation they leave broken."""
    seen: set[frozenset[tuple[Place, str]]] = set()
    open_sets: deque[tuple[Change, ...]] = deque((change,) for change in _changes(case, broken))
    while open_sets and len(seen) < MOST_HYPOTHESES:
        changes = open_sets.popleft()
        key = frozenset((change.place, change.reading.text) for change in changes)
        if key in seen:
            continue
        seen.add(key)
        left = sorted(i for i in case.touched(changes) if case.truth(i, changes) is False)
        if not left:
            yield Hypothesis(frozenset(changes), frozenset(i for i in case.touched(changes) if i in broken))
        elif len(changes) < MOST_TOGETHER:
            open_sets += [(*changes, other) for other in _completing(case, changes, left[0], broken)]


def _completing(case: _Case, changes: tuple[Change, ...], index: int, broken: frozenset[int]) -> Iterator[Change]:
    """The changes that make an equation true which others have left broken, without breaking a true one."""
    taken = {change.place for change in changes} | set(case.fixed)
    for place in case.equations[index].places:
        if place in taken or place not in case.texts:
            continue
        for reading in _readings(case, place):
            other = Change(place, reading)
            both = (*changes, other)
            if case.truth(index, both) and all(i in broken or case.truth(i, both) for i in case.by_place[place]):
                yield other


def _believed(case: _Case, hypotheses: Sequence[Hypothesis], broken: frozenset[int]) -> list[Change]:
    """The changes that every shortest explanation shares, so far as they are proof enough."""
    common: set[Change] = set()
    for group in _groups(hypotheses):
        options = [(hypothesis.changes, hypothesis.restores) for hypothesis in group]
        common |= fewest(options, lambda changes: _hold_together(case, changes)) or frozenset()
    return [change for change in common if _is_proved(case, change, common, broken)]


def _is_proved(case: _Case, change: Change, common: Iterable[Change], broken: frozenset[int]) -> bool:
    """Whether two equations bear a change out, or one and the odds, with nothing left unexplained around it."""
    restored = {i for i in case.by_place[change.place] if i in broken}
    if len(restored) >= 2 and any(case.truth(i, (change,)) for i in restored):
        return True
    near = {i for index in restored for place in case.equations[index].places for i in case.by_place[place]}
    explained = all(case.truth(i, common) for i in near & broken)
    return is_likely(change.reading.likelihood) and explained


def _groups(hypotheses: Sequence[Hypothesis]) -> list[list[Hypothesis]]:
    """Hypotheses that speak of the same broken equations or figures, together."""
    groups: list[list[Hypothesis]] = []
    for hypothesis in hypotheses:
        near = [g for g in groups if any(_meet(hypothesis, other) for other in g)]
        groups = [g for g in groups if g not in near]
        groups.append([hypothesis, *(h for g in near for h in g)])
    return groups


def _meet(one: Hypothesis, other: Hypothesis) -> bool:
    return not (one.restores.isdisjoint(other.restores) and one.places.isdisjoint(other.places))


def _hold_together(case: _Case, changes: Iterable[Change]) -> bool:
    chosen = tuple(changes)
    if len({change.place for change in chosen}) < len(chosen):
        return False
    return all(case.truth(i, chosen) is not False for i in case.touched(chosen))


def _conclude(case: _Case, hypotheses: Sequence[Hypothesis], broken: frozenset[int]) -> Diagnosis:
    held: dict[Place, int] = defaultdict(int)
    passed = 0
    for index, equation in enumerate(case.equations):
        if case.truth(index):
            passed += 1
            for place in equation.places:
                held[place] += 1
    proposals: dict[Place, set[Change]] = defaultdict(set)
    for hypothesis in hypotheses:
        for change in hypothesis.changes:
            proposals[change.place].add(change)
    ordered = {place: tuple(sorted(changes, key=lambda c: c.reading.text)) for place, changes in proposals.items()}
    return Diagnosis(
        mended=dict(case.fixed),
        borne_out=dict(case.borne_out),
        proposed=ordered,
        suspects=_suspects(case, broken, set(ordered), held),
        held=dict(held),
        passed=passed,
        failed=len(broken),
    )


def _suspects(
    case: _Case, broken: frozenset[int], proposed: Collection[Place], held: Mapping[Place, int]
) -> frozenset[Place]:
    """For each broken equation its figures that a change could mend; failing that, those that break most.

    A figure that no true equation vouches for is suspect in any case.
    """
    suspects: set[Place] = set()
    for index in broken:
        places = [p for p in case.equations[index].places if p in case.texts]
        counts = {p: sum(i in broken for i in case.by_place[p]) for p in places}
        likely = {p for p in places if p in proposed} or {p for p in places if counts[p] == max(counts.values())}
        suspects |= likely | {p for p in places if not held.get(p)}
    return frozenset(suspects)
