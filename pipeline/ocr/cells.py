"""Figures read singly: the cells of a table's columns of numbers, cut out and set one under the other for one call.

A number in a cell has no neighbours that would tell the engine what to expect, and a Vietnamese model expects letters:
it reads 31 as `Số`. So the cells are read a second time, digits only, by a model that has seen more digits than marks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.config import OcrConfig
from pipeline.nouns import Box, Image, Page, Word
from pipeline.ocr import Engine, make_engine
from pipeline.ocr.tesseract import installed_languages
from pipeline.pixels import DARK, runs_of_pieces

FIGURES = "0123456789.,%"
"""What a cell of figures may hold."""
_LANGUAGE = "eng"
_INSET = 0.02
"""Inches of a cell's edge that may show its rules."""
_DIGIT_HEIGHT = 25
"""Pixels at which the engine reads digits best."""
_LARGER = 1.35
"""How much larger a figure is shown that was read with doubt."""
_SURE = 0.85
_SPACE = 30
"""Pixels of white around each cell's figure in the column that the engine sees."""
_TALL = 0.3
"""A piece of ink at least this part of the tallest is a digit, or a ring of a per cent sign."""
_POINT = 0.09
"""A lower piece is a point or comma when it is at least this high and stands low between two digits."""
_FLAT = 0.5
"""Ink lower than this part of a digit is a dash or a speck."""
DASH = "-"
"""What stands in a cell to say that there is nothing."""
_DASH_SURE = 0.9
_DASH_HIGH, _DASH_WIDE = 0.3, (0.25, 1.5)
"""How high a dash is at most, and how wide, as parts of a digit's height."""
_DASH_LONG, _DASH_SOLID = 2.0, 0.6
"""How much wider than high a dash is, and the share of its box that is ink."""


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """The ink of one cell without its rules and specks: where it was on the page, and where it stands in the column."""

    cell: Box
    ink: Box
    image: Image
    top: int = 0
    bottom: int = 0


def figures_engine(config: OcrConfig) -> Engine:
    """The engine that reads figures best: English where it is installed, which it nearly always is."""
    return make_engine(replace(config, languages=_LANGUAGE) if _LANGUAGE in installed_languages() else config)


def read_figures(page: Page, cells: Sequence[Box], engine: Engine) -> dict[Box, Word]:
    """The figure in each of these cells of a cleaned page, or its dash; what holds neither, or more, is left out.

    Raises:
        OcrError: as the engine's `read`.
    """
    cuts = [cut for cell in cells if (cut := _cut(page, cell)) is not None]
    if not cuts:
        return {}
    height = median(cut.ink.height for cut in cuts)
    dashes = {cut.cell: Word(DASH, DASH, cut.ink, _DASH_SURE) for cut in cuts if _is_dash(cut, height)}
    cuts = [cut for cut in cuts if _FLAT * height <= cut.ink.height <= 1.8 * height]
    found = _read(page, cuts, _DIGIT_HEIGHT / height, engine)
    unsure = [cut for cut in cuts if cut.cell not in found or found[cut.cell].confidence < _SURE]
    again = _read(page, unsure, _LARGER * _DIGIT_HEIGHT / height, engine) if unsure else {}
    both = {cell: _surer(found.get(cell), again.get(cell)) for cell in (*found, *(c for c in again if c not in found))}
    return dashes | both


def _is_dash(cut: _Cut, height: float) -> bool:
    """Whether the ink of a cell is one level stroke in its middle, beside digits of a height."""
    ink, off = cut.ink, abs(cut.ink.centre[1] - cut.cell.centre[1])
    low, wide = ink.height <= _DASH_HIGH * height, _DASH_WIDE[0] * height <= ink.width <= _DASH_WIDE[1] * height
    solid = np.count_nonzero(cut.image < DARK) >= _DASH_SOLID * ink.area
    return low and wide and ink.width >= _DASH_LONG * ink.height and bool(solid) and 4 * off <= cut.cell.height


def _read(page: Page, cuts: Sequence[_Cut], scale: float, engine: Engine) -> dict[Box, Word]:
    """What the engine reads when it sees the cuts at a scale."""
    column, placed = _column(cuts, scale)
    lines = engine.read(replace(page, image=column, marks=()), allowed=FIGURES)
    return dict(_homeward([word for line in lines for word in line.words], placed))


