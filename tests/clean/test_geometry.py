"""A page turned by few degrees by sliding rows and columns, against OpenCV's plain turn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.binarise import as_image
from pipeline.clean.geometry import levelled, levelling, without_rules
from tests.clean.drawing import text_page


@pytest.mark.parametrize("width", [1240, 1237])
@pytest.mark.parametrize("skew", [-1.9, -0.4, 0.3, 1.2])
def test_sliding_is_a_turn(skew: float, width: int) -> None:
    page = text_page(shape=(1754, width))
    turned = as_image(cv2.warpAffine(page, levelling(skew, 1.0, page.shape), (width, 1754), borderValue=(255,)))
    slid = levelled(page, skew, 1.0)
    assert slid.shape == page.shape
    soft_turned, soft_slid = (cv2.GaussianBlur(image, (0, 0), 2).astype(int) for image in (turned, slid))
    assert np.abs(soft_turned - soft_slid).max() < 24
    assert np.abs(soft_turned - soft_slid).mean() < 0.5


@given(
    skew=st.floats(-6, 6).filter(bool),
    shape=st.tuples(st.integers(1, 90), st.integers(1, 90)),
)
def test_a_bare_page_stays_bare_at_any_size(skew: float, shape: tuple[int, int]) -> None:
    bare = np.full(shape, 255, np.uint8)
    assert np.array_equal(levelled(bare, skew, 1.0), bare)


@given(
    seed=st.integers(0, 2**32 - 1),
    shape=st.tuples(st.integers(1, 200), st.integers(1, 200)),
    gaps=st.sampled_from([0.0, 0.002, 0.01, 0.05]),
)
def test_rules_are_what_an_opening_by_a_line_leaves(seed: int, shape: tuple[int, int], gaps: float) -> None:
    mask = np.where(np.random.default_rng(seed).random(shape) < gaps, 0, 255).astype(np.uint8)
    rules = np.zeros_like(mask)
    for line in (mask, mask.T):
        ends = np.pad(line, ((0, 0), (60, 60)), constant_values=255)
        runs = np.lib.stride_tricks.sliding_window_view(ends, 60, axis=1).min(axis=2)
        long = np.lib.stride_tricks.sliding_window_view(np.pad(runs, ((0, 0), (59, 59))), 60, axis=1).max(axis=2)
        rules |= long[:, 60:-60] if line is mask else long[:, 60:-60].T
    expected = cv2.subtract(mask, cv2.dilate(rules, np.ones((3, 3), np.uint8)))
    assert np.array_equal(without_rules(mask), expected)
