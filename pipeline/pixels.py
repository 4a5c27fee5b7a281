"""What the rooms that look at pixels ask alike: an image in gray, its pieces of ink, what is dark enough to be ink."""

from __future__ import annotations

from collections.abc import Sequence

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


def pieces(mask: Image) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The connected pieces of a mask: the label of each pixel, and OpenCV's row of figures for each label.

    The background has label 0, and no figures: OpenCV's own are counted over all pixels, which takes twice as long as
    to count them over those of the mask, if it is of ink.
    """
    count, found = cv2.connectedComponentsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_BBDT)
    labels = np.asarray(found, dtype=np.int32)
    figures = np.zeros((count, 5), np.int32)
    if count > 1:
        x, y = np.asarray(cv2.findNonZero(mask), dtype=np.int32).reshape(-1, 2).T
        own = labels[y, x]
        figures[own[::-1], cv2.CC_STAT_TOP] = y[::-1]  # from the last pixel to the first: the first one stays
        figures[own, cv2.CC_STAT_HEIGHT] = y + 1
        left, right = np.full(count, mask.shape[1], np.int32), np.zeros(count, np.int32)
        np.minimum.at(left, own, x)
        np.maximum.at(right, own, x + 1)
        figures[1:, cv2.CC_STAT_LEFT] = left[1:]
        figures[1:, cv2.CC_STAT_WIDTH] = (right - left)[1:]
        figures[:, cv2.CC_STAT_HEIGHT] -= figures[:, cv2.CC_STAT_TOP]
        figures[:, cv2.CC_STAT_AREA] = np.bincount(own, minlength=count)
    return labels, figures


def by_piece(labels: NDArray[np.int32], values: NDArray[np.uint8]) -> Image:
    """For each pixel the value of its piece, as `pieces` labelled them."""
    if len(values) > _MOST_LABELS:
        return values[labels]
    table = np.zeros(_MOST_LABELS, np.uint8)
    table[: len(values)] = values
    return np.asarray(cv2.LUT(labels.astype(np.uint16), table), dtype=np.uint8)
