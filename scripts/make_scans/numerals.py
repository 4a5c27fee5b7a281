"""Vietnamese numerals: `.` groups thousands, `,` is the decimal point."""

from __future__ import annotations

import re

from scripts.make_scans.markup import MarkupError

NUMERAL = r"\d+(?:\.\d{3})*(?:,\d+)?"


def parse_number(text: str) -> float:
    """The value of a numeral: `1.245,75` is 1245.75.

    Raises:
        MarkupError: it is none.
    """
    if not re.fullmatch(NUMERAL, text):
        raise MarkupError(f"not a numeral: {text!r}")
    return float(text.replace(".", "").replace(",", "."))


def format_number(value: float, decimals: int = 0) -> str:
    """A value as a numeral, thousands grouped."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))


_CELL = re.compile(r"\d[\d.,]*\s?%?")


def cell_number(text: str) -> float | None:
    """The number that a cell of a table holds, `98,5%` being 98.5; None when it is no single number."""
    return parse_number(text.strip().rstrip("% ")) if _CELL.fullmatch(text.strip()) else None
