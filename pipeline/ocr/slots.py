"""Where the gaps of a letterhead's frames are: between which characters of a line, and between which columns.

The engine glues printed words to the noise it reads in a gap; how wide the printed words must be tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.doctypes import load
from pipeline.nouns import Line, Word
from pipeline.ocr.typeface import Type, width
from pipeline.vietnamese import fold

# Frames are looked for in the folded text of a line, a space between its words: `so: 5?2 /qd-ubnd`.
_NUMBER = re.compile(
    r"^(?P<before>[\W_]{0,3}(?:s[o06e]|8[o0])(?:\s?[:;.,])?)"
    r"(?P<number>.{0,14}?)(?=\s*[/\u2044]\s?(?:(?:19|20)\d\d\s?/\s?)?[a-z]|\s*-\s?[a-z]{2})"
)
_IN_WORDS = re.compile(r"[a-z]{3}")
"""Running letters are no number gone wrong: `SỞ LAO ĐỘNG - THƯƠNG BINH` looks like `Số … -THƯƠNG` without its marks."""
_DEPARTMENT = re.compile(r"\W*sở\s(?!\W*[/\d])", re.IGNORECASE)
_DATE = re.compile(
    r"^.*(?P<before>n?ga[yv]?)(?P<day>.{0,12}?)"
    r"(?P<month_before>th?an[gq]|hang)(?P<month>.{0,8}?)"
    r"(?P<year_before>n[ao]m)(?P<year>.*)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_KIND = re.compile(r"(?P<digits>\s*\d{1,5})(?P<kind>[A-ZĐ][A-ZĐa-z]{1,3})")
"""`05ĐA` before `-UBND`: digits and a kind's code as one word."""
_LABEL = {"before": "ngày", "month_before": "tháng", "year_before": "năm"}
"""What is printed where the groups of that name are found."""
_INTO_LETTERS, _INTO_SLASH = 0.15, 0.05
"""Type sizes that a strip reaches into what is printed after it: pens do not stop there, but a slash looks like a 1."""
_SWALLOWED = 1.5
"""Times its printed width from which a label's box holds a digit that the engine left out."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in: characters `start` to `end` of the line's raw text, and columns of the page."""

    start: int
    end: int
    left: float
    right: float
    label: str
    """What is printed before it."""
    fits: Callable[[str], bool]
    reach: float = _INTO_LETTERS
    """Type sizes that the strip reaches into what is printed after it."""


def number_slots(line: Line, face: Type) -> tuple[Slot, ...]:
    """The gap between `Số:` and the symbol of a number line; none when the line is no number frame."""
    found = _NUMBER.search(fold(line.raw))
    if not found or _DEPARTMENT.match(line.raw):
        return ()
    if _IN_WORDS.search(found.group("number")) and ":" not in found.group("before"):
        return ()
    start, end = found.span("number")
    end = _before_kind(line.raw, start, end)
    edges = _edges(line, (found.span("before"), (end, len(line.raw))), face)
    left = _after(line, edges, found.span("before"), "Số:", face)
    return (Slot(start, end, left, _before(line, edges, end), "Số:", _is_number, _INTO_SLASH),)


def date_slots(line: Line, face: Type) -> tuple[Slot, ...]:
    """The gaps for day and month of a date line, and for its year when that was not read as one."""
    found = _DATE.search(fold(line.raw))
    if not found:
        return ()
    spans = {name: found.span(name) for name in (*_LABEL, "day", "month", "year")}
    edges = _edges(line, tuple(spans[name] for name in _LABEL), face)
    after = {name: _after(line, edges, spans[name], printed, face) for name, printed in _LABEL.items()}
    slots = [
        Slot(*spans["day"], after["before"], _before(line, edges, spans["day"][1]), "ngày", _is_day),
        Slot(*spans["month"], after["month_before"], _before(line, edges, spans["month"][1]), "tháng", _is_month),
    ]
    if not _YEAR.search(found.group("year")):
        right = after["year_before"] + width(" 2025.", face.size)
        slots.append(Slot(*spans["year"], after["year_before"], right, "năm", _is_year))
    return tuple(slots)


def _before_kind(raw: str, start: int, end: int) -> int:
    """Where the digits between two characters end: before the code of a kind that the engine read without its slash."""
    glued = _KIND.fullmatch(raw[start:end])
    kinds = {short for kind in load() for short in kind.abbreviations} if glued else set()
    return start + glued.end("digits") if glued and glued["kind"] in kinds else end


def _is_number(text: str) -> bool:
    return 1 <= len(text) <= 5 and int(text) > 0


def _is_day(text: str) -> bool:
    return 1 <= len(text) <= 2 and 1 <= int(text) <= 31


def _is_month(text: str) -> bool:
    return 1 <= len(text) <= 2 and 1 <= int(text) <= 12


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text))


def placed(line: Line) -> Iterator[tuple[int, Word]]:
    """The words, each with the place of its first character in the line's raw text."""
    at = 0
    for word in line.words:
        yield at, word
        at += len(word.raw) + 1


def _edges(line: Line, printed: tuple[tuple[int, int], ...], face: Type) -> list[float]:
    """The column where each character of the line's raw text begins, and where the last one ends.

    Printed characters are as wide as type is; noise that the engine glued to them shares what is left of the word.
    """
    edges = [0.0] * (len(line.raw) + 1)
    for at, word in placed(line):
        known = [any(start <= at + i < end for start, end in printed) for i in range(len(word.raw))]
        wide = [width(char, face.size) for char in word.raw]
        sure = sum(w for w, is_known in zip(wide, known, strict=True) if is_known)
        noise = known.count(False)
        share = max(word.box.width - sure, 0.0) / noise if noise else 0.0
        stretch = word.box.width / sure if sure and (not noise or sure > word.box.width) else 1.0
        column = float(word.box.x0)
        for i, is_known in enumerate(known):
            edges[at + i] = column
            column += wide[i] * stretch if is_known else share
        edges[at + len(word.raw)] = float(word.box.x1)
    return edges


def _after(line: Line, edges: list[float], span: tuple[int, int], printed: str, face: Type) -> float:
    """The column where a printed label ends; where more is glued to it, or lost in it, by how wide it must be."""
    start, end = span
    wide = width(printed, face.size)
    if end < len(line.raw) and line.raw[end] != " ":
        return max(edges[end], edges[start] + wide)
    return edges[start] + wide if edges[end] - edges[start] > _SWALLOWED * wide else edges[end]


def _before(line: Line, edges: list[float], start: int) -> float:
    """The column where the next printed character from `start` on begins."""
    spaces = len(line.raw) - start - len(line.raw[start:].lstrip())
    return edges[start + spaces]
