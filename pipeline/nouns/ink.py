"""What is seen: boxes, pages of pixels, and what was found on them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MM_PER_INCH = 25.4
PAPER_MM = 210.0
"""Short side of A4, which letters are on: the resolution that a file claims is often wrong."""
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

    def __reduce__(self) -> tuple[type[Box], tuple[int, int, int, int]]:
        """How it is pickled: as it is made, in half the time of a dataclass with slots."""
        return Box, (self.x0, self.y0, self.x1, self.y1)

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
        if self.x1 <= other.x0 or other.x1 <= self.x0 or self.y1 <= other.y0 or other.y1 <= self.y0:
            return 0  # as nearly all pairs of boxes do: asked tens of thousands of times a page
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        return across * (min(self.y1, other.y1) - max(self.y0, other.y0))


def union(boxes: list[Box] | tuple[Box, ...]) -> Box | None:
    """The smallest box around all of them; None when there are none."""
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*[(b.x0, b.y0, b.x1, b.y1) for b in boxes], strict=True)
    return Box(min(x0), min(y0), max(x1), max(y1))


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
    lifted: Image | None = None
    """Stamps that were lifted off the page, in gray on white, in the same pixels; None when there were none."""

    @property
    def height(self) -> int:
        """Pixels down."""
        return int(self.image.shape[0])

    @property
    def width(self) -> int:
        """Pixels across."""
        return int(self.image.shape[1])
