"""Doubtful cells of numeric columns are read again, and nothing else is."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipeline.nouns import Box, Grid, GridCell, Image, Line, Page, PageText, Word, Zone
from pipeline.ocr.numbers import CHARACTERS, reread_numbers

CELLS = tuple(
    GridCell(row, col, row + 1, col + 1, Box(100 + 200 * col, 100 + 50 * row, 300 + 200 * col, 150 + 50 * row))
    for row in range(5)
    for col in range(2)
)
GRID = Grid(Box(100, 100, 500, 350), CELLS, 5, 2)


@dataclass
class Scripted:
    """Answers one number for each crop it is shown, in their order, and remembers that it was asked."""

    answers: list[str]
    confidence: float = 0.9
    asked: list[str] = field(default_factory=list)

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        self.asked.append(allowed)
        dark = np.flatnonzero((page.image < 100).any(axis=1))
        tops = [y for y in dark if y - 1 not in set(dark)]
        assert len(tops) == len(self.answers)
        pairs = zip(tops, self.answers, strict=True)
        return tuple(
            Line((Word(answer, answer, Box(60, int(y), 90, int(y) + 20), self.confidence),)) for y, answer in pairs
        )


def table(*rows: tuple[str, str], confidence: float = 0.95) -> tuple[Page, PageText]:
    image: Image = np.full((400, 600), 255, np.uint8)
    lines = []
    for number, row in enumerate(rows):
        words = []
        for col, text in enumerate(row):
            box = Box(120 + 200 * col, 115 + 50 * number, 160 + 200 * col, 135 + 50 * number)
            image[box.y0 : box.y1, box.x0 : box.x1] = 0
            if text:
                words.append(Word(text, text, box, confidence))
        lines.append(Line(tuple(words), Zone.TABLE))
    page = Page(1, image, 100)
    return page, PageText(1, tuple(lines), 600, 400, 100, grids=(GRID,))


def texts(page: PageText) -> list[str]:
    return [line.text for line in page.lines]


def test_a_letter_among_numbers_is_read_again_and_the_first_reading_kept() -> None:
    engine = Scripted(["55"])
    page, text = table(("Đơn vị", "Số"), ("Khoa A", "12"), ("Khoa B", "s)"), ("Khoa C", "31"), ("Khoa D", "44"))
    after = reread_numbers(page, text, engine)
    assert engine.asked == [CHARACTERS]
    assert texts(after) == ["Đơn vị Số", "Khoa A 12", "Khoa B 55", "Khoa C 31", "Khoa D 44"]
    word = after.lines[2].words[1]
    assert word.raw == "s)"
    assert word.confidence <= 0.8
    assert 300 <= word.box.x0 <= 345
    assert 205 <= word.box.y0 <= 225


def test_a_cell_with_ink_that_was_missed_joins_its_row() -> None:
    page, text = table(("Đơn vị", "Số"), ("Khoa A", "12"), ("Khoa B", ""), ("Khoa C", "31"), ("Khoa D", "44"))
    assert texts(reread_numbers(page, text, Scripted(["7"])))[2] == "Khoa B 7"


def test_two_readings_that_differ_are_never_sure() -> None:
    rows = (("Đơn vị", "Số"), ("A", "12"), ("B", "20"), ("C", "31"), ("D", "44"))
    page, text = table(*rows, confidence=0.7)
    after = reread_numbers(page, text, Scripted(["12", "28", "31", "44"], confidence=0.95))
    assert texts(after)[2] == "B 28"
    assert after.lines[2].words[1].confidence <= 0.5
    assert after.lines[1].words[1].confidence >= 0.7


def test_sure_numbers_and_columns_of_words_are_left_alone() -> None:
    page, text = table(("Đơn vị", "Số"), ("A", "12"), ("B", "20"), ("C", "31"), ("D", "44"))
    engine = Scripted([])
    assert reread_numbers(page, text, engine) is text
    assert engine.asked == []


def test_noise_does_not_replace_what_was_read() -> None:
    page, text = table(("Đơn vị", "Số"), ("A", "12"), ("B", "s)"), ("C", "31"), ("D", "44"))
    assert texts(reread_numbers(page, text, Scripted(["-"])))[2] == "B s)"
