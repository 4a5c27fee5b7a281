from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout import assign_zones
from pipeline.layout.grids import find_grids, grids_of_layer
from pipeline.nouns import Box, Image, Line, Page, PageText, Word, Zone

DPI = 300
X = (300, 700, 1100, 1500, 2000)
Y = (500, 620, 740, 860, 980, 1100)


def paper() -> Image:
    return np.full((1600, 2300), 255, np.uint8)


def ruled(image: Image, x: tuple[int, ...] = X, y: tuple[int, ...] = Y) -> Image:
    for row in y:
        cv2.line(image, (x[0], row), (x[-1], row), 0, 3)
    for col in x:
        cv2.line(image, (col, y[0]), (col, y[-1]), 0, 3)
    return image


def filled(image: Image) -> Image:
    for row in Y[:-1]:
        for col in X[:-1]:
            cv2.putText(image, "1.245", (col + 60, row + 80), cv2.FONT_HERSHEY_SIMPLEX, 1.6, 0, 4)
    return image


def turned(image: Image, degrees: float) -> Image:
    centre = (image.shape[1] / 2, image.shape[0] / 2)
    matrix = cv2.getRotationMatrix2D(centre, degrees, 1.0)
    return np.asarray(cv2.warpAffine(image, matrix, image.shape[::-1], borderValue=255), dtype=np.uint8)


def shapes(image: Image, dpi: int = DPI) -> list[tuple[int, int, int]]:
    return [(g.rows, g.cols, len(g.cells)) for g in find_grids(Page(1, image, dpi))]


def test_a_plain_table_has_its_cells_where_they_are() -> None:
    (grid,) = find_grids(Page(1, filled(ruled(paper())), DPI))
    assert (grid.rows, grid.cols, len(grid.cells)) == (5, 4, 20)
    cell = next(c for c in grid.cells if (c.row, c.col) == (2, 1))
    assert abs(cell.box.x0 - X[1]) <= 6
    assert abs(cell.box.y1 - Y[3]) <= 6


@pytest.mark.parametrize("closed", [True, False])
def test_the_rim_of_a_sheet_around_a_table_is_no_part_of_it(closed: bool) -> None:  # noqa: FBT001
    image = filled(ruled(paper()))
    bare = shapes(image)
    for start, end in [((60, 40), (2240, 40)), ((60, 40), (60, 1050)), ((2240, 40), (2240, 1050))]:
        cv2.line(image, start, end, 0, 3)
    if closed:
        cv2.rectangle(image, (60, 40), (2240, 1560), 0, 3)
    assert shapes(image) == bare


def test_a_small_frame_in_a_cell_is_a_part_of_its_table() -> None:
    image = ruled(paper(), X, (200, 700, 1200))
    ruled(image, (1550, 1700, 1850), (300, 380, 460))
    assert shapes(image) == [(2, 4, 8)]


def test_merged_cells_span_rows_and_columns() -> None:
    image = ruled(paper())
    image[Y[0] + 5 : Y[1] - 4, X[1] - 5 : X[1] + 6] = 255
    image[Y[3] - 5 : Y[3] + 6, X[2] + 5 : X[3] - 4] = 255
    (grid,) = find_grids(Page(1, filled(image), DPI))
    spans = {(c.row, c.col, c.row_end, c.col_end) for c in grid.cells if (c.row_end - c.row) * (c.col_end - c.col) > 1}
    assert spans == {(0, 0, 1, 2), (2, 2, 4, 3)}


@pytest.mark.parametrize("degrees", [-0.4, 0.25, 0.5])
def test_a_small_skew_is_no_matter(degrees: float) -> None:
    assert shapes(turned(filled(ruled(paper())), degrees)) == [(5, 4, 20)]


