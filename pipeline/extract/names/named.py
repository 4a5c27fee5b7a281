"""Names in running text: of organisations by what bodies are called, of people by surname, of places by unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.extract.closing.people import given_syllables
from pipeline.extract.letterhead.issuer import full_name
from pipeline.extract.words.bodies import CITY, Bodies, in_full, known_body, load_bodies, opens_body
from pipeline.extract.words.phrases import data
from pipeline.extract.words.places import find_place, is_place
from pipeline.extract.words.signing import signing
from pipeline.vietnamese import fold

_WORD = re.compile(r"[^\s,;:.()“”\"/]+")
_LONGEST_BODY = 14
_LONGEST_PLACE = 4
_LIKE = 0.97
"""How like a known name it must be: running text is full of words that are nearly names (`Công văn`, `Công an`)."""
_JOINS = frozenset({"và", "-", "–"})
Span = tuple[int, int]
"""Characters `start` to `end` (exclusive) of a paragraph."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name and where it stands: characters `start` to `end` (exclusive) of a paragraph."""

    start: int
    end: int
    text: str


class Token(NamedTuple):
    """A word of a paragraph, from `start` to `end`."""

    start: int
    end: int
    text: str
    small: str
    """In small letters."""
    capital: bool
    """Whether it begins with one."""
    closes: bool
    """Whether a mark that ends a name follows."""


def tokens_of(text: str) -> list[Token]:
    """The words of a paragraph, in which `organisations`, `people` and `places` look for names."""
    words = [(*match.span(), match.group()) for match in _WORD.finditer(text)]
    starts = [start for start, _, _ in words[1:]]
    closes = [after - end != 1 or text[end] != " " for (_, end, _), after in zip(words, starts, strict=False)]
    return [
        Token(start, end, word, word.lower(), word[0].isupper(), close)
        for (start, end, word), close in zip(words, [*closes, True], strict=False)
    ]


