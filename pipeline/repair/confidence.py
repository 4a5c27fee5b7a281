"""What an engine's confidence in a word tells of how it misread it.

An engine that does not know Vietnamese is surest of the words that have no marks, less sure where a mark was lost, and
least where letters are wrong. So its confidence says which of the words that may have been printed is likelier,
though they look alike to the error model.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.config import read_model
from pipeline.errors import ConfigError
from pipeline.repair.pieces import ENGINE_STEPS
from pipeline.vietnamese import TONES, fold

SAME = "same"
_MOST_LETTERS = 3
_TELEX = dict(zip(TONES, "frxsj", strict=True))
"""The tone marks by their keys in Telex typing: grave, hook, tilde, acute, dot."""
_SHAPES = {"\u0302": "^", "\u0306": "u", "\u031b": "+"}
"""Circumflex, breve and horn."""


@dataclass(frozen=True, slots=True)
class Confidences:
    """How much likelier each step of confidence is where a word was misread in some way: log ratios."""

    gains: dict[str, tuple[float, ...]]
    """For each kind of misreading (`misreading`, `broadly`) one number for each of `ENGINE_STEPS`."""

    def gain(self, printed: str, read: str, step: int) -> float:
        """What a step of confidence (`pieces.trust_of`) adds to the score of `printed` where `read` was read."""
        if not 1 <= step <= ENGINE_STEPS:
            return 0.0
        kind = misreading(printed, read)
        gains = self.gains.get(kind) or self.gains.get(broadly(kind))
        return gains[step - 1] if gains else 0.0


@lru_cache(maxsize=65536)
def misreading(printed: str, read: str) -> str:
    """How a word was misread, capitals aside.

    `same`; `letters 1` to `letters 3` (and more) where other letters than the marks changed; else the marks, printed
    and read: `j> ^> =` for `bộ` read `bo`: tone (as typed in Telex), hats and horns, the bar of đ; `=` is unchanged.
    """
    printed, read = printed.lower(), read.lower()
    if printed == read:
        return SAME
    bare, seen = fold(printed), fold(read)
    if bare != seen:
        return f"letters {min(Levenshtein.distance(bare, seen), _MOST_LETTERS)}"
    pairs = zip(_marks(printed), _marks(read), strict=True)
    return " ".join("=" if was == now else f"{was}>{now}" for was, now in pairs)


def broadly(kind: str) -> str:
    """The same, but of marks only how many of the three kinds changed: `marks 2`."""
    return f"marks {kind.count('>')}" if ">" in kind else kind


def _marks(word: str) -> tuple[str, str, str]:
    """Its first tone, its hats and horns, its bars."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(_TELEX.get(c, "") for c in letters)
    return tones[:1], "".join(_SHAPES.get(c, "") for c in letters), "d" * letters.count("đ")


def load_confidences(path: Path) -> Confidences:
    """The table of a file that `scripts.learn_confidence` wrote: a kind and its log ratios on each line.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    try:
        rows = [line.split("\t") for line in read_model(path).splitlines()]
        gains = {row[0]: tuple(map(float, row[1:])) for row in rows}
    except ValueError as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e
    if any(len(row) != ENGINE_STEPS for row in gains.values()):
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path))
    return Confidences(gains)
