"""What is kept: the file, the letter in it, and every value found in the letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

from pipeline.nouns.ink import Box
from pipeline.nouns.text import PageText


class Status(StrEnum):
    """Whether a value may be used as it stands."""

    ACCEPTED = "accepted"
    NEEDS_REVIEW = "needs_review"
    CONFIRMED = "confirmed"

    @property
    def doubted(self) -> Status:
        """What it becomes when something contradicts the value: what a person confirmed stays confirmed."""
        return Status.NEEDS_REVIEW if self is Status.ACCEPTED else self


class MediaType(StrEnum):
    """The formats that are read."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class EmbeddedPicture:
    """The one picture that a page of a PDF shows, and where its bytes lie in the file."""

    coding: Literal["jpeg", "fax"]
    """A whole JPEG file, or the bare bits of CCITT group 4."""
    offset: int
    length: int
    width: int
    height: int
    dpi: float
    """Its pixels per inch of paper."""
    turn: int
    """Degrees clockwise that set it upright: 0, 90, 180 or 270."""
    overlay: Overlay | None = None
    """Stamps that lie over it; None when there are none."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What lies over a page's picture, to be drawn by itself."""

    pdf: bytes
    """Two pages of the size of the box: it on white, and it on black."""
    box: Box
    """Where it lies, in pixels of the picture before that is turned upright."""


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
    """Whether the file is free of encryption; some open without a password but limit what may be done."""
    page_dpi: tuple[int, ...] = ()
    """For each page the pixels per inch it is best read at: those of the scan in it; empty when not known."""
    page_gray: tuple[bool, ...] = ()
    """For each page whether it is a scan without colour; empty when not known."""
    page_pictures: tuple[EmbeddedPicture | None, ...] = ()
    """For each page the one picture that it shows, where it shows nothing else; empty when no page has one."""

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
class Entity:
    """A name that the letter's text speaks of, with the ink of its first mention."""

    kind: str
    """`organisation`, `person`, `place`, `role` or `programme`."""
    name: str
    mentions: int
    page: int
    box: Box | None
    confidence: float
    found_by: str = "rules"
    """What found the first mention: `rules`, or the `net` that was trained on them and on letters marked by hand."""


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
    page: int | None = None
    """The page its box lies on, where the table is continued there; None: the page of the table."""


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
    entities: tuple[Entity, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, or None when the letter has none."""
        return next((f for f in self.fields if f.name == name), None)

    def with_problems(self, problems: Iterable[str]) -> Record:
        """The record with these problems behind those it has; one that it has already is not added again."""
        return replace(self, problems=tuple(dict.fromkeys((*self.problems, *problems))))
