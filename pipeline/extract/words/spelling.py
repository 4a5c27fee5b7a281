"""Words beside the same words elsewhere in a letter: what is spelt one way all over it is hardly spelt otherwise once.

The engine is as sure of `sửa đôi` as of `sửa đổi`; only the rest of the letter tells them apart. It loses marks and
hardly ever adds any, but for specks beside the dot of an i; so only a spelling with more marks mends another, and one
with as many, or with an i alone, raises a doubt.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.vietnamese import fold

_MARKS = ".,;:()“”\"'"
_BARE_I = str.maketrans("ìíỉĩị", "iiiii")
_OFTEN, _RARELY = 2, 4
"""The other spelling is there so often, and so many times as often as the one that was read."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text spells its words, two in a row, in lower case."""

    counts: Mapping[str, int]
    """How often each pair is there."""
    usual: Mapping[str, tuple[str, ...]]
    """The spellings of a pair by its letters without marks, the most frequent first."""


def spelling_of(text: Sequence[str]) -> Spelling:
    """How these words are spelt: those of a letter without those that will be asked about."""
    counts = Counter(map(" ".join, pairwise(map(bare, text))))
    usual: dict[str, tuple[str, ...]] = {}
    for pair, _ in counts.most_common():
        letters = " ".join(map(fold, pair.split(" ")))
        usual[letters] = (*usual.get(letters, ()), pair)
    return Spelling(counts, usual)


def mended(tokens: Sequence[str], spelling: Spelling) -> tuple[list[str], tuple[str, ...]]:
    """The tokens with the marks that they lost beside the text, and where the text has others, for a person to read."""
    out, doubts = list(tokens), []
    for at, (a, b) in enumerate(pairwise(map(bare, tokens))):
        read = f"{a} {b}"
        other = spelling.usual.get(fold(read), (read,))[0]
        often = spelling.counts.get(other, 0) >= max(_OFTEN, _RARELY * spelling.counts.get(read, 0))
        if other == read or not often or (_marked(other) < _marked(read) and other != read.translate(_BARE_I)):
            continue
        doubts.append(f"{read} was read where the text below has {other}")
        if _marked(other) > _marked(read):
            out[at : at + 2] = map(_with_marks, out[at : at + 2], other.split())
    return out, tuple(doubts)


def confirmed(tokens: Sequence[str], spelling: Spelling) -> list[bool]:
    """For each token whether the text has it more than once beside the same word, and never with other marks."""
    agreed = [_agrees(f"{a} {b}", spelling) for a, b in pairwise(map(bare, tokens))]
    return [any(agreed[max(at - 1, 0) : at + 1]) for at in range(len(tokens))]


def _agrees(pair: str, spelling: Spelling) -> bool:
    return spelling.usual.get(fold(pair)) == (pair,) and spelling.counts[pair] >= _OFTEN


def _marked(text: str) -> int:
    """How many letters and marks the text has."""
    return len(unicodedata.normalize("NFD", text))


def bare(token: str) -> str:
    """The token as it is compared: in lower case, without the marks at its edges."""
    return token.lower().strip(_MARKS)


def _with_marks(token: str, word: str) -> str:
    """The token with the letters of a word that differs in marks only, in the token's own case."""
    start = token.lower().find(bare(token))
    old = token[start : start + len(word)]
    cased = "".join(new.upper() if was.isupper() else new for new, was in zip(word, old, strict=True))
    return token[:start] + cased + token[start + len(word) :]
