"""Words beside the same words elsewhere in a letter: what is spelt one way all over it is hardly spelt otherwise once.

The engine is as sure of `sửa đôi` as of `sửa đổi`; only the rest of the letter tells them apart. It loses marks and
hardly ever adds any, so a spelling with fewer marks mends nothing however often it is read.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.vietnamese import fold

_MARKS = ".,;:()“”\"'"
_OFTEN, _RARELY = 2, 4
"""The other spelling is there so often, and so many times as often as the one that was read."""


def spelt_as(tokens: Sequence[str], text: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The tokens with the marks that the text gives two words in a row, and what was changed, for a person to read.

    Args:
        tokens: the words of a value.
        text: the words of the letter, without these.
    """
    pairs = Counter(f"{a} {b}" for a, b in pairwise(map(_bare, text)))
    usual: dict[str, str] = {}
    for pair, _ in reversed(pairs.most_common()):
        usual[fold(pair)] = pair
    mended, changes = list(tokens), []
    for at, (a, b) in enumerate(pairwise(map(_bare, tokens))):
        read = f"{a} {b}"
        other = usual.get(fold(read), read)
        if other != read and _marked(other) >= _marked(read) and pairs[other] >= max(_OFTEN, _RARELY * pairs[read]):
            changes.append(f"{read} was read where the text below has {other}")
            for place, word in zip((at, at + 1), other.split(), strict=True):
                mended[place] = _with_marks(mended[place], word)
    return mended, tuple(changes)


def _marked(text: str) -> int:
    """How many marks the letters have."""
    return len(unicodedata.normalize("NFD", text))


def _bare(token: str) -> str:
    return token.lower().strip(_MARKS)


def _with_marks(token: str, word: str) -> str:
    """The token with the letters of a word that differs in marks only, in the token's own case."""
    start = token.lower().find(_bare(token))
    old = token[start : start + len(word)]
    cased = "".join(new.upper() if was.isupper() else new for new, was in zip(word, old, strict=True))
    return token[:start] + cased + token[start + len(word) :]
