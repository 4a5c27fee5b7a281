"""Two words that the engine joined over a point: a speck between them, or the point of a heading's numeral.

`tỉnh.có` is `tỉnh có`: no sentence begins with a small letter. `I.MỤC` is `I. MỤC`. Abbreviations (`tp.hcm`), section
numbers (`1.1.`), addresses and amounts stay as they are.
"""

from __future__ import annotations

import re

from pipeline.repair.caution import is_roman
from pipeline.repair.lexicon import Lexicon

_POINT = re.compile(r"(\W*)([^\W\d_]{2,})\.([^\W\d_]{2,}|\d{2,}%)(\W*)")
_NUMERAL = re.compile(r"(\W*[IVX]+\.)([^\W\d_]{2,})(\W*)")


def parted(text: str, lexicon: Lexicon) -> str:
    """The token with a space where it was two words; as it was where it was one."""
    if "." not in text:
        return text
    speck = _POINT.fullmatch(text)
    if speck and _is_speck(speck[2], speck[3], lexicon):
        return f"{speck[1]}{speck[2]} {speck[3]}{speck[4]}"
    heading = _NUMERAL.fullmatch(text)
    if heading and heading[2].isupper() and not is_roman(heading[2]) and _is_word(heading[2], lexicon):
        return f"{heading[1]} {heading[2]}{heading[3]}"
    return text


def _is_speck(left: str, right: str, lexicon: Lexicon) -> bool:
    """Whether both sides are words in small letters, their marks on, or the right one is a share in per cent."""
    if not left.islower() or not _is_word(left, lexicon):
        return False
    if right.endswith("%"):
        return not left.isascii()
    return right.islower() and _is_word(right, lexicon) and not f"{left}{right}".isascii()


def _is_word(text: str, lexicon: Lexicon) -> bool:
    number = lexicon.ids.get(text.lower())
    return number is not None and lexicon.is_syllable[number]
