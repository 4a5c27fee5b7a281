"""Tables that go on overleaf, put together again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from rapidfuzz import fuzz

from pipeline.extract.tables.headers import header_rows
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.vietnamese import fold, squeeze

SAME_HEAD = 80
"""Likeness (0 to 100) of two heads that are the same, for all that was misread."""
SAME_EDGE = 0.025
"""How far apart the edges of one column may stand on two pages, as a part of the table's width."""


def joined(shapes: Iterable[Shape]) -> list[Shape]:
    """The tables in order, each that continues the one before added to it."""
    whole: list[Shape] = []
    for shape in shapes:
        fitted = _fitted(whole[-1], shape) if whole else None
        if fitted is not None and _continues(whole[-1], fitted):
            whole[-1] = _added(whole[-1], fitted)
        else:
            whole.append(shape)
    return whole


def _continues(before: Shape, after: Shape) -> bool:
    """Whether a table that opens a page is the rest of the one that closed the page before."""
    last = max(slot.page for slot in before.slots)
    if after.page != last + 1 or not (before.closes_page and after.opens_page):
        return False
    head = header_rows(after)
    return not after.title and (head == 0 or _repeats(before, after) or not _names_columns(after, head))


def _fitted(before: Shape, after: Shape) -> Shape | None:
    """The later table in the columns of the earlier; None when its rules stand elsewhere.

    A rest that is one total row has its first cells merged, so it shows fewer columns than it belongs to.
    """
    old, new = _edges(before), _edges(after)
    if old is None or new is None:
        return after if before.cols == after.cols else None
    nearest = [min(range(len(old)), key=lambda i: abs(old[i] - edge)) for edge in new]
    if any(abs(old[i] - edge) > SAME_EDGE for i, edge in zip(nearest, new, strict=True)):
        return None
    if len(set(nearest)) < len(nearest):
        return None
    slots = tuple(replace(s, col=nearest[s.col], col_end=nearest[s.col_end]) for s in after.slots)
    return replace(after, slots=slots, cols=before.cols)


def _edges(shape: Shape) -> list[float] | None:
    """Where the columns begin and the last one ends on the first page, as parts of its width; None without ink."""
    starts: list[list[int]] = [[] for _ in range(shape.cols)]
    for slot in shape.slots:
        if slot.box is not None and slot.page == shape.page:
            starts[slot.col].append(slot.box.x0)
    if shape.box is None or not all(starts) or not shape.box.width:
        return None
    return [*((median(xs) - shape.box.x0) / shape.box.width for xs in starts), 1.0]


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
