"""What the program says of its doubts and failures, in the language of the page."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from pipeline.store.decidable import FIELDS
from pipeline.web.language import speaker
from pipeline.web.showing import day

_Wordings = tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=2)
def _known(table: str) -> _Wordings:
    """The wordings of one table; what says most by itself comes first."""
    words = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text(encoding="utf-8"))["vi"][table]
    plainest_first = sorted(words.items(), key=lambda entry: -len(entry[0].replace("{}", "")))
    return tuple((re.compile(re.escape(said).replace(r"\{\}", "([^;]+?)")), to) for said, to in plainest_first)


def in_words(reason: str, language: str) -> str:
    """What the program says (several reasons are joined by `; `), in that language where the words are known."""
    if language != "vi":
        return reason
    parts = reason.split("; ")
    told = [_translated(part, "said") for part in parts]
    if None in told and (whole := _translated(reason, "said")):
        return whole  # a reason that has a `; ` of its own
    return "; ".join(words or part for words, part in zip(told, parts, strict=True))


def _translated(said: str, table: str) -> str | None:
    for pattern, words in _known(table):
        if found := pattern.fullmatch(said):
            return words.format(*map(_value, found.groups()))
    return None


def _value(value: str) -> str:
    """What stands in the place of a value: known words, the name of a field, a date, or as it is."""
    if value in FIELDS:
        return speaker("vi")(f"fields.{value}").lower()
    return _translated(value, "values") or day(value, "vi")
