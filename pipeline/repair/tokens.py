"""How text becomes the words of the language model: lower case, one tone placement, classes for what is no word.

The counts and the decoder share these functions, so a model always meets text cut the way it was counted.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.vietnamese import place_tones

STOP = "<s>"
"""The end of a sentence or clause, and the border of a paragraph."""
COMMA = "<c>"
"""A lighter break: comma, bracket, dash."""
NUMBER = "<n>"
"""Digits, with their separators."""
MIXED = "<x>"
"""Letters and digits in one: `m2`, `15h34`, `A4`."""
UNKNOWN = "<u>"
"""A word that was too rare to count."""
CLASSES = (STOP, COMMA, NUMBER, MIXED, UNKNOWN)

_OUTER = re.compile(r"^([^\w%]*)(.*?)([^\w%]*)$", re.DOTALL)
INNER = re.compile(r"[^\w%]+|_+")
"""What separates the words inside a token."""
_STOPS = frozenset(".;:!?")
_OPENERS = frozenset("([")
_LIGHT = frozenset(",)]")


@lru_cache(maxsize=16384)
def outer(token: str) -> tuple[str, str, str]:
    """A token without spaces as the punctuation before it, its core and the punctuation after it."""
    match = _OUTER.match(token)
    before, core, after = match.groups() if match else ("", token, "")
    return before, core, after


def words_of(token: str) -> list[str]:
    """The words of the language model that one token (no spaces in it) stands for, breaks included."""
    before, core, after = outer(token)
    if not core:
        return [break_of(before) or COMMA]
    words = [COMMA] if _OPENERS & set(before) else []
    for part in INNER.split(core):
        if part and not (class_of(part) == NUMBER and words and words[-1] == NUMBER):
            words.append(class_of(part))
    mark = break_of(after)
    return [*words, mark] if mark else words


def class_of(part: str) -> str:
    """The word itself in lower case, or the class that stands for it."""
    if part.isalpha():
        return place_tones(part.lower())
    return NUMBER if not any(c.isalpha() for c in part) else MIXED


def break_of(punctuation: str) -> str | None:
    """The break that punctuation after a word makes, or None."""
    marks = set(punctuation)
    if _STOPS & marks:
        return STOP
    return COMMA if _LIGHT & marks else None
