"""Ruled tables before the OCR call: the rules taken off, and cells of several lines shown apart from their neighbours.

Rules cost the engine whole rows (it takes them for letters, or the row for a picture), and it reads straight across
a row in which one cell has two lines and the next has one between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.layout.runs import runs_of
from pipeline.nouns import Box, Grid, GridCell, Image, union
from pipeline.pixels import DARK

_LONGEST_STROKE = 0.2
"""Inches: a straight run of ink longer than this is a rule, not a stroke of a letter."""
_SLACK = 0.04
"""Inches around a table in which its outer rules lie."""


def without_rules(image: Image, grids: Sequence[Grid], dpi: int) -> Image:
    """A copy of the gray page with the rules of its tables painted as paper; the page itself when it has no table."""
    if not grids:
        return image
    clean = image.copy()
    for grid in grids:
        slack = round(_SLACK * dpi)
        part = clean[
            max(grid.box.y0 - slack, 0) : grid.box.y1 + slack, max(grid.box.x0 - slack, 0) : grid.box.x1 + slack
        ]
        _paint(part, max(round(_LONGEST_STROKE * dpi), 3))
    return clean


def _paint(part: Image, run: int) -> None:
    ink = np.asarray(cv2.threshold(part, DARK - 1, 255, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    level, upright = (runs_of(ink, upright=way).of_length(run).mask() for way in (False, True))
    rules = cv2.dilate(cv2.bitwise_or(level, upright), np.ones((5, 5), np.uint8))
    cv2.max(part, cv2.threshold(rules, 0, 255, cv2.THRESH_BINARY)[1], dst=part)


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of a table that are shown to the engine together: `box` is where they stand, `shown` what of it is seen."""

    box: Box
    shown: tuple[Box, ...]


_SEVERAL_LINES = 2.1
"""Times the height of a capital or digit: one line with marks above and tails below stays under it, two lines over."""
_LEAST_INK = 0.05
"""Inches: lower ink is a dash or a speck, and tells nothing about the height of letters."""


def strips(image: Image, grid: Grid, dpi: int) -> tuple[Strip, ...]:
    """The table from top to bottom in strips that the engine can read line by line.

    Args:
        image: the page without rules.
        grid: a table on it.
        dpi: of the page.
    """
    inks = {cell: _ink(image, cell.box) for cell in grid.cells}
    heights = sorted(ink.height for ink in inks.values() if ink is not None and ink.height >= _LEAST_INK * dpi)
    if not heights:
        return ()
    limit = _SEVERAL_LINES * heights[len(heights) // 5]
    return tuple(_joined(list(_parts(grid, inks, limit))))


def _parts(grid: Grid, inks: dict[GridCell, Box | None], limit: float) -> Iterator[Strip]:
    for cells in _bands(grid):
        band = union([cell.box for cell in cells])
        inked = [(cell, ink) for cell in cells if (ink := inks[cell]) is not None]
        if band is None or not inked:
            continue
        if all(ink.height <= limit for _, ink in inked) and len(_levels(inked)) == 1:
            yield Strip(band, (band,))
            continue
        for level in _levels([(cell, ink) for cell, ink in inked if ink.height <= limit]):
            yield Strip(band, tuple(cell.box for cell in level))
        for cell, ink in inked:
            if ink.height > limit:
                yield Strip(band, (cell.box,))


def _bands(grid: Grid) -> Iterator[list[GridCell]]:
    """The cells of rows that hang together: a cell that spans rows ties them."""
    band: list[GridCell] = []
    end = 0
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
        if band and cell.row >= end:
            yield band
            band = []
        band.append(cell)
        end = max(end, cell.row_end)
    if band:
        yield band


def _levels(inked: Sequence[tuple[GridCell, Box]]) -> list[list[GridCell]]:
    """Cells of one line each, those together whose lines stand at one height."""
    levels: list[tuple[Box, list[GridCell]]] = []
    for cell, ink in sorted(inked, key=lambda pair: pair[1].y0):
        for around, level in levels:
            if min(around.y1, ink.y1) - max(around.y0, ink.y0) >= 0.5 * min(around.height, ink.height):
                level.append(cell)
                break
        else:
            levels.append((ink, [cell]))
    return [level for _, level in levels]


def _joined(parts: list[Strip]) -> Iterator[Strip]:
    """Whole bands that follow each other as one strip: the engine reads a block of rows better than single ones."""
    run: list[Box] = []
    for part in parts:
        if part.shown == (part.box,):
            run.append(part.box)
            continue
        yield from _block(run)
        run = []
        yield part
    yield from _block(run)


def _block(run: list[Box]) -> Iterator[Strip]:
    around = union(run)
    if around is not None:
        yield Strip(around, (around,))


def _ink(image: Image, box: Box) -> Box | None:
    """The box around the ink in a cell; None for an empty one."""
    part = image[box.y0 : box.y1, box.x0 : box.x1] < DARK
    rows, cols = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    if not rows.size:
        return None
    return Box(box.x0 + int(cols[0]), box.y0 + int(rows[0]), box.x0 + int(cols[-1]) + 1, box.y0 + int(rows[-1]) + 1)
