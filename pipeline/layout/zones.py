"""Says of each line which part of the page it belongs to, from where it stands and what it says."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from pipeline.layout.diagrams import in_diagrams
from pipeline.layout.fused import is_dated, part_closing, part_header
from pipeline.layout.phrases import is_page_number, mark_kind, phrases, starts, within
from pipeline.layout.stamps import incoming_stamps
from pipeline.nouns import Grid, Line, Mark, MarkKind, Zone
from pipeline.vietnamese import fold, is_capitals

_HEAD_LINES = 30
"""A header that was not found on the pixels is looked for among so many lines at the top of a page."""
_MOST_BETWEEN = 6
"""Lines of a header between two that name themselves: parent, issuer, motto, over several lines each."""
_NUMBER = re.compile(r"^[\W_]{0,4}(?:s[o06]|8o|no)\s?[:.;,]|^[\W_]{0,4}s[o06]\s+\S*\s?\d{1,5}\s?[-/]")
_SUBJECT = re.compile(r"^\W{0,3}v\s?[/il1|.]\s?v\b|^\W{0,3}ve viec\b")
_LONGEST_TITLE = 8
"""Words of an office."""
_LONGEST_SIGNATURE = 10
"""Lines of a signature, dirt of seal and pen included."""
_RIGHT_HALF = 0.45
_CLOSING_ABOVE = 5
"""A signer's title may begin a few lines above Nơi nhận, when both were read as one column."""
_APPENDIX = re.compile(r"^\W*(?:phu luc|bieu|danh muc|danh sach)\b")
_LONGEST_CLOSING = 16
"""Words; a line of more is no line of a closing block."""
_MAY_END_PAGE = frozenset({Zone.BODY, Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT})


def zoned(lines: list[Line], grids: tuple[Grid, ...] = ()) -> list[Line]:
    """The lines with their zones, fused ones parted; lines of a table keep out of header and closing block."""
    lines = [_in_table(line, grids) for line in lines]
    lines, diagrams = _set_apart(lines, in_diagrams(lines), Zone.DIAGRAM)
    lines = _without_axes(lines) if diagrams else lines
    stamped = {i for stamp in incoming_stamps(lines) for i in stamp}
    lines, marks = _set_apart(lines, stamped, Zone.MARK)
    lines = _header(lines)
    lines = _closing(lines)
    lines = [_marked(line) for line in lines]
    return [*_without_overprints(_page_numbers(lines)), *diagrams, *marks]


def marks_of(lines: list[Line]) -> tuple[Mark, ...]:
    """The stamps and overprints among the lines, with what they say."""
    marked = [line for line in lines if line.zone is Zone.MARK]
    incoming = {i for stamp in incoming_stamps(marked) for i in stamp}
    kinds = [MarkKind.INCOMING if i in incoming else mark_kind(line) for i, line in enumerate(marked)]
    return tuple(
        Mark(kind or MarkKind.NOTE, line.box, line.text, line.confidence)
        for kind, line in zip(kinds, marked, strict=True)
    )


def _set_apart(lines: list[Line], chosen: Collection[int], zone: Zone) -> tuple[list[Line], list[Line]]:
    """The lines without those at the chosen places, and these, in their zone."""
    apart = [replace(line, zone=zone) for i, line in enumerate(lines) if i in chosen]
    return [line for i, line in enumerate(lines) if i not in chosen], apart


def _without_axes(lines: list[Line]) -> list[Line]:
    """The lines beside a diagram; columns that name neither receivers nor an office are an axis and its chart."""
    if any(_opens_receivers(line) or (line.zone.in_closing and is_title(line)) for line in lines):
        return lines
    return [replace(line, zone=Zone.BODY) if line.zone.in_closing else line for line in lines]


def _in_table(line: Line, grids: tuple[Grid, ...]) -> Line:
    if not grids:
        return line
    box = line.box
    inside = any(box.area and grid.box.overlap(box) > box.area / 2 for grid in grids)
    return replace(line, zone=Zone.TABLE) if inside else line


