"""The printed frames of a letterhead, `Số: ____/QĐ-UBND` and `ngày __ tháng __ năm 2025`, and what fills them.

Nine letters in ten carry a number and a day by hand or by stamp, where a text engine answers noise. Here the gap
between the printed words is cut from the page and read by the digit net; the words of the line then say what
stands there, each with its probability. What the engine had read stays as `raw`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.config import models_dir
from pipeline.nouns import Box, Line, Page, PageText, Word, Zone
from pipeline.ocr.digits import DigitNet, Reading, cut_strip, load_net, read_digits
from pipeline.ocr.typeface import SMALL_LETTER, Type, type_of, width
from pipeline.vietnamese import fold

# Frames are looked for in the folded text of a line, a space between its words: `so: 5?2 /qd-ubnd`.
_NUMBER = re.compile(
    r"^(?P<before>\W{0,2}(?:s[o06e]|8[o0])\s?[:;.,]?)"
    r"(?P<number>.{0,14}?)(?=\s*[/\u2044]\s?(?:(?:19|20)\d\d\s?/\s?)?[a-z]|\s*-\s?[a-z]{2})"
)
_DATE = re.compile(
    r"^.*(?P<before>n?ga[yv]?)(?P<day>.{0,12}?)"
    r"(?P<month_before>th?an[gq]|hang)(?P<month>.{0,8}?)"
    r"(?P<year_before>n[ao]m)(?P<year>.*)$"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = {"before": "ngày", "month_before": "tháng", "year_before": "năm"}
"""What is printed where the groups of that name are found."""
_INTO_BEFORE, _INTO_AFTER = 0.6, 0.5
"""Type sizes that a strip reaches into the printed words at its ends: pens do not stop there."""
_VIEWS = ((1.0, 0.0), (0.88, 0.06), (1.13, -0.06))
"""Scale, and shift of the baseline in type sizes, of each view of a strip."""
_TYPED = 0.8
"""Confidence from which digits that the engine read are held against what the net read."""
_DISPUTED = 0.5
"""Most that a reading is worth when engine and net read different digits."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in: characters `start` to `end` of the line's raw text, and columns of the page."""

    start: int
    end: int
    left: float
    right: float
    fits: Callable[[str], bool]


def fill_frames(page: Page, text: PageText) -> PageText:
    """The page's text with the digits of its number and date frames read from the ink.

    Only lines of the two header columns are frames: stamps of receivers and of signatures have numbers and dates too,
    and the same words stand in the body.
    """
    if page.blank or not text.lines:
        return text
    lines = list(text.lines)
    for zone, slots_of in ((Zone.HEADER_LEFT, number_slots), (Zone.HEADER_RIGHT, date_slots)):
        for index, line in enumerate(lines):
            face = type_of(line.words) if line.zone == zone else None
            slots = slots_of(line, face) if face else ()
            if face and slots:
                lines[index] = _filled(page, line, face, slots)
                break
    return replace(text, lines=tuple(lines))


def number_slots(line: Line, face: Type) -> tuple[Slot, ...]:
    """The gap between `Số:` and the symbol of a number line; none when the line is no number frame."""
    found = _NUMBER.search(fold(line.raw))
    if not found:
        return ()
    printed = (found.span("before"), (found.end("number"), len(line.raw)))
    edges = _edges(line, printed, face)
    start, end = found.span("number")
    left = _after(line, edges, found.span("before"), "Số:", face)
    return (Slot(start, end, left, _before(line, edges, end), _is_number),)


def date_slots(line: Line, face: Type) -> tuple[Slot, ...]:
    """The gaps for day and month of a date line, and for its year when that was not read as one."""
    found = _DATE.search(fold(line.raw))
    if not found:
        return ()
    spans = {name: found.span(name) for name in (*_LABEL, "day", "month", "year")}
    edges = _edges(line, tuple(spans[name] for name in _LABEL), face)
    after = {name: _after(line, edges, spans[name], printed, face) for name, printed in _LABEL.items()}
    slots = [
        Slot(*spans["day"], after["before"], _before(line, edges, spans["day"][1]), _is_day),
        Slot(*spans["month"], after["month_before"], _before(line, edges, spans["month"][1]), _is_month),
    ]
    if not _YEAR.search(found.group("year")):
        right = after["year_before"] + width(" 2025.", face.size)
        slots.append(Slot(*spans["year"], after["year_before"], right, _is_year))
    return tuple(slots)


