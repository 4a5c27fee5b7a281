"""The figure that a cell of a table holds: a bare number, or one with a comparator, a range, a goal or a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.figures.numerals import NUMERAL, parse_numeral
from pipeline.extract.tables.units import TableUnit, is_unit, parse_unit
from pipeline.extract.words.phrases import any_of, figure_words
from pipeline.nouns import Cell

_SIGNS = {"≥": ">=", ">=": ">=", "≤": "<=", "<=": "<=", ">": ">", "<": "<", "~": "~", "≈": "~"}
_DAYS, _MONTHS = 31, 12


@dataclass(frozen=True, slots=True)
class CellFigure:
    """A figure as its cell prints it, before the unit of the column scales it."""

    comparator: str
    value: float
    value_max: float | None = None
    goal: float | None = None
    """The target behind the stroke of `45/52`."""
    unit: TableUnit | None = None
    """What the cell itself says of its unit."""


def figure_in(cell: Cell) -> CellFigure | None:
    """The figure of a cell that holds one and nothing else; None for words, dates and empty cells."""
    if cell.value is not None:
        return CellFigure("=", cell.value, unit=TableUnit("%") if cell.text.rstrip().endswith("%") else None)
    found = _pattern().fullmatch(cell.text.strip())
    if found is None:
        return None
    numerals = [parse_numeral(found[name]) if found[name] else None for name in ("low", "high", "goal")]
    low, high, goal = numerals
    printed = found["unit"] or found["low_percent"]
    unit = parse_unit(printed.strip()) if printed else None
    if low is None or (printed and not is_unit(printed.strip())) or (goal is not None and _may_be_date(found)):
        return None
    sign = (found["sign"] or "").lower()
    after = (found["after"] or "").lower()
    words = figure_words().sign_of
    return CellFigure(
        comparator=words.get(after) or _SIGNS.get(sign) or words.get(sign, "="),
        value=low.value,
        value_max=high.value if high else None,
        goal=goal.value if goal else None,
        unit=unit,
    )


def _may_be_date(found: re.Match[str]) -> bool:
    low, goal = found["low"], found["goal"]
    return low.isdigit() and goal.isdigit() and int(low) <= _DAYS and int(goal) <= _MONTHS and not found["unit"]


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    signs = figure_words().sign_of
    before = [sign for sign in signs if not sign.startswith("trở")]
    after = [sign for sign in signs if sign.startswith("trở")]
    return re.compile(
        rf"(?:(?P<sign>{any_of([*_SIGNS, *before])}|từ|đạt)\s*)?(?P<low>{NUMERAL})(?P<low_percent>\s*%)?"
        rf"(?:\s*(?:[-–—]|đến)\s*(?P<high>{NUMERAL})|\s*/\s*(?P<goal>{NUMERAL}))?"
        rf"\s*(?P<unit>%|(?!{any_of(after)})[^\W\d][^:;]*?)?(?:\s*(?P<after>{any_of(after)}))?",
        re.IGNORECASE,
    )
