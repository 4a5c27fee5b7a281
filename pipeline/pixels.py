"""What the rooms that look at pixels ask alike: an image in gray, its pieces of ink, what is dark enough to be ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import Image

DARK = 160
"""Gray values below it are ink on a page that was cleaned."""
_MOST_LABELS = 1 << 16
"""Labels that OpenCV looks up by itself, in a fifth of the time that numpy takes."""


def as_gray(image: Image) -> Image:
    """The image in gray; the same array when it is gray already."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def percentiles(image: Image, percents: Sequence[float]) -> list[int]:
    """The gray levels below which so many per cent of the pixels lie; counted, which takes no sorting."""
    counts = cv2.calcHist([np.ascontiguousarray(image)], [0], None, [256], [0, 256])
    ranks = np.asarray(percents) / 100 * (image.size - 1)
    levels: list[int] = np.searchsorted(np.cumsum(counts.ravel(), dtype=np.float64), ranks, side="right").tolist()
    return levels


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """The connected pieces of a mask as level runs of pixels, row by row; piece 0 is the background and has no runs."""

    figures: NDArray[np.int32]
    """OpenCV's row of figures for each piece; of the background, zeros."""
    owner: NDArray[np.int32]
    """The piece of each run."""
    row: NDArray[np.int32]
    start: NDArray[np.int32]
    """The column of its first pixel."""
    end: NDArray[np.int32]
    """The column behind its last pixel."""

    def painted(self, onto: Image, values: NDArray[np.uint8]) -> None:
        """Set the pixels of each piece that has another value than 0 to that value, in an image of the mask's shape."""
        chosen = np.flatnonzero(values[self.owner])
        lengths = (self.end - self.start)[chosen]
        first = self.start[chosen] - (np.cumsum(lengths) - lengths)
        columns = np.repeat(first, lengths) + np.arange(int(lengths.sum()))
        onto[np.repeat(self.row[chosen], lengths), columns] = np.repeat(values[self.owner[chosen]], lengths)


def runs_of_pieces(mask: Image) -> Pieces:
    """The connected pieces of a mask, where only their figures or a few of their pixels are wanted."""
    row, start, end = _runs(mask)
    few = len(row) < _MOST_LABELS  # no labelling gives out more labels than there are runs
    count, labels = cv2.connectedComponentsWithAlgorithm(mask, 8, cv2.CV_16U if few else cv2.CV_32S, cv2.CCL_GRANA)
    return _measured(np.asarray(labels)[row, start].astype(np.int32), (row, start, end), count)


def pieces(mask: Image) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The connected pieces of a mask: the label of each pixel, and OpenCV's row of figures for each label.

    The background has label 0, and no figures: OpenCV's own are counted over all pixels, which takes twice as long as
    to count them over the runs of the mask, if it is of ink.
    """
    count, found = cv2.connectedComponentsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_BBDT)
    labels = np.asarray(found, dtype=np.int32)
    runs = _runs(mask)
    return labels, _measured(labels[runs[0], runs[1]], runs, count).figures


def _runs(mask: Image) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Row, first column and column behind the last of every level run of the mask, from top left to bottom right."""
    height, width = mask.shape
    line = np.zeros(height * (width + 1) + 1, np.bool_)  # a pixel of background before the mask and behind each row
    np.not_equal(mask, 0, out=line[1:].reshape(height, width + 1)[:, :width])
    edges = np.flatnonzero(line[1:] != line[:-1]).astype(np.int32)
    row = edges[::2] // np.int32(width + 1)
    before = row * np.int32(width + 1)
    return row, edges[::2] - before, edges[1::2] - before


def _measured(
    owner: NDArray[np.int32], runs: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]], count: int
) -> Pieces:
    """Runs with their owners, and the figures of these."""
    row, start, end = runs
    left, right = np.full(count, np.iinfo(np.int32).max, np.int32), np.zeros(count, np.int32)
    np.minimum.at(left, owner, start)
    np.maximum.at(right, owner, end)
    figures = np.zeros((count, 5), np.int32)
    figures[1:, cv2.CC_STAT_LEFT] = left[1:]
    figures[1:, cv2.CC_STAT_WIDTH] = (right - left)[1:]
    figures[owner[::-1], cv2.CC_STAT_TOP] = row[::-1]  # from the last run to the first: the first one stays
    figures[owner, cv2.CC_STAT_HEIGHT] = row + 1
    figures[:, cv2.CC_STAT_HEIGHT] -= figures[:, cv2.CC_STAT_TOP]
    figures[:, cv2.CC_STAT_AREA] = np.bincount(owner, weights=end - start, minlength=count)
    return Pieces(figures, owner, row, start, end)


def by_piece(labels: NDArray[np.int32], values: NDArray[np.uint8]) -> Image:
    """For each pixel the value of its piece, as `pieces` labelled them."""
    if len(values) > _MOST_LABELS:
        return values[labels]
    table = np.zeros(_MOST_LABELS, np.uint8)
    table[: len(values)] = values
    return np.asarray(cv2.LUT(labels.astype(np.uint16), table), dtype=np.uint8)
