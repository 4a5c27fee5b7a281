"""Sets the two columns of a header and of a closing block one under the other, so that one OCR call reads them apart.

Tesseract reads across a narrow gutter: issuer and motto, number and date become one line each. Here the columns are cut
on the pixels and stacked: left, right, then what follows. Nothing moves sideways, so a word goes home by moving up.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np

from pipeline.layout.columns import Band, find_bands
from pipeline.nouns import Box, Image, Page, Zone

_MARGIN_MM = 5.0
"""White above each piece, so that no line of one touches a line of the next."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the page in its place in the unfolded image: rows `top` to `bottom` (exclusive) show `source`."""

    top: int
    bottom: int
    source: Box
    zone: Zone


@dataclass(frozen=True, slots=True, eq=False)
class Unfolded:
    """A page whose columns stand one under the other, and the way back; no pieces when the page was left as it is."""

    page: Page
    pieces: tuple[Piece, ...] = ()

    def home(self, box: Box) -> tuple[Box, Zone]:
        """Where a box of the unfolded image lies on the page, and in which zone."""
        if not self.pieces:
            return box, Zone.BODY
        middle = box.centre[1]
        piece = min(self.pieces, key=lambda p: max(p.top - middle, middle - p.bottom, 0.0))
        up = piece.top - piece.source.y0
        top = max(box.y0 - up, 0)
        return Box(box.x0, top, box.x1, max(box.y1 - up, top)), piece.zone


def unfold(page: Page) -> Unfolded:
    """The page with its header's and its closing block's columns stacked; the page itself where there are none."""
    if page.blank:
        return Unfolded(page)
    header, closing = find_bands(page.image)
    sources = _sources(page, header, closing)
    if len(sources) == 1:
        return Unfolded(page)
    return _stack(page, sources)


def _sources(page: Page, header: Band | None, closing: Band | None) -> list[tuple[Box, Zone]]:
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
    return [(box, zone) for box, zone in parts if box.area]


def _stack(page: Page, sources: list[tuple[Box, Zone]]) -> Unfolded:
    margin = round(_MARGIN_MM * min(page.width, page.height) / 210.0)
    height = sum(box.height + margin for box, _ in sources)
    canvas: Image = np.full((height, *page.image.shape[1:]), 255, dtype=np.uint8)
    pieces, at = [], 0
    for box, zone in sources:
        at += margin
        canvas[at : at + box.height, box.x0 : box.x1] = page.image[box.y0 : box.y1, box.x0 : box.x1]
        pieces.append(Piece(at, at + box.height, box, zone))
        at += box.height
    return Unfolded(dataclasses.replace(page, image=canvas), tuple(pieces))
