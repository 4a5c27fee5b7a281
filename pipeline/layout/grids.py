"""Ruled tables on a page: the rules found in the pixels, and the cells that they fence in.

Where two neighbouring places have no rule between them they are one cell, so merged cells need no special case, and a
rule that is broken over less than half of a side still divides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.rules import WORKING_DPI, Region, Rules, regions, rules_in, working_ink
from pipeline.nouns import Box, Grid, GridCell, Image, Page, PageText, union

SAME_RULE = 0.055
"""Inches between pieces of one rule, or between the two strokes of a double rule."""
WALL = 0.5
"""The part of a cell's side that must be ruled for the side to divide."""
_Place = TypeVar("_Place", float, NDArray[np.float64])
"""A coordinate, or many."""
_SAME_SHAPE = 0.02
"""How far the proportions of a page and of its text layer may differ for boxes of one to fit the other."""


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The ruled tables of an upright page, from top to bottom, in pixels of that page; empty for most pages.

    A table has at least two columns and three cells (one row may be the rest of a table overleaf): rules under headers,
    frames around a text and dotted lines are none.
    """
    scale = max(1.0, page.dpi / WORKING_DPI) if page.dpi else 1.0
    ink = working_ink(page.image, scale)
    dpi = page.dpi / scale if page.dpi else WORKING_DPI
    down = rules_in(ink, dpi, upright=True)
    if len(down.pieces) < 2:
        return ()
    across = rules_in(ink, dpi, upright=False)
    grids = (_grid(region, across, down, dpi) for region in regions(across, down, dpi))
    found = [_scaled(grid, scale, (page.width, page.height)) for grid in grids if grid is not None]
    whole = [grid for grid in found if not any(_holds(other.box, grid.box) for other in found if other is not grid)]
    return tuple(sorted(whole, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _holds(outer: Box, inner: Box) -> bool:
    """Whether a box lies in a larger one: ticks and small frames in a cell are a part of its table."""
    x, y = inner.centre
    return outer.area > inner.area and outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


def grids_of_layer(page: Page, text: PageText) -> tuple[Grid, ...]:
    """The ruled tables of a page in the measures of its text layer; none where the two are not of one shape.

    A text layer tells words and no rules: those are looked for in the drawn page.
    """
    if not (page.width and page.height and text.width and text.height):
        return ()
    across, down = text.width / page.width, text.height / page.height
    if abs(across / down - 1) > _SAME_SHAPE:
        return ()
    return tuple(_scaled(grid, across, (text.width, text.height)) for grid in find_grids(page))


def _grid(region: Region, across: Rules, down: Rules, dpi: float) -> Grid | None:
    """The table in a region of touching rules, at the working resolution; None when it is no table."""
    rows, cols = region.rows, region.cols
    if len(rows) < 2 or len(cols) < 2:
        return None
    tilt = _Tilt(_slope(rows, across.mask), _slope(cols[:, [1, 0, 3, 2]], down.mask.T))
    tops = _levels(tilt.v(rows[:, 0] + rows[:, 2] / 2, rows[:, 1] + rows[:, 3] / 2), rows[:, 2], dpi)
    lefts = _levels(tilt.u(cols[:, 0] + cols[:, 2] / 2, cols[:, 1] + cols[:, 3] / 2), cols[:, 3], dpi)
    lefts = _with_open_sides(lefts, rows, tilt, dpi)
    if len(tops) < 2 or len(lefts) < 3:
        return None
    reach = max(2, round(0.02 * dpi))
    frame = _Frame(tops, lefts, tilt, _widened(across.mask, reach, (0, 1)), _widened(down.mask, reach, (1, 0)))
    return _numbered(tuple(_cells(frame)))


def _numbered(cells: tuple[GridCell, ...]) -> Grid | None:
    """The grid with rows and columns counted by the cells that begin there: a stray mark beside a rule is no row."""
    rows, cols = sorted({cell.row for cell in cells}), sorted({cell.col for cell in cells})
    around = union([cell.box for cell in cells])
    if around is None or len(cols) < 2 or len(cells) < 3:
        return None
    return Grid(around, tuple(_renumbered(cell, rows, cols) for cell in cells), len(rows), len(cols))


def _renumbered(cell: GridCell, rows: list[int], cols: list[int]) -> GridCell:
    return GridCell(
        bisect_left(rows, cell.row),
        bisect_left(cols, cell.col),
        bisect_left(rows, cell.row_end),
        bisect_left(cols, cell.col_end),
        cell.box,
    )


@dataclass(frozen=True, slots=True)
class _Tilt:
    """What deskewing has left: how far level rules fall for each pixel to the right, upright ones lean for each down.

    Paper drawn through a feeder is sheared, so the two are measured apart. `u` and `v` are the coordinates in which the
    rules are straight.
    """

    across: float
    down: float

    def u(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where across the sheet a pixel lies."""
        return x - self.down * y

    def v(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where down the sheet a pixel lies."""
        return y - self.across * x

    def pixel(self, u: _Place, v: _Place) -> tuple[_Place, _Place]:
        """The way back, as x and y."""
        x = (u + self.down * v) / (1 - self.across * self.down)
        return x, v + self.across * x


def _slope(pieces: NDArray[np.int32], mask: Image) -> float:
    """How far rules stray for each pixel along them, as the longest show; upright ones lie on their side."""
    slopes: list[float] = []
    for x, y, length, depth in sorted(pieces.tolist(), key=lambda piece: -piece[2])[:12]:
        rule = mask[y : y + depth, x : x + length] > 0
        quarter = max(1, length // 4)
        slopes.append((_middle(rule[:, -quarter:]) - _middle(rule[:, :quarter])) / max(1, length - quarter))
    return median(slopes)


def _middle(rule: NDArray[np.bool_]) -> float:
    """How far down a stretch of a level rule runs."""
    ink = rule.astype(np.float32)
    down = np.arange(len(rule), dtype=np.float32) @ ink
    return float(np.median(down / np.maximum(ink.sum(axis=0), 1)))


def _levels(at: NDArray[np.float64], weight: NDArray[np.int32], dpi: float) -> list[float]:
    """Where the rules lie: the positions of the pieces, those of one rule taken together."""
    order = np.argsort(at)
    levels: list[list[tuple[float, float]]] = []
    for index in order:
        here = (float(at[index]), float(weight[index]))
        if levels and here[0] - levels[-1][-1][0] <= SAME_RULE * dpi:
            levels[-1].append(here)
        else:
            levels.append([here])
    return [sum(p * w for p, w in level) / sum(w for _, w in level) for level in levels]


def _with_open_sides(lefts: list[float], rows: NDArray[np.int32], tilt: _Tilt, dpi: float) -> list[float]:
    """The upright rules, with the ends of the level ones as sides where a table is printed without sides."""
    down = rows[:, 1] + rows[:, 3] / 2
    starts, ends = (
        tilt.u(rows[:, 0].astype(np.float64), down),
        tilt.u((rows[:, 0] + rows[:, 2]).astype(np.float64), down),
    )
    margin = 0.25 * dpi
    first, last = float(np.min(starts)), float(np.max(ends))
    sides = list(lefts)
    if lefts[0] - first > margin and (np.abs(starts - first) < margin).sum() >= 2:
        sides.insert(0, first)
    if last - lefts[-1] > margin and (np.abs(ends - last) < margin).sum() >= 2:
        sides.append(last)
    return sides


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the rules of one table lie, in straight coordinates, and the masks to look them up in, within reach."""

    tops: Sequence[float]
    lefts: Sequence[float]
    tilt: _Tilt
    across: Image
    down: Image

    def ruled_above(self, row: int, col: int) -> bool:
        """Whether a rule divides the place from the one above it."""
        u = _between(self.lefts[col], self.lefts[col + 1])
        x, y = self.tilt.pixel(u, np.full_like(u, self.tops[row]))
        return _share(self.across, x, y) >= WALL

    def ruled_left(self, row: int, col: int) -> bool:
        """Whether a rule divides the place from the one to its left."""
        v = _between(self.tops[row], self.tops[row + 1])
        x, y = self.tilt.pixel(np.full_like(v, self.lefts[col]), v)
        return _share(self.down, x, y) >= WALL


def _widened(mask: Image, reach: int, off: tuple[int, int]) -> Image:
    """The mask with what lies so many pixels to either side of it, across or down."""
    across, down = (2 * reach * step + 1 for step in off)
    return np.asarray(cv2.dilate(mask, np.ones((down, across), np.uint8)), dtype=np.uint8)


def _share(mask: Image, x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """The part of a way that is set in a mask."""
    columns = np.minimum(np.maximum(np.rint(x), 0), mask.shape[1] - 1).astype(np.intp)
    rows = np.minimum(np.maximum(np.rint(y), 0), mask.shape[0] - 1).astype(np.intp)
    return float(np.count_nonzero(mask[rows, columns])) / len(x)


def _between(start: float, end: float) -> NDArray[np.float64]:
    """Positions along a cell's side, without its corners, where the other rules run."""
    return start + _steps(max(8, int(end - start) // 2)) * (end - start)


@lru_cache(maxsize=256)
def _steps(count: int) -> NDArray[np.float64]:
    """So many even steps from near one corner to near the other, as parts of the side."""
    return np.linspace(0.08, 0.92, count)


def _cells(frame: _Frame) -> Iterator[GridCell]:
    """The cells: places without a rule between them are one, widened to a rectangle."""
    rows, cols = len(frame.tops) - 1, len(frame.lefts) - 1
    taken = np.zeros((rows, cols), dtype=np.bool_)
    for row in range(rows):
        for col in range(cols):
            if taken[row, col]:
                continue
            col_end = col + 1
            while col_end < cols and not taken[row, col_end] and not frame.ruled_left(row, col_end):
                col_end += 1
            row_end = row + 1
            while row_end < rows and not any(frame.ruled_above(row_end, c) for c in range(col, col_end)):
                row_end += 1
            taken[row:row_end, col:col_end] = True
            yield GridCell(row, col, row_end, col_end, _box(frame, (row, col), (row_end, col_end)))


def _box(frame: _Frame, start: tuple[int, int], end: tuple[int, int]) -> Box:
    corners = [frame.tilt.pixel(frame.lefts[c], frame.tops[r]) for r in (start[0], end[0]) for c in (start[1], end[1])]
    x, y = ([max(round(corner[axis]), 0) for corner in corners] for axis in range(2))
    return Box(min(x), min(y), max(x), max(y))


def _scaled(grid: Grid, scale: float, size: tuple[int, int]) -> Grid:
    """The grid so many times as large, inside a page of that size."""

    def grown(box: Box) -> Box:
        x = [min(size[0], round(v * scale)) for v in (box.x0, box.x1)]
        y = [min(size[1], round(v * scale)) for v in (box.y0, box.y1)]
        return Box(x[0], y[0], x[1], y[1])

    cells = tuple(GridCell(c.row, c.col, c.row_end, c.col_end, grown(c.box)) for c in grid.cells)
    return Grid(grown(grid.box), cells, grid.rows, grid.cols)
