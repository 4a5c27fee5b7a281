"""The period that figures of a table are of: what header, title or subject say first, else the year of the letter."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.tabular.words import STEP
from pipeline.vietnamese import nfc, squeeze

_ATTACHED = re.compile(r"\(?(?:kèm theo|ban hành kèm)[^)]*\)?", re.IGNORECASE)
"""The document that an annex belongs to: its date is no period."""
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPAN = re.compile(r"(?:giai đoạn|năm|nhiệm kỳ)\s+((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)", re.IGNORECASE)
_SCHOOL = re.compile(r"năm học\s+((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)", re.IGNORECASE)
_QUARTER = re.compile(r"quý\s+(IV|III|II|I|[1-4])(?:\s*(?:/|năm)\s*((?:19|20)\d\d))?", re.IGNORECASE)
_MONTHS = re.compile(
    r"(0?[1-9]|1[0-2])\s+tháng(?:\s+(đầu|cuối)\s+năm)?(?:\s+(?:năm\s+)?((?:19|20)\d\d))?", re.IGNORECASE
)
_UNTIL = re.compile(
    r"(?:đến|tính đến)\s+(?:hết\s+)?(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)", re.IGNORECASE
)
_YEAR = re.compile(r"năm\s+((?:19|20)\d\d)(?!\s*[-–—]\s*(?:19|20)\d\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TablePeriod:
    """A stretch of time and the words that name it."""

    text: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def period_of(texts: Sequence[str], issued_on: str | None) -> TablePeriod:
    """The period that the first of these texts names; the year of the letter where none does."""
    year = int(issued_on[:4]) if issued_on else None
    for text in texts:
        for level in reversed(_ATTACHED.sub(" ", nfc(text)).split(STEP)):
            found = _named(level, year)
            if found is not None:
                return found
    return TablePeriod(f"năm {year}", dt.date(year, 1, 1), dt.date(year, 12, 31)) if year else TablePeriod()


def without_periods(text: str) -> str:
    """The text without the words that name a period."""
    for pattern in (_SCHOOL, _SPAN, _UNTIL, _QUARTER, _MONTHS, _YEAR):
        text = pattern.sub(" ", text)
    return squeeze(text)


def _named(text: str, year: int | None) -> TablePeriod | None:
    return _years(text) or _parts_of_year(text, year) or _one_year(text)


def _years(text: str) -> TablePeriod | None:
    school, span = _SCHOOL.search(text), _SPAN.search(text)
    if school:
        return TablePeriod(school.group(), dt.date(int(school.group(1)), 9, 1), dt.date(int(school.group(2)), 8, 31))
    if span:
        return TablePeriod(span.group(), dt.date(int(span.group(1)), 1, 1), dt.date(int(span.group(2)), 12, 31))
    return None


def _parts_of_year(text: str, year: int | None) -> TablePeriod | None:
    until, quarter, months = _UNTIL.search(text), _QUARTER.search(text), _MONTHS.search(text)
    if until:
        return _until(until)
    if quarter:
        own = int(quarter.group(2)) if quarter.group(2) else year
        first = 3 * _QUARTERS[quarter.group(1).lower()] - 2
        return _months(quarter.group(), own, first, first + 2)
    if months:
        count, own = int(months.group(1)), int(months.group(3)) if months.group(3) else year
        first = 13 - count if (months.group(2) or "").lower() == "cuối" else 1
        return _months(months.group(), own, first, first + count - 1)
    return None


def _one_year(text: str) -> TablePeriod | None:
    found = _YEAR.search(text)
    if found is None:
        return None
    year = int(found.group(1))
    return TablePeriod(found.group(), dt.date(year, 1, 1), dt.date(year, 12, 31))


def _until(found: re.Match[str]) -> TablePeriod | None:
    day, month, year = map(int, found.groups())
    try:
        return TablePeriod(found.group(), None, dt.date(year, month, day))
    except ValueError:
        return None


def _months(text: str, year: int | None, first: int, last: int) -> TablePeriod | None:
    if year is None or not 1 <= first <= last <= 12:
        return None
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return TablePeriod(text, dt.date(year, first, 1), end)
