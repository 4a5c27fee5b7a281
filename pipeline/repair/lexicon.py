"""What is known as a word: the words of the language model, how each is set, and abbreviations with their marks."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import read_model
from pipeline.errors import ConfigError
from pipeline.repair.tokens import CLASSES
from pipeline.vietnamese import fold, is_syllable

_ALIKE = str.maketrans("ĐPBbÐƯÔƠĂÂÊI1l|", "DDDDDUOOAAELLLL")
"""Letters that an engine takes for one another in an abbreviation."""
_COST = {
    ("Đ", "D"): 0.2, ("Đ", "P"): 2.0, ("Đ", "B"): 2.5, ("Đ", "b"): 3.0, ("I", "1"): 1.0, ("I", "l"): 1.0,
    ("I", "|"): 1.0, ("Ư", "U"): 0.2, ("Ô", "O"): 0.2, ("Ơ", "O"): 0.2, ("Ă", "A"): 0.2, ("Â", "A"): 0.2,
    ("Ê", "E"): 0.2,
}  # fmt: skip
_MISREAD_COST = 6.0
_COMPOUND_COST = 3.0
_TWINS = str.maketrans("dđ", "đd")
_TWICE = re.compile("ĐĐ|ĐD|DĐ")
_TWICE_COST = 1.0
_OFTEN_CAPITAL = 0.3

Shapes = tuple[float, float, float]
"""Log probabilities of small letters, a first capital, and capitals, inside a sentence."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by id and ids by word; abbreviations by what they look like without marks."""

    words: tuple[str, ...]
    ids: dict[str, int]
    shapes: tuple[Shapes, ...]
    is_syllable: tuple[bool, ...]
    abbreviations: dict[str, tuple[str, ...]]
    known_abbreviations: frozenset[str]
    folded_syllables: frozenset[str]
    """All syllables without marks."""

    def has_twin(self, word: str) -> bool:
        """Whether `d` for `đ`, or the other way round, makes another word: engines and printers mistake them."""
        twin = word.translate(_TWINS)
        return twin != word and twin in self.ids

    def abbreviations_like(self, read: str, *, compounds: bool) -> list[tuple[str, float]]:
        """Known abbreviations that may have been read so, each with a log score."""
        look = read.translate(_ALIKE)
        found = [(a, -_cost(a, read)) for a in self.abbreviations.get(look, ())]
        return found or (self._compounds(read, look) if compounds else [])

    def given_twice(self, read: str) -> list[tuple[str, float]]:
        """The known abbreviation that `read` is when a Đ that was given twice is one (`QĐĐ`, `LDĐTBXH`), or none."""
        pairs = [(found.start(), found.end(), set(found.group())) for found in _TWICE.finditer(read)]
        once = [read[:start] + letter + read[end:] for start, end, letters in pairs for letter in letters]
        known = {a for a in once if a in self.known_abbreviations}
        return [(known.pop(), -_TWICE_COST)] if len(known) == 1 and read not in self.known_abbreviations else []

    def _compounds(self, read: str, look: str) -> list[tuple[str, float]]:
        """Two known abbreviations in one, as `CCVC` and `LĐ` make `CCVCLĐ`."""
        return [
            (head + tail, -_cost(head, read[:cut]) - _cost(tail, read[cut:]) - _COMPOUND_COST)
            for cut in range(2, len(read) - 1)
            for head in self.abbreviations.get(look[:cut], ())
            for tail in self.abbreviations.get(look[cut:], ())
        ]


def _cost(printed: str, read: str) -> float:
    pairs = zip(printed, read, strict=True)
    return sum(0.0 if p == r else _COST.get((p, r), _MISREAD_COST) for p, r in pairs)


def load_lexicon(words: Path, abbreviations: Path) -> Lexicon:
    """The lexicon of two files: words by id with their shapes, and abbreviations, the first cell of each line.

    Raises:
        ConfigError: a file is missing or malformed.
    """
    try:
        rows = [line.split("\t") for line in read_model(words).splitlines()]
        known = tuple(row[0] for row in rows)
        shapes = tuple((float(row[1]), float(row[2]), float(row[3])) for row in rows)
        short = [line.split("\t")[0] for line in read_model(abbreviations).splitlines()]
    except (ValueError, IndexError) as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(words)) from e
    syllable = tuple(w not in CLASSES and is_syllable(w) for w in known)
    return Lexicon(
        known,
        {w: i for i, w in enumerate(known)},
        shapes,
        syllable,
        _by_look([*short, *_capital_words(known, shapes)]),
        frozenset(short),
        frozenset(fold(w) for w, fits in zip(known, syllable, strict=True) if fits),
    )


def _capital_words(words: tuple[str, ...], shapes: tuple[Shapes, ...]) -> Iterable[str]:
    """Words that stand in capitals about as often as not: abbreviations and Roman numerals."""
    least = math.log(_OFTEN_CAPITAL)
    for word, (_, _, capitals) in zip(words, shapes, strict=True):
        if word not in CLASSES and len(word) > 1 and capitals > least:
            yield word.upper()


def _by_look(abbreviations: Iterable[str]) -> dict[str, tuple[str, ...]]:
    alike: dict[str, dict[str, None]] = defaultdict(dict)
    for abbreviation in abbreviations:
        alike[abbreviation.translate(_ALIKE)][abbreviation] = None
    return {look: tuple(found) for look, found in alike.items()}