def _header(lines: list[Line]) -> list[Line]:
    """The header's lines in their columns: those the pixels gave, or those that name themselves at the top."""
    if any(line.zone.in_header for line in lines):
        return _mended(lines)
    head: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        head.extend(part_header(line) if line.zone is Zone.BODY else (line,))
    anchors = _anchors(head)
    if len(anchors) < 2 or not any(head[i].zone is Zone.HEADER_RIGHT for i in anchors):
        return lines
    end = _subject_end(head, anchors[-1])
    in_columns = [replace(line, zone=Zone.HEADER_LEFT) if line.zone is Zone.BODY else line for line in head[:end]]
    return [*in_columns, *head[end:], *lines[_HEAD_LINES:]]


def _anchors(head: list[Line]) -> list[int]:
    """Where the lines stand that name themselves as a header's, up to the first gap: a body cites numbers as well."""
    named = [i for i, line in enumerate(head) if line.zone is Zone.HEADER_RIGHT or names_number(line)]
    gap = next((at for at, (a, b) in enumerate(pairwise(named), start=1) if b - a > _MOST_BETWEEN), len(named))
    return named[:gap]


def names_number(line: Line) -> bool:
    """Whether the line begins as that of the number of a letter does: `Số: …`, `Số 15-CT/TU`."""
    return _NUMBER.search(fold(line.text)) is not None


def _subject_end(head: list[Line], last: int) -> int:
    """Where the header ends that has its last anchor at `last`: after the V/v of a công văn, when one follows."""
    end = last + 1
    if end < len(head) and _SUBJECT.search(fold(head[end].text)):
        while end < len(head) and not starts(head[end].text, phrases().addressees) and end - last <= 8:
            end += 1
    return end


def _mended(lines: list[Line]) -> list[Line]:
    """Header columns cut on the pixels: what is fused all the same is parted, what is no header goes to the body."""
    if not _heads_letter([line for line in lines if line.zone.in_header]):
        return _no_header(lines)
    out: list[Line] = []
    moved: list[Line] = []
    over: Zone | None = None
    for line in lines:
        if not line.zone.in_header:
            out.append(line)
            continue
        if starts(line.text, phrases().addressees):
            over = line.zone
        if over is line.zone:
            moved.append(replace(line, zone=Zone.BODY))
        else:
            out.extend(_kept(line))
        if line.zone is Zone.HEADER_RIGHT and is_dated(line):
            over = line.zone
    end = max((i for i, line in enumerate(out) if line.zone.in_header), default=-1) + 1
    return [*out[:end], *sorted(moved, key=lambda line: line.box.y0), *out[end:]]


def _heads_letter(header: list[Line]) -> bool:
    """Whether columns at the top of a page say what a letterhead says: motto, number, or place and date."""
    known = phrases()
    wanted = (*known.motto, *known.tagline, *known.party)
    return any(is_dated(line) or names_number(line) or within(line.text, wanted) is not None for line in header)


def _no_header(lines: list[Line]) -> list[Line]:
    """Columns at the top that are no letterhead: a closing block carried over to a new page, or mere text."""
    header = [line for line in lines if line.zone.in_header]
    right = [line for line in header if line.zone is Zone.HEADER_RIGHT]
    closes = any(starts(line.text, phrases().receivers) for line in header) or any(map(is_title, right[:2]))
    zones = {Zone.HEADER_LEFT: Zone.CLOSING_LEFT, Zone.HEADER_RIGHT: Zone.CLOSING_RIGHT} if closes else {}
    return [replace(line, zone=zones.get(line.zone, Zone.BODY)) if line.zone.in_header else line for line in lines]


def _kept(line: Line) -> tuple[Line, ...]:
    parts = part_header(line)
    return parts if len(parts) == 2 and line.zone is Zone.HEADER_LEFT else (line,)


def _closing(lines: list[Line]) -> list[Line]:
    """The closing block's lines in their columns: those the pixels gave, or those from Nơi nhận on."""
    if any(line.zone.in_closing for line in lines):
        return _trimmed(lines)
    at = next((i for i, line in enumerate(lines) if _opens_receivers(line)), None)
    if at is None:
        return _signed_alone(lines)
    start = at
    while start > 0 and at - start < _CLOSING_ABOVE and _title_above(lines[start - 1]):
        start -= 1
    end = next((i for i, line in enumerate(lines) if i > at and _follows_letter(line)), len(lines))
    out = [*lines[:start], *(replace(line, zone=Zone.CLOSING_RIGHT) for line in lines[start:at])]
    middle = max((line.box.x1 for line in lines), default=0) / 2
    for line in lines[at:end]:
        out.extend(part_closing(line, middle) if line.zone is Zone.BODY else (line,))
    return [*out, *lines[end:]]


