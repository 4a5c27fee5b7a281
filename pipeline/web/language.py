"""The words of the pages: Vietnamese first, English one click away."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("vi", "en")
COOKIE = "congvan_lang"

Say = Callable[..., str]
"""Gives the words of a key (`nav.home`), with values put in by name."""


@lru_cache(maxsize=1)
def all_words() -> dict[str, tuple[str, str]]:
    """Every key with its Vietnamese and English words."""
    sections = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": (vi, en) for section, words in sections.items() for key, (vi, en) in words.items()}


@lru_cache(maxsize=len(LANGUAGES))
def speaker(language: str) -> Say:
    """Says keys in that language; a key nobody has given words to is an error.

    Raises:
        KeyError: from the speaker, for an unknown key.
    """
    column = LANGUAGES.index(language)

    def say(key: str, **values: object) -> str:
        words = all_words()[key][column]
        return words.format(**values) if values else words

    return say


def chosen(asked: str | None, remembered: str | None) -> str:
    """The language of a page: the one asked for, else the one of the last visit, else Vietnamese."""
    return next((name for name in (asked, remembered) if name in LANGUAGES), LANGUAGES[0])
