"""The body of a letter as running paragraphs: lines and pages joined, every character still knowing its ink."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.passages.markers import marker_of
from pipeline.nouns import Box, Letter, Line, PageText, Word, Zone, union
from pipeline.vietnamese import is_capitals, place_tones

_ENDED = (".", ":", ";", "!", "?", "…")
_QUOTES = "'\"”’)"
_STROKES = "/-"
_GLUED = re.compile(r"(?:\d\S*[/-]|/\S*-)$")
"""A document number broken after its stroke or hyphen goes on without a space."""
_FULL = 0.82
"""A line that reaches this far into the width of the text goes on in the next."""
_INDENT = 0.02
"""How far, in widths of the text, a line must stand in to open a paragraph."""
_LONG = 170
"""Characters: longer lines are whole paragraphs, as in a text file that is not wrapped."""


class Piece(NamedTuple):
    """A word and where its text starts in the paragraph."""

    start: int
    page: int
    word: Word


_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as one line of text, in one placement of tones; pieces lead back to the words on the pages."""

    text: str
    pieces: tuple[Piece, ...]

    def pieces_between(self, start: int, end: int) -> tuple[Piece, ...]:
        """The pieces that own any of the characters `start` to `end` (exclusive)."""
        first = bisect_right(self.pieces, start, key=_START) - 1
        return self.pieces[max(first, 0) : bisect_left(self.pieces, end, key=_START)]

    def ink(self, start: int, end: int) -> tuple[int, Box | None, float]:
        """Page and box of those characters on the page they begin on, and the confidence of the worst word."""
        pieces = self.pieces_between(start, end)
        page = pieces[0].page
        boxes = [p.word.box for p in pieces if p.page == page and p.word.box.area]
        return page, union(boxes), min(p.word.confidence for p in pieces)


def paragraphs(letter: Letter) -> tuple[Paragraph, ...]:
    """The paragraphs of the letter's body; a page that repeats another adds nothing."""
    found: list[list[tuple[int, Line]]] = []
    for page in letter.pages:
        if page.repeats_page is None:
            _add_page(found, page)
    return tuple(_joined(lines) for lines in found)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A line with its text and its box, which are asked for again and again."""

    line: Line
    text: str
    box: Box

    @property
    def marked(self) -> bool:
        """Whether a mark of a list or of a part stands before it."""
        return marker_of(self.text) is not None

    @property
    def ended(self) -> bool:
        """Whether it ends as sentences and leads do."""
        return self.text.rstrip(_QUOTES).endswith(_ENDED)

    @property
    def goes_on(self) -> bool:
        """Whether it can only be the rest of a sentence: it begins small, or with a digit that is no list number."""
        first = self.text.lstrip("“\"'(")[:1]
        return first.islower() or (first.isdigit() and not self.marked)


def _add_page(found: list[list[tuple[int, Line]]], page: PageText) -> None:
    lines = [_Seen(line, line.text, line.box) for line in page.lines if line.zone is Zone.BODY and line.words]
    frame = _Frame.of(lines)
    last = found[-1][-1][1] if found else None
    before = None if last is None else _Seen(last, last.text, last.box)
    after_break = True
    for line in lines:
        opens = before is None or (_opens_page(before, line) if after_break else frame.opens(before, line))
        if opens:
            found.append([])
        found[-1].append((page.number, line.line))
        before, after_break = line, False


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the lines of a page begin and end: in pixels, or in characters where there is no ink."""

    left: float
    right: float
    inked: bool

    @classmethod
    def of(cls, lines: Sequence[_Seen]) -> _Frame:
        if not lines:
            return cls(0, 1, inked=False)
        inked = any(line.box.area for line in lines)
        starts = sorted(line.box.x0 if inked else 0 for line in lines)
        ends = sorted(line.box.x1 if inked else len(line.text) for line in lines)
        return cls(starts[len(starts) // 4], ends[min(len(ends) - 1, len(ends) * 9 // 10)], inked)

    def opens(self, before: _Seen, line: _Seen) -> bool:
        """Whether the line begins a paragraph, seen from the line before it on the same page."""
        full = self._full(before)
        if line.marked:
            return before.ended or not full or self._indented(line) or before.marked
        if is_capitals(before.text) and not is_capitals(line.text):
            return True
        if is_capitals(line.text) and not is_capitals(before.text) and not full:
            return True
        if not full:
            return before.ended or not line.goes_on
        if not before.ended:
            return False
        return self._indented(line) or (not self.inked and not line.goes_on and len(before.text) > _LONG)

    def _full(self, line: _Seen) -> bool:
        if not self.inked and self.right > _LONG:
            return len(line.text) > _LONG and not line.ended
        end = line.box.x1 if self.inked else len(line.text)
        return end - self.left >= _FULL * (self.right - self.left)

    def _indented(self, line: _Seen) -> bool:
        return self.inked and line.box.x0 - self.left > _INDENT * (self.right - self.left)


def _opens_page(before: _Seen, line: _Seen) -> bool:
    """Whether the first line of a page begins a paragraph: not in the middle of a sentence."""
    return before.ended or (not line.goes_on and (line.marked or is_capitals(before.text)))


def _joined(lines: Sequence[tuple[int, Line]]) -> Paragraph:
    text = ""
    pieces = []
    for page, word in _words(lines):
        shown = place_tones(word.text).strip("*")
        if not shown:
            continue
        if text and not (text[-1] in _STROKES and shown[0].isalnum() and _GLUED.search(text, text.rfind(" ") + 1)):
            text += " "
        pieces.append(Piece(len(text), page, word))
        text += shown
    return Paragraph(text, tuple(pieces))


def _words(lines: Sequence[tuple[int, Line]]) -> Iterator[tuple[int, Word]]:
    for page, line in lines:
        for word in line.words:
            yield page, word