def _trimmed(lines: list[Line]) -> list[Line]:
    """The closing block cut on the pixels, without the body's last line above it, with the name that stands below."""
    receivers = next((i for i, line in enumerate(lines) if _opens_receivers(line)), 0)
    last = max(i for i, line in enumerate(lines) if line.zone.in_closing)
    middle = max(line.box.x1 for line in lines) / 2
    out = list(lines)
    for i, line in enumerate(lines):
        above = line.box.y1 <= lines[receivers].box.y0 and not is_capitals(line.text)
        if line.zone.in_closing and (i < receivers or above):
            out[i] = replace(line, zone=Zone.BODY)
        if i > last and line.zone is Zone.BODY and line.box.centre[0] > middle and len(line.words) <= 8:
            out[i] = replace(line, zone=Zone.CLOSING_RIGHT)
    return out


def _follows_letter(line: Line) -> bool:
    """Whether the line opens an appendix, or is running text again: the closing block is over."""
    return _APPENDIX.search(fold(line.text)) is not None or len(line.words) > _LONGEST_CLOSING


def _opens_receivers(line: Line) -> bool:
    return line.zone in {Zone.BODY, Zone.CLOSING_LEFT} and starts(line.text, phrases().receivers)


def is_title(line: Line) -> bool:
    """Whether the line can be an office over a signature: a few words, all capitals."""
    return is_capitals(line.text) and len(line.words) <= _LONGEST_TITLE


def _title_above(line: Line) -> bool:
    return line.zone is Zone.BODY and is_title(line)


def _signed_alone(lines: list[Line]) -> list[Line]:
    """A signature without Nơi nhận: the page's last lines, in its right half, from an office in capitals on."""
    width = max((line.box.x1 for line in lines), default=0)
    start = len(lines)
    while start > 0 and len(lines) - start < _LONGEST_SIGNATURE and _stands_right(lines[start - 1], width):
        start -= 1
    first = next((i for i in range(start, len(lines)) if is_title(lines[i])), len(lines))
    return [replace(line, zone=Zone.CLOSING_RIGHT) if i >= first else line for i, line in enumerate(lines)]


def _stands_right(line: Line, width: int) -> bool:
    return line.zone is Zone.BODY and line.box.x0 > _RIGHT_HALF * width > 0


def _marked(line: Line) -> Line:
    if line.zone in {Zone.TABLE, Zone.CLOSING_LEFT}:
        return line
    return replace(line, zone=Zone.MARK) if mark_kind(line) else line


def _page_numbers(lines: list[Line]) -> list[Line]:
    """A bare number as the first or last line of a page is its number."""
    own = [i for i, line in enumerate(lines) if line.zone is not Zone.MARK]
    ends = {*own[:2], *own[-2:]}
    return [
        replace(line, zone=Zone.PAGE_NUMBER)
        if i in ends and line.zone in _MAY_END_PAGE and is_page_number(line.text)
        else line
        for i, line in enumerate(lines)
    ]


def _without_overprints(lines: list[Line]) -> list[Line]:
    """What stands above the motto in the right column, and above the whole header, was printed or stamped on later."""
    first = next((i for i, line in enumerate(lines) if line.zone.in_header), None)
    if first is None:
        return lines
    known = phrases()
    wanted = (*known.motto, *known.party, *known.tagline)
    right = [i for i, line in enumerate(lines) if line.zone is Zone.HEADER_RIGHT]
    motto = next((i for i in right if within(lines[i].text, wanted) is not None), None)
    over = set(range(first)) | {i for i in right if motto is not None and i < motto}
    return [
        replace(line, zone=Zone.MARK) if i in over and line.zone in {Zone.BODY, Zone.HEADER_RIGHT} else line
        for i, line in enumerate(lines)
    ]
