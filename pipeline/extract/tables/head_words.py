"""What the headers over a column, and the title over a table, say is counted, in words that stand alone.

The rules are told in docs/targets.md, *In tables*.
"""

from __future__ import annotations

import re

from pipeline.extract.tables.periods import without_periods
from pipeline.extract.tables.units import TableUnit, parse_unit, spaced
from pipeline.extract.words.phrases import figure_words
from pipeline.tabular.roles import without_roles
from pipeline.tabular.words import STEP, table_words, tokens
from pipeline.vietnamese import is_capitals, squeeze

_BRACKETS = re.compile(r"\([^)]*\)")
_SUMS = frozenset({"so tien", "tong so tien"})
"""Headers over sums of money that say no more."""
_QUANTITY = re.compile(r"^(?:số lượng|số)\s+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]\s+"
    r"|(?:biểu|bảng|phụ lục|phụ biểu|mẫu)\b[\s.:]*(?:số\s*)?(?:[\dIVX]+(?:[./]\d+)*\b[.:]?\s*)?)",
    re.IGNORECASE,
)
_SHORT_FORM = 2
"""Letters; longer ones may be short for the words of a title: `CĐCS`."""


def topic_of(title: str, indicator: str, unit: TableUnit) -> str:
    """What the title adds to a column of sums of money, or of nouns, that names neither."""
    about = subject_of_title(title)
    if unit.name == "đồng":
        return "" if speaks_of_money(indicator) else _money_in(about)
    counted = unit.name in figure_words().nouns and not indicator
    return about if counted and f" {tokens(unit.name)} " in f" {tokens(about)} " else ""


def names_source(path: str) -> bool:
    """Whether a header tells by what the sums are parted, under one that says so: `Nguồn vốn › Vốn vay`."""
    return any(tokens(named(level)) in table_words().classes for level in path.split(STEP)[:-1])


def _money_in(title: str) -> str:
    """The title's word for money: `kinh phí`, `nhu cầu vốn`."""
    word = table_words().money_words.search(title)
    need = "nhu cầu " if word is not None and title[: word.start()].lower().endswith("nhu cầu ") else ""
    return f"{need}{word.group().lower()}" if word is not None else ""


def speaks_of_money(text: str) -> bool:
    """Whether words name money: `kinh phí`, `thuế`, `vốn`."""
    return table_words().money_words.search(text) is not None


def piece_with(title: str, unit: str) -> str:
    """The piece of a title that speaks of a unit: of `phát triển đoàn viên, thành lập công đoàn cơ sở` for `CĐCS`."""
    for piece in re.split(r",\s|\svà\s", subject_of_title(title)):
        words = piece.lower().split()
        initials = "".join(word[0] for word in tokens(piece).split())
        short = len(unit) > _SHORT_FORM and " " not in unit and tokens(unit) in initials
        if len(words) > len(unit.split()) and (f" {unit.lower()} " in f" {' '.join(words)} " or short):
            return piece.lower() if is_capitals(piece) else piece
    return ""


def sums_up(path: str) -> bool:
    """Whether a column is the total of its neighbours and says no more: `Tổng số`, `Cộng`."""
    return tokens(_BRACKETS.sub(" ", path.rpartition(STEP)[2])) in table_words().total_whole


def group_of(path: str) -> str:
    """What the headers above the lowest say that a column counts."""
    above = [level for level in path.split(STEP)[:-1] if tokens(named(level)) not in table_words().classes]
    return indicator_of(STEP.join(above), "")


def without_measure(indicator: str, unit: TableUnit) -> str:
    """The indicator without the measure that it begins with, when something is left: `suất học bổng` is `học bổng`."""
    rest = indicator.removeprefix(f"{unit.name} ")
    return rest if unit.name in figure_words().measures and rest else indicator


def indicator_of(path: str, title: str) -> str:
    """What a column counts, in words that stand alone: its headers without roles, units and groups, else the title."""
    levels = [without_roles(without_periods(named(spaced(level)))) for level in path.split(STEP)]
    levels = [level for level in levels if level and not _is_group(level) and tokens(level) not in _SUMS]
    levels = [level for level in levels if len(levels) == 1 or tokens(level) not in table_words().classes]
    words = " ".join(small(squeeze(_QUANTITY.sub("", level))) for level in levels)
    return words or subject_of_title(title)


def named(level: str) -> str:
    """A header without its brackets, but with the noun that they say is counted: `Tuyển mới (học sinh)`."""
    bare = squeeze(_BRACKETS.sub(" ", level))
    for aside in _BRACKETS.findall(level):
        unit = parse_unit(aside.strip("()"))
        counted = (
            unit is not None
            and unit.name in figure_words().nouns
            and unit.name not in table_words().classifiers
            and f" {tokens(unit.name)} " not in f" {tokens(bare)} "
        )
        if unit is not None and counted and without_roles(bare):
            return f"{bare} {unit.name}"
    return bare


def subject_of_title(title: str) -> str:
    """What a table is about: its title without number, genre, brackets, and how it is broken down."""
    text = squeeze(_NUMBERING.sub("", without_periods(_BRACKETS.sub(" ", squeeze(title)))))
    text = text.lower() if is_capitals(text) else text
    text = table_words().genre.sub("", text)
    cut = table_words().broken_down.search(text)
    return small(text[: cut.start()] if cut else text).strip(" .:;,-–")


def _is_group(level: str) -> bool:
    words, known = tokens(level), table_words()
    return words in known.bare_groups or any(
        re.fullmatch(rf"{tokens(group)} [0-9ivx]+", words) for group in known.group_words
    )


def small(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation; words in capitals all small."""
    if " " in text and is_capitals(text):
        return text.lower()
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() and len(first) <= 6 else text[:1].lower() + text[1:]
