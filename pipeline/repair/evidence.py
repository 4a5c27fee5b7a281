"""What the rest of the letter says: a name or phrase that was read well in one place helps where it was read badly."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from pipeline.repair.decode import Lattice
from pipeline.repair.doubt import Rivalry
from pipeline.repair.likelihood import NONE
from pipeline.repair.tokens import CLASSES

SURE = 3.0
"""Log odds from which a reading counts as evidence."""
DOUBTFUL = 4.0
"""Log odds below which a reading listens to the evidence."""
_PAIR_GAIN = 1.5
_WORD_GAIN = 0.3
_MOST = 4.0
"""What evidence of the letter can add at most; a person's word adds more."""
_MOST_TAUGHT = 10.0
TAUGHT = 20
"""How many readings in the letter itself a person's word outweighs."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words and pairs of neighbours that this letter, or a person, vouches for, with how often."""

    words: Counter[int] = field(default_factory=Counter)
    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)

    def gain(self, before: int, word: int, after: int) -> float:
        """What the evidence adds to the score of a word between two others."""
        pairs = self.pairs[before, word] + self.pairs[word, after]
        gain = _PAIR_GAIN * math.log1p(pairs) + _WORD_GAIN * math.log1p(self.words[word])
        return min(2 * gain, _MOST_TAUGHT) if pairs >= TAUGHT else min(gain, _MOST)

    def knows(self, word: int) -> bool:
        """Whether a person taught the word."""
        return self.words[word] >= TAUGHT


def vouched(rivalry: Rivalry, lattice: Lattice, path: list[int], evidence: Evidence) -> bool:
    """Whether a person taught the chosen word beside one of the words that stand beside it here."""
    word = int(lattice[rivalry.column].first[rivalry.edges[0]])
    before, after = (_neighbour(lattice, path, rivalry.column, step) for step in (-1, 1))
    return evidence.pairs[before, word] + evidence.pairs[word, after] >= TAUGHT


def gather(lattices: list[Lattice], paths: list[list[int]], doubts: dict[tuple[int, int], float]) -> Evidence:
    """The words of all paths that are sure, and the pairs of neighbours that both are."""
    evidence = Evidence()
    for row, (lattice, path) in enumerate(zip(lattices, paths, strict=True)):
        before = NONE
        for column, (options, edge) in enumerate(zip(lattice, path, strict=True)):
            words = options.edges[edge].words if edge != NONE else ()
            sure = len(words) == 1 and doubts.get((row, column), SURE) >= SURE
            word = words[0] if sure else NONE
            if word >= len(CLASSES):
                evidence.words[word] += 1
                if before >= len(CLASSES):
                    evidence.pairs[before, word] += 1
            before = word
    return evidence


def reconsider(rivalry: Rivalry, lattice: Lattice, path: list[int], evidence: Evidence) -> Rivalry:
    """The rivalry with the evidence added to each score, the best edge first."""
    options = lattice[rivalry.column]
    before = _neighbour(lattice, path, rivalry.column, -1)
    after = _neighbour(lattice, path, rivalry.column, 1)
    gains = [evidence.gain(before, int(options.first[edge]), after) for edge in rivalry.edges]
    score = rivalry.score + np.array(gains, np.float32)
    order = np.argsort(-score, kind="stable")
    return Rivalry(rivalry.row, rivalry.column, rivalry.edges[order], score[order])


def _neighbour(lattice: Lattice, path: list[int], column: int, step: int) -> int:
    at = column + step
    if not 0 <= at < len(path) or path[at] == NONE:
        return NONE
    words = lattice[at].edges[path[at]].words
    return words[-1] if step < 0 else words[0]
