"""One equation between figures of a table, and whether it holds within what rounding allows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Place = tuple[int, int]
"""Row and column of a figure, from 0."""

EXACT = 1e-6
"""How far apart two equal figures may lie after floating point."""


class Kind(StrEnum):
    """What the whole is of its parts."""

    SUM = "sum"
    RATIO = "ratio"
    """100 times the first part over the second."""
    GROWTH = "growth"
    """100 times what the first part has more than the second, over the second."""
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a table's body, rows by columns.

    A cell without a number is NaN in `values`; `blank` tells an empty cell, which counts as nothing in a sum, from one
    that could not be read, which makes the sum unknown. `decimals` is how many each column shows after the comma.
    """

    values: NDArray[np.float64]
    blank: NDArray[np.bool_]
    decimals: tuple[int, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, cols = self.values.shape
        return rows, cols

    @property
    def addends(self) -> NDArray[np.float64]:
        """The values with empty cells as 0: what a sum sees."""
        return np.where(self.blank, 0.0, self.values)


def figures(rows: Sequence[Sequence[float | None]], decimals: Sequence[int] | None = None) -> Figures:
    """The figures of rows of equal length, None for an empty cell; whole numbers unless `decimals` says otherwise."""
    values = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=np.float64)
    if values.size == 0:
        values = values.reshape(len(rows), 0)
    return Figures(values, np.isnan(values), tuple(decimals) if decimals is not None else (0,) * values.shape[1])


@dataclass(frozen=True, slots=True)
class Equation:
    """`whole` follows from `parts`, within `slack`.

    A sum of decimals that is further off, but not by more than `grace`, neither holds nor fails: its parts may have
    been rounded one by one.
    """

    kind: Kind
    whole: Place
    parts: tuple[Place, ...]
    slack: float = EXACT
    grace: float = 0.0

    @property
    def places(self) -> tuple[Place, ...]:
        """The whole, then the parts."""
        return (self.whole, *self.parts)

    def holds(self, data: Figures, changed: Mapping[Place, float] | None = None) -> bool | None:
        """Whether it holds, with some figures changed; None when a figure is missing or rounding may be to blame."""
        changed = changed or {}
        whole = changed.get(self.whole, float(data.values[self.whole]))
        parts = [changed.get(place, float(data.values[place])) for place in self.parts]
        if self.kind is Kind.SUM:
            parts = [0.0 if math.isnan(v) and data.blank[p] else v for v, p in zip(parts, self.parts, strict=True)]
        if math.isnan(whole) or any(map(math.isnan, parts)):
            return None
        told = expected(self.kind, parts)
        if told is None or self.slack < abs(told - whole) <= self.grace:
            return None
        return abs(told - whole) <= self.slack


def rounding(decimals: int, parts: int) -> float:
    """How far a sum of so many rounded parts may be off by rounding alone; 0 for whole numbers."""
    return 0.5 * 10.0**-decimals * (parts + 1) + EXACT if decimals else 0.0


def expected(kind: Kind, parts: Sequence[float]) -> float | None:
    """What the whole should be; None for a ratio to nothing."""
    if kind is Kind.SUM:
        return math.fsum(parts)
    if kind is Kind.PRODUCT:
        return math.prod(parts)
    first, second = parts
    if second == 0:
        return None
    return 100.0 * (first - second if kind is Kind.GROWTH else first) / second


def one_digit_off(equation: Equation, data: Figures) -> bool:
    """Whether one other digit in one of its figures would make a broken equation true."""
    for place in equation.places:
        value = float(data.values[place])
        if math.isnan(value):
            continue
        unit = 10.0 ** -data.decimals[place[1]]
        for power in range(len(f"{abs(value) / unit:.0f}")):
            worth = unit * 10.0**power
            digit = int(abs(value) / worth + EXACT) % 10
            if any(equation.holds(data, {place: value + (new - digit) * worth}) for new in range(10) if new != digit):
                return True
    return False
