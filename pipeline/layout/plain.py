"""Plain text as a page: a letter that comes as .txt, or as an earlier OCR left it, goes the same way as a scan."""

from __future__ import annotations

import re

from pipeline.layout.zones import marks_of, zoned
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.vietnamese import nfc

_NO_INK = Box(0, 0, 0, 0)
_MARKUP = re.compile(r"</?[a-z]{1,5}>|^\s{0,3}#{1,6}\s+|\*\*|__|(?<=\s)\*(?=\S)|(?<=\S)\*(?=\s|$)")


def from_text(text: str, number: int = 1, confidence: float = 1.0) -> PageText:
    """A page of these lines, zones told by the words alone, header columns that share a line parted.

    Words have the box (0, 0, 0, 0): there is no ink to point at. Headings and emphasis of Markdown are dropped.

    Args:
        text: the letter, one printed line (or paragraph) a line.
        number: the page number it gets.
        confidence: how far the text can be trusted, given to every word: 1 when it was typed, less from an OCR.
    """
    lines = []
    for row in nfc(text).splitlines():
        words = tuple(Word(raw, raw, _NO_INK, confidence) for raw in _MARKUP.sub("", row).split())
        if words:
            lines.append(Line(words))
    arranged = zoned(lines)
    return PageText(number, tuple(arranged), width=0, height=0, dpi=0, marks=marks_of(arranged))
