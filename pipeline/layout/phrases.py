"""Knows the phrases by which the parts of a page are recognised, however OCR bent them; the phrases are data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from pipeline.nouns import Line, MarkKind
from pipeline.vietnamese import fold

_NEAR = 82.0
"""From this rapidfuzz score on, a phrase of several words was meant."""
_NEAR_WHOLE = 88.0
_NOT_WORD = re.compile(r"[^a-z0-9/]+")
_PAGE_NUMBER = re.compile(r"(?:trang\s)?[-–—~.\s]*\d{1,3}\s*(?:/\s*\d{1,3})?[-–—~.\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MarkPhrases:
    """How marks of one kind read: phrases a line starts with, phrases that are the whole line, patterns."""

    kind: MarkKind
    starts: tuple[tuple[str, ...], ...]
    """Word by word."""
    whole: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of the data file, folded and compiled."""

    motto: tuple[str, ...]
    tagline: tuple[str, ...]
    party: tuple[str, ...]
    addressees: tuple[str, ...]
    receivers: tuple[str, ...]
    powers: re.Pattern[str]
    marks: tuple[MarkPhrases, ...]


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """The phrases, read once."""
    data = tomllib.loads((Path(__file__).parent / "phrases.toml").read_text(encoding="utf-8"))
    return Phrases(
        **{name: tuple(data[name]) for name in ("motto", "tagline", "party", "addressees", "receivers")},
        powers=re.compile(data["powers"]),
        marks=tuple(_mark(entry) for entry in data["mark"]),
    )


def _mark(entry: dict[str, Any]) -> MarkPhrases:
    return MarkPhrases(
        MarkKind(entry["kind"]),
        tuple(tuple(fold(p).split()) for p in entry.get("starts", ())),
        tuple(fold(p) for p in entry.get("whole", ())),
        tuple(re.compile(p) for p in entry.get("patterns", ())),
    )


def within(line: str, wanted: tuple[str, ...]) -> int | None:
    """Where in the line the best of the phrases starts, as a character index; None when none is near enough."""
    folded = fold(line)
    best: tuple[float, int] | None = None
    for phrase in wanted:
        if len(folded) < 0.7 * len(phrase):
            continue
        found = fuzz.partial_ratio_alignment(phrase, folded, score_cutoff=_NEAR)
        if found is not None and (best is None or found.score > best[0]):
            best = (found.score, found.dest_start)
    return None if best is None else best[1]


def starts(line: str, wanted: tuple[str, ...]) -> bool:
    """Whether the line begins with one of the phrases, give or take what OCR does and what dirt precedes it."""
    folded = fold(line).lstrip(" .,:;'`~_-–—|“\"*")
    return any(fuzz.ratio(phrase, folded[: len(phrase)]) >= _NEAR for phrase in wanted)


def mark_kind(line: Line) -> MarkKind | None:
    """Which kind of stamp or overprint the line is; None for the letter's own text."""
    text = line.text
    folded = fold(text)
    read = folded.split()
    bare = [_NOT_WORD.sub("", word) for word in read[: _longest_start()]]
    for mark in phrases().marks:
        if any(pattern.search(folded) for pattern in mark.patterns):
            return mark.kind
        if any(_opens(read, bare, phrase) for phrase in mark.starts):
            return mark.kind
        if mark.whole and text.isupper() and _is_whole(folded, mark.whole):
            return mark.kind
    return None


@lru_cache(maxsize=1)
def _longest_start() -> int:
    """Words of the longest phrase that the line of a mark starts with."""
    return max((len(phrase) for mark in phrases().marks for phrase in mark.starts), default=0)


def _is_whole(folded: str, wanted: tuple[str, ...]) -> bool:
    words = _NOT_WORD.sub(" ", folded).strip()
    return any(fuzz.ratio(words, phrase) >= _NEAR_WHOLE for phrase in wanted)


def _opens(words: list[str], bare: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether the line is a stamp's or a signature's label: the phrase, then a colon, a figure or nothing.

    Running text begins with the same words now and then (`cơ quan nhà nước`, `thời gian khắc phục`) and goes on.

    Args:
        words: the line's words, folded.
        bare: the first of them, as many as any phrase has, letters and digits alone.
        phrase: what it may start with.
    """
    if len(bare) < len(phrase) or not all(map(_same_word, bare, phrase)):
        return False
    after = words[len(phrase) :]
    return not after or words[len(phrase) - 1][-1] in ":;.," or after[0][0] in ":;.," or after[0][0].isdigit()


def _same_word(read: str, wanted: str) -> bool:
    return read == wanted or (len(wanted) > 2 and fuzz.ratio(read, wanted) >= _NEAR)


def is_page_number(line: str) -> bool:
    """Whether the line is nothing but a page number, bare or between dashes."""
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None