def _is_number(text: str) -> bool:
    return 1 <= len(text) <= 5 and int(text) > 0


def _is_day(text: str) -> bool:
    return 1 <= len(text) <= 2 and 1 <= int(text) <= 31


def _is_month(text: str) -> bool:
    return 1 <= len(text) <= 2 and 1 <= int(text) <= 12


def _is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(text))


def _placed(line: Line) -> Iterator[tuple[int, Word]]:
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
    for at, word in _placed(line):
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
    """The column where a printed label ends; where more is glued to it, by how wide it must be."""
    start, end = span
    if end == len(line.raw) or line.raw[end] == " ":
        return edges[end]
    return max(edges[end], edges[start] + width(printed, face.size))


def _before(line: Line, edges: list[float], start: int) -> float:
    """The column where the next printed character from `start` on begins."""
    spaces = len(line.raw) - start - len(line.raw[start:].lstrip())
    return edges[start + spaces]


def _filled(page: Page, line: Line, face: Type, slots: tuple[Slot, ...]) -> Line:
    """The line with every slot read; slots where no digits are seen keep what the engine read."""
    for slot in reversed(slots):
        reading = _read(page, face, slot)
        line = _with_digits(line, slot, reading)
    return line


def _read(page: Page, face: Type, slot: Slot) -> Reading:
    ends = (
        max(round(slot.left - _INTO_BEFORE * face.size), 0),
        min(round(slot.right + _INTO_AFTER * face.size), page.width),
    )
    if ends[1] - ends[0] < 4:
        return Reading("", 0.0)
    views = [
        cut_strip(page.image, face.baseline + shift * face.size, SMALL_LETTER * face.size * scale, ends)
        for scale, shift in _VIEWS
    ]
    return read_digits(_net(), views, slot.fits)


@lru_cache(maxsize=1)
def _net() -> DigitNet:
    return load_net(models_dir() / "digits.npz")


def _with_digits(line: Line, slot: Slot, reading: Reading) -> Line:
    """The line with one word for the slot, between what stands before and after it."""
    before, inside, after = _parted(line, slot)
    seen = " ".join(word.raw for word in inside)
    settled = _settled(reading, inside, slot)
    if not settled.text:
        return line
    box = Box(round(slot.left), line.box.y0, max(round(slot.right), round(slot.left)), line.box.y1)
    digits = Word(seen, settled.text, box, settled.probability)
    return replace(line, words=(*before, digits, *after))


def _settled(reading: Reading, inside: tuple[Word, ...], slot: Slot) -> Reading:
    """What engine and net together make of a slot: agreement is sure, dispute is not."""
    typed = "".join(word.text for word in inside)
    if not (typed.isdecimal() and typed.isascii() and slot.fits(typed)):
        return reading
    confidence = min(word.confidence for word in inside)
    if typed == reading.text:
        return Reading(typed, 1 - (1 - reading.probability) * (1 - confidence))
    if confidence >= _TYPED and reading.probability < _DISPUTED:
        return Reading(typed, min(confidence * (1 - reading.probability), _DISPUTED))
    return (
        Reading(reading.text, min(reading.probability, _DISPUTED)) if reading.text else Reading(typed, confidence / 2)
    )


def _parted(line: Line, slot: Slot) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """The words before, in and after a slot; a word that reaches over an end is parted there."""
    before: list[Word] = []
    inside: list[Word] = []
    after: list[Word] = []
    for at, word in _placed(line):
        cuts = (
            0,
            min(max(slot.start - at, 0), len(word.raw)),
            min(max(slot.end - at, 0), len(word.raw)),
            len(word.raw),
        )
        edges = (word.box.x0, _within(slot.left, word.box), _within(slot.right, word.box), word.box.x1)
        for part, group in enumerate((before, inside, after)):
            raw = word.raw[cuts[part] : cuts[part + 1]]
            if raw == word.raw:
                group.append(word)
            elif raw:
                box = Box(edges[part], word.box.y0, max(edges[part + 1], edges[part]), word.box.y1)
                group.append(Word(raw, raw, box, word.confidence))
    return tuple(before), tuple(inside), tuple(after)


def _within(column: float, box: Box) -> int:
    return round(min(max(column, box.x0), box.x1))
