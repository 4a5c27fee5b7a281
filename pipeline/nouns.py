"""The nouns that flow between the stages: frozen, slotted, picklable; a change is `dataclasses.replace`.

Pages count from 1. Boxes are pixels of the upright page at its stored dpi, origin top left. Confidence is 0 to 1.
Text is NFC.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Pixels: height x width (gray, 0 black) or height x width x 3 (RGB)."""


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """A rectangle of ink: x0, y0 inclusive, x1, y1 exclusive, in pixels of the upright page, origin top left."""

    x0: int
    y0: int
    x1: int
    y1: int

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"a box turned inside out: {self.x0},{self.y0} to {self.x1},{self.y1}")

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0

    @property
    def area(self) -> int:
        """Pixels inside."""
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def overlap(self, other: Box) -> int:
        """Pixels that lie in both boxes."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.y1, other.y1) - max(self.y0, other.y0)
        return max(across, 0) * max(down, 0)


def union(boxes: list[Box] | tuple[Box, ...]) -> Box | None:
    """The smallest box around all of them; None when there are none."""
    if not boxes:
        return None
    return Box(min(b.x0 for b in boxes), min(b.y0 for b in boxes), max(b.x1 for b in boxes), max(b.y1 for b in boxes))


class Status(StrEnum):
    """Whether a value may be used as it stands."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    CONFIRMED = "confirmed"


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


class MarkKind(StrEnum):
    """What lies over the letter without being part of it."""

    SEAL = "seal"
    INCOMING = "incoming"
    SIGNATURE_OVERPRINT = "signature_overprint"
    URGENCY = "urgency"
    SECRECY = "secrecy"
    NOTE = "note"
    WATERMARK = "watermark"


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal, stamp or overprint found on a page; `text` is what it says, when it was read."""

    kind: MarkKind
    box: Box
    text: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the page. `raw` is what the engine read and is never overwritten; `text` is what it became."""

    raw: str
    text: str
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """Words in reading order on one line of one column."""

    words: tuple[Word, ...]
    zone: Zone = Zone.BODY

    @property
    def text(self) -> str:
        """The words, one space between them."""
        return " ".join(w.text for w in self.words)

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


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a look at a page's pixels told: figures only, no decision."""

    dpi: int
    """Resolution as scanned, pixels per inch of paper."""
    text_height: float
    """Median height of a small letter, in pixels; 0 when none was found."""
    noise: float
    """Share of ink that is specks, 0 to 1."""
    contrast: float
    """Paper minus ink, 0 to 1."""
    shading: float
    """Spread of the paper's own brightness over the page, 0 to 1."""
    skew: float
    """Degrees the lines climb to the right, counter-clockwise positive."""
    ink: float
    """Share of the page that is ink, 0 to 1."""
    bilevel: bool
    """Only black and white, as a fax."""
    colour: float
    """Share of the page that is strongly coloured, 0 to 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page as pixels, with what was learnt about it and done to it on the way."""

    number: int
    image: Image
    dpi: int
    rotation: int = 0
    """Degrees clockwise that the scan was turned to stand upright: 0, 90, 180 or 270."""
    skew: float = 0.0
    """Degrees of small skew that were taken out."""
    blank: bool = False
    judgement: Judgement | None = None
    steps: tuple[str, ...] = ()
    """What was done to the pixels, in order, by name."""
    marks: tuple[Mark, ...] = ()

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.image.shape[0])

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.image.shape[1])


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table found on the page's pixels: the box of each cell; a merged cell spans rows or columns."""

    box: Box
    cells: tuple[GridCell, ...]
    rows: int
    cols: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid, rows and columns from 0; `row_end` and `col_end` are exclusive."""

    row: int
    col: int
    row_end: int
    col_end: int
    box: Box


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
        """The lines in reading order; marks and page numbers left out."""
        return "\n".join(line.text for line in self.lines if line.zone not in _NOT_TEXT)

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


_NOT_TEXT = frozenset({Zone.MARK, Zone.PAGE_NUMBER})


class MediaType(StrEnum):
    """The formats that are read."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was looked at and may be read: its identity, and the text it already carries."""

    path: Path
    sha256: str
    media_type: MediaType
    size: int
    """Bytes."""
    page_count: int
    text_layers: tuple[PageText | None, ...] = ()
    """For each page a text layer good enough to be used instead of OCR, or None; empty when no page has one."""
    password_free: bool = True

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, read and repaired: what the extractors work on."""

    scan: Scan
    pages: tuple[PageText, ...]
    part: int = 1
    """1 for the only or first letter of a file, 2 for the second of a bundle."""

    @property
    def text(self) -> str:
        """All pages, a blank line between them."""
        return "\n\n".join(page.text for page in self.pages)


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made to what the engine read."""

    page: int
    line: int
    word: int
    raw: str
    text: str
    score: float
    """Probability that the change is right, 0 to 1."""
    reason: str


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a letter with the ink it came from; `name` is the column of `documents` that it fills."""

    name: str
    value: str
    raw: str
    confidence: float
    status: Status
    page: int | None
    box: Box | None
    method: str
    """The rule that found it."""
    reason: str = ""
    """Why it needs review, in words a person understands; empty when accepted."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who a letter goes to: role `to` (Kính gửi) or `copy` (Nơi nhận)."""

    role: str
    name: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that this letter names."""

    number: str
    doc_type: str | None
    issuer: str | None
    issued_on: dt.date | None
    page: int
    box: Box | None
    quote: str
    confidence: float
    relation: str = "mentions"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure with its meaning: a target that is set, or a result against one. Values are in base units."""

    kind: str
    """`target` or `result`."""
    source: str
    """`text` or `table`."""
    indicator: str
    comparator: str
    """One of `= >= > <= < ~`."""
    value: float
    unit: str
    value_text: str
    page: int
    box: Box | None
    quote: str
    confidence: float
    status: Status
    value_max: float | None = None
    qualifier: str | None = None
    responsible: str | None = None
    assigned_by: str | None = None
    period_start: dt.date | None = None
    period_end: dt.date | None = None
    period_text: str | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `value` is its number when it holds one."""

    row: int
    col: int
    text: str
    raw: str
    value: float | None
    confidence: float
    box: Box | None = None
    corrected_by: str | None = None
    """Why `text` is not `raw`: `arithmetic` or a person; None when it is as read."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a letter; rows and columns count from 0, header rows included. Columns carry their header path."""

    page: int
    title: str
    columns: tuple[str, ...]
    """Header path of each column, levels joined by ` › `."""
    header_rows: int
    rows: int
    cells: tuple[Cell, ...]
    checks_passed: int = 0
    checks_failed: int = 0
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that is stored of one letter."""

    letter: Letter
    fields: tuple[Field, ...]
    recipients: tuple[Recipient, ...] = ()
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    tables: tuple[Table, ...] = ()
    repairs: tuple[Repair, ...] = ()
    problems: tuple[str, ...] = ()
    """What a person should know about this letter beyond single fields."""
    details: dict[str, Any] = field(default_factory=dict)

    def field(self, name: str) -> Field | None:
        """The field of that name, or None when the letter has none."""
        return next((f for f in self.fields if f.name == name), None)
