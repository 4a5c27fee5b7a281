"""Characters that look right and are not: other scripts, ligatures, marks in the wrong order, letters given twice.

And signs that an engine takes for others where a letter can only have one of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.vietnamese import is_syllable, nfc, place_tones, without_tones

_FOREIGN = (  # Cyrillic, Greek and a Turkish letter, in the order of their Latin twins below
    "\u0410\u0412\u0421\u0415\u041d\u0406\u0408\u041a\u041c\u041e\u0420\u0405\u0422\u0425\u0423\u0430\u0441\u0435"
    "\u04bb\u0456\u0458\u043e\u0440\u0455\u0445\u0443\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f"
    "\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u0131"
)
_TWINS = "ABCEHIJKMOPSTXYacehijopsxyABEZHIKMNOPTYXovi"
_ALIKE = dict(zip(_FOREIGN, _TWINS, strict=True))
_TABLE = str.maketrans(_ALIKE)
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = (
    (re.compile("\u2044"), "/"),  # the stroke of typeset fractions
    (re.compile("““+"), "“"),
    (re.compile(r"(?<=\d)%[oọº°](?!\w)"), "‰"),
    (re.compile(r"(?<=\bb/)[€©¢C](?=\))"), "c"),  # `(để b/c)`: for their information
    (re.compile(r"((?:^|[^\W_A-Z]))\.[I!|\\]\.$"), r"\1./."),  # the sign that ends a letter
)
_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_LETTERS = "àáâãèéêìíòóôõùúýăđĩũơư"
_USUAL = re.compile(rf"[0-9A-Za-z{_LETTERS}{_LETTERS.upper()}\u1ea0-\u1ef9]+[.,;:)]?")
"""Most tokens: letters of the alphabet and digits, all as they should be."""
_SHAPES = "\u0302\u0306\u031b"
_MARKED = re.compile("[A-Za-z][\u0300-\u036f]{2,}")


@lru_cache(maxsize=65536)
def mend_characters(text: str) -> str:
    """NFC with Latin letters throughout, ligatures undone, shape marks before tone marks, one tone placement.

    A vowel that an engine gave twice, with its tone and without (`PHÂẦN`), is one where that makes a syllable.
    A letter of another script is taken for a Latin one only in a word whose letters all have a Latin twin or are
    Latin; a Russian or Greek word stays what it is.
    """
    latin = text if _USUAL.fullmatch(text) else _in_latin(text)
    return place_tones(_WORD.sub(lambda m: _once(m.group()), latin))


def _in_latin(text: str) -> str:
    plain = _FULL_WIDTH.sub(lambda m: chr(ord(m.group()) - 0xFEE0), text.translate(_LIGATURES))
    for sign, printed in _SIGNS:
        plain = sign.sub(printed, plain)
    ordered = _MARKED.sub(lambda m: _shape_first(m.group()), unicodedata.normalize("NFD", plain))
    return _WORD.sub(lambda m: _latin(m.group()), nfc(ordered))


def _once(word: str) -> str:
    """The word with each vowel once that stands there both with a tone and without; as it was when that is no help."""
    if word.isascii() or is_syllable(word):
        return word
    letters = [word[0]]
    for letter in word[1:]:
        last = letters[-1]
        if letter != last and not letter.isascii() and without_tones(letter) == without_tones(last):
            letters[-1] = last if letter == without_tones(letter) else letter
        else:
            letters.append(letter)
    single = "".join(letters)
    return single if is_syllable(single) else word


def _latin(word: str) -> str:
    if word.isascii() or not any(c in _ALIKE for c in word):
        return word
    twin = word.translate(_TABLE)
    return twin if all("LATIN" in unicodedata.name(c, "") for c in twin) else word


def _shape_first(cluster: str) -> str:
    """A circumflex typed after an acute does not compose; Unicode's own order keeps the two as typed."""
    return cluster[0] + "".join(sorted(cluster[1:], key=lambda mark: mark not in _SHAPES))