def test_broken_rules_still_divide() -> None:
    image = filled(ruled(paper()))
    for x in range(380, 2000, 210):
        image[Y[2] - 6 : Y[2] + 7, x : x + 30] = 255
    for y in range(540, 1100, 90):
        image[y : y + 18, X[3] - 6 : X[3] + 7] = 255
    assert shapes(image) == [(5, 4, 20)]


def test_a_table_without_outer_sides_ends_where_its_rules_end() -> None:
    image = paper()
    for row in Y:
        cv2.line(image, (X[0], row), (X[-1], row), 0, 3)
    for col in X[1:-1]:
        cv2.line(image, (col, Y[0]), (col, Y[-1]), 0, 3)
    assert shapes(filled(image)) == [(5, 4, 20)]


def test_two_tables_come_from_top_to_bottom() -> None:
    image = ruled(ruled(paper()), (300, 900, 1500), (1250, 1370, 1490))
    assert shapes(image) == [(5, 4, 20), (2, 2, 4)]


def test_the_row_that_goes_on_overleaf_is_a_grid() -> None:
    assert shapes(ruled(paper(), y=(300, 420))) == [(1, 4, 4)]


@pytest.mark.parametrize("dpi", [150, 200, 400])
def test_resolutions(dpi: int) -> None:
    image = filled(ruled(paper()))
    scale = dpi / DPI
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    assert shapes(np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=how)), dpi) == [(5, 4, 20)]


def test_colour_pages_are_read_too() -> None:
    assert shapes(np.dstack([filled(ruled(paper()))] * 3)) == [(5, 4, 20)]


def test_header_rules_underlines_and_frames_are_no_tables() -> None:
    image = paper()
    cv2.line(image, (300, 200), (800, 200), 0, 3)
    cv2.line(image, (1300, 200), (2000, 200), 0, 3)
    cv2.rectangle(image, (400, 500), (1800, 900), 0, 3)
    for y in range(1000, 1500, 80):
        cv2.putText(image, "THE HUYEN BIEN HHHH LLLL", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 1.8, 0, 5)
    assert shapes(image) == []


def test_an_empty_page_has_none() -> None:
    assert shapes(paper()) == []


@settings(max_examples=15)
@given(rows=st.integers(2, 7), cols=st.integers(2, 6), thick=st.integers(2, 5))
def test_any_even_table_is_found_whole(rows: int, cols: int, thick: int) -> None:
    image = paper()
    x = tuple(250 + 300 * c for c in range(cols + 1))
    y = tuple(200 + 130 * r for r in range(rows + 1))
    for row in y:
        cv2.line(image, (x[0], row), (x[-1], row), 0, thick)
    for col in x:
        cv2.line(image, (col, y[0]), (col, y[-1]), 0, thick)
    assert shapes(image) == [(rows, cols, rows * cols)]


def test_rules_of_the_drawn_page_fence_the_words_of_its_text_layer() -> None:
    words = tuple(Word(f"{row}{col}", f"{row}{col}", Box(x // 2 + 20, y // 2 + 10, x // 2 + 60, y // 2 + 40), 1.0)
                  for col, x in enumerate(X[:-1]) for row, y in enumerate(Y[:-1]))  # fmt: skip
    layer = PageText(1, tuple(Line((word,)) for word in words), 1150, 800, 150)
    grids = grids_of_layer(Page(1, ruled(paper()), DPI), layer)
    assert [(grid.rows, grid.cols) for grid in grids] == [(5, 4)]
    text = assign_zones(layer, grids)
    table = [line.text for line in text.lines if line.zone is Zone.TABLE]
    assert table == [" ".join(f"{row}{col}" for col in range(4)) for row in range(5)]
    assert text.grids == grids


@pytest.mark.parametrize(("width", "height"), [(800, 1150), (0, 0), (1150, 900)])
def test_a_layer_of_another_shape_takes_no_rules(width: int, height: int) -> None:
    assert grids_of_layer(Page(1, ruled(paper()), DPI), PageText(1, (), width, height, 150)) == ()
