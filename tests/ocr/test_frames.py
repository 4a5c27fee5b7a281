"""Frames of number and date: found in what the engine made of them, and filled from the ink."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.nouns import Box, Line, Page, PageText, Word, Zone
from pipeline.ocr import fill_frames
from pipeline.ocr.slots import date_slots, number_slots
from pipeline.ocr.typeface import type_of

SIZE = 58
SERIF, ITALIC = "LiberationSerif-Regular.ttf", "LiberationSerif-Italic.ttf"
FOLDER = "/usr/share/fonts/truetype/liberation2/"


class Sheet:
    """A page that is printed word by word, and what an engine would say of each word."""

    def __init__(self) -> None:
        self.canvas = Pillow.new("L", (2480, 900), 255)
        self.pen = ImageDraw.Draw(self.canvas)

    def line(self, at: tuple[int, int], words: Sequence[tuple[str, str, float]], face: str, zone: Zone) -> Line:
        """Print words (printed, read, confidence) from a place on; a word read as "" is printed and not seen."""
        font = ImageFont.truetype(FOLDER + face, SIZE)
        x, y = at
        seen = []
        for printed, read, confidence in words:
            self.pen.text((x, y), printed, fill=15, font=font, anchor="ls")
            x0, y0, x1, y1 = self.pen.textbbox((x, y), printed, font=font, anchor="ls")
            if read:
                seen.append(Word(read, read, Box(int(x0), int(y0), int(x1), int(y1)), confidence))
            x += round(font.getlength(printed + " "))
        return Line(tuple(seen), zone)

    def page(self) -> Page:
        return Page(1, np.asarray(self.canvas, dtype=np.uint8), 300)


def filled(sheet: Sheet, *lines: Line) -> PageText:
    page = sheet.page()
    return fill_frames(page, PageText(1, lines, page.width, page.height, page.dpi))


def test_reads_number_and_date_where_the_engine_read_noise() -> None:
    sheet = Sheet()
    number = [("Số:", "Số:", 0.96), ("349", "5?2", 0.1), ("/QĐ-UBND", "/QĐ-UBND", 0.9)]
    date = [("Kon", "Kon", 0.96), ("Tum,", "Tum,", 0.96), ("ngày", "ngày", 0.95), ("25", "2§", 0.4)]
    date += [("tháng", "tháng", 0.96), ("02", "O2", 0.7), ("năm", "năm", 0.96), ("2024", "2024", 0.95)]
    left = sheet.line((300, 400), number, SERIF, Zone.HEADER_LEFT)
    right = sheet.line((1250, 400), date, ITALIC, Zone.HEADER_RIGHT)
    text = filled(sheet, left, right)
    assert text.lines[0].text == "Số: 349 /QĐ-UBND"
    assert text.lines[0].raw == "Số: 5?2 /QĐ-UBND"
    assert text.lines[1].text == "Kon Tum, ngày 25 tháng 02 năm 2024"
    assert text.lines[1].words[5].raw == "O2"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([("Số: 574/UBND-VX", "Số:§?4/UBND-VX", 0.3)], "Số: 574 /UBND-VX"),
        ([("Số:", "Số:", 0.9), ("574/UBND-VX", "$†4/UBND-VX", 0.2)], "Số: 574 /UBND-VX"),
        ([("Số:", "Số:", 0.9), ("574", "", 0.0), ("/UBND-VX", "/UBND-VX", 0.9)], "Số: 574 /UBND-VX"),
        ([("Số:", "_Sé:", 0.9), ("574", "§?4", 0.1), ("/UBND-VX", "/UBND-VX", 0.9)], "Số: 574 /UBND-VX"),
        ([("Số", "Số", 0.9), ("574-CV/HU", "5?-CV/HU", 0.3)], "Số 574 -CV/HU"),
    ],
)
def test_parts_what_the_engine_glued_to_the_digits(words: list[tuple[str, str, float]], expected: str) -> None:
    sheet = Sheet()
    title = sheet.line((300, 250), [("HUYỆN", "HUYỆN", 0.9)], SERIF, Zone.HEADER_LEFT)
    text = filled(sheet, title, sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT))
    assert text.lines[1].text.replace(": ", ":").replace(":", ": ") == expected


def test_digits_that_the_engine_lost_in_the_label_are_found() -> None:
    sheet = Sheet()
    title = sheet.line((300, 250), [("HUYỆN ỦY MƯỜNG ẢNG", "HUYỆN ỦY MƯỜNG ẢNG", 0.9)], SERIF, Zone.HEADER_LEFT)
    words = [("Số: 35", "Số:", 0.5), ("/CT-UBND", "/CT-UBND", 0.9)]
    text = filled(sheet, title, sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT))
    assert text.lines[1].text == "Số: 35 /CT-UBND"


class Rereader:
    """An engine that knows what is printed on a sheet's line, and reads it when the digits are covered."""

    def __init__(self, line: Line) -> None:
        self.line = line

    def read(self, page: Page) -> tuple[Line, ...]:
        rim = SIZE
        words = tuple(
            replace(w, box=Box(w.box.x0 - 300 + 2 * rim, w.box.y0 - 300, w.box.x1 - 300 + 2 * rim, w.box.y1 - 300))
            for w in self.line.words
        )
        return (Line(words),)


