"""Where and when a letter was issued: `Hà Nội, ngày 05 tháng 01 năm 2020` in the header's right column."""

from __future__ import annotations

from pipeline.extract.dates import DateText, spelt_date
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.header import Head
from pipeline.extract.places import find_place, town_prefix
from pipeline.nouns import Line
from pipeline.vietnamese import normal

_DIRT = " .,:;*'`\"|_~-–—=«»<>[]{}()!?/\\"


def read_issued(head: Head) -> tuple[Finding, ...]:
    """The date and the place of issue; a date with an unreadable day or month is not claimed."""
    for line in (*head.right, *head.body[:6]):
        found = spelt_date(line.text)
        if found is not None:
            return (*_date(head, line, found), *_place(head, line, found))
    return ()


def _date(head: Head, line: Line, found: DateText) -> tuple[Finding, ...]:
    place = Spot(head.page.number, line.words_between(found.start, found.end))
    date = found.date
    if date is None:
        return (_incomplete(found, place),)
    doubts: tuple[str, ...] = ("letters were taken for digits",) if found.slips else ()
    certainty = 0.98 if date.year >= 1976 else 0.8
    return (Finding("issued_on", date.isoformat(), place, certainty, "date: spelt out", doubts, critical=True),)


def _incomplete(found: DateText, place: Spot) -> Finding:
    """A date whose day or month is handwritten and was not read: empty, so that nobody takes it for a date."""
    lacking = " and ".join(name for name, part in (("day", found.day), ("month", found.month)) if part is None)
    doubt = f"the {lacking or 'date'} could not be read" if lacking else "there is no such date in the calendar"
    return Finding("issued_on", "", place, 0.0, "date: incomplete", (doubt,), critical=True)


def _place(head: Head, line: Line, found: DateText) -> tuple[Finding, ...]:
    text = line.text[: found.start].strip(_DIRT)
    if sum(c.isalpha() for c in text) < 2:
        return ()
    start = line.text.index(text)
    words = line.words_between(start, start + len(text))
    prefix = town_prefix(text)
    name = text[len(prefix) :]
    known = find_place(name)
    value = normal(prefix + (known.name if known else name))
    certainty = 0.98 * known.certainty if known else 0.7
    doubts = () if known else ("no place of this name is known",)
    return (Finding("place", value, Spot(head.page.number, words), certainty, "place: before the date", doubts),)
