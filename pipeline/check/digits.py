"""Which single digits of a number may have been misread, and how likely each misreading is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it may have been printed: one digit differs from what was read."""

    text: str
    value: float
    likelihood: float
    """Share of all single-digit misreadings that confuse these two digits."""


@lru_cache(maxsize=1)
def confusions() -> tuple[dict[str, float], float]:
    """The likelihood of each pair of digits, lower digit first, and that of a pair that is not listed."""
    data = tomllib.loads(files(__package__).joinpath("digits.toml").read_text(encoding="utf-8"))
    return {str(pair): float(share) for pair, share in data["pairs"].items()}, float(data["other"])


def likelihood(one: str, other: str) -> float:
    """How often these two digits are taken for each other."""
    pairs, rest = confusions()
    return pairs.get("".join(sorted(one + other)), rest)


def is_likely(share: float) -> bool:
    """Whether a likelihood is that of a listed pair."""
    return share > confusions()[1]


def readings(text: str, value: float) -> Iterator[Reading]:
    """Every number that differs from `text` (which reads `value`) in one digit.

    The place value of a digit follows from the value itself, so any way of writing numbers will do. A number of several
    digits does not begin with 0 unless it was read so.
    """
    digits = [m.start() for m in _DIGIT.finditer(text)]
    unit = _unit(text, value)
    if unit is None:
        return
    sign = -1 if value < 0 else 1
    for nth, at in enumerate(digits):
        worth = unit * 10.0 ** (len(digits) - 1 - nth)
        for new in "0123456789":
            if new == text[at] or (new == "0" and nth == 0 and len(digits) > 1):
                continue
            changed = round(value + sign * (int(new) - int(text[at])) * worth, 6)
            yield Reading(text[:at] + new + text[at + 1 :], changed, likelihood(text[at], new))


def _unit(text: str, value: float) -> float | None:
    """What the last digit of the text is worth; None when the text does not say the value."""
    digits = "".join(_DIGIT.findall(text))
    if not digits or len(digits) > 15:
        return None
    for decimals in range(5):
        if abs(int(digits) / 10**decimals - abs(value)) < 1e-6:
            return 10.0**-decimals
    return None
