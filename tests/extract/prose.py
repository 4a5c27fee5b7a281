"""Invented letters as prose: paragraphs set in lines on pages, each word with a box, as after OCR."""

from __future__ import annotations

from pathlib import Path

from pipeline.nouns import Box, Field, Letter, Line, MediaType, PageText, Scan, Status, Word, Zone

LINE_WORDS = 14
_WIDTH, _HEIGHT, _LEFT, _STEP, _LETTER = 2480, 3508, 300, 60, 18


def letter_of(*paragraphs: str, confidence: float = 1.0, page_lines: int = 40, number: str = "") -> Letter:
    """A letter of these paragraphs, wrapped into lines and pages; `number` is what its header prints."""
    head = [_line(["Số:", number], 0, 0, confidence, Zone.HEADER_LEFT)] if number else []
    rows = [(words, first) for paragraph in paragraphs for words, first in _wrapped(paragraph)]
    pages: list[PageText] = []
    for at in range(0, max(len(rows), 1), page_lines):
        lines = [
            _line(words, i + 1, 60 * first, confidence) for i, (words, first) in enumerate(rows[at : at + page_lines])
        ]
        pages.append(PageText(len(pages) + 1, tuple(head + lines), _WIDTH, _HEIGHT, 300))
        head = []
    return Letter(Scan(Path("prose.pdf"), "0" * 64, MediaType.PDF, 1, len(pages)), tuple(pages))


def _wrapped(paragraph: str) -> list[tuple[list[str], bool]]:
    words = paragraph.split()
    return [(words[i : i + LINE_WORDS], i == 0) for i in range(0, len(words), LINE_WORDS)]


def _line(words: list[str], row: int, indent: int, confidence: float, zone: Zone = Zone.BODY) -> Line:
    x, found = _LEFT + indent, []
    for word in words:
        box = Box(x, 300 + row * _STEP, x + _LETTER * len(word), 340 + row * _STEP)
        found.append(Word(word, word, box, confidence))
        x = box.x1 + _LETTER
    return Line(tuple(found), zone)


def fields_of(**values: str) -> tuple[Field, ...]:
    """Fields of a letter by their names."""
    return tuple(Field(name, value, value, 1.0, Status.ACCEPTED, 1, None, "given") for name, value in values.items())
