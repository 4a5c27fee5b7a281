"""How well the arithmetic of tables finds and mends misread digits: `python -m scripts.bench.tables [--tables N]`.

Tables are invented, errors planted; nothing is read from disk. A planted error is found when its cell is mended or
doubted, mended when its figure is restored; a figure is changed wrongly when it is not what was printed.
"""

from __future__ import annotations

import argparse
import random
import time
from dataclasses import dataclass

from pipeline.check.tables import CORRECTED, DOUBTED, check_table
from scripts.bench.planted import Planted, make_table, plant


@dataclass(slots=True)
class Tally:
    """Counts over many tables."""

    planted: int = 0
    found: int = 0
    mended: int = 0
    wrong: int = 0
    """Figures changed to something that was not printed."""
    alarms: int = 0
    """Right figures that were doubted."""
    figures: int = 0


def tally(case: Planted, into: Tally) -> None:
    """Check one planted table and count what came of its errors."""
    checked = {(cell.row, cell.col): cell for cell in check_table(case.table).cells}
    into.planted += len(case.wrong)
    into.figures += len(case.truth)
    for place, value in case.truth.items():
        cell = checked[place]
        changed = cell.corrected_by == CORRECTED
        doubted = cell.confidence <= DOUBTED
        into.wrong += changed and cell.value != value
        into.alarms += place not in case.wrong and doubted
        if place in case.wrong:
            into.mended += changed and cell.value == value
            into.found += changed or doubted


def measure(tables: int, errors: int, seed: int, *, likely: bool) -> Tally:
    """The tally over so many tables with so many errors each."""
    rng, total = random.Random(seed), Tally()
    for _ in range(tables):
        tally(plant(rng, make_table(rng), errors, likely=likely), total)
    return total


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tables", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("errors      planted  found  mended  wrongly  false alarms  ms a table")
    for likely in (True, False):
        for errors in (1, 2, 3):
            start = time.perf_counter()
            got = measure(given.tables, errors, given.seed, likely=likely)
            each = 1000 * (time.perf_counter() - start) / given.tables
            share = [100 * n / got.planted for n in (got.found, got.mended)]
            kind = "likely" if likely else "any"
            print(
                f"{errors} {kind:<8} {got.planted:7}  {share[0]:4.1f}%  {share[1]:5.1f}%  {got.wrong:7}"
                f"  {100 * got.alarms / got.figures:11.2f}%  {each:10.0f}"
            )


if __name__ == "__main__":
    main()
