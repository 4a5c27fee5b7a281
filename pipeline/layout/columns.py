"""Finds, on the pixels, where a letter is set in two columns: its header and its closing block.

A gutter is a white channel that stays open over several lines with text on both sides. Running text has none: its gaps
between words rarely stand above each other, and where they do they are narrow.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.layout.sketch import Sketch, in_rows, sketch_of
from pipeline.nouns import Image

_GUTTER_MM = 2.4
"""A channel narrower than this may be a gap between words; the tightest letterheads leave 4 mm."""
_SHORTEST_LINE_MM = 4.0
_GUTTER_RANGE = (0.24, 0.64)
"""Where a gutter can stand, in page widths."""
_HEADER_TOP = 0.34
"""A header starts in the upper third of its page."""
_LEVEL_MM = 16.0
"""Nơi nhận and the signer's office begin on the same line, or nearly so."""
_FUSED_MM = 4.5
"""A row whose two halves stand nearer than this is one line of running text with a wide gap."""
_LEANING = 0.25
"""Share of its height by which a row may reach into the one above: marks above capitals do."""
_EMPTY = -1
"""Where a side of a row would end that holds no text."""
_MOST_AROUND = 4
"""Rows of text that may stand above a header (overprints of a signature), and below a closing block."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the page in two columns: rows `top` to `bottom` (exclusive), the gutter at `split`; pixels."""

    top: int
    bottom: int
    split: int


Bands = tuple[Band | None, Band | None]
"""The header of a page and its closing block, each None where the page has none."""


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
        return tuple([r for r in self.rows if r.left_end is not None])

    @property
    def right(self) -> tuple[_Row, ...]:
        return tuple([r for r in self.rows if r.right_start is not None])


def find_bands(image: Image) -> Bands:
    """The header and the closing block of a page, each None where the page has none.

    In a header issuer and number stand left, motto and date right, so each side has two rows or more, and above it
    there is nothing but overprints of a signature or a page number. In a closing block Nơi nhận stands left, the
    signature right, and almost nothing follows.
    """
    sketch = sketch_of(image)
    scale = image.shape[0] / sketch.ink.shape[0]
    channels = _channels(sketch)
    header = _best([c for c in channels if _is_header(sketch, c)])
    start = header.bottom if header else 0
    levelled = [_levelled(sketch, c) for c in channels if c.top >= start]
    closing = _best([c for c in levelled if _is_closing(sketch, c)])
    return _band(sketch, header, scale), _band(sketch, closing, scale)


def _channels(sketch: Sketch) -> list[_Channel]:
    """White runs with text on both sides, for every place a gutter can stand."""
    height, width = sketch.ink.shape
    gutter = sketch.px(_GUTTER_MM)
    blocked = cv2.blur(sketch.ink, (gutter | 1, 1)) > 0
    boxes = np.array([(b.x0, b.y0, b.x1, b.y1) for row in sketch.rows for b in row], dtype=np.int32).reshape(-1, 4)
    runs = _white_runs(blocked, np.arange(round(_GUTTER_RANGE[0] * width), round(_GUTTER_RANGE[1] * width), 4))
    runs = runs[runs[:, 2] - runs[:, 1] >= sketch.px(9.0)]
    runs = runs[_parting(boxes, runs)]
    if not len(runs):
        return []
    ways = zip(runs.tolist(), _rows_beside(sketch, boxes, runs), strict=True)
    found = [_channel(sketch, rows, x, top, min(bottom, height)) for (x, top, bottom), rows in ways]
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


def _rows_beside(sketch: Sketch, boxes: NDArray[np.int32], runs: NDArray[np.int_]) -> list[list[_Row]]:
    """For each white run the rows of text beside it; rows with less than a line on either side are left out.

    A row of which a box crosses the column, above or below the white run, has no gap there.
    """
    counts = np.array([len(row) for row in sketch.rows])
    last = np.cumsum(counts) - 1
    first = last - counts + 1
    x0, y0, x1, y1 = boxes.T
    columns, at_column = np.unique(runs[:, 0], return_inverse=True)
    x = columns[:, None]
    crosses = np.logical_or.reduceat((x0 < x - 1) & (x1 > x + 1), first, axis=1)
    wide = sketch.px(_SHORTEST_LINE_MM)

    def end(own: NDArray[np.bool_], nearest: NDArray[np.int32]) -> NDArray[np.int_]:
        enough = np.add.reduceat(np.where(own, x1 - x0, 0), first, axis=1) >= wide
        return np.where(crosses, x, np.where(enough, nearest, _EMPTY))

    left, right = x1 <= x + 1, x0 >= x - 1
    ends = end(left, np.maximum.reduceat(np.where(left, x1, _EMPTY), first, axis=1))
    starts = end(right, np.minimum.reduceat(np.where(right, x0, sketch.ink.shape[1]), first, axis=1))
    inside = (y1[last] > runs[:, [1]]) & (y0[first] < runs[:, [2]])
    run, row = np.nonzero(inside & (np.maximum(ends, starts) > _EMPTY)[at_column])
    place = at_column[run], row
    found = np.minimum.reduceat(y0, first)[row], np.maximum.reduceat(y1, first)[row], ends[place], starts[place]
    rows: list[list[_Row]] = [[] for _ in runs]
    for at, high, low, left_end, right_start in zip(run.tolist(), *(side.tolist() for side in found), strict=True):
        rows[at].append(_Row(high, low, *(None if end == _EMPTY else end for end in (left_end, right_start))))
    return rows


