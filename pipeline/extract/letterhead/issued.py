"""Where and when a letter was issued: `Hà Nội, ngày 05 tháng 01 năm 2020` in the header's right column."""

from __future__ import annotations

import datetime as dt

from pipeline.dates import DateText, figure_dates, spelt_date
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.letterhead.header import Head
from pipeline.extract.passages.lines import DIRT
from pipeline.extract.words.places import find_place, part_unit
from pipeline.nouns import Line
from pipeline.vietnamese import normal

_SEARCHED = 6
"""Lines of the body among which place and date are looked for when the header has none."""
_LONGEST_PLACE = 6
_DIRT_AFTER = 4


def read_issued(head: Head) -> tuple[Finding, ...]:
    """The date and the place of issue; a date with an unreadable day or month is not claimed."""
    for line in (*head.right, *head.body[:_SEARCHED]):
        found = spelt_date(line.text)
        if found is not None and _stands_alone(line, found):
            return (*_date(head, line, found), *_place(head, line, found))
    return ()


def _stands_alone(line: Line, found: DateText) -> bool:
    """Whether only a place stands before the date, and nothing after it: a date in a sentence is of another letter."""
    before = line.text[: found.start].strip(DIRT)
    after = sum(c.isalnum() for c in line.text[found.end :])
    return len(before.split()) <= _LONGEST_PLACE and not any(c.isdigit() for c in before) and after <= _DIRT_AFTER


def _date(head: Head, line: Line, found: DateText) -> tuple[Finding, ...]:
    place = Spot(head.page.number, line.words_between(found.start, found.end))
    date = found.date
    if date is None:
        return (_incomplete(found, place),)
    certainty = 0.98 if date.year >= 1976 else 0.8
    digits = tuple(word for word in place.words if any(c.isdigit() for c in word.text))
    if date in _stamped(head):
        rule = "date: spelt out, as an overprint has it"
        return (Finding("issued_on", date.isoformat(), place, 0.99, rule, judged=digits, known=True),)
    doubts = ("letters were taken for digits",) if found.slips else ()
    return (Finding("issued_on", date.isoformat(), place, certainty, "date: spelt out", doubts, judged=digits),)


def _stamped(head: Head) -> frozenset[dt.date]:
    """The days that signatures and stamps on the page give; one that is the letter's own confirms it."""
    dates = (found.date for mark in head.marks for found in figure_dates(mark.text))
    return frozenset(date for date in dates if date is not None)


def _incomplete(found: DateText, place: Spot) -> Finding:
    """A date whose day or month is handwritten and was not read: empty, so that nobody takes it for a date."""
    parts = (("day", found.day), ("month", found.month), ("year", found.year))
    lacking = " and ".join(name for name, part in parts if part is None)
    doubt = f"the {lacking or 'date'} could not be read" if lacking else "there is no such date in the calendar"
    return Finding("issued_on", "", place, 0.0, "date: incomplete", (doubt,))


def _place(head: Head, line: Line, found: DateText) -> tuple[Finding, ...]:
    text = line.text[: found.start].strip(DIRT)
    if sum(c.isalpha() for c in text) < 2:
        return ()
    start = line.text.index(text)
    words = line.words_between(start, start + len(text))
    prefix, name = part_unit(text)
    known = find_place(name)
    value = normal(prefix + (known.name if known else name))
    certainty = 0.98 * known.certainty if known else 0.7
    doubts = () if known else ("no place of this name is known",)
    spot = Spot(head.page.number, words)
    return (Finding("place", value, spot, certainty, "place: before the date", doubts, known=known is not None),)
