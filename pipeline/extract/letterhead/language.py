"""The language of a letter, by the share of its words that bear Vietnamese marks."""

from __future__ import annotations

from pipeline.extract.findings import Finding, Spot
from pipeline.extract.letterhead.header import Head
from pipeline.nouns import Line
from pipeline.vietnamese import strip_marks

_MARKED_SHARE = 0.25
"""Of Vietnamese words about two in three bear a mark; ruined text keeps few, other languages fewer."""


def read_language(head: Head) -> tuple[Finding, ...]:
    """`vi` where enough words bear the marks of Vietnamese; nothing otherwise."""
    lines: tuple[Line, ...] = (*head.right, *head.body)
    words = [word for line in lines for word in line.words if any(c.isalpha() for c in word.text)]
    marked = [word for word in words if strip_marks(word.text) != word.text]
    if not words or len(marked) < _MARKED_SHARE * len(words):
        return ()
    return (Finding("language", "vi", Spot(head.page.number, tuple(marked[:1])), 0.99, "language: marks", judged=()),)
