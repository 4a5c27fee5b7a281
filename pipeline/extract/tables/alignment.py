"""Which columns a row's numbers belong to when some cells were empty: the layout that the table's laws make true."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from pipeline.tabular.equations import Figures, Kind
from pipeline.tabular.laws import Law, column_laws

MOST_LAYOUTS = 5000
"""Ways to lay out one row beyond which it stays as it came."""
BROKEN = 3.0
"""What a law that comes out false costs, in digits."""
UNSURE = 0.4
"""What is left of the confidence of a row that could be laid out in several ways."""

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Laid:
    """For each column the index of the number that belongs there, or None; `sure` is less than 1 for a guess."""

    order: tuple[int | None, ...]
    sure: float = 1.0


def laid_out(rows: Sequence[Values], width: int, totals: Sequence[bool]) -> tuple[tuple[Laid, ...], tuple[Law, ...]]:
    """Each row laid out over `width` columns, and the laws among them.

    Args:
        rows: the numbers of each row in order, None where a number could not be read; at most `width` a row.
        width: how many columns there are.
        totals: which rows call themselves totals.
    """
    whole = [list(row) for row in rows if len(row) == width]
    laws = column_laws(_figures(whole, width))
    ways = [_best_layouts(row, width, laws) for row in rows]
    stated = [i for i, total in enumerate(totals) if total]
    body = [i for i in range(len(rows)) if not totals[i]]
    if len(stated) == 1 and rows[stated[0]]:
        ways = _by_total(rows, ways, stated[0], body)
    return tuple(_chosen(ways[i], width, len(rows[i])) for i in range(len(rows))), laws


def _figures(rows: Sequence[Values], width: int) -> Figures:
    values = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64).reshape(-1, width)
    return Figures(values, np.zeros(values.shape, dtype=np.bool_), (0,) * width)


def _layouts(count: int, width: int) -> Iterator[tuple[int | None, ...]]:
    """Every way to put `count` numbers in order into `width` columns."""
    for columns in combinations(range(width), count):
        order: list[int | None] = [None] * width
        for nth, col in enumerate(columns):
            order[col] = nth
        yield tuple(order)


def _best_layouts(row: Values, width: int, laws: Sequence[Law]) -> list[tuple[int | None, ...]]:
    """The ways to lay out a row that make most of the laws true; all of them when the laws do not tell."""
    if math.comb(width, len(row)) > MOST_LAYOUTS:
        return [(*range(len(row)), *[None] * (width - len(row)))]
    scored = [(_score(_spread(row, order), laws), order) for order in _layouts(len(row), width)]
    best = max(score for score, _ in scored)
    return [order for score, order in scored if score > best - 1e-9]


def _spread(row: Values, order: Sequence[int | None]) -> list[float | None]:
    return [None if nth is None else row[nth] for nth in order]


def _score(values: Values, laws: Sequence[Law]) -> float:
    """Digits that the laws foretell rightly, less what the broken ones cost."""
    cells = np.array([[np.nan if v is None else v for v in values]], dtype=np.float64)
    data = Figures(cells, np.isnan(cells), (0,) * len(values))
    score = 0.0
    for law in laws:
        truth = law.at(0).holds(data)
        if truth is False:
            score -= BROKEN
        elif truth and (law.kind is not Kind.SUM or sum(1 for part in law.parts if values[part]) >= 2):
            score += math.log10(1.0 + abs(values[law.whole] or 0.0))
    return score


def _by_total(
    rows: Sequence[Values], ways: list[list[tuple[int | None, ...]]], total: int, body: Sequence[int]
) -> list[list[tuple[int | None, ...]]]:
    """The ways left when each row, one after another, takes those that bring most columns to the stated total."""
    settled = list(ways)
    for i in [total, *body]:
        if len(settled[i]) > 1:
            sums = [_columns_right(rows, {**dict(enumerate(settled)), i: [way]}, total, body) for way in settled[i]]
            settled[i] = [way for way, right in zip(settled[i], sums, strict=True) if right == max(sums)]
    return settled


def _columns_right(
    rows: Sequence[Values], ways: dict[int, list[tuple[int | None, ...]]], total: int, body: Sequence[int]
) -> int:
    laid = {i: _spread(rows[i], ways[i][0]) for i in (total, *body)}
    stated = laid[total]
    return sum(
        value is not None and value != 0 and math.isclose(math.fsum(laid[i][col] or 0.0 for i in body), value)
        for col, value in enumerate(stated)
    )


def _chosen(ways: Sequence[tuple[int | None, ...]], width: int, count: int) -> Laid:
    return Laid(ways[0], 1.0 if len(ways) == 1 or count == width else UNSURE)
