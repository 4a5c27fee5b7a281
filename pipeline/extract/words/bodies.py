"""What is known of bodies that issue letters, from models/issuers.toml: openers, short forms, names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from pipeline.config import models_dir, read_model
from pipeline.errors import ConfigError
from pipeline.vietnamese import fold, normal, place_tones

_NEAR = 92.0
"""A name this like a known one is that one: about one slip in a dozen letters."""
_SMALL = frozenset({"va", "ve", "cua", "cac", "-", "–"})
_KEYS = frozenset(
    {"openers", "continuers", "unfinished", "connectors", "joins", "short", "levels", "units", "placed", "body"}
)
CITY = "thành phố"
"""The unit that may be of a province's level or of a district's: its place tells."""
LEVELS = ("central", "province", "district", "commune", "unit")


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issues letters, or the general part of the name of many: `Ủy ban nhân dân`."""

    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """The authority list; all but names and short forms are folded."""

    openers: frozenset[str]
    marked: frozenset[str]
    """The openers with their marks."""
    spelt: dict[str, str]
    """Openers of two words, folded, and with their marks."""
    continuers: tuple[str, ...]
    unfinished: frozenset[str]
    connectors: frozenset[str]
    joins: tuple[str, ...]
    short: dict[str, str]
    levels: dict[str, str]
    """What a name begins with, folded, to its level."""
    units: dict[str, str]
    """The unit before a place, with its marks, to its level; without `CITY`."""
    placed: tuple[str, ...]
    """Names that mean one body only with the place behind them."""
    names: tuple[tuple[str, Body], ...]
    """Folded name and body, longest first."""

    @property
    def units_and_city(self) -> dict[str, str]:
        """Every unit to its level; a city counts as a province where nothing is known of its place."""
        return {**self.units, CITY: "province"}


@lru_cache(maxsize=4)
def load_bodies(path: Path | None = None) -> Bodies:
    """The authority list.

    Raises:
        ConfigError: the file is missing, no TOML, or holds a key that is not known.
    """
    path = path or models_dir() / "issuers.toml"
    try:
        data = tomllib.loads(read_model(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"the list of issuers is not valid TOML: {error}", where=path.name) from error
    strange = set(data) - _KEYS
    if strange:
        raise ConfigError(f"unknown key {min(strange)}", hint=f"known: {', '.join(sorted(_KEYS))}", where=path.name)
    bodies = [Body(name, entry["level"]) for entry in data["body"] for name in entry["names"]]
    return Bodies(
        openers=frozenset(map(fold, data["openers"])),
        marked=frozenset(place_tones(opener) for opener in data["openers"]),
        spelt={fold(opener): opener for opener in data["openers"] if len(opener.split()) == 2},
        continuers=tuple(map(fold, data["continuers"])),
        unfinished=frozenset(map(fold, data["unfinished"])),
        connectors=frozenset(map(fold, data["connectors"])),
        joins=tuple(map(fold, data["joins"])),
        short=data["short"],
        levels=_by_phrase(data.get("levels", {}), path.name),
        units={unit: level for level, units in _checked(data.get("units", {}), path.name).items() for unit in units},
        placed=tuple(data.get("placed", ())),
        names=tuple(sorted(((fold(b.name), b) for b in bodies), key=lambda pair: -len(pair[0]))),
    )


def _by_phrase(levels: dict[str, list[str]], where: str) -> dict[str, str]:
    return {fold(phrase): level for level, phrases in _checked(levels, where).items() for phrase in phrases}


def _checked(levels: dict[str, list[str]], where: str) -> dict[str, list[str]]:
    strange = set(levels) - set(LEVELS)
    if strange:
        raise ConfigError(f"unknown level {min(strange)}", hint=f"known: {', '.join(LEVELS)}", where=where)
    return levels


def opens_body(line: str, bodies: Bodies) -> bool:
    """Whether a line of a letterhead begins with what bodies' names begin with."""
    folded = fold(line)
    if any(folded.startswith(phrase) for phrase in bodies.continuers):
        return False
    words = folded.split()
    return any(" ".join(words[:count]) in bodies.openers for count in (1, 2, 3))


def in_full(name: str, bodies: Bodies) -> str:
    """The name with its short forms written out: `UBND TỈNH SƠN LA` begins `Ủy ban nhân dân`; case of the rest kept."""
    return " ".join(bodies.short.get(word, bodies.short.get(word.upper(), word)) for word in name.split())


def known_body(name: str, bodies: Bodies) -> tuple[Body, int, float] | None:
    """The known body that the name begins with, the words it takes, and how alike (0 to 1); None for none.

    A longer name wins over one that is as near: `Ban Tổ chức Trung ương` over `Ban Tổ chức`.
    """
    words = normal(name).split()
    starts = [fold(" ".join(words[:count])) for count in range(len(words) + 1)]
    found = []
    for folded, body in bodies.names:
        count = folded.count(" ") + 1
        if count > len(words):
            continue
        likeness = fuzz.ratio(folded, starts[count], score_cutoff=_NEAR)
        if likeness:
            found.append((likeness + count, body, count, likeness / 100.0))
    return max(found, key=lambda match: match[0])[1:] if found else None


def initials(name: str) -> str:
    """The letters a symbol makes of a name: `Trường Đại học Tây Đô` gives `TĐHTĐ`, joining words left out."""
    words = [word for word in re.split(r"[\s,]+", normal(name)) if word and fold(word) not in _SMALL]
    return "".join(word[0].upper() for word in words if word[0].isalnum())
