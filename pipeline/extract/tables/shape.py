"""A table before its words are understood: slots in rows and columns, each with the words that lie in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.nouns import Box, Word


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a table, merged or not; rows and columns from 0, ends exclusive."""

    row: int
    col: int
    row_end: int
    col_end: int
    words: tuple[Word, ...]
    page: int
    box: Box | None = None
    doubt: float = 1.0
    """How sure it is that the words belong here, 0 to 1."""

    @property
    def text(self) -> str:
        """The words as repaired."""
        return " ".join(word.text for word in self.words)

    @property
    def raw(self) -> str:
        """The words as read."""
        return " ".join(word.raw for word in self.words)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as slots; `columns` and `header_rows` only where the reader knows them already."""

    page: int
    rows: int
    cols: int
    slots: tuple[Slot, ...]
    title: str = ""
    box: Box | None = None
    columns: tuple[str, ...] | None = None
    header_rows: int | None = None
    opens_page: bool = False
    """Nothing but the page number stands above it: it may continue a table of the page before."""
    closes_page: bool = False
    """Nothing but the page number stands below it."""

    def at(self, row: int, col: int) -> Slot | None:
        """The slot that covers a place."""
        for slot in self.slots:
            if slot.row <= row < slot.row_end and slot.col <= col < slot.col_end:
                return slot
        return None


def in_reading_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of one cell, line by line from the top, each line from the left."""
    if not words:
        return ()
    height = median(word.box.height for word in words) or 1
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.centre[1]):
        if lines and word.box.centre[1] - lines[-1][0].box.centre[1] < 0.6 * height:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(word for line in lines for word in sorted(line, key=lambda w: w.box.x0))