def organisations(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Bodies: a known name or what names begin with, and the capitals, units and places that go on with it."""
    bodies = load_bodies()
    at = 0
    while at < len(tokens):
        end = _organisation(text, tokens, at, bodies)
        if end is None:
            at += 1
            continue
        yield tokens[at].start, tokens[end - 1].end
        at = end


def body_name(printed: str) -> str:
    """A body's name with its short forms written out, and in small letters where all are capitals."""
    bodies = load_bodies()
    name = in_full(printed, bodies)
    return full_name(name, bodies)[0] if name.isupper() else name


def _organisation(text: str, tokens: Sequence[Token], at: int, bodies: Bodies) -> int | None:
    """Where the name ends (a token's number) that begins here; None when none does."""
    if not tokens[at].capital:
        return None
    known = _known(text, tokens, at, bodies)
    head = known or _head(tokens, at, bodies)
    if head is None:
        return None
    end = _goes_on(tokens, head, bodies)
    return end if known or end > head else None


def _known(text: str, tokens: Sequence[Token], at: int, bodies: Bodies) -> int | None:
    """Where the known name ends that begins here, short forms written out."""
    if tokens[at].text in bodies.short:
        return at + 1
    words = text[tokens[at].start :].split(maxsplit=_LONGEST_BODY)[:_LONGEST_BODY]
    if not opens_body(" ".join(words[:3]), bodies):
        return None
    found = known_body(in_full(" ".join(words), bodies), bodies)
    if found is None or found[2] < _LIKE:
        return None
    left, end = found[1], at
    while left > 0 and end < len(tokens):
        left -= len(in_full(tokens[end].text, bodies).split())
        end += 1
    printed = text[tokens[at].start : tokens[end - 1].end]
    return None if re.search(r"[.;:]\s", printed) else end


def _head(tokens: Sequence[Token], at: int, bodies: Bodies) -> int | None:
    """Where that ends which names of bodies begin with: `Công ty cổ phần`, `Trường`."""
    for count in range(4, 0, -1):
        words = tokens[at : at + count]
        phrase = fold(" ".join(word.text for word in words))
        if len(words) == count and (phrase in bodies.unfinished or phrase in bodies.openers):
            return None if any(word.closes for word in words) else at + count
    return None


def _goes_on(tokens: Sequence[Token], end: int, bodies: Bodies) -> int:
    """Where a name ends whose first tokens end here: capitals go on, a unit with its place, `và` with a capital."""
    while end < len(tokens) and not tokens[end - 1].closes:
        step = _step(tokens, end, bodies)
        if step == 0:
            break
        end += step
    return end


def _step(tokens: Sequence[Token], at: int, bodies: Bodies) -> int:
    """How many tokens from here still belong to a name; 0 for none."""
    token, follows = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    pair = f"{token.text} {follows.text}" if follows and not token.closes else token.text
    if token.capital:
        return 2 if pair.lower() in _compounds() else 1
    if pair == CITY:
        return 2
    if token.text in bodies.units:
        return 1
    joins = token.text in _JOINS and follows is not None and follows.capital and follows.text not in _no_names()
    return 1 if joins and _head(tokens, at + 1, bodies) is None else 0


@lru_cache(maxsize=1)
def _compounds() -> frozenset[str]:
    """Words of two syllables in names of bodies, of which the second stays small."""
    names = [body.name.split() for _, body in load_bodies().names]
    known = {f"{a} {b}".lower() for words in names for a, b in pairwise(words) if a[0].isupper() and b.islower()}
    return frozenset(known) | frozenset(data("entities")["compounds"])


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    """The first words of what follows an `và` and is no part of a body's name: `Luật`, `Nghị`."""
    return frozenset(phrase.split()[0] for phrase in data("citations")["issuer"]["no_names"])


@lru_cache(maxsize=1)
def _before() -> tuple[frozenset[str], frozenset[str]]:
    given = data("entities")
    return frozenset(given["honours"]), frozenset(given["named_after"])


def people(tokens: Sequence[Token]) -> Iterator[Span]:
    """People: a surname and two syllables of names or more; with an honour before it, one will do."""
    honours, named_after = _before()
    at = 0
    while at < len(tokens):
        if not _is_surname(tokens[at]):
            at += 1
            continue
        before = {" ".join(token.small for token in tokens[max(at - n, 0) : at]) for n in (1, 2, 3)}
        honoured = bool(before & honours)
        end = _person(tokens, at, honoured=honoured)
        inside = at > 0 and tokens[at - 1].capital and not tokens[at - 1].closes and not honoured
        if end is None or inside or before & named_after or (end - at < 3 and not honoured):
            at += 1
            continue
        yield tokens[at].start, tokens[end - 1].end
        at = end


def _person(tokens: Sequence[Token], at: int, *, honoured: bool) -> int | None:
    """Where the name ends that begins with this surname; None when none does. After an honour any syllable names."""
    if tokens[at].closes or _is_honour(tokens, at):
        return None
    end = at + 1
    while (
        end < len(tokens)
        and end - at < 4
        and tokens[end].capital
        and tokens[end].text[1:].lower() == tokens[end].text[1:]
    ):
        end += 1
        if tokens[end - 1].closes:
            break
    if end - at < 2 or (not honoured and tokens[end - 1].small not in given_syllables()):
        return None
    return None if end < len(tokens) and tokens[end].capital and not tokens[end - 1].closes else end


def _is_surname(token: Token) -> bool:
    return token.capital and token.small in signing().surnames


def _is_honour(tokens: Sequence[Token], at: int) -> bool:
    """Whether what may be a surname opens a sentence as an honour: `Ông Trần Văn Nam` is a Trần, not an Ông."""
    return tokens[at].small in _before()[0] and at + 1 < len(tokens) and _is_surname(tokens[at + 1])


def places(tokens: Sequence[Token]) -> Iterator[Span]:
    """Places: a unit with a name that is one, and provinces without."""
    at = 0
    while at < len(tokens):
        start = _after_unit(tokens, at)
        end = _place(tokens, start or at, unit=start is not None)
        if end is None:
            at += 1
            continue
        yield tokens[at].start, tokens[end - 1].end
        at = end


@lru_cache(maxsize=1)
def _units() -> tuple[frozenset[str], frozenset[str]]:
    """The units of places, and their first words."""
    units: list[str] = data("entities")["places"]
    return frozenset(units), frozenset(unit.split()[0] for unit in units)


def _after_unit(tokens: Sequence[Token], at: int) -> int | None:
    units, first_words = _units()
    if tokens[at].small not in first_words:
        return None
    for count in (2, 1):
        words = tokens[at : at + count]
        if " ".join(word.small for word in words) in units and not any(word.closes for word in words):
            return at + count
    return None


def _place(tokens: Sequence[Token], at: int, *, unit: bool) -> int | None:
    """Where the place ends that begins here; without a unit before it only provinces of two words or more count."""
    capitals = 0
    for token in tokens[at : at + _LONGEST_PLACE]:
        if not token.capital:
            break
        capitals += 1
        if token.closes:
            break
    for count in range(capitals, 0 if unit else 1, -1):
        name = " ".join(word.text for word in tokens[at : at + count])
        if is_place(name) and (unit or _is_province(name)):
            return at + count
    return None


def _is_province(name: str) -> bool:
    place = find_place(name)
    return place is not None and place.level == "province"
