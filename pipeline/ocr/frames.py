"""The printed frames of a letterhead, `Số: ____/QĐ-UBND` and `ngày __ tháng __ năm 2025`, and what fills them.

Nine letters in ten carry a number and a day by hand or by stamp, where a text engine answers noise. Here the gap
between the printed words is cut from the page and read by the digit net; the words of the line then say what
stands there, each with its probability. What the engine had read stays as `raw`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from pipeline.dates import spelt_date
from pipeline.nouns import Box, Line, Page, PageText, Word, Zone
from pipeline.ocr.digits import Reading
from pipeline.ocr.gaps import read_gap
from pipeline.ocr.slots import Slot, date_slots, number_slots, placed
from pipeline.ocr.stamps import Reads
from pipeline.ocr.typeface import Type, type_of, usual_size
from pipeline.vietnamese import fold

SlotsOf = Callable[[Line, Type], tuple[Slot, ...]]

_SPARED = 0.12
"""Type sizes at the end of a slot that are not covered: the slash or letter after it may begin there."""
_INTO_BEFORE = 0.6
"""Type sizes that a strip reaches into the printed word before it."""
_NOISE = 0.6
"""Confidence below which digits that the engine read in a gap are noise like any other."""
_SEVEN = 0.85
"""Most that a 7 by pen is worth: a 1 with a long flag looks the same, and no other digits are taken for each other so
surely."""
_DISPUTED = 0.5
"""Most that a reading is worth when engine and net read different digits."""


def fill_frames(page: Page, text: PageText, engine: Reads | None = None) -> PageText:
    """The page's text with the digits of its number and date frames read from the ink.

    Only lines of the two header columns are frames: stamps of receivers and of signatures have numbers and dates too,
    and the same words stand in the body. With an engine, a line whose printed words it had glued to the digits is read
    once more without them, unless what it read there are digits: those were typed with the print.

    Raises:
        OcrError: the engine failed.
    """
    if page.blank or not text.lines:
        return text
    lines = list(text.lines)
    size = usual_size([line for line in lines if line.zone.in_header])
    for zone, slots_of in ((Zone.HEADER_LEFT, number_slots), (Zone.HEADER_RIGHT, date_slots)):
        for index, line in enumerate(lines):
            face = type_of(line.words, size) if line.zone == zone else None
            filled = _filled(page, line, face, slots_of, engine) if face else None
            if filled is not None:
                lines[index] = filled
                break
    return replace(text, lines=tuple(lines))


def _filled(page: Page, line: Line, face: Type, slots_of: SlotsOf, engine: Reads | None) -> Line | None:
    """The line with every slot read; slots where no digits are seen stay as they were; None when it is no frame."""
    slots = slots_of(line, face)
    if not slots:
        return None
    seen = [_first_reading(line, slot) for slot in slots]
    if engine and any(first.glued and not _typed(first, slot) for slot, first in zip(slots, seen, strict=True)):
        bare = _read_without_digits(page, line, face, slots, engine)
        bare_slots = slots_of(bare, face)
        if len(bare_slots) == len(slots) and _print_of(bare, bare_slots) >= _print_of(line, slots):
            line, slots = bare, bare_slots
    for slot, first in zip(reversed(slots), reversed(seen), strict=True):
        line = _with_digits(line, slot, _read(page, face, slot), first)
    return line


@dataclass(frozen=True, slots=True)
class _First:
    """What the engine first read in a slot."""

    raw: str
    confidence: float
    glued: bool
    """Whether it was one word with the print beside it."""


def _first_reading(line: Line, slot: Slot) -> _First:
    inside = _parted(line, slot)[1]
    confidence = min((word.confidence for word in inside), default=0.0)
    return _First(" ".join(word.raw for word in inside), confidence, _is_glued(line, slot))


def _print_of(line: Line, slots: tuple[Slot, ...]) -> int:
    """How many letters of the line stand after its first slot and in no slot."""
    text = "".join(line.raw[a.end : b.start] for a, b in pairwise(slots)) + line.raw[slots[-1].end :]
    return sum(c.isalpha() for c in text)


def _is_glued(line: Line, slot: Slot) -> bool:
    """Whether a word reaches over an end of the slot, so that the print beside it was read together with the digits."""
    return any(
        at < edge < at + len(word.raw) and slot.start < slot.end
        for at, word in placed(line)
        for edge in (slot.start, slot.end)
    )


def _read_without_digits(page: Page, line: Line, face: Type, slots: tuple[Slot, ...], engine: Reads) -> Line:
    """The line as the engine reads it when paper covers the slots; what stands before the first label as it was."""
    box, rim = line.box, round(face.size)
    left, top = max(box.x0 - rim, 0), max(box.y0 - rim // 3, 0)
    crop = page.image[top : box.y1 + rim // 3, left : box.x1 + rim].copy()
    paper = round(float(np.percentile(crop, 80)))
    for slot in slots:
        spare = _SPARED * face.size
        crop[:, max(round(slot.left) - left, 0) : max(round(slot.right - spare) - left, 0)] = paper
    framed = np.pad(crop, rim, constant_values=paper)
    words = [word for found in engine.read(Page(page.number, framed, page.dpi)) for word in found.words]
    moved = [replace(w, box=_shifted(w.box, left - rim, top - rim)) for w in sorted(words, key=lambda w: w.box.x0)]
    label = next((w for at, w in placed(line) if at + len(w.raw) >= slots[0].start), line.words[0])
    kept = line.words[: line.words.index(label)]
    return Line((*kept, *(w for w in moved if w.box.centre[0] > label.box.x0)), line.zone)


def _shifted(box: Box, right: int, down: int) -> Box:
    return Box(max(box.x0 + right, 0), max(box.y0 + down, 0), max(box.x1 + right, 0), max(box.y1 + down, 0))


def _read(page: Page, face: Type, slot: Slot) -> Reading:
    ends = (slot.left - _INTO_BEFORE * face.size, slot.right + slot.reach * face.size)
    return read_gap(page.image, face, ends, slot.fits)


def _with_digits(line: Line, slot: Slot, reading: Reading, first: _First) -> Line:
    """The line with one word for the slot, between what stands before and after it.

    Args:
        line: where the slot was found.
        slot: what to fill.
        reading: what the net saw in it.
        first: what the engine first read there.
    """
    before, _, after = _parted(line, slot)
    typed = _typed(first, slot)
    if reading.text and _off_the_calendar(typed, slot, after) and not _off_the_calendar(reading.text, slot, after):
        typed = ""
    settled = _settled(reading, first, typed)
    if not settled.text:
        return line
    box = Box(round(slot.left), line.box.y0, max(round(slot.right), round(slot.left)), line.box.y1)
    digits = Word(first.raw, settled.text, box, settled.probability)
    return replace(line, words=(*_labelled(before, slot.label), digits, *after))


def _labelled(before: tuple[Word, ...], label: str) -> tuple[Word, ...]:
    """The words before a slot, the last of them as it is printed when it was read as something like it."""
    read = before[-1].raw.strip("_-.'|:") if before else ""
    if not read or len(read) > len(label) or fold(before[-1].raw) == fold(label).rstrip(":"):
        return before
    return (*before[:-1], replace(before[-1], text=label))


def _off_the_calendar(digits: str, slot: Slot, after: tuple[Word, ...]) -> bool:
    """Whether a day makes, with the month and the year after it, a date that there never was: 29 February 2025."""
    if slot.label != "ngày" or not digits:
        return False
    found = spelt_date(" ".join((slot.label, digits, *(word.text for word in after))))
    return found is not None and found.month is not None and found.year is not None and found.date is None


def _settled(reading: Reading, first: _First, typed: str) -> Reading:
    """What engine and net together make of a slot: agreement is sure, dispute is not.

    Digits that the engine read as one word with the print beside them were typed with it: what a pen fills in stands
    apart, and comes out as noise.

    Args:
        reading: what the net saw.
        first: what the engine first read.
        typed: the digits in that; empty for noise.
    """
    if not typed:
        return _alone(reading)
    if typed == reading.text:
        return Reading(typed, 1 - (1 - reading.probability) * (1 - first.confidence))
    if not reading.text:
        return Reading(typed, first.confidence / 2)
    if not first.glued and first.confidence < _NOISE:
        return _alone(reading)
    if first.glued or (reading.probability < _DISPUTED and first.confidence > reading.probability):
        return Reading(typed, min(first.confidence, _DISPUTED))
    return Reading(reading.text, min(reading.probability, _DISPUTED))


def _alone(reading: Reading) -> Reading:
    """What the net saw and the engine did not confirm."""
    sure = _SEVEN if "7" in reading.text else 1.0
    return replace(reading, probability=min(reading.probability, sure))


def _typed(first: _First, slot: Slot) -> str:
    """The digits that the engine read in a slot, when they can stand there; empty for noise."""
    digits = first.raw.replace(" ", "").strip("_.-'")
    return digits if digits.isdecimal() and digits.isascii() and slot.fits(digits) else ""


def _parted(line: Line, slot: Slot) -> tuple[tuple[Word, ...], tuple[Word, ...], tuple[Word, ...]]:
    """The words before, in and after a slot; a word that reaches over an end is parted there."""
    before: list[Word] = []
    inside: list[Word] = []
    after: list[Word] = []
    for at, word in placed(line):
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
