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
from pipeline.repair.local import LocalLexicon, lessons
from pipeline.repair.models import lexicon, probability, reader, taught_reader
from pipeline.repair.pieces import trust_of
from pipeline.repair.recognise import Mode, recognise
from pipeline.repair.restore import Restored, Token, restore
from pipeline.repair.words import repaired_line

__all__ = ["LocalLexicon", "Mode", "lessons", "mode_of", "repair_lines", "repair_pages"]


def repair_pages(pages: tuple[PageText, ...], config: RepairConfig) -> tuple[tuple[PageText, ...], tuple[Repair, ...]]:
    """The pages with the text of their words repaired, `raw` as it was, and every change.

    A word that was two gives two words that share its ink; two that were one give one word around both. What people
    corrected before (`config.taught`) helps.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    if not config.enabled:
        return pages, ()
    lines = [line for page in pages for line in page.lines]
    tokens = [[(word.text, trust_of(word.confidence)) for word in line.words] for line in lines]
    restored = iter(_restored(tokens, None, LocalLexicon(config.taught)))
    repaired = []
    repairs: list[Repair] = []
    for page in pages:
        mended_lines = []
        for number, line in enumerate(page.lines, start=1):
            mended, made = repaired_line(line, next(restored), page.number, number)
            mended_lines.append(mended)
            repairs += made
        repaired.append(dataclasses.replace(page, lines=tuple(mended_lines)))
    return tuple(repaired), tuple(repairs)


def mode_of(lines: Sequence[str]) -> Mode:
    """What kind of text these lines are: read well, ruined, stripped of marks, or foreign.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    return recognise(lines, lexicon())


def repair_lines(
    lines: Sequence[str], mode: Mode | None = None, local: LocalLexicon | None = None
) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Text without boxes, line for line, with every change (page 1; lines and words count from 1).

    The mode is recognised from the text itself unless given.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    raw = [line.split() for line in lines]
    restored = _restored([[(token, 0) for token in line] for line in raw], mode, local)
    repairs = [
        Repair(1, n, t, was, new.text, new.score, new.reason or "characters")
        for n, (before, after) in enumerate(zip(raw, restored, strict=True), start=1)
        for t, (was, new) in enumerate(zip(before, after, strict=True), start=1)
        if was != new.text or new.reason
    ]
    return tuple(" ".join(new.text for new in line if new.text) for line in restored), tuple(repairs)


def _restored(tokens: list[list[Token]], mode: Mode | None, local: LocalLexicon | None) -> list[list[Restored]]:
    mended = [[(mend_characters(token), trust) for token, trust in line] for line in tokens]
    if mode is None:
        mode = recognise([" ".join(token for token, _ in line) for line in mended], lexicon())
    if mode == Mode.FOREIGN:
        return [[Restored(token) for token, _ in line] for line in mended]
    taught = local if local and local.phrases else None
    model = taught_reader(mode, taught) if taught else reader(mode)
    restored = restore(mended, model, taught.evidence(model.lexicon) if taught else None)
    return [
        [dataclasses.replace(new, score=probability(new.odds, mode)) if new.reason else new for new in line]
        for line in restored
    ]
