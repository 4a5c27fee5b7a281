"""Which rows of a table are the sums of others: subtotals over their group, totals over everything.

A total may stand above or below its rows, and a total of subtotals leaves their rows out. Found by arithmetic over all
columns together; a row that calls itself a total needs less proof.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from pipeline.tabular.equations import EXACT, Equation, Figures, Kind

MARGIN = 2.0
"""Digits foretold beyond what the number of tried blocks explains."""
CENTS = 100
"""Differences are told apart down to hundredths."""
FAR_OFF = 0.3
"""A column whose total misses by more than this share, and by no single digit, is not meant to be summed."""


@dataclass(frozen=True, slots=True)
class Total:
    """Row `whole` is the sum of rows `parts` in `columns`."""

    whole: int
    parts: tuple[int, ...]
    columns: tuple[int, ...]
    slack: tuple[float, ...]
    """For each of `columns`, the greatest difference that rounding explains."""

    def equations(self) -> Iterator[Equation]:
        """The total in each of its columns."""
        for col, slack in zip(self.columns, self.slack, strict=True):
            yield Equation(Kind.SUM, (self.whole, col), tuple((row, col) for row in self.parts), EXACT, slack)


def row_totals(data: Figures, columns: Sequence[int], named: Collection[int] = ()) -> tuple[Total, ...]:
    """The totals among rows, over the `columns` that can be summed; `named` are rows that call themselves totals.

    Found in rounds: rows that a total has claimed are left out, so the next round sees subtotals side by side.
    """
    left = list(range(data.shape[0]))
    found: list[Total] = []
    while len(left) > 2 and columns:
        total = _best_total(data, columns, left, named)
        if total is None:
            break
        found.append(total)
        left = [row for row in left if row not in total.parts]
    return tuple(found)


def _best_total(data: Figures, columns: Sequence[int], left: list[int], named: Collection[int]) -> Total | None:
    """The most convincing total over neighbouring rows among those that are left; short blocks first.

    Short first, because subtotals must have claimed their rows before a grand total can be seen over them.
    """
    candidates = []
    need = MARGIN + math.log10(max(1, len(left) ** 2))
    for at, row in enumerate(left):
        for block in _blocks(at, len(left)):
            parts = tuple(left[i] for i in block)
            stated = row in named
            digits, total = _weigh(data, columns, row, parts, lenient=stated and len(block) == len(left) - 1)
            if total is not None and digits >= (MARGIN if stated else need):
                candidates.append((len(parts), -digits, total))
    if not candidates:
        return None
    return min(candidates, key=lambda c: c[:2])[2]


def _blocks(at: int, count: int) -> Iterator[range]:
    """Runs of two or more neighbours that end just above or start just below."""
    for start in range(at - 1):
        yield range(start, at)
    for end in range(at + 3, count + 1):
        yield range(at + 1, end)


def _weigh(
    data: Figures, columns: Sequence[int], whole: int, parts: tuple[int, ...], *, lenient: bool
) -> tuple[float, Total | None]:
    """Digits foretold rightly, and the total with the columns it speaks of; None when more columns deny than agree.

    A row that calls itself the total of all others (`lenient`) is one as soon as some column comes near.
    """
    cols = np.array(columns)
    stated = data.values[whole, cols]
    chosen = data.addends[list(parts)][:, cols]
    told = chosen.sum(axis=0)
    slack = np.array([_slack(data, int(c), len(parts)) for c in cols])
    known = ~np.isnan(stated) & ~np.isnan(told)
    off = np.where(known, np.abs(told - np.nan_to_num(stated)), np.inf)
    right = off <= slack
    telling = right & ((chosen != 0).sum(axis=0) >= 2)
    near = off <= FAR_OFF * np.maximum(np.abs(np.nan_to_num(stated)), np.abs(told))
    errors = 2 if right.any() else 1
    meant = right | (known & (near | np.array([_digits_off(float(gap)) <= errors for gap in off])))
    if not (meant.any() if lenient else telling.any() and (known & ~right).sum() <= right.sum()):
        return 0.0, None
    shown = np.array([10.0 ** -data.decimals[int(c)] for c in cols])
    digits = float(np.log10(1.0 + np.abs(stated[telling]) / np.maximum(2 * slack[telling], shown[telling])).sum())
    picked = [i for i in range(len(cols)) if meant[i]]
    total = Total(whole, parts, tuple(int(cols[i]) for i in picked), tuple(float(slack[i]) for i in picked))
    return max(digits, MARGIN if lenient else 0.0), total


def _slack(data: Figures, col: int, parts: int) -> float:
    unit = 10.0 ** -data.decimals[col]
    return EXACT if unit == 1 else 0.5 * unit * math.sqrt(parts + 1) + EXACT


def _digits_off(gap: float) -> int:
    """How many misread digits explain a difference: one makes a digit times a power of ten; 3 for more than two."""
    if not math.isfinite(gap):
        return 3
    cents = round(gap * CENTS)
    return 1 if cents in _gaps()[0] else 2 if cents in _gaps()[1] else 3


@lru_cache(maxsize=1)
def _gaps() -> tuple[frozenset[int], frozenset[int]]:
    """The differences, in hundredths, that one and two misread digits make."""
    one = [digit * 10**power for power in range(15) for digit in range(1, 10)]
    return frozenset(one), frozenset(abs(a + sign * b) for a in one for b in one for sign in (1, -1))
