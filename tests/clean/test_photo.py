"""A photographed sheet is found on its ground and spread flat."""

import cv2
import numpy as np

from pipeline.clean import clean
from pipeline.clean.binarise import Sizes
from pipeline.clean.photo import is_bent, sheet_corners
from pipeline.config import CleanConfig
from pipeline.nouns import Image, Page
from tests.clean.drawing import DPI, text_page

CORNERS = np.array([[140, 90], [1370, 150], [1330, 1840], [95, 1790]], np.float32)


def photographed() -> Image:
    flat = np.array([[0, 0], [1240, 0], [1240, 1754], [0, 1754]], np.float32)
    matrix = cv2.getPerspectiveTransform(flat, CORNERS)
    return np.asarray(cv2.warpPerspective(text_page(), matrix, (1450, 1950), borderValue=(60,)), dtype=np.uint8)


def test_finds_the_corners_of_the_sheet() -> None:
    corners = sheet_corners(Sizes.of(photographed()))
    assert corners is not None
    assert np.abs(corners - CORNERS).max() < 25
    assert is_bent(corners, (1950, 1450))


def test_spreads_the_sheet_flat() -> None:
    page = clean(Page(1, photographed(), DPI), CleanConfig())
    assert "spread flat" in page.steps
    assert abs(page.height / page.width - 1754 / 1240) < 0.03
    edge = np.concatenate((page.image[:10].ravel(), page.image[-10:].ravel()))
    assert np.median(edge) > 200


def test_a_scan_without_a_ground_has_no_corners() -> None:
    assert sheet_corners(Sizes.of(text_page())) is None
