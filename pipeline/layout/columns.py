"""Finds, on the pixels, where a letter is set in two columns: its header and its closing block.

A gutter is a white channel that stays open over several lines with text on both sides. Running text has none: its gaps
between words rarely stand above each other, and where they do they are narrow. Lengths are in millimetres of an A4
page, whose short side is 210 mm, because letters are A4 and the resolution that a file claims is often wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import PAPER_MM, Box, Image
from pipeline.pixels import as_gray, by_piece, pieces

_WORK_PX_PER_MM = 4.0
"""Resolution of the search, about 100 dpi: thin rules still show, a page takes milliseconds."""
_GUTTER_MM = 2.4
"""A channel narrower than this may be a gap between words; the tightest letterheads leave 4 mm."""
_WORD_GAP_MM = 2.0
_LINE_MM = (1.2, 9.0)
"""Height of a line of text, marks above and below included; larger ink is a seal, a signature or a frame."""
_LINES_WIDE = 3.0
"""How much wider than tall taller ink is, when it is lines of text that touch."""
_VALLEY = 0.3
"""Share of the ink of the fullest row of such lines that rows between them stay below."""
_SHORTEST_LINE_MM = 4.0
_GUTTER_RANGE = (0.24, 0.64)
"""Where a gutter can stand, in page widths."""
_HEADER_TOP = 0.34
"""A header starts in the upper third of its page."""
_RULE_MM = 8.0
_LEVEL_MM = 16.0
"""Nơi nhận and the signer's office begin on the same line, or nearly so."""
_FRAME_MM = 90.0
"""Ink this wide is the frame of a table, whose rules close every gutter; seals and signatures are smaller."""
_FUSED_MM = 4.5
"""A row whose two halves stand nearer than this is one line of running text with a wide gap."""
_LEANING = 0.25
"""Share of its height by which a row may reach into the one above: marks above capitals do."""

Mask = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the page in two columns: rows `top` to `bottom` (exclusive), the gutter at `split`; pixels."""

    top: int
    bottom: int
    split: int


@dataclass(frozen=True, slots=True)
class _Sketch:
    """The page reduced to what the search needs; all in working pixels."""

    ink: Mask
    lines: tuple[Box, ...]
    rows: tuple[tuple[Box, ...], ...]
    """The lines that stand beside each other, rows from the top."""
    rules: Mask
    px_per_mm: float

    def px(self, millimetres: float) -> int:
        return max(1, round(millimetres * self.px_per_mm))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of text in a channel: its ends nearest the gutter, None where that side is empty."""

    top: int
    bottom: int
    left_end: int | None
    right_start: int | None


@dataclass(frozen=True, slots=True)
class _Channel:
    """A white run down one column of pixels, with the rows of text beside it."""

    x: int
    top: int
    bottom: int
    rows: tuple[_Row, ...]

    @property
    def left(self) -> tuple[_Row, ...]:
        return tuple(r for r in self.rows if r.left_end is not None)

    @property
    def right(self) -> tuple[_Row, ...]:
        return tuple(r for r in self.rows if r.right_start is not None)


def find_bands(image: Image) -> tuple[Band | None, Band | None]:
    """The header and the closing block of a page, each None where the page has none.

    In a header issuer and number stand left, motto and date right, so each side has two rows or more, and above it
    there is nothing but overprints of a signature or a page number. In a closing block Nơi nhận stands left, the
    signature right, and almost nothing follows.
    """
    sketch = _sketch(image)
    scale = image.shape[0] / sketch.ink.shape[0]
    channels = _channels(sketch)
    header = _best([c for c in channels if _is_header(sketch, c)])
    start = header.bottom if header else 0
    levelled = [_levelled(sketch, c) for c in channels if c.top >= start]
    closing = _best([c for c in levelled if _is_closing(sketch, c)])
    return _band(sketch, header, scale), _band(sketch, closing, scale)


