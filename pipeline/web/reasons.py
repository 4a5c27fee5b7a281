"""The reasons for doubt in the language of the page."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _known() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))["vi"]
    plainest_first = sorted(table.items(), key=lambda entry: -len(entry[0].replace("{}", "")))
    return tuple((re.compile(re.escape(said).replace(r"\{\}", "(.+?)")), words) for said, words in plainest_first)


def in_words(reason: str, language: str) -> str:
    """A reason as the reader gives it (several are joined by `; `), in that language where the words are known."""
    if language != "vi":
        return reason
    whole = _translated(reason)
    return whole or "; ".join(_translated(part) or part for part in reason.split("; "))


def _translated(reason: str) -> str | None:
    for pattern, words in _known():
        if found := pattern.fullmatch(reason):
            return words.format(*found.groups())
    return None
