"""Tables that go on overleaf, put together again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.extract.table_headers import header_rows
from pipeline.extract.table_shape import Shape, Slot
from pipeline.vietnamese import fold, squeeze

SAME_HEAD = 80
"""Likeness (0 to 100) of two heads that are the same, for all that was misread."""


def joined(shapes: Iterable[Shape]) -> list[Shape]:
    """The tables in order, each that continues the one before added to it."""
    whole: list[Shape] = []
    for shape in shapes:
        if whole and _continues(whole[-1], shape):
            whole[-1] = _added(whole[-1], shape)
        else:
            whole.append(shape)
    return whole


def _continues(before: Shape, after: Shape) -> bool:
    """Whether a table that opens a page is the rest of the one that closed the page before."""
    last = max(slot.page for slot in before.slots)
    if after.page != last + 1 or before.cols != after.cols or not (before.closes_page and after.opens_page):
        return False
    head = header_rows(after)
    return not after.title and (head == 0 or _repeats(before, after) or not _names_columns(after, head))


def _repeats(before: Shape, after: Shape) -> bool:
    count = header_rows(after)
    return count > 0 and fuzz.ratio(_head_text(before, count), _head_text(after, count)) >= SAME_HEAD


def _head_text(shape: Shape, rows: int) -> str:
    return fold(squeeze(" ".join(slot.text for slot in shape.slots if slot.row < rows)))


def _names_columns(shape: Shape, head: int) -> bool:
    """Whether the first rows look like a head of their own: every column has its words."""
    return all(any(slot.words for row in range(head) if (slot := shape.at(row, col))) for col in range(shape.cols))


def _added(before: Shape, after: Shape) -> Shape:
    skipped = header_rows(after) if _repeats(before, after) else 0
    moved = [_moved(slot, before.rows - skipped) for slot in after.slots if slot.row >= skipped]
    return replace(
        before,
        rows=before.rows + after.rows - skipped,
        slots=(*before.slots, *moved),
        closes_page=after.closes_page,
        header_rows=header_rows(before),
    )


def _moved(slot: Slot, by: int) -> Slot:
    return replace(slot, row=slot.row + by, row_end=slot.row_end + by)
