"""Number and date of a typed letter put together again: they are filled into a printed frame later, and stand apart.

`Số:` `354` `/QĐ-UBND` come as two or three pieces when the number was typed by another program than the letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.nouns import Box, Line

_OPEN_END = re.compile(r"(?:^|\s)(?:số|ngày|tháng|năm)\s*:?$", re.IGNORECASE)
_OPEN_START = re.compile(r"^(?:/\S|tháng\b|năm\b)", re.IGNORECASE)
_WIDEST = 3.0  # line heights that the frame leaves for digits


def join_frames(lines: Sequence[Line], bottom: int) -> tuple[Line, ...]:
    """The lines, those above `bottom` joined where one breaks off before a digit or begins behind one."""
    joined = list(lines)
    while (pair := _broken_pair(joined, bottom)) is not None:
        left, right = pair
        at = joined.index(left)
        joined[at] = Line((*left.words, *right.words), left.zone)
        joined.remove(right)
    return tuple(joined)


def _broken_pair(lines: Sequence[Line], bottom: int) -> tuple[Line, Line] | None:
    header = [line for line in lines if line.box.y1 <= bottom]
    for left in header:
        following = [right for right in header if right is not left and _follows(left.box, right.box)]
        right = min(following, key=lambda line: line.box.x0, default=None)
        if right is not None and (_OPEN_END.search(left.text) or _OPEN_START.search(right.text)):
            return left, right
    return None


def _follows(left: Box, right: Box) -> bool:
    """Whether the one stands on the same row behind the other, near enough."""
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    height = min(left.height, right.height)
    return shared * 2 >= height and -height / 3 <= right.x0 - left.x1 <= _WIDEST * height
