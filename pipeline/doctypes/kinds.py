"""The kinds of letter, one TOML file each: the 29 of Nghị định 30/2020/NĐ-CP, the Party's, the law's, older ones.

A new kind is a new file in this folder; no code knows any kind but công văn, the one without a title.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError

_HERE = Path(__file__).parent
CONG_VAN = "Công văn"
"""The kind that has no title: it is known by its V/v, and by a symbol that names no other kind."""


@dataclass(frozen=True, slots=True)
class DocType:
    """A kind of letter."""

    name: str
    """As stored: `Quyết định`."""
    abbreviations: tuple[str, ...]
    """As in document numbers, the official one first: `QĐ`; empty for kinds that have none."""
    titles: tuple[str, ...]
    """What is printed over the subject, in sentence case."""
    has_title: bool
    """Whether its name is printed at all."""


@lru_cache(maxsize=4)
def load(folder: Path = _HERE) -> tuple[DocType, ...]:
    """All kinds of the folder, by name.

    Raises:
        ConfigError: a file is no TOML, lacks a key, or has one that is not known.
    """
    return tuple(sorted((_read(path) for path in folder.glob("*.toml")), key=lambda kind: kind.name))


def _read(path: Path) -> DocType:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"the kind of letter is not valid TOML: {error}", where=path.name) from error
    known = [f.name for f in fields(DocType)]
    for key in data:
        if key not in known:
            raise ConfigError(f"unknown key {key}", hint=f"known: {', '.join(known)}", where=path.name)
    missing = [key for key in known if key not in data]
    if missing:
        raise ConfigError(f"missing: {', '.join(missing)}", where=path.name)
    return _checked(data, path.name)


def _checked(data: dict[str, Any], where: str) -> DocType:
    lists = ("abbreviations", "titles")
    for key in lists:
        if not (isinstance(data[key], list) and all(isinstance(item, str) for item in data[key])):
            raise ConfigError(f"{key} must be a list of texts, not {data[key]!r}", where=where)
    if not (isinstance(data["name"], str) and isinstance(data["has_title"], bool)):
        raise ConfigError("name must be a text and has_title true or false", where=where)
    return DocType(**{**data, **{key: tuple(data[key]) for key in lists}})
