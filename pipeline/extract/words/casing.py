"""Sentence case for names of organisations that a letterhead prints in capitals, by counts of how texts write them."""

from __future__ import annotations

from functools import lru_cache

from pipeline.config import models_dir, read_model
from pipeline.extract.words.phrases import data
from pipeline.extract.words.places import is_place
from pipeline.vietnamese import fold, squeeze

_MOSTLY = 0.3
"""Share of capitals from which a word gets one; under a half, because running texts also speak of bodies in general."""
_LONGEST_PLACE = 4
_VOWELS = frozenset("aeiouy")
_CITY = frozenset({"tp.", "tp"})


@lru_cache(maxsize=1)
def _shares() -> dict[str, float]:
    rows = read_model(models_dir() / "casing.tsv").splitlines()
    return {key: float(share) for key, share in (row.split("\t") for row in rows)}


def sentence_case(name: str) -> str:
    """The name as running text writes it: `SỞ Y TẾ TỈNH SƠN LA` gives `Sở Y tế tỉnh Sơn La`.

    Places get capitals where the words make one after a unit (`tỉnh`, `huyện`) or at the end; abbreviations keep them.
    """
    words = squeeze(name).split()
    cased: list[str] = []
    while len(cased) < len(words):
        at = len(cased)
        place = _place_length(words, at)
        if place:
            cased.extend(_capital(word) for word in words[at : at + place])
        else:
            cased.append(_cased(words, at))
    return " ".join(cased)


def _place_length(words: list[str], at: int) -> int:
    """How many words from here make a place's name, 0 for none."""
    known, pair = data("casing"), " ".join(words[at - 1 : at + 1]).lower()
    after_unit = at > 0 and words[at - 1].lower() in known["before_places"] and pair not in known["no_places"]
    for length in range(min(_LONGEST_PLACE, len(words) - at), 0, -1):
        ends = at + length == len(words)
        if (after_unit or (ends and length > 1)) and is_place(" ".join(words[at : at + length])):
            return length
    return 0


def _cased(words: list[str], at: int) -> str:
    word = words[at]
    if word.lower() in _CITY:
        return "TP."
    if _is_abbreviation(word):
        return word.upper()
    if at == 0 or words[at - 1].endswith((".", ":")):
        return _capital(word)
    bare = word.lower().strip(".,;:()\"'-–")
    before = words[at - 1].lower().strip(".,;:()\"'-–")
    shares = _shares()
    share = shares.get(f"{before} {bare}", shares.get(bare, 1.0))
    return _capital(word) if share >= _MOSTLY else word.lower()


def _is_abbreviation(word: str) -> bool:
    letters = [c for c in fold(word) if c.isalpha()]
    without_vowel = len(letters) > 1 and _VOWELS.isdisjoint(letters)
    return without_vowel or "&" in word or word.lower() in data("casing")["abbreviations"]


def _capital(word: str) -> str:
    """The word in lower case with its first letter capital, whatever stands before it."""
    lowered = word.lower()
    first = next((i for i, c in enumerate(lowered) if c.isalpha()), 0)
    return lowered[:first] + lowered[first : first + 1].upper() + lowered[first + 1 :]
