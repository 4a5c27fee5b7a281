"""Whom and what a letter speaks of: organisations, people, places, roles and programmes, by a net, lists and capitals.

Every name is counted once for a letter, with the ink of its first mention. The lists are those that issuers, places and
signers are read with; the net (`names/recogniser.py`, an extra) goes before them for the kinds of which it finds more
than they do (`models/ner.md`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.names.mentions import Mention, apart
from pipeline.extract.names.named import Name, body_name, organisations, people, places, tokens_of
from pipeline.extract.names.recogniser import is_installed, mentions_by_net
from pipeline.extract.passages.running import Paragraph
from pipeline.extract.words.bodies import load_bodies
from pipeline.extract.words.phrases import any_of, data
from pipeline.extract.words.places import is_place
from pipeline.extract.words.signing import signing
from pipeline.nouns import Entity
from pipeline.vietnamese import fold, is_capitals

_QUOTED = r"[“\"][^”\"]{3,120}[”\"]"
_LONGEST = 14
"""Words of a programme's name without quotes."""


@dataclass(slots=True)
class _Found:
    """A name with where it was found first, by what, and how often."""

    kind: str
    name: str
    paragraph: Paragraph
    span: tuple[int, int]
    found_by: str
    mentions: int = 0


def read_entities(body: Sequence[Paragraph]) -> tuple[Entity, ...]:
    """The entities of a letter's body by kind and first mention; the same name in other case is the same."""
    found: dict[tuple[str, str], _Found] = {}
    read = [paragraph for paragraph in body if not is_capitals(paragraph.text)]
    for paragraph, mentions in zip(read, mentions_of([one.text for one in read]), strict=True):
        for mention, name in named(paragraph.text, mentions):
            key = (mention.kind, fold(name.text))
            new = _Found(mention.kind, name.text, paragraph, (name.start, name.end), mention.found_by)
            found.setdefault(key, new).mentions += 1
    return tuple(_entity(one) for one in found.values())


def _entity(found: _Found) -> Entity:
    page, box, worst = found.paragraph.ink(*found.span)
    return Entity(found.kind, found.name, found.mentions, page, box, round(worst, 4), found.found_by)


def finders() -> tuple[str, ...]:
    """What looks for names here: the `net` only where its library is installed."""
    return ("net", "rules") if is_installed() else ("rules",)


def mentions_of(texts: Sequence[str]) -> list[tuple[Mention, ...]]:
    """For each paragraph the names in it, as `finders` of entities.toml says; by rules alone without a net."""
    by_rules = [mentions_by_rules(text) for text in texts]
    if "net" not in finders():
        return by_rules
    by_net = zip(texts, mentions_by_net(texts), strict=True)
    sound = [
        tuple(mention for mention in mentions if can_be_name(text[mention.start : mention.end], mention))
        for text, mentions in by_net
    ]
    return [_chosen({"net": net, "rules": rules}) for net, rules in zip(sound, by_rules, strict=True)]


def can_be_name(name: str, mention: Mention) -> bool:
    """Whether what the net found can be a name at all: places and people end in a capital, or a place in its number.

    `thành phố` and `Khu công nghiệp` are units without a name; words of a heading in capitals are places only where a
    list has them.
    """
    if mention.kind not in {"place", "person"}:
        return True
    last = name.rsplit(maxsplit=1)[-1]
    named = last[0].isupper() or (mention.kind == "place" and last[0].isdigit())
    return named and (mention.kind == "person" or not name.isupper() or is_place(name))


def _chosen(found: Mapping[str, tuple[Mention, ...]]) -> tuple[Mention, ...]:
    """The mentions of every kind by who is believed first for it, then what the second finds beside them."""
    order: dict[str, list[str]] = data("entities")["finders"]
    return apart(
        mention
        for rank in range(len(found))
        for kind, names in order.items()
        for name in names[rank : rank + 1]
        for mention in found[name]
        if mention.kind == kind
    )


def named(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Name]]:
    """The mentions with their names; a role with the body that follows: `Chủ tịch Ủy ban nhân dân tỉnh`."""
    bodies = {mention.start: mention for mention in mentions if mention.kind == "organisation"}
    for mention in mentions:
        yield mention, _named(text, mention, bodies.get(mention.end + 1))


def mentions_by_rules(text: str) -> tuple[Mention, ...]:
    """What lists and capitals find in a paragraph, in its order and apart from each other.

    A programme or an organisation keeps what its own name contains; a role is the office alone.
    """
    tokens = tokens_of(text)
    found = (
        *(Mention("programme", *span) for span in programmes(text)),
        *(Mention("organisation", *span) for span in organisations(text, tokens)),
        *(Mention("person", *span) for span in people(tokens)),
        *(Mention("place", *span) for span in places(tokens)),
        *(Mention("role", *match.span()) for match in _roles().finditer(text)),
    )
    return apart(found)


def _named(text: str, mention: Mention, body: Mention | None) -> Name:
    """The name that is mentioned: short forms of bodies written out, an office with its body."""
    printed = text[mention.start : mention.end]
    if mention.kind == "organisation":
        return Name(mention.start, mention.end, body_name(printed))
    if mention.kind == "programme":
        return Name(mention.start, mention.end, _programme_name(printed))
    if mention.kind != "role":
        return Name(mention.start, mention.end, " ".join(printed.split()))
    office = printed[0].upper() + printed[1:].lower()
    if body is None:
        return Name(mention.start, mention.end, office)
    return Name(mention.start, body.end, f"{office} {body_name(text[body.start : body.end])}")


@lru_cache(maxsize=1)
def _programmes() -> re.Pattern[str]:
    given = data("entities")
    ends = any_of(given["programme_ends"])
    plain = rf"(?:\s(?!(?:{ends})(?!\w))[^\W\d_][^\s,.;:()“”\"]*){{2,{_LONGEST}}}"
    unquoted = any_of(given["programmes_unquoted"])
    return re.compile(rf"(?<!\w)(?:(?i:{any_of(given['programmes'])}))\s?{_QUOTED}|(?<!\w)(?:(?i:{unquoted})){plain}")


def programmes(text: str) -> Iterator[tuple[int, int]]:
    """Where programmes, schemes and movements are named in quotes, and national target programmes."""
    for match in _programmes().finditer(text):
        yield match.span()


def _programme_name(printed: str) -> str:
    name = " ".join(re.sub(r"[“”\"]", "", printed).split())
    return f"{name[:1].upper()}{name[1:]}"


@lru_cache(maxsize=1)
def _roles() -> re.Pattern[str]:
    no_roles = data("entities")["no_roles"]
    offices = [office for office in signing().offices.values() if not _is_body(office) and office not in no_roles]
    return re.compile(rf"(?<!\w)(?:{any_of(offices)})(?!\w)", re.IGNORECASE)


def _is_body(office: str) -> bool:
    """Whether what may stand in a closing block is a body rather than somebody's office."""
    openers, folded = load_bodies().openers, fold(office)
    opens = any(folded == opener or folded.startswith(f"{opener} ") for opener in openers)
    return opens and not office.endswith("trưởng")
