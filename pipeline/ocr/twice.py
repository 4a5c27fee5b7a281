"""One line that was read twice: the better reading, and how sure of each word both together are."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from pipeline.nouns import Line, Word

_LEGIBLE = 0.5
"""Confidence below which a word says nothing, for or against another."""
_DISPUTED = 0.6
"""Confidence, at most, of a word that the other reading has otherwise."""
_DASHES = frozenset("-–—")
_DIRT = " .,;:*'`\"|_~-–—=«»<>[]{}()!?/\\”“’‘"


def settled(first: Line, second: Line) -> Line:
    """The line that both readings are of: the words of the better one, each as sure as the less sure reading of it.

    Two readings of the same ink err alike, so that they agree makes none surer. A word that the other reading has
    otherwise, and legibly, is disputed. Words without letters and digits do not count, and are left out, but for dashes
    between words. What the other reading alone has before the line stays: a seal may hide a word there.
    """
    one, other = (_telling(line) for line in (first, second))
    better, worse = (one, other) if _worth(one) >= _worth(other) else (other, one)
    blocks = SequenceMatcher(None, [_bare(word) for word in better], [_bare(word) for word in worse], autojunk=False)
    words: list[Word] = []
    for _, start, end, from_, to in blocks.get_opcodes():
        words += _agreed(better[start:end], worse[from_:to]) if end else worse[from_:to]
    return replace(first, words=tuple(words)) if words else first


def _agreed(better: list[Word], worse: list[Word]) -> list[Word]:
    """The words of one stretch of the line, which both readings have alike, or each in its way."""
    if len(better) == len(worse):
        return [_surer(one, other) for one, other in zip(better, worse, strict=True)]
    disputed = any(word.confidence >= _LEGIBLE for word in worse)
    return [_doubted(word) if disputed else word for word in better]


def _surer(one: Word, other: Word) -> Word:
    """Of two readings of one word the surer; letters alone before letters with scraps among them."""
    least, best = sorted((other, one), key=_rank)
    if _bare(one) == _bare(other):
        return least
    return best if least.confidence < _LEGIBLE else _doubted(best)


def _rank(word: Word) -> tuple[bool, float]:
    return _bare(word).isalpha() and word.confidence >= _LEGIBLE, word.confidence


def _telling(line: Line) -> list[Word]:
    last = max((at for at, word in enumerate(line.words) if _bare(word)), default=-1)
    words: list[Word] = []
    for word in line.words[: last + 1]:
        if _bare(word) or (words and word.raw in _DASHES):
            words.append(word)
    return words


def _bare(word: Word) -> str:
    return word.raw.strip(_DIRT)


def _worth(words: list[Word]) -> float:
    """The mean confidence of the letters and digits."""
    weight = sum(len(_bare(word)) for word in words)
    return sum(len(_bare(word)) * word.confidence for word in words) / weight if weight else 0.0


def _doubted(word: Word) -> Word:
    return replace(word, confidence=min(word.confidence, _DISPUTED))
