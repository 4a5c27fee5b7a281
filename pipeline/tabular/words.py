"""The words of a table: which row sums up, which column numbers the rows, what a column of figures tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pipeline.vietnamese import fold, squeeze

STEP = " › "
"""Between the levels of a header path."""
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_TOKEN = re.compile(r"\w+|%")
_BRACKETS = re.compile(r"\([^)]*\)?")
_NAME_OF = re.compile(r"^(?:ten|cac)\s")


@dataclass(frozen=True, slots=True)
class TableWords:
    """The word lists of words.toml; all folded but for `group_words` and `label_names`."""

    total_whole: frozenset[str]
    total_begins: tuple[str, ...]
    index_headers: frozenset[str]
    label_headers: frozenset[str]
    body_headers: frozenset[str]
    label_names: tuple[str, ...]
    remark_headers: frozenset[str]
    """Over words that neither answer for figures nor say what is measured."""
    body_begins: tuple[str, ...]
    """First words of the names of bodies."""
    body_nouns: tuple[str, ...]
    """First words of headers over names of bodies, beside those."""
    thing_begins: tuple[str, ...]
    """First words of headers over names of things, for all that a body's word follows."""
    unit_before: tuple[str, ...]
    classifiers: frozenset[str]
    """Nouns that only count, in brackets after what they count: `Kiểm tra (cuộc)`."""
    group_words: tuple[str, ...]
    bare_groups: frozenset[str]
    """Words that alone are a header over a group and say nothing of what it counts: `Tổng`."""
    fulfilment: tuple[str, ...]
    """Words of headers over shares of what was asked: `Hoàn thành`, `TH/KH`."""
    classes: frozenset[str]
    """Headers over others that only say by what those part the figures: `Nguồn vốn`."""
    title_begins: tuple[str, ...]
    genre: re.Pattern[str]
    """The words that a title opens with and that name no matter: `Tổng hợp kết quả`."""
    broken_down: re.Pattern[str]
    """Where a title goes on to say by what, or for whom, its figures are parted."""
    money_words: re.Pattern[str]
    money_headers: tuple[str, ...]


def word_lists() -> dict[str, Any]:
    """The word lists as the file holds them."""
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def table_words() -> TableWords:
    """The word lists that come with the program."""
    data = word_lists()
    return TableWords(
        total_whole=frozenset(map(plain, data["totals"]["whole"])),
        total_begins=tuple(map(plain, data["totals"]["begins"])),
        index_headers=frozenset(map(plain, data["index"]["headers"])),
        label_headers=frozenset(map(plain, [*data["labels"]["bodies"], *data["labels"]["things"]])),
        body_headers=frozenset(map(plain, data["labels"]["bodies"])),
        remark_headers=frozenset(map(plain, data["labels"]["remarks"])),
        label_names=(*data["labels"]["bodies"], *data["labels"]["things"]),
        body_begins=tuple(map(tokens, data["bodies"]["begins"])),
        body_nouns=tuple(map(tokens, data["bodies"]["nouns"])),
        thing_begins=tuple(map(tokens, data["bodies"]["things"])),
        unit_before=tuple(map(plain, data["units"]["before"])),
        classifiers=frozenset(data["units"]["classifiers"]),
        group_words=tuple(data["groups"]["words"]),
        bare_groups=frozenset(map(tokens, data["groups"]["bare"])),
        fulfilment=tuple(map(tokens, data["fulfilment"]["words"])),
        classes=frozenset(map(tokens, data["groups"]["classes"])),
        genre=re.compile(rf"^(?:(?:{_any(data['titles']['genres'])})(?!\w)[\s:.]*)+", re.IGNORECASE),
        broken_down=re.compile(rf"(?<!\w)(?:{_any(data['titles']['broken_down'])})(?!\w)", re.IGNORECASE),
        money_words=re.compile(rf"(?<!\w)(?:{_any(data['money']['words'])})(?!\w)", re.IGNORECASE),
        title_begins=tuple(map(plain, data["titles"]["begins"])),
        money_headers=tuple(map(plain, data["money"]["headers"])),
    )


def _any(phrases: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


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


def names_bodies(header: str, labels: Sequence[str]) -> bool:
    """Whether a column of labels names bodies that answer for their rows, by its header, else by most of its labels."""
    known, words = table_words(), tokens(_BRACKETS.sub(" ", header))
    if plain(header) in known.label_headers:
        return plain(header) in known.body_headers
    words = _NAME_OF.sub("", words)
    if _begins(words, known.thing_begins):
        return False
    if _begins(words, known.body_begins) or _begins(words, known.body_nouns):
        return True
    named = [tokens(label) for label in labels if not is_total(label)]
    return 2 * sum(_begins(label, known.body_begins) for label in named) > len(named)


def _begins(words: str, phrases: Sequence[str]) -> bool:
    return any(f"{words} ".startswith(f"{phrase} ") for phrase in phrases)
