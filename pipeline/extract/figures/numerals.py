"""Vietnamese numerals, in figures and in words: `1.245,75`, `12 000`, `1,535,400.50`, `hai mươi lăm`.

Points group thousands and a comma stands before the decimals; spreadsheets of English programs do it the other way
round, which is recognised where it cannot be read both ways.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

NUMERAL = (
    r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d.,]?\d)"  # 1.245,75
    r"|\d{1,3}(?:,\d{3})+\.\d{1,2}(?![\d.,]?\d)"  # 1,245.75
    r"|\d{1,3}(?:,\d{3}){2,}(?![\d.,]?\d)"  # 1,245,000
    r"|\d{1,3}(?: \d{3})+(?:,\d{1,2})?(?![\d.,]?\d)(?! \d)"  # 12 000
    r"|\d+,\d{1,4}(?![.,]?\d)|\d+\.\d{1,2}(?![.,]?\d)"  # 1,5 and 1.5
    r"|\d+(?![.,]?\d)"
)
"""A numeral in figures; use it in a group, as whole words only."""

CLEAR = 1.0
FOREIGN = 0.95
"""A point before one or two decimals: not by the rules, hardly to be misunderstood."""
AMBIGUOUS = 0.6
"""Three digits after a lone comma: decimals by the rules, thousands by English habit."""

_NUMERAL = re.compile(f"(?:{NUMERAL})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and the probability that it was meant."""

    value: float
    certainty: float


def parse_numeral(text: str) -> Numeral | None:
    """The number that a text in figures is; None when it is none. `01` is 1, `1.200` is 1200, `90.6` is 90.6."""
    if not _NUMERAL.fullmatch(text):
        return None
    plain = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+", plain):
        return Numeral(_float(plain, point=","), CLEAR)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+\.\d{1,2}|\d{1,3}(?:,\d{3}){2,}", plain):
        return Numeral(_float(plain, point="."), FOREIGN)
    if re.fullmatch(r"\d{1,3},\d{3}", plain) and not plain.startswith("0"):
        return Numeral(_float(plain, point=","), AMBIGUOUS)
    if "," in plain:
        return Numeral(_float(plain, point=","), CLEAR)
    return Numeral(_float(plain, point="."), FOREIGN)


def _float(plain: str, point: str) -> float:
    other = "." if point == "," else ","
    return float(plain.replace(other, "").replace(point, "."))


_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_TENS = frozenset({"mươi", "mười", "chục"})
_GROUPS = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_FILLERS = frozenset({"linh", "lẻ"})
SPOKEN = frozenset(_DIGITS) | _TENS | frozenset(_GROUPS) | _FILLERS | {"trăm"}
"""Every word that a number in words is made of."""


def parse_spoken(text: str) -> int | None:
    """The number that a text in words is: `một trăm linh năm` is 105; None when it is none."""
    total, below = 0, 0
    words = text.lower().split()
    if not words or not set(words) <= SPOKEN or not _well_formed(words):
        return None
    pending: int | None = None
    for word in words:
        if word in _DIGITS:
            below, pending = below + (pending or 0), _DIGITS[word]
        elif word in _TENS:
            below, pending = below + 10 * (1 if pending is None else pending), None
        elif word == "trăm":
            below, pending = below + 100 * (1 if pending is None else pending), None
        elif word in _GROUPS:
            group = below + (pending or 0)
            total, below, pending = total + (group or 1) * _GROUPS[word], 0, None
    return total + below + (pending or 0)


def _well_formed(words: list[str]) -> bool:
    """Whether no two digits stand side by side, `một hai` being no number, and the groups go down."""
    digits = [word in _DIGITS for word in words]
    if any(a and b for a, b in pairwise(digits)):
        return False
    sizes = [_GROUPS[word] for word in words if word in _GROUPS]
    go_down = sizes == sorted(set(sizes), reverse=True)
    return go_down and words[0] not in _FILLERS | {"mươi", "trăm"} and words[-1] not in _FILLERS
