"""The name under a signature: whose it is, when seal, pen and OCR have taken letters and marks from it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.config import models_dir, read_model
from pipeline.errors import ConfigError
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.passages.lines import DIRT
from pipeline.extract.trust import TYPED
from pipeline.extract.words.signing import signing
from pipeline.extract.words.surnames import cut_surname, known_surname
from pipeline.nouns import Line, Word
from pipeline.vietnamese import fold, nfc, normal, without_tones

_NAME_WORDS = (2, 6)
_HATS = "\u0302\u0306"  # circumflex, breve
_BLURRED = "\u0301\u0309"  # sắc, hỏi
_USUAL = 10
"""So many times as many names have the one syllable as the other: then the other is a slip of the engine's."""
_CLEAR = 0.96
"""Confidence of the engine from which its tones stand."""
_RESTORED = 0.8
"""Certainty, at most, of a name with letters that were not read: a person looks."""


def read_signer(line: Line, page: int) -> Finding | None:
    """The person's name that the line is; None when it is none."""
    words = name_words(line)
    if not words:
        return None
    value = normal(" ".join(word.text.strip(DIRT) for word in words))
    return _signer(value.title() if value.isupper() else value, Spot(page, words))


def _signer(name: str, place: Spot) -> Finding:
    """The name with the marks that names have; doubted where a syllable of it is in no name, or more than a mark."""
    first, *rest = name.split()
    surname = known_surname(first) or cut_surname(first)
    typed = all(word.confidence >= TYPED for word in place.words)
    usual = [part if typed else _usual(part, word.confidence) for part, word in zip(rest, place.words[1:], strict=True)]
    read = [new if _is_dot(was) else was for was, new in zip(rest, usual, strict=True)]
    given = [part[:1].upper() + part[1:] for part in read]
    doubts = (
        *([f"of the surname only {first} was read"] if surname and surname != first and not first[0].isupper() else []),
        *(f"{now} was read {was}" for was, now in zip(rest, given, strict=True) if was != now),
        *(f"{now} may be {new}" for now, new in zip(read, usual, strict=True) if now != new),
        *([] if typed else _strange(given, place.words[1:])),
    )
    certainty = 0.975 if surname else 0.75
    value = " ".join((surname or first, *given))
    return Finding(
        "signer", value, place, min(certainty, _RESTORED) if doubts else certainty, "signature: name", doubts
    )


def _strange(given: list[str], words: tuple[Word, ...]) -> list[str]:
    """What to doubt: syllables that no name has, and those that a blurred tone makes of each other."""
    names = frozenset(given_syllables()) | signing().middle | signing().surnames
    syllables = [syllable.lower() for syllable in given]
    new = [one for one, word in zip(syllables, words, strict=True) if one not in names and not _is_rare(one, word)]
    unknown = [f"{one.capitalize()} is in no name that is known" for one in new]
    alike = [f"{a.capitalize()} may be {b.capitalize()}" for a in syllables if (b := _confused(a, names))]
    return [*unknown, *alike]


def _is_rare(syllable: str, word: Word) -> bool:
    """Whether the syllable is one of the language, read clearly, that is like no name: a name that the list lacks."""
    known = syllable in language_syllables()
    return word.confidence >= _CLEAR and known and not _by_letters().get(without_tones(syllable.lower()))


def _usual(syllable: str, confidence: float) -> str:
    """The syllable, or the one with another tone that ten times as many names have, where the engine is not sure.

    A hook over an i is the dot of the i, if it is no hook; tones that were not read are not put in.
    """
    bare = without_tones(syllable.lower())
    if confidence >= _CLEAR or bare == syllable.lower():
        return syllable
    counts = given_syllables()
    own = max(counts.get(syllable.lower(), 0), 1)
    alike = (bare,) if _is_dot(syllable) else _by_letters().get(bare, ())
    others = [other for other in alike if counts.get(other, 0) >= _USUAL * own]
    best = max(others, key=lambda other: counts[other], default=None)
    return best.capitalize() if best else syllable


def _is_dot(syllable: str) -> bool:
    """Whether it has an ỉ, which is an i with its dot; other tones stay as they were read, and a person is asked."""
    return "ỉ" in syllable.lower()


def _confused(syllable: str, names: frozenset[str]) -> str | None:
    """Another name that differs only in a tone over a hat, which scans blur: `tuyến` and `tuyển`; None for none."""
    letters = unicodedata.normalize("NFD", syllable)
    if not any(hat + tone in letters for hat in _HATS for tone in _BLURRED):
        return None
    swapped = ("".join(other if c in _BLURRED else c for c in letters) for other in _BLURRED if other not in letters)
    return next((name for other in swapped if (name := nfc(other)) in names), None)


@lru_cache(maxsize=1)
def given_syllables() -> dict[str, int]:
    """The syllables of given names, in lower case, with how many names have them.

    Raises:
        ConfigError: the list is missing or damaged.
    """
    path = models_dir() / "names.tsv"
    try:
        rows = [line.split("\t") for line in read_model(path).splitlines()]
        return {syllable: int(count) for syllable, count in rows}
    except ValueError as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e


@lru_cache(maxsize=1)
def language_syllables() -> frozenset[str]:
    """The syllables that Vietnamese has, in lower case.

    Raises:
        ConfigError: the list is missing.
    """
    return frozenset(line.partition("\t")[0] for line in read_model(models_dir() / "words.tsv").splitlines())


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, tuple[str, ...]]:
    """The syllables of names by their letters without tones."""
    groups: dict[str, tuple[str, ...]] = {}
    for syllable in given_syllables():
        bare = without_tones(syllable.lower())
        groups[bare] = (*groups.get(bare, ()), syllable)
    return groups


def name_words(line: Line) -> tuple[Word, ...]:
    """The words of a name on the line, honours and dirt left out; none when the rest is no name."""
    words = [word for word in line.words if any(c.isalpha() for c in word.text)]
    low, high = _NAME_WORDS
    while words and not _starts_name(words) and (skipped := _honour(words)):
        words = words[skipped:]
    bare = [word.text.strip(DIRT) for word in words]
    if low <= len(words) <= high and all(map(_is_spelt, bare)) and _is_name(bare):
        return tuple(words)
    return ()


def _is_spelt(word: str) -> bool:
    """Whether the word is of letters; names of the highlands have an apostrophe (`K'Brôi`)."""
    return re.sub(r"(?<=\w)['\u2019](?=\w)", "", word).isalpha()


def _is_name(words: list[str]) -> bool:
    """Whether all words begin with a capital; one may not where the others leave no doubt that it is a name."""
    small = [at for at, word in enumerate(words) if not word[0].isupper()]
    if not small:
        return True
    if len(words) < 3 or len(small) > 1:
        return False
    return cut_surname(words[0]) is not None if small == [0] else known_surname(words[0]) is not None


def _starts_name(words: list[Word]) -> bool:
    """Whether a single letter begins the name: the surnames A and Y, or what a seal left of one."""
    first = words[0].text.strip(DIRT)
    if len(words) < 3 or len(first) != 1:
        return False
    follows = words[1].text.strip(DIRT)
    alone = first.isupper() and first.lower() in signing().surnames and known_surname(follows) is None
    return alone or (cut_surname(first) is not None and follows[:1].isupper() and known_surname(follows) is None)


def _honour(words: list[Word]) -> int:
    """How many words from the first are a rank, a degree or dirt."""
    plain = [fold(word.text).strip(DIRT) for word in words[:2]]
    if " ".join(plain) in signing().honours:
        return len(plain)
    return int(plain[0] in signing().honours or len(plain[0]) < 2)
