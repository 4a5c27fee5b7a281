"""A token cut into pieces: words that may be repaired, and numbers, codes, addresses and marks that never are."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipeline.repair.tokens import COMMA, MIXED, NUMBER, STOP

_LEAD = r"\"“”„'‘’`\u00b4(\[{<«*_|~=—–\-•·.…,:;/\\!?"
_ADDRESS = re.compile(
    r"\S+@\S+\.\w{2,}|(?:https?:|www\.)\S+|\S+\.(?:gov|edu|com|org|net)(?:\.vn)?\S*|\S+\.vn\b\S*"
    r"|\S*[a-z0-9]+(?:-[a-z0-9]+){4,}\S*",  # the tail of an address that was broken at a line end
    re.IGNORECASE,
)
_TOKEN = re.compile(rf"^([{_LEAD}]*)(.*?)([{_LEAD})\]}}>»]*)$", re.DOTALL)
_NUMBER = re.compile(r"\d[\d.,/:\-–—%xX*]*")
_MEASURE = re.compile(r"\d[\d.,]*(?:m2|m3|km2?|kg|ha|cm|mm|m|g|l|h\d{0,2}|tr|đ|d|kV|kW|MW|%)", re.ASCII)
_LABEL = re.compile(r"[234579]\d?[a-eđ]")
"""`khoản 2a`. A leading 1, 6, 8 or 0 is as often a letter misread."""
_INNER = re.compile(r"([\-–—/.,:;()\[\]“”\"…+|]+)")
_HOOKS = frozenset("'’‘`")
"""After a letter and with none before the word, an apostrophe is the hook of `ư` or `ơ` rather than a quote."""
_STOPS = frozenset(".;:!?")
_LIGHT = frozenset(",()[]")


class Kind(StrEnum):
    """What a piece is to the decoder."""

    WORD = "word"
    """Letters that may be repaired."""
    CODE = "code"
    """Letters of a document number: only a known abbreviation may take their place."""
    FIXED = "fixed"
    """Digits, measures, addresses: kept to the letter, but the language model sees their class."""
    MARK = "mark"
    """Punctuation; it breaks the sentence or means nothing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a token. `stands_for` is its class in the language model, None for a word or a mark without weight."""

    text: str
    kind: Kind
    stands_for: str | None = None
    trust: int = 0
    """How sure the engine was of the token, as a step of `TRUST`; 0 when it did not say."""


TYPED = 0.99
"""Confidence of a text that no engine read: it was typed, or an engine that nobody knows read it long ago."""
TRUST = (0.0, 0.2, 0.4, 0.55, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, TYPED)
"""Confidences from which the engine is trusted one step more."""
ENGINE_STEPS = len(TRUST) - 1
"""Steps that are an engine's own opinion."""
SURE = TRUST.index(0.95) + 1
"""The step from which the engine is sure."""


def trust_of(confidence: float) -> int:
    """The step of trust that a confidence (0 to 1) makes, from 1."""
    return bisect_right(TRUST, confidence)


@lru_cache(maxsize=16384)
def cut_token(token: str, trust: int = 0) -> tuple[Piece, ...]:
    """The pieces of a token without spaces, of that step of trust; their texts, joined, are the token."""
    return tuple(Piece(piece.text, piece.kind, piece.stands_for, trust) for piece in _cut(token))


def _cut(token: str) -> list[Piece]:
    if _ADDRESS.fullmatch(token):
        return [Piece(token, Kind.FIXED, MIXED)]
    match = _TOKEN.match(token)
    before, core, after = match.groups() if match else ("", token, "")
    if core[-1:].isalpha() and after[:1] in _HOOKS and not _HOOKS & set(before):
        core, after = core + after[0], after[1:]
    if not core:
        return [Piece(token, Kind.MARK, _break(token) or COMMA)]
    pieces = [Piece(before, Kind.MARK, COMMA if "(" in before or "[" in before else None)] if before else []
    pieces += _cut_core(core)
    if after:
        pieces.append(Piece(after, Kind.MARK, _break(after)))
    return pieces


def _cut_core(core: str) -> list[Piece]:
    if _NUMBER.fullmatch(core) or not core.strip("%"):
        return [Piece(core, Kind.FIXED, NUMBER)]
    if _MEASURE.fullmatch(core) or _LABEL.fullmatch(core):
        return [Piece(core, Kind.FIXED, MIXED)]
    if not any(c.isalnum() for c in core):
        return [Piece(core, Kind.WORD)]
    parts = _INNER.split(core)
    if len(parts) == 1:
        return [Piece(core, Kind.WORD)]
    pieces: list[Piece] = []
    numbered = any(c.isdigit() for c in core)
    digits = False
    for i, part in enumerate(parts):
        if i % 2:
            pieces.append(Piece(part, Kind.MARK))
            continue
        for piece in _cut_core(part) if part else []:
            # digits between separators are one number to the language model, as when it was counted
            number = piece.stands_for == NUMBER
            code = numbered and piece.kind == Kind.WORD and piece.text[:1].isupper()
            kind = Kind.CODE if code else Kind.MARK if digits and number else piece.kind
            pieces.append(Piece(piece.text, kind, piece.stands_for if kind == piece.kind else None))
            digits = number
    return pieces


def _break(marks: str) -> str | None:
    if _STOPS & set(marks):
        return STOP
    return COMMA if _LIGHT & set(marks) else None
