"""Numbers as the cells of a table hold them: grouped by points, with a comma before the decimals, and the reverse."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"^([-−–(]?)\s*(\d{1,3}(?:[.,\s]\d{3})+|\d+)([.,]\d+)?\s*\)?\s*(?:%|đ|đồng|₫)?$", re.IGNORECASE)
_GROUPED = re.compile(r"^\d{1,3}([.,\s])\d{3}(?:\1\d{3})*$")
_SPACED = re.compile(r"(?<=\d)\s*([.,])\s*(?=\d)")
_BEFORE = "|¦[]{}_'‘’`\"“”:;*.,—~ "
_AFTER = "|¦[]{}_'‘’`\"“”:;*.,-–—~ "
"""What rules and specks leave at the edges of a number; a hyphen before it is its sign."""
_MOST_DECIMALS = 4
"""More behind a point are those of a code."""


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a table writes its numbers; the rule is Vietnamese, and some tables come from English programs."""

    point: str = ","
    """The decimal mark."""


VIETNAMESE = NumberStyle(",")
ENGLISH = NumberStyle(".")


def style_of(texts: Sequence[str]) -> NumberStyle:
    """How these cells write numbers: only forms that cannot be read both ways are evidence."""
    votes = {",": 0, ".": 0}
    for text in texts:
        tidy = bare(text)
        match = re.fullmatch(r"\d+([.,])(\d+)%?", tidy)
        if match and len(match.group(2)) != 3 and len(match.group(2)) <= _MOST_DECIMALS:
            votes[match.group(1)] += 1
        elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+", tidy):
            votes[","] += 1
        elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+", tidy):
            votes["."] += 1
    grouped = sum(bool(re.fullmatch(r"\d{1,3}\.\d{3}", bare(text))) for text in texts)
    return ENGLISH if votes["."] > votes[","] + grouped else VIETNAMESE


def bare(text: str) -> str:
    """A cell's text without what rules and specks leave around it, its separators unspaced."""
    return _SPACED.sub(r"\1", text.lstrip(_BEFORE).rstrip(_AFTER))


def figure_of(text: str, style: NumberStyle = VIETNAMESE) -> float | None:
    """The number of a cell that holds a number and nothing else (a per cent sign or đồng may follow); else None.

    `1.200` is 1200 and `1,5` is 1.5; `98.5` is 98.5 too, since groups have three digits; `3.000181` is
    the code of a procedure and no number. Brackets mean below zero.
    """
    match = _NUMBER.match(bare(text))
    if match is None:
        return None
    sign, whole, fraction = match.groups()
    digits = re.sub(r"\D", "", whole)
    grouped = _GROUPED.match(whole)
    decimals = fraction[1:] if fraction else ""
    if grouped and not fraction and grouped.group(1) == style.point and whole.count(style.point) == 1:
        digits, decimals = whole.split(style.point)
    elif fraction and len(decimals) >= 3 and not grouped and fraction[0] != style.point:
        return None
    value = float(f"{digits}.{decimals or '0'}")
    return -value if sign else value


def looks_numeric(text: str) -> bool:
    """Whether a word is a number, or was meant to be one: most of its characters are digits."""
    tidy = bare(text).rstrip("%.,;)")
    digits = sum(c.isdigit() for c in tidy)
    return digits > 0 and digits >= 0.6 * len(tidy.replace(".", "").replace(",", "")) and not re.search(r"[/:]", tidy)
