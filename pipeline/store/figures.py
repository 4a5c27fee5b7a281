"""Numbers as people write them here: points group the thousands, a comma begins the decimals."""

from __future__ import annotations

import re

from pipeline.errors import UsageError

_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_PLAIN = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")


def figure_of(text: str) -> float | None:
    """The number that the text is, grouped by points with a decimal comma, or plain; None when it is none."""
    squeezed = text.replace(" ", "")
    if _GROUPED.fullmatch(squeezed) or _COMMA.fullmatch(squeezed):
        return float(squeezed.replace(".", "").replace(",", "."))
    return float(squeezed) if _PLAIN.fullmatch(squeezed) else None


def a_figure(text: str) -> str:
    """A plain number, from what a Vietnamese writes (`1.245,75`) or a program (`1245.75`).

    Raises:
        UsageError: it is not a number.
    """
    number = figure_of(text)
    if number is None:
        raise UsageError(f"{text!r} is not a number", hint="write it as 1245,75 or 1.245,75")
    return f"{number:.15g}"


def figure_text(value: float) -> str:
    """The number as people write it: `1.250,5`."""
    whole, _, decimals = f"{value:,.6f}".rstrip("0").rstrip(".").partition(".")
    return whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def stored_text(value: object) -> str | None:
    """A value of a column as text, numbers without loss; None for none."""
    return f"{value:.15g}" if isinstance(value, float) else None if value is None else str(value)
