"""What people taught: words and phrases that they corrected, for one database."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from pipeline.repair.evidence import Evidence
from pipeline.repair.lexicon import Lexicon
from pipeline.repair.tokens import words_of

_WEIGHT = 20
"""How many readings in the letter itself a person's word outweighs."""


@dataclass(frozen=True, slots=True)
class LocalLexicon:
    """Texts that people confirmed or corrected, as they should be: names, places, issuers."""

    phrases: tuple[str, ...] = ()

    def evidence(self, lexicon: Lexicon) -> Evidence:
        """The words and neighbours of the phrases, as far as the language model has their words."""
        evidence = Evidence(Counter(), Counter())
        for phrase in self.phrases:
            ids = [lexicon.ids.get(word, -1) for token in phrase.split() for word in words_of(token)]
            for word in ids:
                evidence.words[word] += _WEIGHT
            for pair in itertools.pairwise(ids):
                evidence.pairs[pair] += _WEIGHT
        return evidence
