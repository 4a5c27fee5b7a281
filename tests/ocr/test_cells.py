from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.nouns import Box, Image, Line, Page, Word
from pipeline.ocr.cells import FIGURES, read_figures

CELLS = (Box(100, 100, 400, 200), Box(100, 200, 400, 300), Box(100, 300, 400, 400))


class ScriptedEngine:
    """Finds the lines of ink in what it is shown and says what it was told to, line by line."""

    def __init__(self, *says: Sequence[tuple[str, float]]) -> None:
        self.says = list(says)
        self.shown: list[Image] = []
        self.allowed: list[str] = []

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        self.shown.append(page.image)
        self.allowed.append(allowed)
        dark = (page.image < 128).any(axis=1).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], dark, [0]))))
        spans = list(zip(edges[::2], edges[1::2], strict=True))
        told = zip(self.says.pop(0), spans, strict=True)
        return tuple(Line((Word(t, t, Box(30, int(a), 90, int(b)), c),)) for (t, c), (a, b) in told)


def page_with(*texts: str) -> Page:
    image = np.full((500, 500), 255, np.uint8)
    for cell, text in zip(CELLS, texts, strict=True):
        cv2.rectangle(image, (cell.x0, cell.y0), (cell.x1, cell.y1), 0, 3)
        if text:
            cv2.putText(image, text, (cell.x0 + 60, cell.y0 + 68), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 4)
    return Page(1, image, 300)


def test_each_cell_gets_its_own_figure_with_the_box_of_its_ink() -> None:
    engine = ScriptedEngine([("12", 0.95), ("345", 0.9)])
    read = read_figures(page_with("12", "", "345"), CELLS, engine)
    assert {cell: word.text for cell, word in read.items()} == {CELLS[0]: "12", CELLS[2]: "345"}
    assert CELLS[0].overlap(read[CELLS[0]].box) == read[CELLS[0]].box.area
    assert engine.allowed == [FIGURES]


def test_a_dash_in_the_middle_of_a_cell_is_told_and_a_speck_is_not() -> None:
    page = page_with("12", "", "345")
    cv2.line(page.image, (230, 250), (250, 250), 0, 4)
    read = read_figures(page, CELLS, ScriptedEngine([("12", 0.95), ("345", 0.9)]))
    assert (read[CELLS[1]].text, read[CELLS[1]].box.centre) == ("-", (240.5, 250.5))
    for start, end in (((230, 290), (250, 290)), ((238, 250), (242, 250)), ((180, 250), (330, 250))):
        spoilt = page_with("12", "", "345")
        cv2.line(spoilt.image, start, end, 0, 4)
        assert CELLS[1] not in read_figures(spoilt, CELLS, ScriptedEngine([("12", 0.95), ("345", 0.9)]))


def test_what_was_read_with_doubt_is_shown_again_larger() -> None:
    engine = ScriptedEngine([("12", 0.95), ("8", 0.4), ("345", 0.9)], [("5", 0.8)])
    read = read_figures(page_with("12", "5", "345"), CELLS, engine)
    assert (read[CELLS[1]].text, read[CELLS[1]].confidence) == ("5", 0.8)
    assert len(engine.shown) == 2


def test_two_readings_that_agree_are_surer_than_each() -> None:
    engine = ScriptedEngine([("12", 0.95), ("5", 0.5), ("345", 0.9)], [("5", 0.6)])
    read = read_figures(page_with("12", "5", "345"), CELLS, engine)
    assert read[CELLS[1]].confidence == 0.8


def test_specks_and_rules_are_not_shown() -> None:
    page = page_with("12", "67", "345")
    clean = ScriptedEngine([("12", 0.9), ("67", 0.9), ("345", 0.9)])
    read_figures(page, CELLS, clean)
    dirty = page.image.copy()
    for x, y in ((120, 130), (380, 180), (350, 215), (130, 380)):
        dirty[y : y + 3, x : x + 3] = 0
    speckled = ScriptedEngine([("12", 0.9), ("67", 0.9), ("345", 0.9)])
    read_figures(Page(1, dirty, 300), CELLS, speckled)
    assert np.array_equal(clean.shown[0], speckled.shown[0])


def test_empty_cells_need_no_engine() -> None:
    engine = ScriptedEngine()
    assert read_figures(page_with("", "", ""), CELLS, engine) == {}
    assert read_figures(page_with("", "", ""), (), engine) == {}
