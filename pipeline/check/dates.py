"""Whether the date of a letter can be true: set against its stamps, its number and what it cites."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.dates import stamped_dates
from pipeline.nouns import Field, MarkKind, Record

EARLIEST = dt.date(1945, 9, 2)
"""No letter of this State is older: the day it was proclaimed."""
DOUBTED = 0.5
"""Confidence, at most, of a date that something contradicts."""
_YEAR_IN_NUMBER = re.compile(r"^\d+\s*/\s*((?:19|20)\d\d)\s*/")
_STAMPS = frozenset({MarkKind.INCOMING, MarkKind.SIGNATURE_OVERPRINT})


def check_dates(record: Record) -> Record:
    """The record with `issued_on` doubted where a stamp, the number or a citation says otherwise, and why."""
    field = record.field("issued_on")
    issued = _date(field)
    if field is None or issued is None:
        return record
    doubts = tuple(_doubts(record, issued))
    if not doubts:
        return record
    doubted = replace(
        field,
        confidence=min(field.confidence, DOUBTED),
        status=field.status.doubted,
        reason="; ".join(filter(None, (field.reason, *(d for d in doubts if d not in field.reason)))),
    )
    fields = tuple(doubted if f is field else f for f in record.fields)
    return replace(record, fields=fields).with_problems(doubts)


def _doubts(record: Record, issued: dt.date) -> Iterator[str]:
    if issued < EARLIEST:
        yield f"the date {issued} lies before {EARLIEST}"
    marks = [mark for page in record.letter.pages for mark in page.marks if mark.kind in _STAMPS]
    days = (found.date for mark in marks for found in stamped_dates(mark.text))
    stamped = sorted({day for day in days if day is not None and day >= EARLIEST})
    if stamped and issued > stamped[-1]:
        yield f"the letter is dated {issued}, but a stamp on it says {stamped[-1]}"
    number = record.field("number")
    year = _YEAR_IN_NUMBER.match(number.value) if number else None
    if year and int(year.group(1)) != issued.year:
        yield f"the number is of {year.group(1)}, the date of {issued.year}"
    later = sorted({c.issued_on for c in record.citations if c.issued_on is not None and c.issued_on > issued})
    if later:
        yield f"the letter is dated {issued}, but names a document of {later[-1]}"


def _date(field: Field | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(field.value) if field else None
    except ValueError:
        return None
