"""Sets the two columns of a header and of a closing block one under the other, so that one OCR call reads them apart.

Tesseract reads across a narrow gutter: issuer and motto, number and date become one line each. Here the columns are cut
on the pixels and stacked: left, right, then what follows. Nothing moves sideways, so a word goes home by moving up.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.layout.columns import Band, find_bands
from pipeline.layout.tables import strips, without_rules
from pipeline.nouns import PAPER_MM, Box, Grid, Image, Page, Zone
from pipeline.pixels import DARK

_TALLEST = 30_000
"""Pixels down that pieces may take: Tesseract refuses images of 32,768 and more."""
_MARGIN_MM = 5.0
"""White above each piece, so that no line of one touches a line of the next."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page in its place in the unfolded image: rows `top` to `bottom` (exclusive) show `source`."""

    top: int
    bottom: int
    source: Box
    zone: Zone


def _top(piece: Piece) -> int:
    return piece.top


@dataclass(frozen=True, slots=True, eq=False)
class Unfolded:
    """A page whose columns stand one under the other, and the way back; no pieces when the page was left as it is.

    The pieces come from the top.
    """

    page: Page
    pieces: tuple[Piece, ...] = ()

    def home(self, box: Box) -> tuple[Box, Zone]:
        """Where a box of the unfolded image lies on the page, and in which zone."""
        if not self.pieces:
            return box, Zone.BODY
        middle = box.centre[1]
        below = bisect_right(self.pieces, middle, key=_top)
        near = self.pieces[max(below - 1, 0) : below + 1]
        piece = min(near, key=lambda p: max(p.top - middle, middle - p.bottom, 0.0))
        up = piece.top - piece.source.y0
        top = max(box.y0 - up, 0)
        return Box(box.x0, top, box.x1, max(box.y1 - up, top)), piece.zone


def unfold(page: Page, grids: tuple[Grid, ...] = ()) -> Unfolded:
    """The page as the engine shall see it: columns of header and closing block stacked, tables without their rules."""
    if page.blank:
        return Unfolded(page)
    header, closing = find_bands(page.image)
    if closing is not None and any(_lies_in(grid.box, closing) for grid in grids):
        closing = find_bands(_blanked(page.image, grids))[1]  # the columns were those of a table
    whole = page
    if grids:
        page = dataclasses.replace(page, image=without_rules(page.image, grids, page.dpi))
    sources = [part for source in _sources(page, header, closing) for part in _parted(page, source, grids)]
    if grids and sum(source.box.height for source in sources) > _TALLEST:
        return unfold(whole)  # no table has so many strips
    if len(sources) == 1:
        return Unfolded(page)
    return _stack(page, sources)


def _lies_in(box: Box, band: Band) -> bool:
    return box.y0 < band.bottom and band.top < box.y1


def _blanked(image: Image, grids: Sequence[Grid]) -> Image:
    """A copy of the page with its tables painted as paper."""
    clean = image.copy()
    for grid in grids:
        clean[grid.box.y0 : grid.box.y1, grid.box.x0 : grid.box.x1] = 255
    return clean


@dataclass(frozen=True, slots=True)
class _Source:
    """A part of the page that becomes a piece; of its box only `shown` is seen."""

    box: Box
    zone: Zone
    shown: tuple[Box, ...]


def _sources(page: Page, header: Band | None, closing: Band | None) -> list[_Source]:
    """The parts of the page in reading order."""
    parts: list[tuple[Box, Zone]] = []
    at = 0
    bands = ((header, Zone.HEADER_LEFT, Zone.HEADER_RIGHT), (closing, Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT))
    for band, left, right in bands:
        if band is None:
            continue
        parts.append((Box(0, at, page.width, band.top), Zone.BODY))
        parts.append((Box(0, band.top, band.split, band.bottom), left))
        parts.append((Box(band.split, band.top, page.width, band.bottom), right))
        at = band.bottom
    parts.append((Box(0, at, page.width, page.height), Zone.BODY))
    return [_Source(box, zone, (box,)) for box, zone in parts if box.area]


def _parted(page: Page, source: _Source, grids: tuple[Grid, ...]) -> Iterator[_Source]:
    """The part, cut above and below each table in it; a table in strips, and what stands beside it on its own."""
    at = source.box.y0
    box = source.box
    for grid in grids:
        table = grid.box
        if table.y0 < at or table.y1 > box.y1 or source.zone is not Zone.BODY:
            continue
        above = Box(box.x0, at, box.x1, table.y0)
        beside = tuple(Box(x0, table.y0, x1, table.y1) for x0, x1 in ((0, table.x0), (table.x1, page.width)))
        yield _Source(above, source.zone, (above,))
        yield _Source(Box(box.x0, table.y0, box.x1, table.y1), source.zone, beside)
        for strip in strips(page.image, grid, page.dpi):
            yield _Source(strip.box, Zone.TABLE, strip.shown)
        at = table.y1
    below = Box(box.x0, at, box.x1, box.y1)
    yield _Source(below, source.zone, (below,))


def _stack(page: Page, sources: list[_Source]) -> Unfolded:
    margin = round(_MARGIN_MM * min(page.width, page.height) / PAPER_MM)
    seen = [source for source in sources if any(_has_ink(page.image, box) for box in source.shown)]
    height = sum(source.box.height + margin for source in seen)
    canvas: Image = np.full((max(height, 1), *page.image.shape[1:]), 255, dtype=np.uint8)
    pieces, at = [], 0
    for source in seen:
        at += margin
        for box in source.shown:
            down = at + box.y0 - source.box.y0
            canvas[down : down + box.height, box.x0 : box.x1] = page.image[box.y0 : box.y1, box.x0 : box.x1]
        pieces.append(Piece(at, at + source.box.height, source.box, source.zone))
        at += source.box.height
    return Unfolded(dataclasses.replace(page, image=canvas), tuple(pieces))


def _has_ink(image: Image, box: Box) -> bool:
    part = image[box.y0 : box.y1, box.x0 : box.x1]
    return bool(part.size) and bool(part.min() < DARK)
