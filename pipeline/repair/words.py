"""Repaired text back into the words of a line, each with its ink."""

from __future__ import annotations

import dataclasses

from pipeline.nouns import Box, Line, Repair, Word, union
from pipeline.repair.restore import Restored


def repaired_line(line: Line, restored: list[Restored], page: int, number: int) -> tuple[Line, tuple[Repair, ...]]:
    """The line with new texts for its words (empty: joined to the next word that has one) and the changes made."""
    words: list[Word] = []
    repairs: list[Repair] = []
    waiting: list[Word] = []
    for at, (word, new) in enumerate(zip(line.words, restored, strict=True), start=1):
        waiting.append(word)
        if not new.text and at < len(restored):
            continue
        whole = _whole(waiting)
        waiting = []
        if new.text != whole.text or new.reason:
            reason = new.reason or "characters"
            repairs.append(Repair(page, number, at, whole.raw, new.text, new.score, reason))
        words += _parts(whole, new)
    return dataclasses.replace(line, words=tuple(words)), tuple(repairs)


def _whole(words: list[Word]) -> Word:
    """Neighbouring words as one."""
    box = union([w.box for w in words]) if len(words) > 1 else None
    if box is None:
        return words[0]
    confidence = min(w.confidence for w in words)
    return Word(" ".join(w.raw for w in words), " ".join(w.text for w in words), box, confidence)


def _parts(word: Word, new: Restored) -> list[Word]:
    """The word with new text and odds; a text of several words shares out the ink and the letters read by length."""
    pieces = new.text.split()
    if len(pieces) < 2:
        return [Word(word.raw, new.text, word.box, word.confidence, new.odds)]
    total = sum(map(len, pieces))
    parts: list[Word] = []
    done = 0
    for piece in pieces:
        start, done = done, done + len(piece)
        x0 = word.box.x0 + word.box.width * start // total
        x1 = word.box.x0 + word.box.width * done // total
        raw = word.raw[len(word.raw) * start // total : len(word.raw) * done // total]
        parts.append(Word(raw, piece, Box(x0, word.box.y0, x1, word.box.y1), word.confidence, new.odds))
    return parts
