"""How well a text was read: error rates of characters and words, agreement of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.vietnamese import normal

_PUNCTUATION = ".,;:!?…()[]“”\"'‘’-–—"


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Edits against the length of the truth; rates of several texts add up by their counts."""

    edits: int = 0
    length: int = 0

    def __add__(self, other: ErrorRate) -> ErrorRate:
        return ErrorRate(self.edits + other.edits, self.length + other.length)

    @property
    def rate(self) -> float:
        """Edits per unit of truth; over an empty truth, 0 without edits and 1 with any."""
        return self.edits / self.length if self.length else float(self.edits > 0)


NOTHING_READ = ErrorRate()


def cer(read: str, truth: str) -> ErrorRate:
    """Character errors, white space folded to single blanks and tone placement made one."""
    return _edits(normal(read), normal(truth))


def wer(read: str, truth: str) -> ErrorRate:
    """Word errors: words are what stands between white space, punctuation included."""
    return _edits(normal(read).split(), normal(truth).split())


def _edits(read: Sequence[Hashable], truth: Sequence[Hashable]) -> ErrorRate:
    return ErrorRate(Levenshtein.distance(read, truth), len(truth))


def token_f1(read: str, truth: str) -> float:
    """Agreement of two short texts as bags of words: 1 for the same words, 0 for none in common.

    Case, order and punctuation at the edges of words do not count; every letter and mark inside them does.
    """
    got, want = (Counter(_words(text)) for text in (read, truth))
    if not got or not want:
        return float(got == want)
    return 2 * sum((got & want).values()) / (got.total() + want.total())


def _words(text: str) -> list[str]:
    bare = (word.strip(_PUNCTUATION) for word in normal(text).lower().split())
    return [word for word in bare if word]
