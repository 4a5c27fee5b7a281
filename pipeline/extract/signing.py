"""The words that signatures and stamps are made of, from signing.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
    urgency: dict[str, list[str]]
    secrecy: dict[str, list[str]]


@lru_cache(maxsize=1)
def signing() -> Signing:
    """The words, read once."""
    data = tomllib.loads((Path(__file__).parent / "signing.toml").read_text(encoding="utf-8"))
    return Signing(
        collective=frozenset(data["collective"]),
        powers=frozenset(data["powers"]),
        offices={fold(office): office for office in data["offices"]},
        deputies={fold(office): deputy for office, deputy in data["deputies"].items()},
        honours=frozenset(data["honours"]),
        surnames=frozenset(data["surnames"]),
        middle=frozenset(data["middle"]),
        urgency=data["urgency"],
        secrecy=data["secrecy"],
    )