def _surer(one: Word | None, other: Word | None) -> Word:
    """Of two readings the surer; when they agree, surer than both."""
    known = [word for word in (one, other) if word is not None]
    best = max(known, key=lambda word: word.confidence)
    if len(known) == 2 and known[0].raw == known[1].raw:
        return replace(best, confidence=1 - (1 - known[0].confidence) * (1 - known[1].confidence))
    return best


def _cut(page: Page, cell: Box) -> _Cut | None:
    """The figure inside a cell, without specks and what remains of its rules; None for an empty cell."""
    inset = round(_INSET * page.dpi)
    inner = page.image[cell.y0 + inset : cell.y1 - inset, cell.x0 + inset : cell.x1 - inset]
    if inner.size == 0 or min(inner.shape[:2]) < 4:
        return None
    dark = cv2.threshold(inner, DARK - 1, 255, cv2.THRESH_BINARY_INV)[1]
    found = runs_of_pieces(np.asarray(dark, dtype=np.uint8))
    kept = _print(found.figures[1:], inner.shape)
    if not kept.any():
        return None
    mask = np.zeros(inner.shape, np.uint8)
    found.painted(mask, np.concatenate(([False], kept)).astype(np.uint8) * np.uint8(255))
    around = cv2.bitwise_not(cv2.dilate(mask, np.ones((3, 3), np.uint8)))
    shown = np.asarray(cv2.max(inner, around), dtype=np.uint8)
    x, y, width, height = cv2.boundingRect(mask)
    left, top = cell.x0 + inset, cell.y0 + inset
    return _Cut(cell, Box(left + x, top + y, left + x + width, top + y + height), _padded(shown, (x, y, width, height)))


def _print(stats: NDArray[np.int32], shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which pieces of ink are digits and the points between them: not rules at the edge, not specks around."""
    x, y, width, height = (stats[:, i] for i in range(4))
    at_edge = (x == 0) | (y == 0) | (x + width == shape[1]) | (y + height == shape[0])
    thin = (np.minimum(width, height) <= 6) & (np.maximum(width, height) >= 4 * np.minimum(width, height))
    long = np.maximum(width / shape[1], height / shape[0]) > 0.8
    kept = ~(at_edge & (thin | long))
    if not kept.any():
        return np.zeros(len(stats), dtype=np.bool_)
    tall = kept & (height >= _TALL * height[kept].max())
    first, last = x[tall].min(), (x + width)[tall].max()
    low = y + height / 2 > np.median((y + height / 2)[tall])
    between = (x >= first) & (x + width <= last) & low & (height >= _POINT * height[tall].max())
    result: NDArray[np.bool_] = tall | (kept & between)
    return result


def _column(cuts: Sequence[_Cut], scale: float) -> tuple[Image, list[_Cut]]:
    """The cuts one under the other at the height that the engine likes, and where each stands."""
    parts = [cv2.resize(cut.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) for cut in cuts]
    width = max(part.shape[1] for part in parts) + 2 * _SPACE
    column = np.full((sum(p.shape[0] + _SPACE for p in parts) + _SPACE, width), 255, np.uint8)
    placed, at = [], _SPACE
    for cut, part in zip(cuts, parts, strict=True):
        column[at : at + part.shape[0], _SPACE : _SPACE + part.shape[1]] = part
        placed.append(replace(cut, top=at, bottom=at + part.shape[0]))
        at += part.shape[0] + _SPACE
    return column, placed


def _padded(image: Image, box: Sequence[int]) -> Image:
    x, y, width, height = box
    return image[max(y - 2, 0) : y + height + 2, max(x - 2, 0) : x + width + 2]


def _homeward(words: Sequence[Word], placed: Sequence[_Cut]) -> Iterator[tuple[Box, Word]]:
    """For each cell the words read at its height, as one word with the box of its ink."""
    for cut in placed:
        own = [w for w in words if cut.top - _SPACE // 2 <= w.box.centre[1] < cut.bottom + _SPACE // 2]
        if own:
            text = "".join(w.raw for w in sorted(own, key=lambda w: w.box.x0))
            yield cut.cell, Word(text, text, cut.ink, min(w.confidence for w in own))
