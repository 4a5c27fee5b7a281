"""Stamps of more than one line: the receiving office's, found among the lines, and those that were read by themselves.

An incoming stamp says `CÔNG VĂN ĐẾN`, or `ĐẾN` alone, and has a number and a date of its own (Nghị định 30/2020/NĐ-CP,
appendix VI, the stamp of arrival). They look like the letter's; only where they stand tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.layout.phrases import mark_kind
from pipeline.nouns import Box, Line, Mark, MarkKind, PageText, Zone
from pipeline.vietnamese import fold

_LABEL = re.compile(r"^\W{0,3}(?:den\W+)?(?:s[o06]|ngay|gio|chuyen|kinh chuyen|luu)\b")
"""What the lines of an incoming stamp begin with."""
_SYMBOL = re.compile(r"/\s?[a-z]{2}|\d\s?-\s?[a-z]{2}")
"""The number of a letter has one, that of a stamp has none."""
_DATED = re.compile(r"^\W{0,3}n\w{3}\b\W{0,3}\d{1,2}\W\d{1,2}\W\d{2,4}")
_HEADING, _NEAR = "cong van den", 80.0
_BESIDE, _ABOVE, _BELOW = 1.0, 1.5, 6.0
"""How far a stamp reaches around its heading: to each side in widths of it, up and down in heights of it."""
_NARROW = 12.0
"""Heights of the heading that it is at least wide: `ĐẾN` alone is a small part of its stamp's width."""


def incoming_stamps(lines: Sequence[Line]) -> tuple[tuple[int, ...], ...]:
    """For each incoming stamp that was read with the page the indexes of its lines, its heading among them."""
    found = []
    free = [(i, line) for i, line in enumerate(lines) if line.words and line.zone is not Zone.TABLE]
    for index, heading in free:
        if heading.box.area and mark_kind(heading) is MarkKind.INCOMING:
            around = _around(heading.box)
            found.append((index, *(i for i, line in free if i != index and _belongs(line, around))))
    return tuple(found)


def _around(heading: Box) -> Box:
    """Where the lines of a stamp with this heading lie."""
    aside = round(_BESIDE * max(heading.width, _NARROW * heading.height))
    up, down = round(_ABOVE * heading.height), round(_BELOW * heading.height)
    return Box(max(heading.x0 - aside, 0), max(heading.y0 - up, 0), heading.x1 + aside, heading.y1 + down)


def _belongs(line: Line, around: Box) -> bool:
    """Whether a line lies inside and is one of a stamp's: a label with what is filled in, or a bare figure."""
    box = line.box
    inside = around.x0 <= box.x0 and box.x1 <= around.x1 and around.y0 <= box.centre[1] <= around.y1
    if not inside or line.zone is Zone.HEADER_RIGHT:
        return False
    text = fold(line.text)
    return not any(c.isalpha() for c in text) or (bool(_LABEL.search(text)) and not _SYMBOL.search(text))


def with_stamps(text: PageText, stamps: Sequence[tuple[Mark, tuple[Line, ...]]]) -> PageText:
    """The page's text with the lines of stamps that were read by themselves; each mark says what its stamp does."""
    said = {mark: _told(mark, lines) for mark, lines in stamps if lines}
    return replace(
        text,
        lines=(*text.lines, *(replace(line, zone=Zone.MARK) for _, lines in stamps for line in lines)),
        marks=tuple(said.get(mark, mark) for mark in text.marks),
    )


def _told(mark: Mark, lines: Sequence[Line]) -> Mark:
    words = [word for line in lines for word in line.words]
    sure = sum(word.confidence for word in words) / len(words)
    return replace(mark, kind=_kind(lines), text="\n".join(line.text for line in lines), confidence=sure)


def _kind(lines: Sequence[Line]) -> MarkKind:
    """What kind of stamp has these lines; one with a day behind `Ngày` and nothing else that is known has come in."""
    whole = Line(tuple(word for line in lines for word in line.words))
    known = next((kind for kind in map(mark_kind, (whole, *lines)) if kind is not None), None)
    if known is not None:
        return known
    folded = [fold(line.text) for line in lines]
    headed = any(fuzz.partial_ratio(_HEADING, text) >= _NEAR for text in folded if len(text) >= len(_HEADING) // 2)
    return MarkKind.INCOMING if headed or any(_DATED.search(text) for text in folded) else MarkKind.NOTE