def test_a_glued_line_is_read_again_without_its_digits() -> None:
    sheet = Sheet()
    glued = sheet.line((300, 400), [("Số: 574/UBND-VX", "Số:§?4/UEMĐ-VX", 0.3)], SERIF, Zone.HEADER_LEFT)
    apart = Sheet().line(
        (300, 400), [("Số:", "Số:", 0.95), ("574", "", 0.0), ("/UBND-VX", "/UBND-VX", 0.96)], SERIF, Zone.HEADER_LEFT
    )
    page = sheet.page()
    text = PageText(1, (glued,), page.width, page.height, page.dpi)
    line = fill_frames(page, text, Rereader(apart)).lines[0]
    assert line.text == "Số: 574 /UBND-VX"
    assert line.words[1].raw == "§?4"
    assert line.words[2].confidence == 0.96


def test_a_party_number_is_found_between_label_and_dash() -> None:
    sheet = Sheet()
    line = sheet.line(
        (300, 400), [("Số", "Số", 0.9), ("42", "", 0.0), ("-CT/TU", "-CT/TU", 0.9)], SERIF, Zone.HEADER_LEFT
    )
    assert filled(sheet, line).lines[0].text == "Số 42 -CT/TU"


def test_a_second_reading_that_lost_print_is_not_taken() -> None:
    sheet = Sheet()
    glued = sheet.line((300, 400), [("Số: 574/UBND-VX", "Số:§?4/UBND-VX", 0.3)], SERIF, Zone.HEADER_LEFT)
    less = Sheet().line(
        (300, 400), [("Số:", "Số:", 0.95), ("574/UB", "", 0.0), ("-VX", "-VX", 0.96)], SERIF, Zone.HEADER_LEFT
    )
    page = sheet.page()
    text = PageText(1, (glued,), page.width, page.height, page.dpi)
    assert fill_frames(page, text, Rereader(less)).lines[0].text == "Số: 574 /UBND-VX"


def test_agreement_of_engine_and_ink_is_surer_than_either() -> None:
    sheet = Sheet()
    words = [("Số:", "Số:", 0.96), ("2676", "2676", 0.8), ("/TB-SYT", "/TB-SYT", 0.9)]
    line = sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT)
    digits = filled(sheet, line).lines[0].words[1]
    assert digits.text == "2676"
    assert digits.confidence > 0.8


def test_dispute_of_engine_and_ink_is_never_sure() -> None:
    sheet = Sheet()
    words = [("Số:", "Số:", 0.96), ("2676", "2876", 0.95), ("/TB-SYT", "/TB-SYT", 0.9)]
    line = sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT)
    digits = filled(sheet, line).lines[0].words[1]
    assert digits.confidence <= 0.5


def test_digits_that_the_engine_guessed_do_not_dispute_the_ink() -> None:
    sheet = Sheet()
    words = [("Số:", "Số:", 0.96), ("2676", "2878", 0.2), ("/TB-SYT", "/TB-SYT", 0.9)]
    digits = filled(sheet, sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT)).lines[0].words[1]
    assert digits.text == "2676"
    assert digits.confidence > 0.5


@pytest.mark.parametrize(("read", "sure"), [("29", True), ("28", False)])
def test_a_day_that_the_calendar_lacks_does_not_dispute_the_ink(read: str, sure: bool) -> None:  # noqa: FBT001
    sheet = Sheet()
    words = [("ngày", f"ngày{read}", 0.9), ("20", "", 0.0), ("tháng", "tháng", 0.9), ("02", "02", 0.9)]
    line = sheet.line((1250, 400), [*words, ("năm", "năm", 0.9), ("2025", "2025", 0.9)], ITALIC, Zone.HEADER_RIGHT)
    day = filled(sheet, line).lines[0].words[1]
    assert (day.text, day.confidence > 0.9) == ("20" if sure else read, sure)


