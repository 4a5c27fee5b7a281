"""What people taught: words and phrases that they corrected, for one database."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass

from pipeline.repair.evidence import TAUGHT, Evidence
from pipeline.repair.lexicon import Lexicon
from pipeline.repair.tokens import words_of
from pipeline.vietnamese import fold


@dataclass(frozen=True, slots=True)
class LocalLexicon:
    """Texts that people confirmed or corrected, as they should be: names, places, issuers."""

    phrases: tuple[str, ...] = ()

    def words(self, lexicon: Lexicon) -> dict[str, str]:
        """The words of the phrases that the language model has not, by how they look without marks."""
        tokens = [token.strip(".,;:()") for phrase in self.phrases for token in phrase.split()]
        return {fold(t): t for t in tokens if t.isalpha() and t.lower() not in lexicon.ids}

    def evidence(self, lexicon: Lexicon) -> Evidence:
        """The words and neighbours of the phrases, as far as the language model has their words."""
        evidence = Evidence(Counter(), Counter())
        for phrase in self.phrases:
            ids = [lexicon.ids.get(word, -1) for token in phrase.split() for word in words_of(token)]
            for word in ids:
                evidence.words[word] += TAUGHT
            for pair in itertools.pairwise(ids):
                evidence.pairs[pair] += TAUGHT
        return evidence
