"""Unfolding keeps every pixel of text and knows the way home."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout import unfold
from pipeline.layout.unfold import Piece, Unfolded
from pipeline.nouns import Box, Grid, GridCell, Page, Zone
from tests.layout.drawing import as_page, blank_page, closing, header, paragraph

HEIGHT, WIDTH = 300, 200


@pytest.fixture(scope="module")
def letter() -> Page:
    image = blank_page()
    header(image, 20)
    paragraph(image, 70, 8)
    closing(image, 160)
    return as_page(image)


def test_a_page_without_columns_passes_unchanged() -> None:
    image = blank_page()
    paragraph(image, 25, 30)
    page = as_page(image)
    unfolded = unfold(page)
    assert unfolded.page is page
    assert unfolded.pieces == ()


def test_all_ink_is_in_the_unfolded_image_once(letter: Page) -> None:
    unfolded = unfold(letter)
    assert (unfolded.page.image < 128).sum() == (letter.image < 128).sum()


def test_pieces_come_in_reading_order(letter: Page) -> None:
    zones = [piece.zone for piece in unfold(letter).pieces]
    wanted = [Zone.HEADER_LEFT, Zone.HEADER_RIGHT, Zone.BODY, Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT]
    assert [zone for zone in zones if zone is not Zone.BODY] == [zone for zone in wanted if zone is not Zone.BODY]
    between = zones[zones.index(Zone.HEADER_RIGHT) : zones.index(Zone.CLOSING_LEFT)]
    assert Zone.BODY in between


def test_each_piece_shows_its_part_of_the_page(letter: Page) -> None:
    unfolded = unfold(letter)
    for piece in unfolded.pieces:
        source = piece.source
        shown = unfolded.page.image[piece.top : piece.bottom, source.x0 : source.x1]
        assert np.array_equal(shown, letter.image[source.y0 : source.y1, source.x0 : source.x1])


def test_what_would_be_cut_into_strips_without_end_is_no_table(letter: Page) -> None:
    edges = [np.linspace(600, 2200, rows + 1).astype(int).tolist() for rows in range(2, 17)]
    cells = [
        GridCell(row, col, row + 1, col + 1, Box(100 + 100 * col, top, 200 + 100 * col, bottom))
        for col, tops in enumerate(edges)
        for row, (top, bottom) in enumerate(pairwise(tops))
    ]
    unfolded = unfold(letter, (Grid(Box(100, 600, 1600, 2200), tuple(cells), 16, 15),))
    assert np.array_equal(unfolded.page.image, unfold(letter).page.image)


def test_a_blank_page_is_not_searched(letter: Page) -> None:
    blank = Page(number=1, image=letter.image, dpi=200, blank=True)
    assert unfold(blank).pieces == ()


PIECES = (
    Piece(10, 60, Box(0, 0, 90, 50), Zone.HEADER_LEFT),
    Piece(70, 120, Box(90, 0, WIDTH, 50), Zone.HEADER_RIGHT),
    Piece(130, 380, Box(0, 50, WIDTH, HEIGHT), Zone.BODY),
)


@given(st.integers(0, WIDTH - 2), st.integers(0, HEIGHT - 2), st.integers(1, 40), st.integers(1, 12))
def test_a_box_comes_home_from_where_it_was_set(x: int, y: int, width: int, height: int) -> None:
    piece = next(p for p in PIECES if p.source.x0 <= x < p.source.x1 and p.source.y0 <= y < p.source.y1)
    height = min(height, piece.source.y1 - y)
    down = piece.top - piece.source.y0
    unfolded = Unfolded(Page(number=1, image=blank_page(10, 10), dpi=200), PIECES)
    home, zone = unfolded.home(Box(x, y + down, x + width, y + down + height))
    assert home == Box(x, y, x + width, y + height)
    assert zone is piece.zone
