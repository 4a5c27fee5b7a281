"""Lines of invented letters, for what comes after OCR."""

from __future__ import annotations

from pipeline.nouns import Box, Line, PageText, Word, Zone

LETTER = 14
STEP = 40


def line(text: str, zone: Zone = Zone.BODY, x: int = 100, y: int = 100, confidence: float = 0.96) -> Line:
    """A line of words of even letters, its top at y."""
    words, at = [], x
    for raw in text.split():
        words.append(Word(raw, raw, Box(at, y, at + LETTER * len(raw), y + 24), confidence))
        at += LETTER * (len(raw) + 1)
    return Line(tuple(words), zone)


def page(*lines: tuple[str, Zone] | str, number: int = 1, confidence: float = 0.96) -> PageText:
    """A page of lines one under the other; an empty text leaves a gap, a body line needs no zone."""
    set_lines = []
    for row, entry in enumerate(lines):
        text, zone = (entry, Zone.BODY) if isinstance(entry, str) else entry
        if text:
            right = zone in {Zone.HEADER_RIGHT, Zone.CLOSING_RIGHT}
            set_lines.append(line(text, zone, 900 if right else 100, 100 + STEP * row, confidence))
    return PageText(number=number, lines=tuple(set_lines), width=1654, height=2339, dpi=200)
