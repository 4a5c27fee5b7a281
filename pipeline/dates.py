"""Vietnamese dates, as printed and as OCR leaves them: `ngày 05 tháng 01 năm 2020`, `ngảy 5 thảng l nãm 2O20`."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from pipeline.vietnamese import fold

_EARLIEST = 1945
_LATEST = 2099
_SPELT = re.compile(
    r"(?<![a-z])ng[a-z]{1,3}[^\w\n]{0,4}(?P<day>(?:(?!ng)[^\s,])*?(?:\s?(?!ng)[^\s,]{1,3})??)[^\w\n]{0,4}"
    r"(?:th[a-z]{2,4}|thdng)[^\w\n]{0,4}(?P<month>[^\s,]*?)[^\w\n]{0,4}"
    r"n[a-z]{1,2}m?[^\w\n]{0,4}(?P<year>[^\s,.;]{3,5})(?![0-9])"
)
_FIGURES = re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?![\d/])")
_SHORT = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4}|\d{2})(?![\d/])"
)
_THIS_CENTURY = 45
"""Years of two digits below it are of this century."""
_SLIPS = str.maketrans({"o": "0", "i": "1", "l": "1", "|": "1", "[": "1", "]": "1", "!": "1"})


@dataclass(frozen=True, slots=True)
class DateText:
    """A date in a text, characters `start` to `end`; a part that could not be read is None."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    slips: bool = False
    """Whether letters were taken for digits (`l` for 1)."""

    @property
    def date(self) -> dt.date | None:
        """The date, when all parts were read and it is in the calendar."""
        if self.day is None or self.month is None or self.year is None:
            return None
        try:
            return dt.date(self.year, self.month, self.day)
        except ValueError:
            return None


def spelt_date(text: str) -> DateText | None:
    """The last date spelt out with ngày, tháng, năm; parts that are no number are None."""
    found = list(_SPELT.finditer(fold(text)))
    return _date_text(found[-1]) if found else None


def figure_dates(text: str) -> tuple[DateText, ...]:
    """The dates in figures, day first."""
    return tuple(_date_text(found) for found in _FIGURES.finditer(text))


def stamped_dates(text: str) -> tuple[DateText, ...]:
    """The dates in figures as a stamp has them: spaces between, and a year of two digits, are allowed."""
    return tuple(_whole_year(_date_text(found), found["year"]) for found in _SHORT.finditer(text))


def _whole_year(found: DateText, year: str) -> DateText:
    short = int(year)
    return replace(found, year=short + (2000 if short < _THIS_CENTURY else 1900)) if len(year) == 2 else found


def _date_text(found: re.Match[str]) -> DateText:
    parts = [_number(found["day"], 31), _number(found["month"], 12), _number(found["year"], _LATEST)]
    (day, day_slip), (month, month_slip), (year, year_slip) = parts
    if year is not None and year < _EARLIEST:
        year = None
    return DateText(found.start(), found.end(), day, month, year, day_slip or month_slip or year_slip)


def _number(text: str, most: int) -> tuple[int | None, bool]:
    """The number that the text is, and whether letters had to be taken for digits; None when it is none."""
    bare = text.strip(" .,:;-_'`")
    read = bare.translate(_SLIPS)
    if not re.fullmatch(r"[0-9]+", read) or not 1 <= int(read) <= most:
        return None, False
    return int(read), read != bare
