"""What the rooms that look at pixels ask alike: an image in gray, its pieces of ink, what is dark enough to be ink."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.nouns import Image

DARK = 160
"""Gray values below it are ink on a page that was cleaned."""


def as_gray(image: Image) -> Image:
    """The image in gray; the same array when it is gray already."""
    return image if image.ndim == 2 else np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def pieces(mask: Image) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The connected pieces of a mask: the label of each pixel, and OpenCV's row of figures for each label.

    The background has label 0. OpenCV takes another algorithm by itself, which is twice as slow where figures are asked
    for.
    """
    _, labels, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(mask, 8, cv2.CV_32S, cv2.CCL_BBDT)
    return np.asarray(labels, dtype=np.int32), np.asarray(stats, dtype=np.int32)
