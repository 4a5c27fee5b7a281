"""What stands around a table: its title and unit above, and whether text follows below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.tables.shape import Shape
from pipeline.nouns import Box, Line, PageText
from pipeline.tabular.words import plain, table_words
from pipeline.vietnamese import is_capitals, squeeze

MOST_LINES = 5
"""Lines of a title."""
GAP = 2.4
"""Line heights between a title's lines and its table."""
_UNIT = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt|đ\.v\.t)\s*:", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")
_CUT = re.compile(r"[(,;]|\d+/")
"""The last lines of a sentence that leads to the table, not its title; so does a small letter."""
_ATTACHED = re.compile(r"^\(?\s*(?:kèm theo|ban hành kèm theo|đính kèm)(?!\w)", re.IGNORECASE)
"""`(Kèm theo Kế hoạch số …)`: between the title of an appendix and its table."""
_HEADING = re.compile(r"^\s*(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])\s*[.)]\s+\S", re.IGNORECASE)


def begins_title(text: str) -> bool:
    """Whether a line starts as titles of tables do: `BIỂU TỔNG HỢP`, `Bảng 2.`, `Phụ lục`."""
    words = plain(text)
    return any(words == begin or words.startswith(f"{begin} ") for begin in table_words().title_begins)


def is_unit_note(text: str) -> bool:
    """Whether a line tells the unit of a table: `(Đơn vị tính: triệu đồng)`."""
    return _UNIT.search(text) is not None


def with_surroundings(shape: Shape, page: PageText, others: Sequence[Box]) -> Shape:
    """The shape with its title, and whether it opens or closes the page; `others` are the page's other tables."""
    if shape.box is None:
        return shape
    lines = [line for line in page.lines if line.words and line.zone.is_text]
    outside = [line for line in lines if not _within(line.box, shape.box)]
    free = [line for line in outside if not any(_within(line.box, box) for box in others)]
    above = sorted((x for x in free if x.box.centre[1] < shape.box.y0), key=lambda x: -x.box.y1)
    return replace(
        shape,
        title=shape.title or _title(shape.box, above, others),
        opens_page=not any(_is_text(line) for line in outside if line.box.centre[1] < shape.box.y0),
        closes_page=not any(_is_text(line) for line in outside if line.box.centre[1] > shape.box.y1),
    )


def _within(inner: Box, outer: Box) -> bool:
    x, y = inner.centre
    return outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def _is_text(line: Line) -> bool:
    """Whether a line is more than a page number."""
    return any(c.isalpha() for c in line.text) and len(line.text) > 3


def _title(box: Box, above: Sequence[Line], others: Sequence[Box]) -> str:
    """The lines over the table that name it, nearest last; `above` is nearest first."""
    taken: list[Line] = []
    bottom = box.y0
    for line in above[: 2 * MOST_LINES]:
        height = max(line.box.height, 1)
        fenced = any(line.box.y1 <= other.y0 and other.y1 <= bottom for other in others)
        if fenced or bottom - line.box.y1 > GAP * height or len(taken) == MOST_LINES:
            break
        bottom = line.box.y0
        if _ATTACHED.match(line.text):
            continue
        if not _may_name(line, box, first=not taken):
            break
        taken.append(line)
        if begins_title(line.text) or _HEADING.match(line.text) or line.text.rstrip().endswith(":"):
            break
    whole = squeeze(" ".join(line.text for line in reversed(taken)))
    if whole[:1].islower() or _CUT.match(whole):
        return ""
    return _SENTENCE.split(whole)[-1] if whole.endswith(":") else whole


def _may_name(line: Line, box: Box, *, first: bool) -> bool:
    """Whether a line may be part of a title: centred over the table, in capitals, a heading, or a note of the unit."""
    text = line.text
    if is_unit_note(text) or begins_title(text) or is_capitals(text):
        return True
    middle = abs(line.box.centre[0] - box.centre[0]) < 0.06 * box.width
    centred = middle and line.box.x0 > box.x0 + 0.03 * box.width
    heading = _HEADING.match(text) is not None or text.rstrip().endswith(":")
    return centred or (first and heading)
