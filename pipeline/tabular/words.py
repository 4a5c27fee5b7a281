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
_WORD = re.compile(r"\w+|%")


class Role(StrEnum):
    """What a column of figures tells."""

    TARGET = "target"
    RESULT = "result"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class TableWords:
    """The word lists of words.toml, folded."""

    total_whole: frozenset[str]
    total_begins: tuple[str, ...]
    index_headers: frozenset[str]
    label_headers: frozenset[str]
    roles: tuple[tuple[str, Role], ...]
    """Phrase and role, longest phrase first."""
    unit_before: tuple[str, ...]


@lru_cache(maxsize=1)
def table_words() -> TableWords:
    """The word lists that come with the program."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    roles = [(phrase, Role(role)) for role, phrases in data["roles"].items() for phrase in phrases]
    return TableWords(
        total_whole=frozenset(data["totals"]["whole"]),
        total_begins=tuple(data["totals"]["begins"]),
        index_headers=frozenset(data["index"]["headers"]),
        label_headers=frozenset(data["labels"]["headers"]),
        roles=tuple(sorted(roles, key=lambda r: (-len(r[0]), r[0]))),
        unit_before=tuple(data["units"]["before"]),
    )


def plain(text: str) -> str:
    """The text as the lists hold it: folded, on one line, without punctuation at its edges (`%` stays)."""
    folded = squeeze(fold(text))
    return folded if "%" in folded else _EDGE.sub("", folded)


def is_total(label: str) -> bool:
    """Whether a row with this label sums up others: `Tổng cộng:`, `Cộng`, `TOÀN TỈNH`."""
    words = plain(label)
    known = table_words()
    return words in known.total_whole or any(words.startswith(f"{begin} ") for begin in known.total_begins)


def is_index_header(text: str) -> bool:
    """Whether a column under this header numbers the rows: `TT`, `STT`, `Số TT`."""
    return plain(text).rstrip(".") in table_words().index_headers


def is_label_header(text: str) -> bool:
    """Whether a column under this header says whose row it is: `Tên đơn vị`, `Nội dung`."""
    return plain(text) in table_words().label_headers


def role_of(path: str) -> Role | None:
    """What a column tells by its header path, its lowest level first: `Giai đoạn 1 › Chỉ tiêu` is a target."""
    for level in reversed(path.split(STEP.strip())):
        role = _role_of_level(plain(level))
        if role is not None:
            return role
    return None


def _role_of_level(level: str) -> Role | None:
    words = " ".join(_WORD.findall(level))
    for phrase, role in table_words().roles:
        if re.search(rf"(?<!\w){re.escape(' '.join(_WORD.findall(phrase)))}(?!\w)", words):
            return role
    return None