@pytest.mark.parametrize(("number", "sure"), [("2676", False), ("2636", True)])
def test_a_seven_by_pen_is_never_sure(number: str, sure: bool) -> None:  # noqa: FBT001
    """A 1 with a long flag looks the same."""
    sheet = Sheet()
    words = [("Số:", "Số:", 0.96), (number, "2€?6", 0.3), ("/TB-SYT", "/TB-SYT", 0.9)]
    digits = filled(sheet, sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT)).lines[0].words[1]
    assert digits.text == number
    assert (digits.confidence > 0.9) is sure


def test_an_empty_frame_stays_empty() -> None:
    sheet = Sheet()
    words = [("Số:", "Số:", 0.96), ("      /QĐ-UBND", "/QĐ-UBND", 0.9)]
    line = sheet.line((300, 400), words, SERIF, Zone.HEADER_LEFT)
    gap = replace(line.words[1], box=replace(line.words[1].box, x0=line.words[1].box.x0 + 90))
    assert filled(sheet, replace(line, words=(line.words[0], gap))).lines[0].text == "Số: /QĐ-UBND"


@pytest.mark.parametrize("zone", [Zone.MARK, Zone.BODY, Zone.CLOSING_LEFT])
def test_numbers_of_stamps_and_of_the_body_are_left_alone(zone: Zone) -> None:
    sheet = Sheet()
    line = sheet.line((300, 400), [("Số:", "Số:", 0.9), ("23?", "23?", 0.3), ("/QĐ-UB", "/QĐ-UB", 0.9)], SERIF, zone)
    assert filled(sheet, line).lines == (line,)


def test_a_page_without_frames_or_words_is_left_alone() -> None:
    sheet = Sheet()
    line = sheet.line((300, 400), [("ỦY", "ỦY", 0.9), ("BAN", "BAN", 0.9)], SERIF, Zone.HEADER_LEFT)
    empty = Line((Word("", "", Box(0, 0, 0, 0), 0.0),), Zone.HEADER_LEFT)
    assert filled(sheet, line, empty).lines == (line, empty)
    assert filled(sheet).lines == ()


def line_of(*words: tuple[str, int, int]) -> Line:
    return Line(tuple(Word(raw, raw, Box(x0, 100, x1, 150), 0.9) for raw, x0, x1 in words), Zone.HEADER_RIGHT)


def set_from(text: str, start: int, width: int) -> Line:
    """The words of a text side by side, each letter so wide."""
    at, words = start, []
    for part in text.split():
        words.append((part, at, at + width * len(part)))
        at += width * len(part) + 15
    return line_of(*words)


@pytest.mark.parametrize(
    "raw",
    [
        "Huế, ngày 25 tháng 02 năm 2024",
        "Huế, ngàW/† tháng 5 năm 2021",
        "Huế, ngày{ ‡tháng 6 năm 2022",
        "Huế, ngàyo)ŠthángÙnăm 2025",
        "Huế, ngày tháng năm 2025",
    ],
)
def test_finds_day_and_month_between_the_printed_words(raw: str) -> None:
    line = set_from(raw, 500, 24)
    face = type_of(line.words)
    assert face is not None
    day, month = date_slots(line, face)
    assert day.left <= day.right <= month.left <= month.right
    assert (raw.index("ng"), len(raw)) > (0, day.start)
    assert day.start >= raw.index("ng") + 3
    assert "th" not in raw[day.start : day.end]
    assert "n" not in raw[month.start : month.end]


@pytest.mark.parametrize(
    "raw",
    ["Số: ....", "Kính gửi: Sở Y tế", "V/v báo cáo số 12/BC-UBND", "Sóc Trăng", "Số 9 Lê Lợi", "(Kèm theo Quyết định)"],
)
def test_other_lines_are_no_number_frames(raw: str) -> None:
    line = set_from(raw, 100, 20)
    face = type_of(line.words)
    assert face is None or number_slots(line, face) == ()


@pytest.mark.parametrize(
    ("raw", "filled_in"),
    [
        ("Số: 05ĐA -UBND", " 05"),
        ("Số: 118KH-SNN", " 118"),
        ("Số: 05XA -UBND", " 05XA"),
        ("Số: 05lh -UBND", " 05lh"),
        ("Số: 05 /ĐA-UBND", " 05"),
    ],
)
def test_a_kind_that_lost_its_slash_is_print_and_not_filled_in(raw: str, filled_in: str) -> None:
    line = set_from(raw, 100, 20)
    face = type_of(line.words)
    assert face is not None
    (slot,) = number_slots(line, face)
    assert raw[slot.start : slot.end] == filled_in
