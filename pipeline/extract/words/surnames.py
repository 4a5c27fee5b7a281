"""Surnames: which there are, and which was meant where seal, pen and OCR took marks or letters from one."""

from __future__ import annotations

from pipeline.extract.words.signing import signing
from pipeline.vietnamese import fold

_MOST_LOST = 2
"""Letters at the beginning of a surname that a seal may hide, and scraps that may be read in their place."""
_FEWEST_LEFT = 2
"""Letters that must be left of a surname behind scraps."""


def known_surname(word: str) -> str | None:
    """The surname that the word is, or the one surname that differs from it in marks only; None for none."""
    surnames = signing().surnames
    if word.lower() in surnames:
        return word
    meant = [surname for surname in surnames if fold(surname) == fold(word)]
    return meant[0].capitalize() if len(meant) == 1 and word[:1].isupper() else None


def cut_surname(word: str) -> str | None:
    """The one surname that the word is the end of: a seal over the name took its first letter; None for none."""
    return _ending(word) if word[:1].islower() else None


def spoilt_surname(word: str) -> str | None:
    """The one surname that ends as the word does behind its scraps (`1rần`, `frịnh`); None for none, or several."""
    ends = [word[scraps:].lower() for scraps in range(_MOST_LOST + 1)]
    telling = (end for end in ends if end.isalpha() and len(end) >= _FEWEST_LEFT and _with_ending(end))
    end = next(telling, None)
    return None if end is None else _ending(end)


def _ending(end: str) -> str | None:
    meant = _with_ending(end)
    return meant[0].capitalize() if len(meant) == 1 else None


def _with_ending(end: str) -> list[str]:
    """The surnames that end so, marks and all; where none does, those that do but for marks."""
    longer = [name for name in signing().surnames if len(end) < len(name) <= len(end) + _MOST_LOST]
    exact = [name for name in longer if name.endswith(end)]
    return exact or [name for name in longer if len(end) > _FEWEST_LEFT and fold(name).endswith(fold(end))]
