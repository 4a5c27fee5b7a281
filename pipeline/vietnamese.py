"""The Vietnamese language as pure functions over text: normal form, folding, tone placement, syllables, case.

Nothing here reads a file or knows about letters; everything accepts any text and returns NFC.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
"""The five tone marks, as combining characters."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_LOOKALIKE = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ", "\u00a0": " ", "\u202f": " "})
_ODD = re.compile(f"[{''.join(map(chr, [*_INVISIBLE, *_LOOKALIKE]))}]")
# o + a/e and u + y, when nothing follows in the syllable: the tone may stand on either vowel.
_MEDIAL_PAIRS = frozenset({"oa", "oe", "uy"})
_WORD = re.compile(r"[^\W\d_]+")
_ONSET = "(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnprstvx])?"
_SYLLABLE = re.compile(
    _ONSET + "(?:(?:ie|iê|yê|ia|ya|uô|ua|ươ|ưa|uơ|uâ|uê|uy|uyê|uya|oa|oă|oe|oo|ue|uă|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
    "(?:ch|nh|ng|[cmnptiouy])?|[oaâêeiơuưu]{1,2}[iouy]|uyu|oai|oay|oao|oeo|iêu|yêu|uôi|ươi|ươu|uây)"
)


def nfc(text: str) -> str:
    """The composed form, without invisible characters, with `Ð` (Icelandic) as `Đ` and hard spaces as spaces."""
    if unicodedata.is_normalized("NFC", text) and not _ODD.search(text):
        return text
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE)).translate(_LOOKALIKE)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text without Vietnamese marks, in lower case: `Đường` gives `duong`. As long as its NFC form."""
    return "".join(map(_fold_char, nfc(text)))


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if char in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", char)[0].lower()
    return base if len(base) == 1 else char


@lru_cache(maxsize=16384)
def strip_marks(text: str) -> str:
    """The text without Vietnamese marks, case kept: `Đường` gives `Duong`."""
    return "".join(_strip_char(c) for c in nfc(text))


@lru_cache(maxsize=4096)
def _strip_char(char: str) -> str:
    if char in "đĐ":
        return "d" if char == "đ" else "D"
    return unicodedata.normalize("NFD", char)[0]


def without_tones(text: str) -> str:
    """The text without tone marks: `Phân` for `Phấn`, `TU` for `TỦ`; Đ, Ư and the like stay."""
    return nfc("".join(c for c in unicodedata.normalize("NFD", text) if c not in TONES))


@lru_cache(maxsize=16384)
def place_tones(text: str) -> str:
    """One spelling a syllable: the tone of `oa`, `oe`, `uy` on the first vowel of an open syllable (`hòa`, `ủy`).

    Both placements are taught and mixed even within one letter; the database holds the older, which the State's own
    templates print. `quý`, where `u` belongs to the consonant, is left alone.
    """
    return _WORD.sub(lambda m: _place_tone(m.group()), nfc(text))


@lru_cache(maxsize=65536)
def _place_tone(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = [c for c in letters if c in TONES]
    if len(tones) != 1:
        return word
    clusters = _clusters("".join(c for c in letters if c not in TONES))
    if len(clusters) < 2:
        return word
    ending = (clusters[-2] + clusters[-1]).lower()
    if ending not in _MEDIAL_PAIRS or (ending == "uy" and len(clusters) > 2 and clusters[-3].lower() == "q"):
        return word
    clusters[-2] += tones[0]
    return unicodedata.normalize("NFC", "".join(clusters))


def _clusters(letters: str) -> list[str]:
    """Base letters, each with the marks that follow it."""
    clusters: list[str] = []
    for char in letters:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Whether the spelling rules allow it as one Vietnamese syllable: onset, rime, at most one tone that fits.

    A closed syllable (`-c -ch -p -t`) takes only sắc or nặng.
    """
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [c for c in letters if c in TONES]
    plain = unicodedata.normalize("NFC", "".join(c for c in letters if c not in TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(("c", "ch", "p", "t")) or (bool(tones) and tones[0] in "\u0301\u0323")


def squeeze(text: str) -> str:
    """The text on one line, single spaces, trimmed."""
    return " ".join(text.split())


def normal(text: str) -> str:
    """The form in which values are stored and compared: NFC, one tone placement, on one line."""
    return squeeze(place_tones(text))


@lru_cache(maxsize=16384)
def is_capitals(text: str) -> bool:
    """Whether it is set in capitals: two letters or more, nine in ten of them capital (OCR slips now and then)."""
    letters = list(filter(str.isalpha, text))
    return len(letters) >= 2 and sum(map(str.isupper, letters)) >= 0.9 * len(letters)
