"""Tables as the engine sees them, and as its words come back."""

from __future__ import annotations

import numpy as np

from pipeline.layout import arrange, unfold
from pipeline.layout.cells import by_cell
from pipeline.layout.tables import strips, without_rules
from pipeline.nouns import Box, Grid, GridCell, Image, Line, Page, Word, Zone

DPI = 100
# A table of two rows and two columns; the left cell of the second row has two lines, its neighbour one between them.
CELLS = (
    GridCell(0, 0, 1, 1, Box(100, 100, 300, 150)),
    GridCell(0, 1, 1, 2, Box(300, 100, 500, 150)),
    GridCell(1, 0, 2, 1, Box(100, 150, 300, 230)),
    GridCell(1, 1, 2, 2, Box(300, 150, 500, 230)),
)
GRID = Grid(Box(100, 100, 500, 230), CELLS, 2, 2)
INK = {
    "TT": Box(180, 115, 220, 131),
    "Số": Box(380, 115, 420, 131),
    "Tên": Box(120, 160, 200, 176),
    "dài": Box(120, 200, 180, 216),
    "17": Box(380, 180, 410, 196),
}


def sheet() -> Image:
    image: Image = np.full((400, 600), 255, np.uint8)
    for box in INK.values():
        image[box.y0 : box.y1, box.x0 : box.x1 : 2] = 0  # strokes, not a bar
    for y in (100, 150, 230):
        image[y - 1 : y + 1, 99:501] = 0
    for x in (100, 300, 500):
        image[99:231, x - 1 : x + 1] = 0
    return image


def word(text: str, box: Box) -> Word:
    return Word(text, text, box, 0.9)


def test_rules_go_and_letters_stay() -> None:
    clean = without_rules(sheet(), (GRID,), DPI)
    assert all((clean[box.y0 : box.y1, box.x0 : box.x1 : 2] == 0).all() for box in INK.values())
    assert (clean == 0).sum() == sum(box.area for box in INK.values()) // 2


def test_a_page_without_tables_is_not_copied() -> None:
    image = sheet()
    assert without_rules(image, (), DPI) is image


def test_a_cell_of_two_lines_is_shown_apart() -> None:
    found = strips(without_rules(sheet(), (GRID,), DPI), GRID, DPI)
    assert [strip.shown for strip in found] == [
        (Box(100, 100, 500, 150),),
        (CELLS[3].box,),
        (CELLS[2].box,),
    ]


def test_an_empty_table_has_no_strips() -> None:
    assert strips(np.full((400, 600), 255, np.uint8), GRID, DPI) == ()


def test_every_word_finds_its_cell_and_its_place_on_the_page() -> None:
    page = Page(1, sheet(), DPI)
    unfolded = unfold(page, (GRID,))
    seen = unfolded.page.image
    lines = []
    for piece in unfolded.pieces:
        for text, box in INK.items():
            top = box.y0 - piece.source.y0 + piece.top
            if piece.top <= top < piece.bottom and (seen[top : top + box.height, box.x0 : box.x1 : 2] == 0).all():
                lines.append(Line((word(text, Box(box.x0, top, box.x1, top + box.height)),)))
    read = arrange(page, unfolded, tuple(lines), (GRID,))
    assert {w.text: w.box for w in read.words} == INK
    assert [line.text for line in read.lines if line.zone is Zone.TABLE] == ["TT Số", "Tên dài 17"]


def test_lines_across_columns_are_gathered_by_cell_and_others_left_alone() -> None:
    across = Line((word("Tên", INK["Tên"]), word("17", INK["17"]), word("dài", INK["dài"])))
    before = Line((word("Biểu", Box(100, 20, 160, 40)),))
    assert [line.text for line in by_cell([before, across], (GRID,))] == ["Biểu", "Tên dài 17"]
