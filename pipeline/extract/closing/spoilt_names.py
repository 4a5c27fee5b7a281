"""A signer's name of which seal or pen spoilt the beginning: what is left of it, for a person to complete."""

from __future__ import annotations

from itertools import takewhile

from pipeline.extract.closing.people import given_syllables
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.passages.lines import DIRT
from pipeline.extract.words.signing import signing
from pipeline.extract.words.surnames import known_surname, spoilt_surname
from pipeline.nouns import Line, Word
from pipeline.vietnamese import normal

_RESTORED, _CUT = 0.6, 0.3
"""Certainty of a name whose surname was made out from what is left of it, and of one without its surname."""
_FEWEST, _MOST = 2, 5
"""Clean words at the end of the line that are names."""
_MOST_SCRAPS = 4
"""Words before them."""
_WHOLE = 3
"""Words from which names that begin with a surname are a whole name."""
_LEGIBLE, _SURE, _CLEAR = 0.5, 0.8, 0.95
"""Confidence from which a syllable that names have is one, a word that stands like a name is one, and any word is."""


def read_spoilt_signer(line: Line, page: int) -> Finding | None:
    """The name that a line ends with, after a surname that seal or pen spoilt; None where it ends with no name."""
    words = [word for word in line.words if any(c.isalpha() for c in word.text)]
    clean = [_is_clean(word, before) for before, word in zip([None, *words], words, strict=False)]
    names = [word for word, _ in takewhile(lambda pair: pair[1], reversed([*zip(words, clean, strict=True)]))][::-1]
    scraps = words[: len(words) - len(names)]
    if not (_FEWEST <= len(names) <= _MOST and len(scraps) <= _MOST_SCRAPS):
        return None
    given = " ".join(_bare(word) for word in names)
    if not scraps or (len(names) >= _WHOLE and known_surname(_bare(names[0])) is not None):
        return _found(given, Spot(page, tuple(names)), _CUT, "more may stand before the name")
    return _with_surname(scraps[-1], given, Spot(page, (scraps[-1], *names)))


def _with_surname(spoilt: Word, given: str, place: Spot) -> Finding:
    """The name behind a spoilt surname, with the surname where only one can be meant."""
    read = _bare(spoilt)
    surname = known_surname(read) or spoilt_surname(read)
    if surname is None:
        return _found(given, place, _CUT, f"its surname could not be read: {read}")
    return _found(f"{surname} {given}", place, _RESTORED, f"of the surname only {read} was read")


def _found(name: str, place: Spot, certainty: float, doubt: str) -> Finding:
    return Finding("signer", normal(name), place, certainty, "signature: spoilt name", (doubt,))


def _is_clean(word: Word, before: Word | None) -> bool:
    """Whether the word is a syllable of names, or stands behind Văn or Thị, or is read clearly; with a capital."""
    bare = _bare(word)
    known = bare.lower() in given_syllables() or bare.lower() in signing().middle | signing().surnames
    named = before is not None and _bare(before).lower() in signing().leading
    needed = _LEGIBLE if known else _SURE if named else _CLEAR
    return bare[:1].isupper() and bare[1:].islower() and word.confidence >= needed


def _bare(word: Word) -> str:
    return word.text.strip(DIRT)
