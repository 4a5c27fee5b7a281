"""Figures of the text set against the totals of the tables: one misread digit apart, and one of them is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.check.tables import diagnose_sheet, sheet_of
from pipeline.nouns import Cell, Record, Table, Target
from pipeline.tabular.words import is_total, tokens

DOUBTED = 0.5
"""Confidence, at most, of a figure that a total contradicts."""
SMALLEST = 100
"""Figures below this are near each other by chance."""


@dataclass(frozen=True, slots=True)
class Total:
    """A figure in a row of totals, and what its column and its table say that it counts."""

    cell: Cell
    header: str
    title: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A figure of the text that differs in one digit from a total of the same thing."""

    target: Target
    total: Cell


def check_totals(record: Record) -> Record:
    """The record with text figures doubted that contradict a table's total by a single digit."""
    totals = [
        Total(cell, table.columns[cell.col], table.title) for table in record.tables for cell in total_cells(table)
    ]
    clashes = [clash for target in record.targets if (clash := _clash(target, totals)) is not None]
    if not clashes:
        return record
    doubted = {id(clash.target) for clash in clashes}
    problems = (f"the text says {c.target.value_text}, a table's total {c.total.text}" for c in clashes)
    targets = tuple(_doubted(t) if id(t) in doubted else t for t in record.targets)
    return replace(record, targets=targets).with_problems(problems)


def total_cells(table: Table) -> Iterator[Cell]:
    """The figures in rows that call themselves totals."""
    rows = {c.row for c in table.cells if c.row >= table.header_rows and c.value is None and is_total(c.text)}
    yield from (cell for cell in table.cells if cell.row in rows and cell.value is not None)


def table_problems(tables: tuple[Table, ...]) -> Iterator[str]:
    """What the arithmetic of the tables leaves open, for a person to look at."""
    for nth, table in enumerate(tables, start=1):
        if not table.checks_failed:
            continue
        where = f"table {nth} on page {table.page}"
        yield f"{where}: {table.checks_failed} of {table.checks_passed + table.checks_failed} sums and ratios fail"
        sheet = sheet_of(table)
        diagnosis = diagnose_sheet(sheet, table)
        for place, changes in sorted(diagnosis.proposed.items()) if diagnosis else ():
            cell = sheet.cells[place]
            texts = " or ".join(sorted({change.reading.text for change in changes}))
            yield f"{where}, row {cell.row + 1}, column {cell.col + 1}: {cell.text} may be {texts}"


def _clash(target: Target, totals: list[Total]) -> Clash | None:
    if target.source != "text" or target.value < SMALLEST:
        return None
    if any(total.cell.value == target.value for total in totals):
        return None
    near = [total.cell for total in totals if _near(total.cell.value, target.value) and _of_one_thing(target, total)]
    return Clash(target, near[0]) if len(near) == 1 else None


def _near(one: float | None, other: float) -> bool:
    return one is not None and _one_digit_apart(one, other)


def _of_one_thing(target: Target, total: Total) -> bool:
    """Whether both count the same, as far as words tell: shares or none, and two words in a row that both use."""
    if ("%" in total.header) != (target.unit == "%"):
        return False
    said, written = (tokens(text).split() for text in (target.indicator, f"{total.header} {total.title}"))
    if len(said) < 2:
        return bool(said) and said[0] in written
    return not set(pairwise(said)).isdisjoint(pairwise(written))


def _one_digit_apart(one: float, other: float) -> bool:
    a, b = f"{one:.6f}", f"{other:.6f}"
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _doubted(target: Target) -> Target:
    return replace(target, confidence=min(target.confidence, DOUBTED), status=target.status.doubted)
