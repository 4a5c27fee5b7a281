"""The period that figures of a table are of: what header, title or subject say first, else the year of the letter."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.extract.figures.periods import find_periods, in_a_name
from pipeline.tabular.words import STEP
from pipeline.vietnamese import squeeze

_ATTACHED = re.compile(r"\(?(?:kèm theo|ban hành kèm)[^)]*\)?", re.IGNORECASE)
"""The document that an annex belongs to: its date is no period."""

_ANY_YEAR = 2000
"""With it periods without a year are seen, too."""
_FEBRUARY = 2
_BARE_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)\s*$")
"""A header that ends in a year: `Thực hiện 2015`."""


@dataclass(frozen=True, slots=True)
class TablePeriod:
    """A stretch of time and the words that name it."""

    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def period_named(text: str, year: int | None, *, last: bool = False) -> TablePeriod | None:
    """The first period (or the last one) that a header path or a heading names, its lowest level first.

    Args:
        text: the words.
        year: the year that the letter speaks of, for `quý I`.
        last: whether the last counts, as of a subject that names what was before what is to come.
    """
    for level in reversed(_ATTACHED.sub(" ", text).split(STEP)):
        found = [period for period in find_periods(level, year) if not in_a_name(level, period)]
        if found:
            period = found[-1 if last else 0]
            return TablePeriod(period.text, period.first, period.last)
        bare = _BARE_YEAR.search(level)
        if bare:
            return whole_year(int(bare.group(1)))
    return None


def names_only_a_period(text: str) -> bool:
    """Whether a label is a stretch of time and nothing else: `Quý I`, `2024`, `Giai đoạn 2021-2025`."""
    words = text.strip(" .:()*-–—")
    return bool(words) and not without_periods(words, _ANY_YEAR).strip(" .:()*-–")


def a_year_before(period: TablePeriod) -> TablePeriod:
    """The same stretch of the year before."""
    if period.start is None or period.end is None:
        return period
    days = [day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == _FEBRUARY else day.day)
            for day in (period.start, period.end)]  # fmt: skip
    return TablePeriod(f"cùng kỳ {period.text}", days[0], days[1])


def whole_year(year: int) -> TablePeriod:
    """From 1 January to 31 December."""
    return TablePeriod(f"năm {year}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def without_periods(text: str, year: int | None = None) -> str:
    """The text without the words that name a period; with a year those of `quý I` too."""
    for found in reversed(find_periods(text, year)):
        text = f"{text[: found.at]} {text[found.end :]}"
    return squeeze(_BARE_YEAR.sub(" ", text))
