"""The data files of this room; of those that readers of figures go by, the words compiled into patterns."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

_SHARED = 2
"""First letters by which phrases of a pattern stand together; more cost more to compile than they save."""


@lru_cache
def data(name: str) -> dict[str, Any]:
    """A data file of this room, parsed; once, for readers ask for it at every line."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first.

    Those that begin alike stand together: where a text begins otherwise they are all passed over at once. A search for
    six hundred verbs takes a tenth of the time.
    """
    return _alternatives(sorted(set(phrases), key=lambda p: (-len(p), p)), _SHARED)


def _alternatives(phrases: list[str], shared: int) -> str:
    if not shared or len(phrases) < 2:
        return "|".join(map(re.escape, phrases))
    alike: dict[str, list[str]] = {}
    for phrase in phrases:
        alike.setdefault(phrase[:1], []).append(phrase[1:])
    return "|".join(f"{re.escape(first)}(?:{_alternatives(rest, shared - 1)})" for first, rest in alike.items())


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The words around a figure; patterns are for text in lower case."""

    before: re.Pattern[str]
    """A comparator at the end of the text before a number."""
    sign_of: dict[str, str]
    after: re.Pattern[str]
    """A comparator after the number's noun."""
    adjective: re.Pattern[str]
    """An adjective at the end of the text, after which `hơn` compares."""
    excess: re.Pattern[str]
    scales: dict[str, float]
    money: dict[str, str]
    """Sign or name of a currency to its unit."""
    measures: frozenset[str]
    nouns: frozenset[str]
    places: frozenset[str]
    """Where things are done: before one of these `trên` tells the place, unless the number is a round one."""
    prefixes: frozenset[str]
    """Words that go before a counted noun and with it."""
    stops: frozenset[str]
    longest_unit: int
    """Words in the longest unit."""


@lru_cache(maxsize=1)
def figure_words() -> FigureWords:
    """The words of figures.toml."""
    given = data("figures")
    signs = {phrase: sign for sign, phrases in given["comparators"].items() for phrase in phrases}
    ends = {phrase: sign for sign, phrases in given["comparators_after"].items() for phrase in phrases}
    between = any_of(given["comparing"]["between"])
    measures, nouns = frozenset(given["units"]["measures"]), frozenset(given["units"]["nouns"])
    return FigureWords(
        before=re.compile(rf"(?<!\w)(?P<sign>{any_of(signs)})(?:\s(?:{between}))?\s?$"),
        sign_of=signs | ends,
        after=re.compile(rf"(?<!\w)(?P<sign>{any_of(ends)})(?!\w)"),
        adjective=re.compile(rf"(?<!\w)(?:{any_of(given['comparing']['adjectives'])})\s$"),
        excess=re.compile(rf"\s?%?\s(?:{any_of(given['comparing']['measures'])})(?!\w)"),
        scales=given["scales"],
        money={name: unit for unit, names in given["money"].items() for name in names},
        measures=measures,
        nouns=nouns,
        places=frozenset(given["units"]["places"]),
        prefixes=frozenset(given["units"]["prefixes"]),
        stops=frozenset(given["stops"]["words"]),
        longest_unit=max(len(unit.split()) for unit in measures | nouns),
    )


@dataclass(frozen=True, slots=True)
class NotFigureWords:
    """The words that make a number something else than a figure; patterns are for text in lower case."""

    label: re.Pattern[str]
    """A name that ends the text before a number, which belongs to it."""
    weak_label: re.Pattern[str]
    """The same, unless a noun that is known follows the number."""
    period_after: re.Pattern[str]
    period_before: re.Pattern[str]
    event: re.Pattern[str]
    """An event from which a length of time is reckoned, at the end of the text before it."""
    promised: re.Pattern[str]
    """Before a length of time that is itself what is promised."""
    anniversary: re.Pattern[str]
    condition_units: frozenset[str]
    condition_opener: re.Pattern[str]
    asked: re.Pattern[str]
    """A verb, and at most one word, at the end of the text before `từ N … trở lên`: no condition follows."""


@lru_cache(maxsize=1)
def not_figure_words() -> NotFigureWords:
    """The words of notfigures.toml."""
    given = data("notfigures")
    weak = set(given["labels"]["unless_counted"])
    strong = set(given["labels"]["always"]) - weak
    no_noun = "".join(rf"(?<!{re.escape(noun.split()[0])}\s)" for noun in given["labels"]["compounds"])
    return NotFigureWords(
        label=re.compile(rf"(?<!\w){no_noun}(?:{any_of(strong)})\s?:?\s?$"),
        weak_label=re.compile(rf"(?<!\w){no_noun}(?:{any_of(weak)})\s$"),
        period_after=re.compile(rf"\s(?:{any_of(given['periods']['after'])})(?!\w)"),
        period_before=re.compile(rf"(?<!\w)(?:{any_of(given['periods']['before'])})\s$"),
        event=re.compile(rf"(?:^|[.;,:\-–]\s*)(?:{any_of(given['periods']['events'])})(?:\s[^\W\d]+){{1,4}}\s$"),
        promised=re.compile(rf"(?<!\w)(?<!trong )(?:{any_of(given['periods']['promised'])})\s?:?\s$"),
        anniversary=re.compile(rf"(?<!\w)(?:{any_of(given['years_before']['words'])})(?:\s\w+){{0,2}}\s$"),
        condition_units=frozenset(given["conditions"]["units"]),
        asked=re.compile(rf"(?<!\w)(?:{any_of(given['conditions']['asked'])})(?:\s\w+)?\s*$"),
        condition_opener=re.compile(rf"(?<!\w)(?:{any_of(given['conditions']['openers'])})(?!\w)"),
    )
