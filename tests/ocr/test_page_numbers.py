"""The page number in the margin: found where it stands alone, read, and left alone where it is doubtful."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.nouns import Box, Line, Page, PageText, Word, Zone
from pipeline.ocr.page_numbers import read_page_number

WIDTH, HEIGHT = 2480, 3508
FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", 54)


def sheet(*printed: tuple[str, int, int]) -> Page:
    canvas = Pillow.new("L", (WIDTH, HEIGHT), 255)
    for text, x, y in printed:
        ImageDraw.Draw(canvas).text((x, y), text, fill=10, font=FONT, anchor="ls")
    return Page(2, np.asarray(canvas, dtype=np.uint8), 300)


def text(*lines: tuple[str, int], zone: Zone = Zone.BODY) -> PageText:
    made = []
    for content, y in lines:
        words = content.split()
        made.append(
            Line(
                tuple(Word(w, w, Box(300 + 150 * i, y, 430 + 150 * i, y + 36), 0.9) for i, w in enumerate(words)), zone
            )
        )
    return PageText(2, tuple(made), WIDTH, HEIGHT, 300)


BODY = text(("Các phòng, ban, đơn vị theo chức năng", 400), ("đôn đốc, kiểm tra việc thực hiện", 3000))


def own_numbers(page: PageText) -> list[str]:
    return [line.text for line in page.lines if line.zone is Zone.PAGE_NUMBER]


@pytest.mark.parametrize(
    ("number", "x", "y", "index"),
    [("2", 1220, 180, 0), ("7", 1220, 3400, -1), ("3", 2250, 3400, -1), ("15", 1220, 180, 0)],
)
def test_a_number_alone_in_the_margin_is_read(number: str, x: int, y: int, index: int) -> None:
    read = read_page_number(sheet((number, x, y)), BODY)
    assert own_numbers(read) == [number]
    assert read.lines[index].zone is Zone.PAGE_NUMBER
    assert read.lines[index].box.overlap(Box(x - 10, y - 60, x + 50, y + 10))
    assert read.text == BODY.text


@pytest.mark.parametrize(
    "printed",
    [
        (),
        (("2", 300, 180),),
        (("1234", 1180, 180),),
        (("2", 1220, 180), ("5", 1420, 180)),
        (("2", 1220, 700),),
    ],
)
def test_other_ink_is_no_page_number(printed: tuple[tuple[str, int, int], ...]) -> None:
    assert read_page_number(sheet(*printed), BODY) == BODY


@pytest.mark.parametrize("ink", ["¶", "K", "§", "ñ"])
def test_what_is_no_digit_is_not_taken(ink: str) -> None:
    assert read_page_number(sheet((ink, 1220, 180)), BODY) == BODY


def test_pages_that_need_none_are_left_alone() -> None:
    page = sheet(("2", 1220, 180))
    head = text(("Số: 12/KH-UBND của Ủy ban", 400), zone=Zone.HEADER_LEFT)
    numbered = replace(BODY, lines=(*BODY.lines, *text(("2", 3300), zone=Zone.PAGE_NUMBER).lines))
    assert read_page_number(page, head) == head
    assert read_page_number(page, numbered) == numbered
    assert read_page_number(replace(page, blank=True), BODY) == BODY


def test_what_the_engine_made_of_the_number_stays_as_raw() -> None:
    misread = replace(BODY, lines=(Line((Word("ñ", "ñ", Box(1215, 130, 1260, 185), 0.2),)), *BODY.lines))
    read = read_page_number(sheet(("2", 1220, 180)), misread)
    assert [(line.text, line.raw) for line in read.lines if line.zone is Zone.PAGE_NUMBER] == [("2", "ñ")]
    assert read.text == BODY.text
