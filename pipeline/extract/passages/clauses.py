"""Sentences and clauses of a paragraph: from full stop to full stop, and in that from semicolon to semicolon."""

from __future__ import annotations

import re
from dataclasses import dataclass

_STOP = re.compile(r"[.!?…]['\"”’)]*\s+(?=[A-ZĐÀ-ỸƯƠÂÊÔĂ“\"(\d-])|[.!?]\.?/?\.?$")
_SEMICOLON = re.compile(r";(?=\s|$)")
_SHORT_FORM = re.compile(r"(?:^|[\s(])(?:TP|Tp|Tx|TX|TT|Th\.?S|TS|PGS|GS|BS|CN|đ/c|Đ/c|Ths|tr|Q|P|H|St|No|[A-ZĐ])\.$")


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters `start` to `end` of the paragraph, and where its sentence starts."""

    start: int
    end: int
    sentence: int

    def text(self, paragraph: str) -> str:
        """The clause without spaces at its edges."""
        return paragraph[self.start : self.end].strip()


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of the paragraph."""
    found = []
    for first, last in _pieces(text, 0, len(text), _STOP):
        found += [Clause(a, b, first) for a, b in _pieces(text, first, last, _SEMICOLON)]
    return tuple(c for c in found if c.text(text))


def _pieces(text: str, start: int, end: int, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    found, at = [], start
    for match in mark.finditer(text, start, end):
        if mark is _STOP and _SHORT_FORM.search(text[at : match.start() + 1]):
            continue
        found.append((at, match.start()))
        at = match.end()
    found.append((at, end))
    return found
