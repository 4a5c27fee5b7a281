"""The words that signatures and stamps are made of, from signing.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.words.phrases import data
from pipeline.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Signing:
    """The data of the file; powers and honours are folded."""

    collective: frozenset[str]
    powers: frozenset[str]
    offices: dict[str, str]
    """Folded, and with their marks."""
    deputies: dict[str, str]
    """The office that stands in for another where that is not its name after `phó`; keys are folded."""
    honours: frozenset[str]
    surnames: frozenset[str]
    """With their marks, as are the next."""
    middle: frozenset[str]
    leading: frozenset[str]
    urgency: dict[str, list[str]]
    secrecy: dict[str, list[str]]


@lru_cache(maxsize=1)
def signing() -> Signing:
    """The words, read once."""
    words = data("signing")
    return Signing(
        collective=frozenset(words["collective"]),
        powers=frozenset(words["powers"]),
        offices={fold(office): office for office in words["offices"]},
        deputies={fold(office): deputy for office, deputy in words["deputies"].items()},
        honours=frozenset(words["honours"]),
        surnames=frozenset(words["surnames"]),
        middle=frozenset(words["middle"]),
        leading=frozenset(words["leading"]),
        urgency=words["urgency"],
        secrecy=words["secrecy"],
    )
