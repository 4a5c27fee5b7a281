"""Which sums, ratios and products hold among the columns of a table: found by how seldom chance could explain them.

Nobody says that the fourth column is the third over the second. A law is believed when it holds in nearly all rows and
the digits that it foretells, counted over the rows, are more than the number of laws that were tried could get right by
luck. A misread digit breaks a law in one row, so a few broken rows are allowed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from pipeline.tabular.equations import EXACT, Equation, Figures, Kind, one_digit_off, rounding

MARGIN = 2.0
"""Digits foretold beyond what the number of tried laws explains: one false law in a hundred tables."""
BROKEN_SHARE = 0.3
"""The part of the rows in which a law may be broken and still be believed; up to half where each is one digit off."""
WIDEST_TRIPLES = 14
"""Columns up to which every triple is tried as a sum; wider tables have sums of neighbours or of every n-th column."""


@dataclass(frozen=True, slots=True)
class Law:
    """In every row, column `whole` follows from columns `parts`."""

    kind: Kind
    whole: int
    parts: tuple[int, ...]
    slack: float = EXACT
    grace: float = 0.0
    held: int = 0
    broken: int = 0

    def at(self, row: int) -> Equation:
        """The law in one row."""
        return Equation(self.kind, (row, self.whole), tuple((row, p) for p in self.parts), self.slack, self.grace)

    @property
    def columns(self) -> frozenset[int]:
        """All columns it speaks of."""
        return frozenset((self.whole, *self.parts))


def column_laws(data: Figures, hints: Iterable[Law] = ()) -> tuple[Law, ...]:
    """The laws among columns that the figures prove, the strongest first.

    `hints` are laws that the headers promise: they need hold in half of the rows only, without proof against chance.
    """
    rows, cols = data.shape
    if rows == 0 or cols < 2:
        return ()
    found = [*_sums(data), *_pairwise(data, Kind.RATIO), *_pairwise(data, Kind.GROWTH), *_pairwise(data, Kind.PRODUCT)]
    hinted = [told for hint in hints if (told := _told(data, hint)) is not None]
    known = {(law.kind, law.whole, law.parts) for law in found}
    found += [law for law in hinted if (law.kind, law.whole, law.parts) not in known]
    return tuple(sorted(_best(found), key=lambda law: (-law.held, law.broken, law.kind, law.whole, law.parts)))


def part_sets(cols: int) -> tuple[tuple[int, ...], ...]:
    """Sets of columns worth trying as the parts of a sum: pairs, triples, neighbours, every n-th column."""
    sets: set[tuple[int, ...]] = set(combinations(range(cols), 2))
    if cols <= WIDEST_TRIPLES:
        sets.update(combinations(range(cols), 3))
    for step in range(1, max(2, cols // 2)):
        for start in range(cols):
            run = tuple(range(start, cols, step))
            sets.update(run[:n] for n in range(2, len(run) + 1))
    return tuple(sorted(sets))


def _sums(data: Figures) -> list[Law]:
    cols = data.shape[1]
    sets = part_sets(cols)
    need = MARGIN + math.log10(max(1, len(sets) * cols))
    addends = data.addends
    laws = []
    for parts in sets:
        chosen = addends[:, parts]
        total = chosen.sum(axis=1)
        telling = (chosen != 0).sum(axis=1) >= 2
        for whole in set(range(cols)) - set(parts):
            grace = rounding(max(data.decimals[p] for p in (whole, *parts)), len(parts))
            for slack in (EXACT, grace) if grace else (EXACT,):
                law = _weigh(data, Law(Kind.SUM, whole, parts, slack, grace), total, telling, need)
                if law is not None:
                    laws.append(law)
                    break
    return laws


def _pairwise(data: Figures, kind: Kind) -> list[Law]:
    """Laws with two parts: for a ratio their order matters, for a product it does not."""
    cols = data.shape[1]
    pairs = list(combinations(range(cols), 2) if kind is Kind.PRODUCT else permutations(range(cols), 2))
    need = MARGIN + math.log10(max(1, len(pairs) * cols))
    laws = []
    for parts in pairs:
        told, telling = _foretold(data, kind, parts)
        for whole in set(range(cols)) - set(parts):
            law = _weigh(data, Law(kind, whole, parts, _slack(data, kind, whole)), told, telling, need)
            if law is not None:
                laws.append(law)
    return laws


def _slack(data: Figures, kind: Kind, whole: int) -> float:
    return EXACT if kind is Kind.SUM else 0.5 * 10.0 ** -data.decimals[whole] + EXACT


def _foretold(data: Figures, kind: Kind, parts: Sequence[int]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """What the whole should be in each row (NaN: unknown), and whether being right there would be telling."""
    if kind is Kind.SUM:
        chosen = data.addends[:, list(parts)]
        return chosen.sum(axis=1), (chosen != 0).sum(axis=1) >= 2
    first, second = data.values[:, parts[0]], data.values[:, parts[1]]
    if kind is Kind.PRODUCT:
        return first * second, (np.abs(first) > 1) & (np.abs(second) > 1)
    divisor = np.where(second == 0, np.nan, second)
    over = first - second if kind is Kind.GROWTH else first
    return 100.0 * over / divisor, (first != 0) & (first != second)


def _weigh(data: Figures, law: Law, told: NDArray[np.float64], telling: NDArray[np.bool_], need: float) -> Law | None:
    """The law with its count of rows, if the rows prove it."""
    whole = data.values[:, law.whole]
    known = ~np.isnan(whole) & ~np.isnan(told)
    off = np.abs(np.where(known, told - whole, 0.0))
    right = known & (off <= law.slack)
    known &= right | (off > law.grace)
    held, broken = int((right & telling).sum()), int((known & ~right).sum())
    if held < 2 or broken > held:
        return None
    digits = np.log10(1.0 + np.abs(whole[right & telling]) / max(2.0 * law.slack, 10.0 ** -data.decimals[law.whole]))
    if float(digits.sum()) < need:
        return None
    few = broken <= max(1, BROKEN_SHARE * (held + broken))
    if not few and not all(one_digit_off(law.at(int(row)), data) for row in np.flatnonzero(known & ~right)):
        return None
    return replace(law, held=held, broken=broken)


def _told(data: Figures, hint: Law) -> Law | None:
    """A law that the headers promise, if it holds in most of the rows where it can be seen."""
    slack = max(hint.slack, _slack(data, hint.kind, hint.whole))
    told, _ = _foretold(data, hint.kind, hint.parts)
    whole = data.values[:, hint.whole]
    known = ~np.isnan(whole) & ~np.isnan(told)
    right = known & (np.abs(np.where(known, told - whole, 0.0)) <= slack)
    held, broken = int(right.sum()), int((known & ~right).sum())
    if held == 0 or held < broken:
        return None
    return replace(hint, slack=slack, held=held, broken=broken)


def _best(laws: Sequence[Law]) -> list[Law]:
    """The laws without those that a better one explains away."""
    return [law for law in laws if not any(_outdone(law, other) for other in laws if other is not law)]


def _outdone(law: Law, other: Law) -> bool:
    """Whether `other` is the truth that `law` is only a shadow of.

    A sum whose parts are some of another's (or more than another's) agrees with it wherever the rest is zero; a ratio
    turned round agrees where both sides are equal; a column is the ratio of one pair only. Of two laws among the same
    columns that fare alike, the one whose whole stands further right is meant: a table is read towards its results.
    """
    worse, better = (law.broken, -law.held), (other.broken, -other.held)
    if law.columns == other.columns:
        return (better, -other.whole) < (worse, -law.whole) if law.kind == other.kind else better < worse
    if better >= worse:
        return False
    if law.kind is Kind.SUM and other.kind is Kind.SUM:
        nested = set(law.parts) < set(other.parts) or set(other.parts) < set(law.parts)
        return law.whole == other.whole and nested
    return law.kind is not Kind.SUM and other.kind is not Kind.SUM and law.whole == other.whole