def _sketch(image: Image) -> _Sketch:
    gray = as_gray(image)
    level, _ = cv2.threshold(gray[::4], 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, full = cv2.threshold(gray, level, 255, cv2.THRESH_BINARY_INV)
    px_per_mm = min(gray.shape) / PAPER_MM
    factor = max(round(px_per_mm / _WORK_PX_PER_MM), 1)  # whole: OpenCV takes twice the time for others
    size = max(gray.shape[1] // factor, 1), max(gray.shape[0] // factor, 1)
    whole = full[: size[1] * factor, : size[0] * factor]
    small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    px_per_mm /= factor
    ink = np.asarray(cv2.threshold(small, 48, 255, cv2.THRESH_BINARY)[1], dtype=np.uint8)
    ink = _text_ink(ink, px_per_mm)
    tall = cv2.getStructuringElement(cv2.MORPH_RECT, (1, max(3, round(_RULE_MM * px_per_mm))))
    rules = cv2.morphologyEx(ink, cv2.MORPH_OPEN, tall).astype(np.uint8)
    lines = _text_lines(ink, px_per_mm)
    return _Sketch(ink, lines, tuple(map(tuple, _grouped(lines))), rules, px_per_mm)


def _text_ink(ink: Mask, px_per_mm: float) -> Mask:
    """The ink without dust, which would close a gutter, and without seals and signatures, which lie across it."""
    labels, stats = pieces(ink)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    mark = (height > _LINE_MM[1] * px_per_mm) & (width < _FRAME_MM * px_per_mm)
    keep = (np.maximum(width, height) > 0.9 * px_per_mm) & ~mark
    keep[0] = False
    return by_piece(labels, np.where(keep, 255, 0).astype(np.uint8))


def _text_lines(ink: Mask, px_per_mm: float) -> tuple[Box, ...]:
    """Boxes of runs of words; two columns never share one."""
    reach = cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, round(_WORD_GAP_MM * px_per_mm)), 1))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, reach)
    _, stats = pieces(np.asarray(joined, dtype=np.uint8))
    low, high = (mm * px_per_mm for mm in _LINE_MM)
    found = [Box(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in stats[1:]]
    tall = [box for box in found if box.height > high and box.width > _LINES_WIDE * box.height]
    boxes = [*found, *(line for box in tall for line in _cut(ink, box))]
    return tuple(sorted((b for b in boxes if low <= b.height <= high), key=lambda b: (b.y0, b.x0)))


def _cut(ink: Mask, box: Box) -> list[Box]:
    """The lines of a box in which the marks of one line touch those of the next: cut where there is little ink."""
    profile = np.count_nonzero(ink[box.y0 : box.y1, box.x0 : box.x1], axis=1)
    busy = np.concatenate(([False], profile > _VALLEY * profile.max(), [False]))
    runs = np.flatnonzero(np.diff(busy.astype(np.int8))).reshape(-1, 2)
    cuts = [0, *((before + after) // 2 for (_, before), (after, _) in pairwise(runs.tolist())), box.height]
    return [Box(box.x0, box.y0 + top, box.x1, box.y0 + bottom) for top, bottom in pairwise(cuts)]


def _channels(sketch: _Sketch) -> list[_Channel]:
    """White runs with text on both sides, for every place a gutter can stand."""
    height, width = sketch.ink.shape
    gutter = sketch.px(_GUTTER_MM)
    blocked = cv2.blur(sketch.ink, (gutter | 1, 1)) > 0
    boxes = np.array([(b.x0, b.y0, b.x1, b.y1) for b in sketch.lines], dtype=np.int32).reshape(-1, 4)
    runs = _white_runs(blocked, np.arange(round(_GUTTER_RANGE[0] * width), round(_GUTTER_RANGE[1] * width), 4))
    runs = runs[runs[:, 2] - runs[:, 1] >= sketch.px(9.0)]
    found = [_channel(sketch, x, top, min(bottom, height)) for x, top, bottom in runs[_parting(boxes, runs)].tolist()]
    return [c for c in found if c.left and c.right]


def _white_runs(blocked: NDArray[np.bool_], columns: NDArray[np.int_]) -> NDArray[np.int_]:
    """The white runs down these columns of pixels, from the left and from the top: x, top, bottom (exclusive)."""
    shut = np.ones((len(columns), blocked.shape[0] + 2), dtype=np.bool_)
    shut[:, 1:-1] = blocked[:, columns].T
    column, edge = np.nonzero(shut[:, 1:] != shut[:, :-1])
    return np.stack((columns[column[::2]], edge[::2], edge[1::2]), axis=1)


def _parting(boxes: NDArray[np.int32], runs: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Whether text stands on either side of each run: most runs lie in a margin or between paragraphs."""
    x, top, bottom = (runs[:, [at]] for at in range(3))
    inside = (boxes[:, 1] >= top - 1) & (boxes[:, 3] <= bottom + 1)
    left, right = inside & (boxes[:, 2] <= x + 1), inside & (boxes[:, 0] >= x - 1)
    return np.asarray(left.any(axis=1) & right.any(axis=1), dtype=np.bool_)


def _channel(sketch: _Sketch, x: int, top: int, bottom: int) -> _Channel:
    inside = (boxes for boxes in sketch.rows if boxes[-1].y1 > top and boxes[0].y0 < bottom)
    least = sketch.px(_SHORTEST_LINE_MM)
    rows = [row for boxes in inside if (row := _row(boxes, x, least))]
    end = bottom
    while rows and (_fused(sketch, rows[-1]) or rows[-1].top + rows[-1].bottom > 2 * end):
        bottom = rows.pop().top  # in a line in which the white ends there is no gutter
    above = 0
    while rows and (_fused(sketch, rows[0]) or _beside(rows[0], above)):
        top = above = max(rows.pop(0).bottom, above)
    return _Channel(x, top, bottom, tuple(rows))


def _grouped(boxes: Iterable[Box]) -> list[list[Box]]:
    """Boxes that stand on the same row, rows from the top."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b.y0 + b.y1):
        if rows and (box.y0 + box.y1) / 2 < rows[-1][-1].y1:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _row(boxes: Sequence[Box], x: int, least: int) -> _Row | None:
    """The row of these boxes; None when neither side has `least` pixels of text.

    A row of which a box crosses the column, above or below the white run, has no gap there.
    """
    top, bottom = min(b.y0 for b in boxes), max(b.y1 for b in boxes)
    if any(b.x0 < x - 1 and b.x1 > x + 1 for b in boxes):
        return _Row(top, bottom, x, x)
    left = [b for b in boxes if b.x1 <= x + 1]
    right = [b for b in boxes if b.x0 >= x - 1]
    left_end = max(b.x1 for b in left) if sum(b.width for b in left) >= least else None
    right_start = min(b.x0 for b in right) if sum(b.width for b in right) >= least else None
    if left_end is None and right_start is None:
        return None
    return _Row(top, bottom, left_end, right_start)


def _fused(sketch: _Sketch, row: _Row) -> bool:
    if row.left_end is None or row.right_start is None:
        return False
    return row.right_start - row.left_end < sketch.px(_FUSED_MM)


def _beside(row: _Row, above: int) -> bool:
    """Whether a row begins so far above the end of the one before that it is a part of it, on a page that leans."""
    return above - row.top > _LEANING * (row.bottom - row.top)


def _is_header(sketch: _Sketch, channel: _Channel) -> bool:
    if len(channel.left) < 2 or len(channel.right) < 2 or not _columns(sketch, channel, open_mm=5.0):
        return False
    above = [b for b in sketch.lines if b.y1 <= channel.top + 1]
    return channel.left[0].top <= _HEADER_TOP * sketch.ink.shape[0] and len(_grouped(above)) <= 4


def _levelled(sketch: _Sketch, channel: _Channel) -> _Channel:
    """The channel without what stands far above its right side: the body's short last line is no Nơi nhận."""
    high = channel.right[0].top - sketch.px(_LEVEL_MM)
    rows = tuple(row for row in channel.rows if row.top >= high)
    return replace(channel, rows=rows, top=max(channel.top, high)) if len(rows) < len(channel.rows) else channel


def _is_closing(sketch: _Sketch, channel: _Channel) -> bool:
    if len(channel.left) < 2 or not channel.right or not _columns(sketch, channel, open_mm=8.0):
        return False
    level = abs(channel.left[0].top - channel.right[0].top) <= sketch.px(_LEVEL_MM)
    below = [b for b in sketch.lines if b.y0 >= channel.bottom - 1]
    return level and len(_grouped(below)) <= 4


def _columns(sketch: _Sketch, channel: _Channel, open_mm: float) -> bool:
    """Whether the channel is a gutter: wide in the mean, and no cell of a ruled table.

    Of the rows on its right more stand clear of their left neighbour than not: a line of running text with a wide gap
    between two short ones makes no columns.
    """
    width = sketch.ink.shape[1]
    gaps = [(r.right_start or width) - r.left_end for r in channel.left if r.left_end is not None]
    fused = sum(_fused(sketch, row) for row in channel.rows)
    if len(channel.right) <= 2 * fused:
        return False
    upright = sketch.rules[channel.rows[0].top : channel.rows[-1].bottom].any(axis=0)
    ruled = np.count_nonzero(np.diff(upright.astype(np.int8)) == 1) >= 2
    return not ruled and 3 * fused <= len(channel.rows) and sum(gaps) / len(gaps) >= sketch.px(open_mm)


def _best(channels: list[_Channel]) -> _Channel | None:
    """The channel with most rows beside it; of those that see the same rows, the middle one."""
    if not channels:
        return None
    fullest = max(channels, key=lambda c: (len(c.left) + len(c.right), min(len(c.left), len(c.right))))
    alike = [c for c in channels if c.rows == fullest.rows]
    return alike[len(alike) // 2]


def _band(sketch: _Sketch, channel: _Channel | None, scale: float) -> Band | None:
    """Where the columns start and end: text on the right far under the last row on the left is no column."""
    if channel is None:
        return None
    margin = sketch.px(1.5)
    first, end = channel.rows[0].top, channel.left[-1].bottom
    for row in channel.right:
        if row.top <= end + sketch.px(3.0):
            end = max(end, row.bottom)
    above = max((b.y1 for b in sketch.lines if b.centre[1] < first), default=0)
    top = min(max(first - margin, channel.top, above), first)
    bottom = min(end + margin, max(channel.bottom, end))
    return Band(round(top * scale), round(bottom * scale), round(channel.x * scale))
