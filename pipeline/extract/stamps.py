"""Urgency and secrecy stamps of a letter's first page, and its language."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.extract.findings import Finding, Spot
from pipeline.extract.header import Head
from pipeline.extract.signing import signing
from pipeline.nouns import Line, Mark, MarkKind, Word
from pipeline.vietnamese import fold, strip_marks

_NEAR = 88.0
_MARKED_SHARE = 0.25
"""Of Vietnamese words about two in three bear a mark; ruined text keeps few, other languages fewer."""


def read_stamps(head: Head) -> tuple[Finding, ...]:
    """Urgency and secrecy, as the stamp says, in sentence case."""
    groups = (
        ("urgency", MarkKind.URGENCY, signing().urgency),
        ("secrecy", MarkKind.SECRECY, signing().secrecy),
    )
    found = (_stamp(head, name, kind, words) for name, kind, words in groups)
    return tuple(finding for finding in found if finding is not None)


def _stamp(head: Head, name: str, kind: MarkKind, known: dict[str, list[str]]) -> Finding | None:
    for mark in head.marks:
        value = _meant(mark.text, known) if mark.kind is kind else None
        if value:
            return Finding(name, value, _spot(head, mark), 0.95, f"{name}: stamp")
    return None


def _meant(text: str, known: dict[str, list[str]]) -> str | None:
    """Which of the known grades the stamp says: the first that is near, as the list has the longer ones first."""
    folded = " ".join("".join(c if c.isalpha() else " " for c in fold(text)).split())
    for value, phrases in known.items():
        if any(fuzz.ratio(phrase, folded) >= _NEAR for phrase in phrases):
            return value
    return None


def _spot(head: Head, mark: Mark) -> Spot:
    return Spot(head.page.number, (Word(mark.text, mark.text, mark.box, mark.confidence),))


def read_language(head: Head) -> tuple[Finding, ...]:
    """`vi` where enough words bear the marks of Vietnamese; nothing otherwise."""
    lines: tuple[Line, ...] = (*head.right, *head.body)
    words = [word for line in lines for word in line.words if any(c.isalpha() for c in word.text)]
    marked = [word for word in words if strip_marks(word.text) != word.text]
    if not words or len(marked) < _MARKED_SHARE * len(words):
        return ()
    return (Finding("language", "vi", Spot(head.page.number, tuple(marked[:1])), 0.99, "language: marks", judged=()),)
