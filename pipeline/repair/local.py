"""What people taught: words and phrases that they corrected, for one database."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.repair.evidence import TAUGHT, Evidence
from pipeline.repair.lexicon import Lexicon
from pipeline.repair.likelihood import NONE
from pipeline.repair.tokens import words_of
from pipeline.vietnamese import fold

_MARKS = ".,;:()"


@dataclass(frozen=True, slots=True)
class LocalLexicon:
    """Texts that people confirmed or corrected, as they should be: names, places, issuers."""

    phrases: tuple[str, ...] = ()

    def words(self) -> dict[str, tuple[str, ...]]:
        """The words of the phrases in small letters, by how they look without marks."""
        alike: dict[str, dict[str, None]] = defaultdict(dict)
        for phrase in self.phrases:
            for token in phrase.lower().split():
                if _is_word(token):
                    alike[fold(token.strip(_MARKS))][token.strip(_MARKS)] = None
        return {look: tuple(words) for look, words in alike.items()}

    def evidence(self, lexicon: Lexicon) -> Evidence:
        """The words and neighbours of the phrases, as far as the language model has their words."""
        evidence = Evidence(Counter(), Counter())
        for phrase in self.phrases:
            ids = [lexicon.ids.get(word, NONE) for token in phrase.split() for word in words_of(token)]
            for word in ids:
                evidence.words[word] += TAUGHT
            for pair in itertools.pairwise(ids):
                if NONE not in pair:
                    evidence.pairs[pair] += TAUGHT
        return evidence


def lessons(old: str, new: str) -> Iterator[str]:
    """What a correction teaches: the words that were put right, each run of them with a neighbour on both sides.

    Neighbours say where the words belong: `Văn` is no better a word than `Vân`, `Nguyễn Văn` is. Figures and codes
    teach nothing.
    """
    right = new.split()
    for tag, _, _, start, end in SequenceMatcher(None, old.split(), right, autojunk=False).get_opcodes():
        if tag not in ("replace", "insert") or not any(_is_word(token) for token in right[start:end]):
            continue
        run = [token.strip(_MARKS) for token in right[max(start - 1, 0) : end + 1]]
        yield " ".join(token for token in run if _is_word(token))


def _is_word(token: str) -> bool:
    return token.strip(_MARKS).isalpha()