def _channel(sketch: Sketch, rows: list[_Row], x: int, top: int, bottom: int) -> _Channel:
    end = bottom
    while rows and (_fused(sketch, rows[-1]) or rows[-1].top + rows[-1].bottom > 2 * end):
        bottom = rows.pop().top  # in a line in which the white ends there is no gutter
    above = 0
    while rows and (_fused(sketch, rows[0]) or _beside(rows[0], above)):
        top = above = max(rows.pop(0).bottom, above)
    return _Channel(x, top, bottom, tuple(rows))


def _fused(sketch: Sketch, row: _Row) -> bool:
    if row.left_end is None or row.right_start is None:
        return False
    return row.right_start - row.left_end < sketch.px(_FUSED_MM)


def _beside(row: _Row, above: int) -> bool:
    """Whether a row begins so far above the end of the one before that it is a part of it, on a page that leans."""
    return above - row.top > _LEANING * (row.bottom - row.top)


def _is_header(sketch: Sketch, channel: _Channel) -> bool:
    left, right = channel.left, channel.right
    if len(left) < 2 or len(right) < 2 or left[0].top > _HEADER_TOP * sketch.ink.shape[0]:
        return False
    above = [b for b in sketch.lines if b.y1 <= channel.top + 1]
    return _columns(sketch, channel, open_mm=5.0) and len(in_rows(above)) <= _MOST_AROUND


def _levelled(sketch: Sketch, channel: _Channel) -> _Channel:
    """The channel without what stands far above its right side: the body's short last line is no Nơi nhận."""
    high = channel.right[0].top - sketch.px(_LEVEL_MM)
    rows = tuple([row for row in channel.rows if row.top >= high])
    return replace(channel, rows=rows, top=max(channel.top, high)) if len(rows) < len(channel.rows) else channel


def _is_closing(sketch: Sketch, channel: _Channel) -> bool:
    left, right = channel.left, channel.right
    if len(left) < 2 or not right or abs(left[0].top - right[0].top) > sketch.px(_LEVEL_MM):
        return False
    below = [b for b in sketch.lines if b.y0 >= channel.bottom - 1]
    return _columns(sketch, channel, open_mm=8.0) and len(in_rows(below)) <= _MOST_AROUND


def _columns(sketch: Sketch, channel: _Channel, open_mm: float) -> bool:
    """Whether the channel is a gutter: wide in the mean, and no cell of a ruled table.

    Of the rows on its right more stand clear of their left neighbour than not: a line of running text with a wide gap
    between two short ones makes no columns.
    """
    width = sketch.ink.shape[1]
    gaps = [(r.right_start or width) - r.left_end for r in channel.rows if r.left_end is not None]
    fused = sum(_fused(sketch, row) for row in channel.rows)
    if 3 * fused > len(channel.rows) or sum(gaps) < sketch.px(open_mm) * len(gaps):
        return False
    return len(channel.right) > 2 * fused and not _ruled(sketch, channel)


def _ruled(sketch: Sketch, channel: _Channel) -> bool:
    """Whether two upright rules or more run beside the rows."""
    if not sketch.ruled.size:
        return False
    beside = sketch.rules[channel.rows[0].top : channel.rows[-1].bottom].any(axis=0)
    return int(np.count_nonzero(np.diff(sketch.ruled[beside], prepend=-1) > 1)) >= 2


def _best(channels: list[_Channel]) -> _Channel | None:
    """The channel with most rows beside it; of those that see the same rows, the middle one."""
    if not channels:
        return None
    fullest = max(channels, key=lambda c: (len(c.left) + len(c.right), min(len(c.left), len(c.right))))
    alike = [c for c in channels if c.rows == fullest.rows]
    return alike[len(alike) // 2]


def _band(sketch: Sketch, channel: _Channel | None, scale: float) -> Band | None:
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
