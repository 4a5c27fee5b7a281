"""Ruled tables after the OCR call: their words gathered cell by cell, one line a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.nouns import Box, Grid, GridCell, Line, Word, Zone


@dataclass(frozen=True, slots=True)
class _Placed:
    """A run of words of one engine line that lies in one cell."""

    cell: GridCell
    line: Line

    @property
    def order(self) -> tuple[int, int, float, int]:
        """Row by row, cell by cell, and inside a cell from the top."""
        return self.cell.row, self.cell.col, self.line.box.centre[1], self.line.box.x0


def by_cell(lines: Sequence[Line], grids: Sequence[Grid]) -> list[Line]:
    """The lines with the words of each table gathered into one line a row, cell after cell; the others as they were."""
    rest = list(lines)
    for grid in grids:
        rest = _gathered(rest, grid)
    return rest


def _gathered(lines: list[Line], grid: Grid) -> list[Line]:
    kept: list[Line] = []
    placed: list[_Placed] = []
    at: int | None = None
    for line in lines:
        outside = tuple(word for word in line.words if not _holds(grid.box, word.box))
        inside = tuple(_runs(line, grid))
        if inside and at is None:
            at = len(kept)
        placed.extend(inside)
        if outside:
            kept.append(replace(line, words=outside))
    if at is not None:
        kept[at:at] = _rows(placed)
    return kept


def _rows(placed: list[_Placed]) -> Iterator[Line]:
    ordered = sorted(placed, key=lambda run: run.order)
    for row in sorted({run.cell.row for run in ordered}):
        yield Line(tuple(word for run in ordered if run.cell.row == row for word in run.line.words), Zone.TABLE)


def _runs(line: Line, grid: Grid) -> Iterator[_Placed]:
    words: list[Word] = []
    home: GridCell | None = None
    for word in line.words:
        cell = _cell_of(word.box, grid)
        if cell is None:
            continue
        if home is not None and cell is not home:
            yield _Placed(home, Line(tuple(words)))
            words = []
        words.append(word)
        home = cell
    if home is not None:
        yield _Placed(home, Line(tuple(words)))


def _cell_of(box: Box, grid: Grid) -> GridCell | None:
    """The cell that holds most of the word; the nearest one for a word that lies on a rule."""
    if not _holds(grid.box, box) or not grid.cells:
        return None
    area = box.area
    whole = next((cell for cell in grid.cells if cell.box.overlap(box) == area), None) if area else None
    best = whole or max(grid.cells, key=lambda cell: cell.box.overlap(box))
    if best.box.overlap(box):
        return best
    x, y = box.centre
    return min(grid.cells, key=lambda cell: abs(cell.box.centre[0] - x) + abs(cell.box.centre[1] - y))


def _holds(around: Box, box: Box) -> bool:
    x, y = box.centre
    return around.x0 <= x <= around.x1 and around.y0 <= y <= around.y1
