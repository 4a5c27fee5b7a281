"""The unit of a column of figures: in brackets over it, by the noun that it counts, or told for the whole table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.figures.units import unit_after
from pipeline.extract.words.phrases import figure_words
from pipeline.tabular.roles import without_roles
from pipeline.tabular.words import STEP, plain, table_words, tokens
from pipeline.vietnamese import fold, squeeze

_BRACKETS = re.compile(r"\(([^)]*)\)?")
_TOLD = re.compile(r"(?:(?:đơn vị tính|đvt|đ\.v\.t)\s*:?|đơn vị\s*:)\s*([^);\n]+)", re.IGNORECASE)
_QUANTITY = re.compile(r"^(?:tong so|so luong|tong|so)\s+")
"""In folded text: a misread mark (`Tống số hộ`) hides no unit."""


@dataclass(frozen=True, slots=True)
class TableUnit:
    """A unit in base form, and what the figures of the table are multiplied by: `triệu đồng` is `đồng`, a million."""

    name: str
    scale: float = 1.0


def unit_of(path: str) -> TableUnit | None:
    """The unit of a column by its headers, the lowest first; None where they do not tell."""
    levels = list(reversed(path.split(STEP)))
    for level in levels:
        for inside in _BRACKETS.findall(level):
            unit = parse_unit(inside)
            if unit is not None:
                return unit
        if "%" in level:
            return TableUnit("%")
    return next((unit for level in levels if (unit := _counted(without_roles(spaced(level)))) is not None), None)


def spaced(level: str) -> str:
    """A header that is a noun with its spaces lost (`Cánhân`) as it was; any other as it is."""
    if " " in level.strip():
        return level
    noun = _nouns_glued().get(level.strip().lower())
    return noun[:1].upper() + noun[1:] if noun else level


@lru_cache(maxsize=1)
def _nouns_glued() -> dict[str, str]:
    return {noun.replace(" ", ""): noun for noun in figure_words().nouns if " " in noun}


def money_of(path: str) -> TableUnit | None:
    """Đồng for a header over sums of money that names no unit: `Kinh phí`, `Thành tiền`."""
    words = f" {tokens(path)} "
    return TableUnit("đồng") if any(f" {header} " in words for header in table_words().money_headers) else None


def unit_of_title(title: str) -> TableUnit | None:
    """The unit that a title tells for the whole table: `(Đơn vị tính: triệu đồng)`, `(triệu đồng)`."""
    told = _TOLD.search(title)
    asides = [told.group(1)] if told else _BRACKETS.findall(title)
    return next((unit for aside in asides if (unit := parse_unit(aside)) is not None), None)


def noun_of_title(title: str) -> TableUnit | None:
    """The longest noun of a title that is counted and is no body: `sáng kiến` of `Các đơn vị cập nhật sáng kiến`."""
    words, nouns = re.findall(r"[^\W\d_]+", title.lower()), figure_words().nouns
    bodies = table_words().body_headers
    found, at = [], 0
    while at < len(words):
        phrases = [" ".join(words[at : at + count]) for count in range(figure_words().longest_unit, 0, -1)]
        known = next((phrase for phrase in phrases if phrase in nouns or plain(phrase) in bodies), None)
        if known is not None and plain(known) not in bodies:
            found.append(known)
        at += len(known.split()) if known else 1
    return TableUnit(max(found, key=lambda noun: len(noun.split()))) if found else None


def parse_unit(text: str) -> TableUnit | None:
    """A unit as printed alone: `triệu đồng`, `1.000 đồng`, `người`, `%`, `ha`."""
    words = squeeze(text).lower().strip(" .:;")
    told = _TOLD.match(words)
    words = squeeze(told.group(1)) if told else words
    scale = 1.0
    thousand = re.match(r"^1[.,]?000\s*", words)
    if thousand:
        scale, words = 1000.0, words[thousand.end() :]
    for name, factor in sorted(figure_words().scales.items(), key=lambda item: -len(item[0])):
        if words == name or words.startswith(f"{name} "):
            scale, words = scale * factor, words[len(name) :].strip() or "đồng"
            break
    unit = unit_after(f"1 {words}" if words != "%" else "1%", 1)
    return TableUnit(unit.name, scale) if unit is not None and unit.known else None


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, as the cells of a column `ĐVT` are."""
    unit = parse_unit(text)
    printed = squeeze(text).lower().strip(" .:;()")
    return unit is not None and (unit.name == "đồng" or printed.endswith(unit.name.lower()))


def _counted(level: str) -> TableUnit | None:
    """The noun that a header begins with, after `Số` or `Tổng số`: `Số suất học bổng` counts suất."""
    bare = squeeze(_BRACKETS.sub(" ", level))
    quantity = _QUANTITY.match(fold(bare))
    bare = bare[quantity.end() :] if quantity else bare
    unit = unit_after(f"1 {bare[:1].lower()}{bare[1:]}", 1) if bare else None
    return TableUnit(unit.name) if unit is not None and unit.known and unit.kind != "money" else None
