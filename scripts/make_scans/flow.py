"""Where the typesetter stands: the sheets filled so far and the height on the one being filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.nouns import Zone
from scripts.make_scans.lines import Piece, Slot, set_line
from scripts.make_scans.sheet import A4, Face, Glyphs, Rule, Sheet

LEFT, RIGHT, TOP, BOTTOM = 82.0, 48.0, 60.0, 58.0
"""Margins in points: 29, 17, 21 and 20 mm."""


@dataclass(slots=True)
class Flow:
    """Sheets under way. The only thing here that changes as it is used."""

    family: str
    size: float
    spacing: float = 1.32
    """Baseline to baseline, in type sizes."""
    old: bool = False
    """Page numbers at the foot, as before 2011."""
    hand: frozenset[str] = frozenset()
    """What is written by hand into the printed frame: `number`, `day`, `month`."""
    y: float = TOP
    line: int = 0
    sheets: list[Sheet] = field(default_factory=list)
    glyphs: list[Glyphs] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    signed_at: tuple[float, float] | None = None

    @property
    def width(self) -> float:
        """Width of the text block."""
        return A4[0] - LEFT - RIGHT

    @property
    def narrow(self) -> bool:
        """Whether the typeface is as narrow as Times, so that the header fits in full size."""
        return self.family in {"serif", "free"}

    @property
    def room(self) -> float:
        """Height left on this sheet."""
        return A4[1] - BOTTOM - self.y

    @property
    def leading(self) -> float:
        """Baseline to baseline in the body."""
        return self.size * self.spacing

    def face(self, *, bold: bool = False, italic: bool = False) -> Face:
        """A cut of the letter's own typeface."""
        return Face(self.family, bold, italic)

    def put(self, words: Sequence[Piece], slot: Slot) -> None:
        """Set one line; its slot says where, the flow numbers it."""
        self.glyphs += set_line(words, Slot(slot.x0, slot.x1, slot.baseline, self.line, slot.zone, slot.align))
        self.line += 1

    def turn(self) -> None:
        """Close this sheet and begin the next."""
        number = len(self.sheets) + 1
        self.sheets.append(Sheet(number, tuple(self.glyphs), tuple(self.rules), signed_at=self.signed_at))
        self.glyphs, self.rules, self.signed_at, self.y = [], [], None, TOP
        self._page_number(number + 1)

    def _page_number(self, number: int) -> None:
        baseline = A4[1] - 32 if self.old else 42.0
        words = [Piece(str(number), self.face(), 13)]
        self.put(words, Slot(LEFT, A4[0] - RIGHT, baseline, 0, Zone.PAGE_NUMBER, "centre"))

    def finish(self) -> tuple[Sheet, ...]:
        """All sheets."""
        self.turn()
        return tuple(self.sheets)
