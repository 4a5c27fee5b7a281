"""The period that figures of a table are of: what header, title or subject say first, else the year of the letter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.periods import find_periods
from pipeline.tabular.words import STEP
from pipeline.vietnamese import squeeze

_ATTACHED = re.compile(r"\(?(?:kèm theo|ban hành kèm)[^)]*\)?", re.IGNORECASE)
"""The document that an annex belongs to: its date is no period."""

_BARE_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)\s*$")
"""A header that ends in a year: `Thực hiện 2015`."""


@dataclass(frozen=True, slots=True)
class TablePeriod:
    """A stretch of time and the words that name it."""

    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def period_of(texts: Sequence[str], issued_on: str | None) -> TablePeriod:
    """The period that the first of these texts names, lowest header first; the year of the letter where none does."""
    year = int(issued_on[:4]) if issued_on else None
    for text in texts:
        for level in reversed(_ATTACHED.sub(" ", text).split(STEP)):
            for found in find_periods(level, year):
                return TablePeriod(found.text, found.first, found.last)
            bare = _BARE_YEAR.search(level)
            if bare:
                return _whole_year(int(bare.group(1)))
    return _whole_year(year) if year else TablePeriod()


def _whole_year(year: int) -> TablePeriod:
    return TablePeriod(f"năm {year}", dt.date(year, 1, 1), dt.date(year, 12, 31))


def without_periods(text: str) -> str:
    """The text without the words that name a period."""
    for found in reversed(find_periods(text, None)):
        text = f"{text[: found.at]} {text[found.end :]}"
    return squeeze(_BARE_YEAR.sub(" ", text))
