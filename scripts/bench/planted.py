"""Invented tables that obey the arithmetic of the field, and single-digit errors planted in them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pipeline.check.digits import readings
from pipeline.nouns import Cell, Table
from scripts.make_scans.numerals import format_number

Row = list[float]
CONFIDENCE = 0.9
"""What an engine says of a digit that it misreads as readily as of one that it reads."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A table with errors, and what its figures were before, by row and column."""

    table: Table
    truth: dict[tuple[int, int], float]
    """Of every figure."""
    wrong: frozenset[tuple[int, int]]


def percent(part: float, whole: float, decimals: int) -> float:
    """100 part / whole as a clerk rounds it, half upwards; 0 of nothing."""
    unit = 10**decimals
    return int(100 * part / whole * unit + 0.5) / unit if whole else 0.0


def stages(rng: random.Random, rows: int) -> tuple[list[str], list[Row], tuple[int, ...]]:
    """Two stages, each with target, result and share, and both together."""
    body = []
    for _ in range(rows):
        t1, t2 = rng.randrange(40, 400, 5), rng.randrange(40, 400, 5)
        r1, r2 = int(t1 * rng.uniform(0.3, 1.6)), int(t2 * rng.uniform(0.1, 1.3))
        body.append([t1 + t2, t1, r1, 0, t2, r2, 0, r1 + r2, 0])
    whole = [sum(column) for column in zip(*body, strict=True)]
    for row in (*body, whole):
        row[3], row[6], row[8] = percent(row[2], row[1], 0), percent(row[5], row[4], 0), percent(row[7], row[0], 0)
    names = ["Tổng chỉ tiêu", "Giai đoạn 1 › Chỉ tiêu", "Giai đoạn 1 › Kết quả", "Giai đoạn 1 › Tỷ lệ %"]
    names += ["Giai đoạn 2 › Chỉ tiêu", "Giai đoạn 2 › Kết quả", "Giai đoạn 2 › Tỷ lệ %"]
    names += ["Tổng kết quả", "Tổng › Tỷ lệ %"]
    return names, [*body, whole], (0, 0, 0, 0, 0, 0, 0, 0, 0)


def fulfilment(rng: random.Random, rows: int) -> tuple[list[str], list[Row], tuple[int, ...]]:
    """Target, result and share with one decimal."""
    body = []
    for _ in range(rows):
        target = rng.randrange(50, 5000)
        body.append([float(target), float(int(target * rng.uniform(0.4, 1.3))), 0.0])
    whole = [sum(column) for column in zip(*body, strict=True)]
    for row in (*body, whole):
        row[2] = percent(row[1], row[0], 1)
    return ["Kế hoạch", "Thực hiện", "Tỷ lệ (%)"], [*body, whole], (0, 0, 1)


def kinds(rng: random.Random, rows: int) -> tuple[list[str], list[Row], tuple[int, ...]]:
    """Three kinds and their sum."""
    body = [[float(rng.randrange(0, 300)) for _ in range(3)] for _ in range(rows)]
    body = [[*row, sum(row)] for row in body]
    whole = [sum(column) for column in zip(*body, strict=True)]
    return ["Xuất sắc", "Khá", "Trung bình", "Tổng số"], [*body, whole], (0, 0, 0, 0)


def money(rng: random.Random, rows: int) -> tuple[list[str], list[Row], tuple[int, ...]]:
    """Number, price and amount."""
    body = [[float(rng.randrange(2, 90)), float(rng.randrange(50, 900) * 1000)] for _ in range(rows)]
    body = [[count, price, count * price] for count, price in body]
    whole = [sum(row[0] for row in body), float("nan"), sum(row[2] for row in body)]
    return ["Số lượng", "Đơn giá", "Thành tiền"], [*body, whole], (0, 0, 0)


KINDS: Sequence[Callable[[random.Random, int], tuple[list[str], list[Row], tuple[int, ...]]]] = (
    stages,
    fulfilment,
    kinds,
    money,
)


def printed(value: float, decimals: int) -> str:
    """The number as Vietnamese letters print it; nothing for NaN."""
    return "" if math.isnan(value) else format_number(value, decimals)


def make_table(rng: random.Random) -> Table:
    """One table of a kind and size by chance, its last row the total."""
    names, rows, decimals = rng.choice(KINDS)(rng, rng.randrange(4, 22))
    cells = []
    for r, row in enumerate(rows):
        last = r == len(rows) - 1
        cells.append(Cell(r, 0, "Tổng cộng" if last else f"Đơn vị {chr(65 + r)}", "", None, CONFIDENCE))
        for c, value in enumerate(row, start=1):
            text = printed(value, decimals[c - 1])
            cells.append(Cell(r, c, text, text, None if math.isnan(value) else value, CONFIDENCE))
    return Table(1, "", ("Đơn vị", *names), 0, len(rows), tuple(cells))


def plant(rng: random.Random, table: Table, errors: int, *, likely: bool) -> Planted:
    """The table with so many single-digit errors; `likely` ones follow how digits are misread, others are any digit."""
    truth = {(c.row, c.col): c.value for c in table.cells if c.value is not None}
    places = rng.sample(sorted(truth), errors)
    changed = {(c.row, c.col): _misread(rng, c, likely=likely) for c in table.cells if (c.row, c.col) in places}
    cells = tuple(changed.get((c.row, c.col), c) for c in table.cells)
    return Planted(replace(table, cells=cells), truth, frozenset(places))


def _misread(rng: random.Random, cell: Cell, *, likely: bool) -> Cell:
    options = list(readings(cell.text, cell.value or 0.0))
    weights = [option.likelihood if likely else 1.0 for option in options]
    chosen = rng.choices(options, weights)[0]
    return replace(cell, text=chosen.text, raw=chosen.text, value=chosen.value)
