"""Urgency and secrecy stamps of a letter's first page."""

from __future__ import annotations

from rapidfuzz import fuzz

from pipeline.extract.findings import Finding, Spot
from pipeline.extract.letterhead.header import Head
from pipeline.extract.words.signing import signing
from pipeline.nouns import Mark, MarkKind, Word
from pipeline.vietnamese import fold

_NEAR = 88.0


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
