"""What the stamp of the receiving office says: the number and the day under which a letter was registered there.

The stamp is prescribed (Nghị định 30/2020/NĐ-CP, appendix VI: `ĐẾN`, `Số:`, `Ngày:`); its number is a plain one, mostly
written by hand, and a letter cannot arrive before it is issued.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from pipeline.dates import spelt_date, stamped_dates
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.letterhead.header import Head
from pipeline.nouns import Line, MarkKind, Zone
from pipeline.vietnamese import fold

_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:cong van |van ban |cv )?den\W+)?s\w(?: den)?\W*(?P<number>\d{1,6})(?![\d/]|\s*[/-]\s?[a-z])"
)
_LONGEST_WAY = dt.timedelta(days=366)
"""No letter is on its way for more than a year; a year that is misread makes it so."""
_CERTAIN = 0.97


def read_incoming(head: Head, issued: dt.date | None) -> tuple[Finding, ...]:
    """The incoming number and the day of arrival, from the first stamp that has them.

    Args:
        head: the head of the letter.
        issued: the letter's own date, if it was read: a letter arrives on that day or later.
    """
    lines = tuple(_stamp_lines(head))
    found = (_number(head, lines), _day(head, lines, issued))
    return tuple(finding for finding in found if finding is not None)


def _stamp_lines(head: Head) -> Iterator[Line]:
    """The lines of marks that lie in an incoming stamp."""
    boxes = [mark.box for mark in head.marks if mark.kind is MarkKind.INCOMING]
    for line in head.page.lines:
        if line.zone is Zone.MARK and line.words:
            x, y = line.box.centre
            if any(box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1 for box in boxes):
                yield line


def _number(head: Head, lines: tuple[Line, ...]) -> Finding | None:
    for line in lines:
        found = _NUMBER.search(fold(line.text))
        if found:
            start, end = found.span("number")
            place = Spot(head.page.number, line.words_between(start, end))
            return Finding("incoming_number", line.text[start:end], place, _CERTAIN, "incoming: stamp")
    return None


def _day(head: Head, lines: tuple[Line, ...], issued: dt.date | None) -> Finding | None:
    for line in lines:
        spelt = spelt_date(line.text)
        for found in (*stamped_dates(line.text), *((spelt,) if spelt else ())):
            if found.date is not None:
                place = Spot(head.page.number, line.words_between(found.start, found.end))
                doubts = (*_doubts(found.date, issued), *(("letters were taken for digits",) if found.slips else ()))
                return Finding("incoming_on", found.date.isoformat(), place, _CERTAIN, "incoming: stamp", doubts)
    return None


def _doubts(arrived: dt.date, issued: dt.date | None) -> tuple[str, ...]:
    if issued is None:
        return ("nothing else on the page says when it was",)
    if arrived < issued:
        return (f"the letter is dated {issued}, but a stamp on it says {arrived}",)
    return (f"it would have come {(arrived - issued).days} days late",) if arrived - issued > _LONGEST_WAY else ()
