"""What several rooms ask of pixels alike, against the plain way of finding it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nouns import Image
from pipeline.pixels import by_piece, percentiles, pieces, runs_of_pieces


def random_mask(seed: int, share: float) -> Image:
    random = np.random.default_rng(seed)
    shape = random.integers(1, 60, 2)
    return np.where(random.random(shape) < share, 255, 0).astype(np.uint8)


masks = st.builds(random_mask, st.integers(0, 2**32 - 1), st.floats(0, 1))


@given(mask=masks)
def test_pieces_are_those_of_opencv(mask: Image) -> None:
    labels, figures = pieces(mask)
    _, expected_labels, expected, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    ours = sorted(map(tuple, figures[1:].tolist()))
    assert ours == sorted(map(tuple, expected[1:].tolist()))
    assert np.array_equal(labels == 0, expected_labels == 0)


@given(mask=masks)
def test_figures_of_a_piece_are_in_the_row_of_its_label(mask: Image) -> None:
    labels, figures = pieces(mask)
    for label, (x, y, width, height, area) in enumerate(figures.tolist()[1:], start=1):
        rows, columns = np.nonzero(labels == label)
        assert (columns.min(), rows.min(), np.ptp(columns) + 1, np.ptp(rows) + 1) == (x, y, width, height)
        assert len(rows) == area


def test_a_blank_mask_has_the_background_alone() -> None:
    labels, figures = pieces(np.zeros((5, 4), np.uint8))
    assert not labels.any()
    assert figures.shape == (1, 5)


@given(mask=masks, seed=st.integers(0, 2**32 - 1))
def test_values_go_to_the_pixels_of_their_pieces(mask: Image, seed: int) -> None:
    labels, figures = pieces(mask)
    values = np.random.default_rng(seed).integers(0, 256, len(figures), dtype=np.uint8)
    assert np.array_equal(by_piece(labels, values), values[labels])


def test_more_pieces_than_opencv_looks_up() -> None:
    mask = np.zeros((520, 520), np.uint8)
    mask[::2, ::2] = 255  # 67,600 single pixels
    labels, figures = pieces(mask)
    values = (np.arange(len(figures)) % 251).astype(np.uint8)
    assert len(figures) > 1 << 16
    assert np.array_equal(by_piece(labels, values), values[labels])


@given(mask=masks)
def test_runs_have_the_figures_of_their_pieces(mask: Image) -> None:
    _, figures = pieces(mask)
    assert sorted(map(tuple, runs_of_pieces(mask).figures.tolist())) == sorted(map(tuple, figures.tolist()))


@given(mask=masks, seed=st.integers(0, 2**32 - 1))
def test_pieces_are_painted_and_nothing_else(mask: Image, seed: int) -> None:
    found = runs_of_pieces(mask)
    values = np.random.default_rng(seed).integers(0, 3, len(found.figures), dtype=np.uint8)
    values[0] = 9
    onto = np.full_like(mask, 7)
    found.painted(onto, values)
    expected = np.full_like(mask, 7)
    for row, start, end, owner in zip(found.row, found.start, found.end, found.owner, strict=True):
        expected[row, start:end] = values[owner] or 7
    assert np.array_equal(onto, expected)
    assert not ((onto != 7) & (mask == 0)).any()


def test_more_pieces_than_short_labels_can_tell_apart() -> None:
    mask = np.zeros((520, 520), np.uint8)
    mask[::2, ::2] = 255
    figures = runs_of_pieces(mask).figures
    assert len(figures) == 260 * 260 + 1
    assert (figures[1:, 2:] == 1).all()


@pytest.mark.parametrize("percent", [0, 5, 20, 50, 95, 100])
def test_percentiles_are_those_of_sorting(percent: float) -> None:
    image = np.random.default_rng(3).integers(0, 256, (41, 37), dtype=np.uint8)
    assert percentiles(image, (percent,)) == [np.percentile(image, percent, method="lower")]
