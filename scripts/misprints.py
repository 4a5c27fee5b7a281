"""Misprints in text that is to be counted, and text without the pages they stand on.

Collections of laws hold pages that an OCR engine read long ago: `thâm quyền`, `tô chức`, `chính quyên`. Few as they
are, a language model that counts them finds them natural, and repair leaves the same misreading on a fresh page.

A word is taken for a misprint where a twin of it, the same letters with other marks, is far commoner both after the
word before and before the word after; where a comma or a figure stands on one side, the other side alone must say so.
Misprints stand close together, so what is around one is not counted either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.channel import alike
from pipeline.repair.tokens import CLASSES

Ids = NDArray[np.uint16]
Places = NDArray[np.int64]
_AROUND = 400
"""Words before and after a misprint that are not counted: about a page."""
_SIDE = 2.5
"""Least log odds for the twin beside a word."""
_BREAK = 0.0
"""The same beside a comma, a figure and the like, which go with any word."""
_BOTH = 9.0
"""Least log odds for the twin on both sides together."""
_ALONE = 6.5
"""Least log odds on one side, where the other is no word."""
_UNSEEN = 0.5
"""Count of a pair that was never seen."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """How often each two words stood side by side.

    A key holds the id of the first word in its upper half and that of the second in its lower half.
    """

    keys: NDArray[np.uint32]
    counts: NDArray[np.int64]
    classes: int
    """Ids below this are no words."""

    @classmethod
    def of(cls, text: Ids, classes: int) -> Pairs:
        """The pairs of a text."""
        keys, counts = np.unique(_pairs(text), return_counts=True)
        return cls(keys, counts, classes)

    def count(self, wanted: NDArray[np.uint32]) -> NDArray[np.float64]:
        """How often each pair was seen, a little for one that was not."""
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.counts[at], _UNSEEN)


def well_printed(text: Ids, words: Sequence[str], worn: int) -> NDArray[np.bool_]:
    """For each word of a text whether it is to be counted: not near a misprint among the first `worn` words.

    `words` are the words by id, the classes first; the rest of the text says what is usual.
    """
    gap = np.zeros(len(text) + 1, np.int64)
    places = misprints(text, words, worn)
    np.add.at(gap, np.maximum(places - _AROUND, 0), 1)
    np.add.at(gap, np.minimum(places + _AROUND + 1, len(text)), -1)
    return np.equal(np.cumsum(gap)[:-1], 0)


def misprints(text: Ids, words: Sequence[str], worn: int) -> Places:
    """Where among the first `worn` words of a text one stands whose twin belongs there."""
    twins = _twins(words)
    seen = Pairs.of(text, len(CLASSES))
    after, before = _outdone(seen, twins)
    pairs = np.searchsorted(seen.keys, _pairs(text[: worn + 1]))
    where = np.flatnonzero(after[pairs[:-1]] & before[pairs[1:]]) + 1
    around = zip(text[where - 1].tolist(), text[where].tolist(), text[where + 1].tolist(), strict=True)
    return where[[word in twins and _has_better(seen, (left, word, right), twins) for left, word, right in around]]


def _pairs(text: Ids) -> NDArray[np.uint32]:
    return text[:-1].astype(np.uint32) << np.uint32(16) | text[1:]


def _twins(words: Sequence[str]) -> dict[int, list[int]]:
    groups = alike((number, word) for number, word in enumerate(words) if word.isalpha()).values()
    return {one: [w for w in group if w != one] for group in groups if len(group) > 1 for one in group}


def _outdone(seen: Pairs, twins: dict[int, list[int]]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """For each pair whether some twin of its second word, and some twin of its first, is commoner beside the other."""
    first, second = seen.keys >> np.uint32(16), seen.keys & np.uint32(0xFFFF)
    table = np.full((1 << 16, max(map(len, twins.values()), default=0)), 0xFFFF, np.uint32)
    for word, others in twins.items():
        table[word, : len(others)] = others
    least = [seen.counts * np.exp(np.where(side < seen.classes, _BREAK, _SIDE)) for side in (first, second)]
    after, before = np.zeros(len(first), np.bool_), np.zeros(len(first), np.bool_)
    for rank in range(table.shape[1]):
        after |= seen.count(first << np.uint32(16) | table[second, rank]) >= least[0]
        before |= seen.count(table[first, rank] << np.uint32(16) | second) >= least[1]
    return after, before


def _has_better(seen: Pairs, around: tuple[int, int, int], twins: dict[int, list[int]]) -> bool:
    """Whether a twin belongs between two words, rather than the word that stands there."""
    left, word, right = around
    silent = np.array([left < seen.classes, right < seen.classes])
    options = np.array([word, *twins[word]], np.uint32)
    pairs = np.uint32(left << 16) | options, options << np.uint32(16) | np.uint32(right)
    logs = np.log([seen.count(side) for side in pairs]).T
    odds = logs[1:] - logs[0]
    told = np.where(silent, 0.0, odds).sum(axis=1)
    fit = (odds - np.where(silent, _BREAK, _SIDE)).min(axis=1) >= 0
    return bool((fit & (told >= (_ALONE if silent.any() else _BOTH))).any())
