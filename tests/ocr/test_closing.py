from __future__ import annotations

import cv2
import numpy as np

from pipeline.nouns import Box, Image, Line, Page, PageText, Word, Zone
from pipeline.ocr.closing import reread_closing

WIDTH, HEIGHT = 1654, 2339
TITLE, NAME = "CHU TICH", "Vo Thanh An"


class RowEngine:
    """Finds the rows of ink in what it is shown and says what it was told to, from top to bottom."""

    def __init__(self, *says: tuple[str, float]) -> None:
        self.says = says
        self.shown: list[Image] = []

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        self.shown.append(page.image)
        dark = cv2.dilate((page.image < 128).astype(np.uint8), np.ones((9, 9), np.uint8)).any(axis=1).astype(np.int8)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], dark, [0]))))
        spans = zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        return tuple(
            words((text, sure), box=(45, a, 400, b)) for (text, sure), (a, b) in zip(self.says, spans, strict=True)
        )


def words(said: tuple[str, float], zone: Zone = Zone.BODY, box: tuple[int, int, int, int] = (0, 0, 9, 9)) -> Line:
    text, sure = said
    x0, y0, x1, y1 = box
    parts = text.split()
    step = (x1 - x0) // len(parts)
    return Line(
        tuple(
            Word(part, part, Box(x0 + i * step, y0, x0 + (i + 1) * step - 5, y1), sure) for i, part in enumerate(parts)
        ),
        zone,
    )


def letter(*, signed: bool = True) -> Page:
    """A page with receivers at the left, office and name at the right with a stroke of a pen between them."""
    image = np.full((HEIGHT, WIDTH), 255, np.uint8)
    cv2.putText(image, "Noi nhan", (200, 1430), cv2.FONT_HERSHEY_SIMPLEX, 1.0, 0, 2)
    if signed:
        cv2.putText(image, TITLE, (1050, 1430), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3)
        cv2.line(image, (950, 1600), (1500, 1500), 0, 3)
        cv2.putText(image, NAME, (1030, 1700), cv2.FONT_HERSHEY_SIMPLEX, 1.1, 0, 3)
    return Page(1, image, 200)


RECEIVERS = words(("Nơi nhận:", 0.9), Zone.CLOSING_LEFT, (200, 1400, 340, 1435))
OFFICE_BOX = (1050, 1400, 1220, 1435)


def text_of(*lines: Line) -> PageText:
    return PageText(1, lines, WIDTH, HEIGHT, 200)


def test_a_name_that_the_engine_missed_is_found_by_its_ink() -> None:
    text = text_of(RECEIVERS, words(("CHỦ TỊCH", 0.9), Zone.CLOSING_RIGHT, OFFICE_BOX))
    signed = reread_closing(letter(), text, RowEngine(("CHỦ TỊCH", 0.96), ("Võ Thanh An", 0.95)))
    assert [line.text for line in signed.lines] == ["Nơi nhận:", "CHỦ TỊCH", "Võ Thanh An"]
    name = signed.lines[-1]
    assert name.zone is Zone.CLOSING_RIGHT
    assert 1650 < name.box.y0 < name.box.y1 < 1730


def test_a_line_that_was_misread_takes_the_better_reading() -> None:
    text = text_of(RECEIVERS, words(("IS SỐ", 0.3), Zone.CLOSING_RIGHT, OFFICE_BOX))
    signed = reread_closing(letter(), text, RowEngine(("CHỦ TỊCH", 0.96), ("Võ Thanh An", 0.95)))
    assert [line.text for line in signed.lines] == ["Nơi nhận:", "CHỦ TỊCH", "Võ Thanh An"]


def test_what_is_hardly_legible_is_no_new_line() -> None:
    text = text_of(RECEIVERS, words(("CHỦ TỊCH", 0.9), Zone.CLOSING_RIGHT, OFFICE_BOX))
    signed = reread_closing(letter(), text, RowEngine(("CHỦ TỊCH", 0.96), ("Z4 lềl", 0.3)))
    assert [line.text for line in signed.lines] == ["Nơi nhận:", "CHỦ TỊCH"]


def test_what_was_told_to_be_a_mark_stays_one() -> None:
    mark = words(("Ký bởi: VÕ THANH AN", 0.9), Zone.MARK, (1030, 1660, 1300, 1705))
    office = words(("CHỦ TỊCH", 0.9), Zone.CLOSING_RIGHT, OFFICE_BOX)
    engine = RowEngine(("CHỦ TỊCH", 0.96), ("Ký bởi: VÕ THANH AN", 0.95))
    signed = reread_closing(letter(), text_of(RECEIVERS, office, mark), engine)
    assert [line.zone for line in signed.lines] == [Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT, Zone.MARK]


def test_a_second_reading_of_half_a_line_changes_nothing() -> None:
    whole = words(("HIỆU TRƯỞNG TRƯỜNG TRUNG HỌC", 0.9), Zone.CLOSING_RIGHT, (700, 1400, 1400, 1435))
    signed = reread_closing(letter(), text_of(RECEIVERS, whole), RowEngine(("CHỦ TỊCH", 0.96), ("~ |", 0.2)))
    assert signed.lines[1].text == whole.text


def test_a_page_without_closing_block_or_without_ink_needs_no_engine() -> None:
    engine = RowEngine()
    body = text_of(words(("Điều 1.", 0.9), Zone.BODY, (200, 300, 500, 335)))
    assert reread_closing(letter(), body, engine) is body
    unsigned = text_of(RECEIVERS)
    assert reread_closing(letter(signed=False), unsigned, engine) is unsigned
    assert not engine.shown


def test_the_body_under_a_closing_block_is_no_signature() -> None:
    below = words(("PHỤ LỤC", 0.9), Zone.BODY, (1030, 1660, 1300, 1705))
    engine = RowEngine(("CHỦ TỊCH", 0.96))
    signed = reread_closing(letter(), text_of(RECEIVERS, below), engine)
    assert [line.text for line in signed.lines if line.zone is Zone.CLOSING_RIGHT] == ["CHỦ TỊCH"]
