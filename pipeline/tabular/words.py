"""The words of a table: which row sums up, which column numbers the rows, what a column of figures tells."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pipeline.vietnamese import fold, squeeze

STEP = " › "
"""Between the levels of a header path."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_TOKEN = re.compile(r"\w+|%")


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
    label_names: tuple[str, ...]
    roles: tuple[tuple[str, Role | None], ...]
    """Phrase and role (None: a figure that is neither target nor result), longest phrase first."""
    role_names: dict[Role, tuple[str, ...]]
    unit_before: tuple[str, ...]
    group_words: tuple[str, ...]
    title_begins: tuple[str, ...]


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
        label_headers=frozenset(map(plain, data["labels"]["headers"])),
        label_names=tuple(data["labels"]["headers"]),
        roles=tuple(sorted(roles, key=lambda r: (-len(r[0]), r[0]))),
        role_names={Role(role): tuple(phrases) for role, phrases in data["roles"].items()},
        unit_before=tuple(map(plain, data["units"]["before"])),
        group_words=tuple(data["groups"]["words"]),
        title_begins=tuple(map(plain, data["titles"]["begins"])),
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

    The lowest level that has a known word decides; there the longest phrase, of equals the last.
    """
    for level in reversed(path.split(STEP)):
        words = tokens(level)
        for phrase, role in table_words().roles:
            if f" {phrase} " in f" {words} ":
                return role
    return None
