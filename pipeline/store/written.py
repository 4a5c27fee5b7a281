"""Values as people write them, brought into the form in which they are stored."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from pipeline.dates import spelt_date, stamped_dates
from pipeline.errors import UsageError

_CHOICES = {
    "kind": ("target", "result"),
    "comparator": ("=", ">=", ">", "<=", "<", "~"),
    "rejected": ("0", "1"),
    "not_a_letter": ("0", "1"),
    "role": ("to", "copy"),
}
_WRITTEN = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")
_BEGINS = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_MONTH_OR_YEAR = re.compile(r"(?:(1[0-2]|0?[1-9])[/.-])?((?:19|20)\d\d)")


def a_date(text: str) -> str:
    """A date as `YYYY-MM-DD`, from that, from `31/12/2023`, or as a letter spells it out.

    Raises:
        UsageError: it is not a date.
    """
    spelt = spelt_date(text)
    written = [found for found in stamped_dates(text) if found.end - found.start == len(text)]
    found = spelt if spelt and not spelt.slips else next(iter(written), None)
    try:
        return ((found and found.date) or dt.date.fromisoformat(text)).isoformat()
    except ValueError as e:
        raise UsageError(f"{text!r} is not a date", hint="write it as 31/12/2023 or 2023-12-31") from e


def a_day_of(text: str, column: str) -> str:
    """The first (`period_start`) or last (`period_end`) day of what may be a day, a month `5/2023` or a year `2023`.

    Raises:
        UsageError: it is none of these.
    """
    found = _MONTH_OR_YEAR.fullmatch(text)
    if found is None:
        return a_date(text)
    year, ends = int(found[2]), column == "period_end"
    month = int(found[1]) if found[1] else 12 if ends else 1
    return dt.date(year, month, calendar.monthrange(year, month)[1] if ends else 1).isoformat()


def beginning_of_date(written: str | None) -> str | None:
    """A day, a month or a year as people write it (`31/1/2023`, `1/2023`, `2023`), as dates begin; None for nothing.

    Raises:
        UsageError: it is none of these.
    """
    text = (written or "").strip()
    found = _WRITTEN.fullmatch(text)
    begins = "-".join(f"{int(part):02}" for part in reversed(found.groups()) if part) if found else text
    if text and not _BEGINS.fullmatch(begins):
        raise UsageError(f"{text!r} is not a date", hint="write it as 31/12/2023, 12/2023 or 2023")
    return begins or None


def choices(column: str) -> tuple[str, ...]:
    """The words that a column may hold; empty when it holds any."""
    return _CHOICES.get(column, ())


def one_of(column: str, value: str) -> str:
    """The value, when the column may hold it.

    Raises:
        UsageError: it may not.
    """
    if value not in _CHOICES[column]:
        raise UsageError(f"{column} cannot be {value!r}", hint=f"one of: {', '.join(_CHOICES[column])}")
    return value
