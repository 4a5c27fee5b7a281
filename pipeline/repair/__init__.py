"""Vietnamese brought back: text that an OCR engine bent or stripped of its marks, as it was printed.

A noisy channel: the error model says what a printed syllable may be read as, the language model which syllables follow
one another, and a beam search finds the likeliest printing. Fresh OCR is nearly right and must not be harmed, so there
a word is changed on strong evidence only; text read without Vietnamese is opened word by word. Digits, document
numbers, dates and addresses are never touched. Every change is a `Repair`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from pipeline.config import RepairConfig
from pipeline.nouns import PageText, Repair
from pipeline.repair.characters import mend_characters
from pipeline.repair.models import reader
from pipeline.repair.recognise import Mode, recognise
from pipeline.repair.restore import restore
from pipeline.repair.words import repaired_line

__all__ = ["Mode", "repair_lines", "repair_pages"]

_ENGINE = {Mode.FRESH: "vie", Mode.RUINED: "eng"}


def repair_pages(pages: tuple[PageText, ...], config: RepairConfig) -> tuple[tuple[PageText, ...], tuple[Repair, ...]]:
    """The pages with the text of their words repaired, `raw` as it was, and every change.

    A word that was two gives two words that share its ink; two that were one give one word around both.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    if not config.enabled:
        return pages, ()
    lines = [line for page in pages for line in page.lines]
    texts = _restored([[word.text for word in line.words] for line in lines], None)
    repaired = []
    repairs: list[Repair] = []
    at = 0
    for page in pages:
        count = len(page.lines)
        numbered = enumerate(zip(page.lines, texts[at : at + count], strict=True), start=1)
        done = [repaired_line(line, text, page.number, n) for n, (line, text) in numbered]
        repaired.append(dataclasses.replace(page, lines=tuple(line for line, _ in done)))
        repairs += [repair for _, made in done for repair in made]
        at += count
    return tuple(repaired), tuple(repairs)


def repair_lines(lines: Sequence[str], mode: Mode | None = None) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Text without boxes, line for line, with every change (page 1; lines and words count from 1).

    The mode is recognised from the text itself unless given.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    raw = [line.split() for line in lines]
    texts = _restored(raw, mode)
    repairs = [
        Repair(1, n, t, was, text, 0.5, "context")
        for n, (before, after) in enumerate(zip(raw, texts, strict=True), start=1)
        for t, (was, text) in enumerate(zip(before, after, strict=True), start=1)
        if was != text
    ]
    return tuple(" ".join(text for text in line if text) for line in texts), tuple(repairs)


def _restored(tokens: list[list[str]], mode: Mode | None) -> list[list[str]]:
    """The text of each token, empty where it was joined to its neighbour."""
    mended = [[mend_characters(token) for token in line] for line in tokens]
    if mode is None:
        mode = recognise([" ".join(line) for line in mended], reader("eng").lexicon)
    if mode != Mode.RUINED:
        return mended
    return restore(mended, reader(_ENGINE[mode]))
