"""Parts lines that hold both columns of a header or of a closing block, where pixels could not tell or are missing.

An old OCR text has `Số: 12/KH-LĐLĐ Lai Châu, ngày 05 tháng 3 năm 2020` on one line; the words themselves show the cut.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.layout.phrases import phrases, starts, within
from pipeline.nouns import Line, Word, Zone
from pipeline.vietnamese import fold, is_capitals

_DATE = re.compile(r"\bng\w{1,3}\W{0,3}[\w.…/]{0,5}\W{0,3}th\w{2,4}\W{0,3}[\w.…/]{0,5}\W{0,3}n\w{1,2}m?\b")
_CODE = re.compile(r"[0-9/]|[:;]$")
_DATE_TAIL = 10
"""Characters that may follow a date on its line: the year, and dirt."""
_LEFT_OF_MIDDLE = 0.8
"""A signer's line may begin so far before the page's middle."""
_WIDE_GAP = 2.5
"""Two columns stand at least this many line heights apart, where boxes are known."""
_FEWEST_CAPITALS = 2
_LONGEST_PLACE = 6
"""Words of a place, dirt included."""


def part_header(line: Line) -> tuple[Line, ...]:
    """The line as its left and right column, zones set; or the line alone, with the zone it shows to be in, if any."""
    right_start = _right_column(line)
    if right_start is None:
        return (line,)
    left, right = line.words[:right_start], line.words[right_start:]
    parts = [(left, Zone.HEADER_LEFT), (right, Zone.HEADER_RIGHT)]
    return tuple(replace(line, words=words, zone=zone) for words, zone in parts if _is_text(words))


def _is_text(words: tuple[Word, ...]) -> bool:
    return sum(c.isalnum() for w in words for c in w.text) >= 2


def _right_column(line: Line) -> int | None:
    """The index of the word that the right column starts with; None when the line shows no right column."""
    known = phrases()
    for wanted in (known.motto, known.tagline, known.party):
        at = within(line.text, wanted)
        if at is not None:
            return _word_at(line, at)
    dated = _DATE.search(fold(line.text))
    if dated is None or not is_dated(line):
        return None
    date = _word_at(line, dated.start())
    start = _place_start(line, date)
    return start if start < date or start == 0 else None


def _word_at(line: Line, index: int) -> int:
    """The word that owns the character at this index of the line's text; one shortly after a cut belongs to it."""
    at = 0
    for number, word in enumerate(line.words):
        if index < at + max(len(word.text) - 1, 1):
            return number
        at += len(word.text) + 1
    return len(line.words) - 1


def _place_start(line: Line, date: int) -> int:
    """The first word of the place before a date: as far back as words have capitals, no code and no wide gap.

    It is the date's own place when no place stands there: a date in a sentence.
    """
    if date <= _LONGEST_PLACE and _is_whole_place(line.words[:date]):
        return 0
    start = date
    while start > 0 and date - start < _LONGEST_PLACE and _is_place_word(line.words[start - 1].text):
        start -= 1
        if start > 0 and _wide_gap(line.words[start - 1], line.words[start]):
            return start
    alone = start == 0 or _CODE.search(line.words[start - 1].text)
    return start if alone else date


def _is_whole_place(words: tuple[Word, ...]) -> bool:
    """Whether all that stands before a date is a place: it ends with a comma, and no code is in it."""
    return bool(words) and words[-1].text.endswith((",", ".")) and not any(_CODE.search(word.text) for word in words)


def _is_place_word(text: str) -> bool:
    bare = text.lstrip(" .,;'\"*-–")
    return bare[:1].isupper() and not _CODE.search(text)


def is_dated(line: Line) -> bool:
    """Whether the line ends with a date spelt out, as that of place and date does."""
    dated = _DATE.search(fold(line.text))
    return dated is not None and len(line.text) - dated.end() <= _DATE_TAIL


def _wide_gap(before: Word, after: Word) -> bool:
    height = max(before.box.height, after.box.height)
    return height > 0 and after.box.x0 - before.box.x1 > _WIDE_GAP * height


def part_closing(line: Line, middle: float = 0.0) -> tuple[Line, ...]:
    """The line of a closing block as Nơi nhận's column and the signer's, zones set.

    Args:
        line: a line at or under Nơi nhận.
        middle: the column of the page's middle, for lines with boxes.
    """
    at = _gap(line, middle) if line.box.area else _signer_start(line)
    if at is None:
        return (replace(line, zone=Zone.CLOSING_LEFT),)
    if at == 0:
        return (replace(line, zone=Zone.CLOSING_RIGHT),)
    left = replace(line, words=line.words[:at], zone=Zone.CLOSING_LEFT)
    return left, replace(line, words=line.words[at:], zone=Zone.CLOSING_RIGHT)


def _gap(line: Line, middle: float) -> int | None:
    """The first word after the gap between the columns; 0 for a line that stands right, None for one on the left."""
    words = line.words
    for number in range(1, len(words)):
        if _wide_gap(words[number - 1], words[number]) and words[number].box.x1 > middle:
            return number
    return 0 if line.box.x0 > _LEFT_OF_MIDDLE * middle and line.box.x1 > middle else None


def _stands_right(line: Line) -> bool:
    """Whether a line of its own is the signer's: all capitals, or a person's name."""
    if line.text.lstrip().startswith(("-", "+", "–")):
        return False
    name = 2 <= len(line.words) <= 5 and all(w.text.isalpha() and w.text[0].isupper() for w in line.words)
    return is_capitals(line.text) or name


def _signer_start(line: Line) -> int | None:
    words = line.words
    if _stands_right(line):
        return 0
    power = phrases().powers.search(fold(line.text))
    if power is not None:
        return _word_at(line, power.end() - 1)
    trailing = 0
    while trailing < len(words) and is_capitals(words[-1 - trailing].text):
        trailing += 1
    listed = starts(line.text, phrases().receivers) or line.text.rstrip(" .").endswith(";")
    return len(words) - trailing if trailing >= _FEWEST_CAPITALS and (listed or trailing > 2) else None
