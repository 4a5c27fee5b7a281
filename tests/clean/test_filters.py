"""Each filter by itself: what it takes off the paper, and what it leaves."""

import cv2
import numpy as np
import pytest

from pipeline.clean.filters import despeckle
from pipeline.nouns import Image, Judgement

LETTER = 20
"""Pixels of a small letter on the drawn line."""
JUDGED = Judgement(200, LETTER, noise=0.01, contrast=1.0, shading=0.0, skew=0.0, ink=0.05, bilevel=True, colour=0.0)


@pytest.fixture
def line() -> Image:
    """A line of upright strokes, the first at x = 200, on white paper."""
    page = np.full((200, 600), 255, np.uint8)
    for x in range(200, 500, 12):
        cv2.rectangle(page, (x, 90), (x + 3, 90 + LETTER), 0, -1)
    return page


@pytest.mark.parametrize(
    "place",
    [
        (175, 98, 9, 2),  # the dash of a list item, a space before its word
        (203, 82, 4, 4),  # the dot of a letter
    ],
)
def test_despeckle_leaves_dots_and_dashes(line: Image, place: tuple[int, int, int, int]) -> None:
    assert not _gone(line, place)


@pytest.mark.parametrize(
    "place",
    [
        (60, 98, 9, 2),  # a dash far from any word
        (175, 60, 9, 2),  # one between the lines
        (185, 97, 4, 4),  # a round blot where the dash of an item would be
    ],
)
def test_despeckle_takes_dirt_off(line: Image, place: tuple[int, int, int, int]) -> None:
    assert _gone(line, place)


def _gone(line: Image, place: tuple[int, int, int, int]) -> bool:
    """Whether a blot drawn there (x, y, width, height) is taken off; the line stays whatever happens."""
    x, y, width, height = place
    line[y : y + height, x : x + width] = 0
    cleaned = despeckle(line, JUDGED)
    assert (cleaned[95:105, 200] == 0).all()
    return bool((cleaned[y : y + height, x : x + width] == 255).all())
