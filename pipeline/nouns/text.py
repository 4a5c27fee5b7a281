"""What is read: words, lines and pages of text, each with its ink."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pipeline.nouns.ink import Box, Grid, Judgement, Mark, union


class Zone(StrEnum):
    """Which part of the page a line belongs to."""

    HEADER_LEFT = "header_left"
    """Parent body, issuer, number; the V/v of a công văn."""
    HEADER_RIGHT = "header_right"
    """Motto, place and date."""
    BODY = "body"
    TABLE = "table"
    CLOSING_LEFT = "closing_left"
    """Nơi nhận."""
    CLOSING_RIGHT = "closing_right"
    """Power, title and name of the signer."""
    MARK = "mark"
    """A stamp, an overprint, a note of the receiver: never the letter's own text."""
    PAGE_NUMBER = "page_number"
    DIAGRAM = "diagram"
    """Loose letters that an engine made of a chart or a picture, and the numbers of its axes."""

    @property
    def is_text(self) -> bool:
        """Whether what stands there belongs to the letter's text."""
        return self not in _NOT_TEXT

    @property
    def in_header(self) -> bool:
        """Whether it is one of the two columns of the letterhead."""
        return self in {Zone.HEADER_LEFT, Zone.HEADER_RIGHT}

    @property
    def in_closing(self) -> bool:
        """Whether it is one of the two columns of the closing block."""
        return self in {Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT}


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the page. `raw` is what the engine read and is never overwritten; `text` is what it became."""

    raw: str
    text: str
    box: Box
    confidence: float
    """What the engine says."""
    odds: float | None = None
    """What the language says: log odds (natural) that no other word fits better here; None where it was not asked."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words in reading order on one line of one column."""

    words: tuple[Word, ...]
    zone: Zone = Zone.BODY

    def __reduce__(self) -> tuple[Callable[..., Line], tuple[Any, ...]]:
        """How it is pickled: its words in columns, in a quarter of the time; a worker sends thousands of them."""
        boxes = [word.box for word in self.words]
        places = ([getattr(box, side) for box in boxes] for side in ("x0", "y0", "x1", "y1"))
        texts = [None if word.text == word.raw else word.text for word in self.words]
        sure = [[getattr(word, name) for word in self.words] for name in ("confidence", "odds")]
        return _line_of, (self.zone, [word.raw for word in self.words], texts, *places, *sure)

    @property
    def text(self) -> str:
        """The words, one space between them."""
        return " ".join([w.text for w in self.words])

    @property
    def raw(self) -> str:
        """What the engine read, one space between words."""
        return " ".join(w.raw for w in self.words)

    @property
    def box(self) -> Box:
        """The smallest box around the words.

        Raises:
            ValueError: the line has no words.
        """
        around = union([w.box for w in self.words])
        if around is None:
            raise ValueError("a line without words has no box")
        return around

    @property
    def confidence(self) -> float:
        """The mean confidence of its words; 0 for none."""
        return sum(w.confidence for w in self.words) / len(self.words) if self.words else 0.0

    def words_between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that own any of the characters `start` to `end` (exclusive) of `text`: from a match to its ink."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found)


def _line_of(zone: Zone, *columns: list[Any]) -> Line:
    """The line whose words were set in columns."""
    return Line(tuple(_word_of(*values) for values in zip(*columns, strict=True)), zone)


def _word_of(raw: str, text: str | None, *rest: Any) -> Word:  # noqa: ANN401
    *place, confidence, odds = rest
    return Word(raw, raw if text is None else text, Box(*place), confidence, odds)


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as lines of words in reading order; what every stage after OCR works on."""

    number: int
    lines: tuple[Line, ...]
    width: int
    height: int
    dpi: int
    rotation: int = 0
    skew: float = 0.0
    blank: bool = False
    judgement: Judgement | None = None
    steps: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    grids: tuple[Grid, ...] = ()
    repeats_page: int | None = None
    """The earlier page of the same file that this page is another scan of."""

    @property
    def text(self) -> str:
        """The lines in reading order; marks and page numbers left out, the letter's number in one word."""
        return "\n".join(_written(line) for line in self.lines if line.zone.is_text)

    @property
    def raw_text(self) -> str:
        """What the engine read, all of it."""
        return "\n".join(line.raw for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        """All words, in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def confidence(self) -> float:
        """Mean confidence of the words, weighed by their length; 0 for a page without words."""
        weight = sum(len(w.raw) for w in self.words)
        return sum(w.confidence * len(w.raw) for w in self.words) / weight if weight else 0.0


_NOT_TEXT = frozenset({Zone.MARK, Zone.PAGE_NUMBER, Zone.DIAGRAM})

_GAP = re.compile(r"^(\W*\w{2}[\s.:;,]*\d+) (?=[/-]\w)")
"""What fills the frame of a number, and its symbol: words of their own, as each has its ink, yet one number."""


def _written(line: Line) -> str:
    """The line as it is written: `Số: 15/QĐ-BNV`, though its digits came by hand and stand apart on the paper."""
    return _GAP.sub(r"\1", line.text) if line.zone is Zone.HEADER_LEFT else line.text
