"""The marks that head the parts of a letter: `Phần thứ nhất`, `Chương II`, `Điều 3.`, `IV.`, `2.1.`, `a)`, `-`, `+`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROMAN = 4
"""The level of `IV.`; before a small letter it heads nothing."""
_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"
_FORMS = (
    (0, "P", re.compile(r"(?:Phần|PHẦN)\s(?:thứ\s\w+|THỨ\s\w+|[IVX]+|[A-Z]|\d{1,2})\b[.:]?\s?")),
    (1, "C", re.compile(r"(?:Chương|CHƯƠNG)\s(?:[IVXL]+|\d{1,2})\b[.:]?\s?")),
    (2, "M", re.compile(r"(?:Mục|MỤC)\s(?:[IVXL]+|\d{1,2})\b[.:]?\s?")),
    (3, "Đ", re.compile(r"Điều\s\d{1,3}[a-zđ]?[.:]\s?")),
    (3, _LETTERS.upper(), re.compile(r"[A-Z](?<![IVX])[.)]\s")),
    (_ROMAN, "IVX", re.compile(r"(?:X{0,3}(?:IX|IV|V?I{0,3}))(?<=[IVX])[.\-/)]\s?-?\s?(?=[^\d\s])")),
    (5, _DIGITS, re.compile(r"\d{1,2}[.)/]\s?-?\s?(?=[^\d\s])")),
    (6, _DIGITS, re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s(?=\D)")),
    (7, _DIGITS, re.compile(r"\d{1,2}(?:\.\d{1,2}){2,3}[.)]?\s")),
    (8, f"{_LETTERS}đ(", re.compile(r"[a-zđ]\)\s?|[a-zđ]\.\s|[a-z]\d\)\s?|\((?:\d{1,2}|[a-zđ])\)\s?")),
    (9, "-–—•*", re.compile(r"[-–—•*]\s?(?=[^\d\s–-])|[-–—•]\s(?=\d)")),
    (10, "+o", re.compile(r"[+]\s?|[o]\s(?=[A-ZĐ])")),
)
"""Level, what such a mark may begin with, and its form."""
_BY_FIRST = {
    char: tuple((level, form) for level, firsts, form in _FORMS if char in firsts)
    for char in {char for _, firsts, _ in _FORMS for char in firsts}
}
_INLINE = re.compile(r"(?<=[\s:;,])\(?(?:\d{1,2}|[a-zđ])\)\s")
"""The mark of an item that stands within a paragraph: `gồm: (1) …; (2) …`."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What a paragraph begins with: its level (0 the highest) and its length in characters."""

    level: int
    length: int


def marker_of(text: str) -> Marker | None:
    """The mark at the beginning of the text, or None. `1.535` and `12/3` are no marks."""
    for level, form in _BY_FIRST.get(text[:1], ()):
        found = form.match(text)
        if found and found.end() and not (level == _ROMAN and text[found.end()].islower()):
            return Marker(level, found.end())
    return None


def after_inline_mark(text: str, start: int, end: int) -> int:
    """Where an item goes on after the last mark within `start` to `end` of a paragraph; `start` where none is."""
    marks = [mark.end() for mark in _INLINE.finditer(text, max(0, start), end)]
    return marks[-1] if marks else start
