"""What is known as a word: the syllables and words of the language model, and abbreviations with their marks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.legacy_encodings import is_syllable
from pipeline.vietnamese import fold

_ALIKE = str.maketrans(
    {
        "Đ": "D",
        "P": "D",
        "B": "D",
        "Ð": "D",
        "b": "D",
        "Ư": "U",
        "Ô": "O",
        "Ơ": "O",
        "Ă": "A",
        "Â": "A",
        "Ê": "E",
        "I": "L",
        "1": "L",
    }
)
_READ_COST = {("Đ", "Đ"): 0.0, ("Đ", "D"): 0.2, ("Đ", "P"): 2.0, ("Đ", "B"): 2.5, ("Đ", "b"): 3.0}
_MARK_COST = 0.3
_MISREAD_COST = 6.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by id and ids by word, and abbreviations by what they look like without marks."""

    words: tuple[str, ...]
    ids: dict[str, int]
    is_syllable: tuple[bool, ...]
    abbreviations: dict[str, tuple[str, ...]]
    folded_syllables: frozenset[str]
    """All syllables without marks."""

    def abbreviations_like(self, read: str) -> list[tuple[str, float]]:
        """Known abbreviations that may have been read so, each with a log score."""
        return [(a, -_cost(a, read)) for a in self.abbreviations.get(read.translate(_ALIKE), ())]


def _cost(printed: str, read: str) -> float:
    total = 0.0
    for p, r in zip(printed, read, strict=True):
        if p == r:
            continue
        marks_only = p.translate(_ALIKE) == r
        total += _READ_COST.get((p, r), _MARK_COST if marks_only and p not in "PBI" else _MISREAD_COST)
    return total


def load_lexicon(words: Path, abbreviations: Path) -> Lexicon:
    """The lexicon of two files: words by id, a line each, and abbreviations, the first cell of each line.

    Raises:
        ConfigError: a file is missing.
    """
    try:
        known = tuple(words.read_text(encoding="utf-8").split("\n")[:-1])
        short = [line.split("\t")[0] for line in abbreviations.read_text(encoding="utf-8").splitlines() if line]
    except OSError as e:
        raise ConfigError(f"a model file cannot be read: {e.strerror}", where=str(e.filename)) from e
    alike: dict[str, list[str]] = defaultdict(list)
    for abbreviation in short:
        alike[abbreviation.translate(_ALIKE)].append(abbreviation)
    return Lexicon(
        known,
        {w: i for i, w in enumerate(known)},
        tuple(is_syllable(w) for w in known),
        {k: tuple(v) for k, v in alike.items()},
        frozenset(fold(w) for w in known if is_syllable(w)),
    )
