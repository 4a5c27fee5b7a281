"""Words into lines: breaking, centring, justifying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.nouns import Zone
from scripts.make_scans.sheet import Face, Glyphs, text_width


@dataclass(frozen=True, slots=True)
class Piece:
    """A word before it has a place."""

    text: str
    face: Face
    size: float
    tags: tuple[str, ...] = ()
    by_hand: bool = False
    glued: bool = False
    """No space before it: `339` by hand, then `/QĐ-UBND` in print."""
    colour: str = "black"

    @property
    def width(self) -> float:
        """Advance width in points; handwriting takes the room of the frame it is written into."""
        own = text_width(self.text, self.face, self.size)
        return max(own * 1.7, 22.0) if self.by_hand else own

    @property
    def space(self) -> float:
        """The space before it, in points."""
        return 0.0 if self.glued else text_width(" ", self.face, self.size)


@dataclass(frozen=True, slots=True)
class Slot:
    """The strip of paper that a line is set in."""

    x0: float
    x1: float
    baseline: float
    line: int
    zone: Zone
    align: str = "left"
    """`left`, `centre`, `right` or `justify`."""


def pieces(text: str, face: Face, size: float, *tags: str) -> list[Piece]:
    """The words of a text, all in one face."""
    return [Piece(word, face, size, tags) for word in text.split()]


def measure(line: Sequence[Piece]) -> float:
    """Width of a line at its natural spaces, in points."""
    return sum(p.width + (p.space if i else 0.0) for i, p in enumerate(line))


def break_lines(words: Iterable[Piece], width: float, indent: float = 0.0) -> list[list[Piece]]:
    """Lines no wider than `width` where words allow; the first is shorter by `indent`."""
    lines: list[list[Piece]] = [[]]
    for word in words:
        room = width - (indent if len(lines) == 1 else 0.0)
        if lines[-1] and measure([*lines[-1], word]) > room and not word.glued:
            lines.append([])
        lines[-1].append(word)
    return [line for line in lines if line]


def balanced(words: Sequence[Piece], width: float) -> list[list[Piece]]:
    """As few lines as `width` allows, about equally long, as a typist centres a heading."""
    lines = break_lines(words, width)
    while width > 40:
        width -= 6
        narrower = break_lines(words, width)
        if len(narrower) > len(lines) or max(map(measure, narrower)) > width:
            return lines
        lines = narrower
    return lines


def set_line(line: Sequence[Piece], slot: Slot) -> list[Glyphs]:
    """The words of one line at their places."""
    spare = slot.x1 - slot.x0 - measure(line)
    gaps = sum(not p.glued for p in line[1:])
    stretch = spare / gaps if slot.align == "justify" and gaps and spare > 0 else 0.0
    x = slot.x0 + {"centre": spare / 2, "right": spare}.get(slot.align, 0.0)
    placed = []
    for i, piece in enumerate(line):
        if i:
            x += piece.space + (0.0 if piece.glued else stretch)
        placed.append(
            Glyphs(
                text=piece.text,
                x=x,
                baseline=slot.baseline,
                face=piece.face,
                size=piece.size,
                line=slot.line,
                zone=slot.zone,
                tags=piece.tags,
                by_hand=piece.by_hand,
                colour=piece.colour,
            )
        )
        x += piece.width
    return placed
