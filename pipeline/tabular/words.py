"""The words of a table: which row sums up, which column numbers the rows, what a column of figures tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

from pipeline.vietnamese import fold, squeeze

STEP = " › "
"""Between the levels of a header path."""
LIKE = 84
"""Likeness (0 to 100) of a ruined header to the phrase that it was."""
LONG = 6
"""Letters of a phrase that may be recognised by likeness."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_TOKEN = re.compile(r"\w+|%")
_BRACKETS = re.compile(r"\([^)]*\)?")


class Role(StrEnum):
    """What a column of figures tells."""

    TARGET = "target"
    RESULT = "result"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class TableWords:
    """The word lists of words.toml; all folded but for `role_names`, `group_words` and `label_names`."""

    total_whole: frozenset[str]
    total_begins: tuple[str, ...]
    index_headers: frozenset[str]
    label_headers: frozenset[str]
    body_headers: frozenset[str]
    label_names: tuple[str, ...]
    body_begins: tuple[str, ...]
    roles: tuple[tuple[str, Role | None], ...]
    """Phrase and role (None: a figure that is neither target nor result), longest phrase first."""
    role_names: dict[Role, tuple[str, ...]]
    fillers: frozenset[str]
    """Words of headers that say nothing beside a role."""
    unit_before: tuple[str, ...]
    group_words: tuple[str, ...]
    title_begins: tuple[str, ...]
    kinds: dict[str, tuple[str, ...]]
    """`target_titles`, `result_titles`, `target_letters`, `result_letters`, folded."""
    money_headers: tuple[str, ...]


@lru_cache(maxsize=1)
def table_words() -> TableWords:
    """The word lists that come with the program."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    roles: list[tuple[str, Role | None]] = [(tokens(p), None) for p in data["neutral"]["phrases"]]
    roles += [(tokens(phrase), Role(role)) for role, phrases in data["roles"].items() for phrase in phrases]
    return TableWords(
        total_whole=frozenset(map(plain, data["totals"]["whole"])),
        total_begins=tuple(map(plain, data["totals"]["begins"])),
        index_headers=frozenset(map(plain, data["index"]["headers"])),
        label_headers=frozenset(map(plain, [*data["labels"]["bodies"], *data["labels"]["things"]])),
        body_headers=frozenset(map(plain, data["labels"]["bodies"])),
        label_names=(*data["labels"]["bodies"], *data["labels"]["things"]),
        body_begins=tuple(map(tokens, data["bodies"]["begins"])),
        roles=tuple(sorted(roles, key=lambda r: (-len(r[0]), r[0]))),
        role_names={Role(role): tuple(phrases) for role, phrases in data["roles"].items()},
        fillers=frozenset(tokens(word) for word in data["fillers"]["words"]),
        unit_before=tuple(map(plain, data["units"]["before"])),
        group_words=tuple(data["groups"]["words"]),
        title_begins=tuple(map(plain, data["titles"]["begins"])),
        kinds={name: tuple(map(plain, phrases)) for name, phrases in data["kinds"].items()},
        money_headers=tuple(map(plain, data["money"]["headers"])),
    )


def plain(text: str) -> str:
    """The text as the lists hold it: folded, on one line, without punctuation at its edges."""
    return _EDGE.sub("", squeeze(fold(text)))


def tokens(text: str) -> str:
    """The folded words of a text and its per cent signs, one space between them."""
    return " ".join(_TOKEN.findall(fold(text)))


def is_total(label: str) -> bool:
    """Whether a row with this label sums up others: `Tổng cộng:`, `Cộng`, `TOÀN TỈNH`."""
    words = plain(label)
    known = table_words()
    return words in known.total_whole or any(words.startswith(f"{begin} ") for begin in known.total_begins)


def is_index_header(text: str) -> bool:
    """Whether a column under this header numbers the rows: `TT`, `STT`, `Số TT`."""
    return plain(text) in table_words().index_headers


def is_label_header(text: str) -> bool:
    """Whether a column under this header says whose row it is: `Tên đơn vị`, `Nội dung`."""
    return plain(text) in table_words().label_headers


def role_of(path: str) -> Role | None:
    """What a column tells by its header path: `Giai đoạn 1 › Chỉ tiêu` is a target.

    The lowest level that has a known word decides; there the longest phrase, of equals the last. A unit in brackets is
    none: `CĐCS xếp loại tốt (%)` is measured in per cent and is not a share of anything asked.
    """
    found = _phrase_of(path)
    return found[1] if found else None


def is_neutral(path: str) -> bool:
    """Whether a column holds shares of a whole or changes, which were neither asked nor reached: `Tỷ trọng (%)`."""
    found = _phrase_of(path)
    return found is not None and found[1] is None


def _phrase_of(path: str) -> tuple[str, Role | None] | None:
    """The phrase that decides over a header path, and its role."""
    for level in reversed(path.split(STEP)):
        words = tokens(_BRACKETS.sub(" ", level)) or tokens(level)
        found = _phrase_in(words)
        if found is not None:
            return found
    return None


def _phrase_in(words: str) -> tuple[str, Role | None] | None:
    """The longest phrase among the words; else the one that they are with spaces lost or a letter misread."""
    roles = table_words().roles
    exact = next((known for known in roles if f" {known[0]} " in f" {words} "), None)
    if exact is not None:
        return exact
    glued = words.replace(" ", "")
    like = [
        (fuzz.ratio(glued, phrase.replace(" ", "")), (phrase, role)) for phrase, role in roles if len(phrase) >= LONG
    ]
    score, best = max((pair for pair in like if ("%" in pair[1][0]) == ("%" in words)), key=lambda pair: pair[0])
    return best if score >= LIKE else None


def without_roles(header: str) -> str:
    """The header if it says more than target, result or share; else nothing: of `Kết quả thực hiện` nothing is left."""
    words = tokens(_BRACKETS.sub(" ", header))
    if words.replace(" ", "") in {phrase.replace(" ", "") for phrase, _ in table_words().roles}:
        return ""
    for phrase, _ in table_words().roles:
        words = " ".join(f" {words} ".replace(f" {phrase} ", " ").split())
    rest = {word for word in words.split() if not word.isdigit()} - table_words().fillers
    return header if rest and _phrase_in(words) is None else ""


def names_bodies(header: str, labels: Sequence[str]) -> bool:
    """Whether a column of labels names bodies that answer for their rows, by its header, else by most of its labels."""
    known = table_words()
    if plain(header) in known.label_headers:
        return plain(header) in known.body_headers
    named = [tokens(label) for label in labels if not is_total(label)]
    bodies = sum(any(f"{label} ".startswith(f"{begin} ") for begin in known.body_begins) for label in named)
    return 2 * bodies > len(named)


def kind_of_table(title: str, doc_type: str) -> Role | None:
    """What figures are whose columns do not say it: by the title of the table, else by the kind of the letter."""
    known, words = table_words().kinds, f" {tokens(title)} "
    for role in (Role.TARGET, Role.RESULT):
        if any(f" {phrase} " in words for phrase in known[f"{role}_titles"]):
            return role
    for role in (Role.TARGET, Role.RESULT):
        if plain(doc_type) in known[f"{role}_letters"]:
            return role
    return None
