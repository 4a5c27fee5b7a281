"""Misreadings put into text by the error model of the program: what an engine leaves wrong when repair is done."""

from __future__ import annotations

import math
import random
from pathlib import Path

LONGEST = 3


class Noise:
    """Misreads words as `models/channel_*.tsv` says the engine does."""

    def __init__(self, table: Path, rng: random.Random) -> None:
        self.rng = rng
        self.slips: dict[str, tuple[list[str], list[float]]] = {}
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or line.count("\t") != 2:
                continue
            printed, read, score = line.split("\t")
            if printed != read and printed:
                reads, weights = self.slips.setdefault(printed, ([], []))
                reads.append(read)
                weights.append(math.exp(float(score)))

    def text(self, text: str, rate: float) -> str:
        """The text with about that share of its words misread, its words still apart at the same places or glued."""
        words = [self._word(word) if self.rng.random() < rate else word for word in text.split(" ")]
        if len(words) > 2 and words[0] and words[1] and self.rng.random() < rate / 8:
            words[0:2] = [words[0] + words[1]]
        return " ".join(words)

    def _word(self, word: str) -> str:
        spots = [
            (start, length)
            for length in range(1, LONGEST + 1)
            for start in range(len(word) - length + 1)
            if word[start : start + length] in self.slips
        ]
        if not spots:
            return word
        start, length = self.rng.choice(spots)
        read = self.rng.choices(*self.slips[word[start : start + length]])[0]
        return word[:start] + read + word[start + length :] or word
