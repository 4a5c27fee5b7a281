"""Stamps that cleaning lifted off are read by themselves, and their words lie where the stamp was."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.nouns import Box, Image, Line, Mark, MarkKind, Page, Word, Zone
from pipeline.ocr.stamp_ink import cut_stamp
from pipeline.ocr.stamps import read_lifted

DPI = 300
SANS = ImageFont.truetype("/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf", 40)


def stamp_of(lines: Sequence[str], *, framed: bool = True, tilt: float = 0.0) -> Image:
    """A stamp of 500 x 240 pixels: its lines under each other, a frame around them, leaning clockwise."""
    canvas = Pillow.new("L", (560, 300), 255)
    pen = ImageDraw.Draw(canvas)
    if framed:
        pen.rectangle((30, 30, 530, 270), outline=40, width=5)
    for row, text in enumerate(lines):
        pen.text((60, 80 + 70 * row), text, fill=40, font=SANS, anchor="ls")
    return np.asarray(canvas.rotate(-tilt, Pillow.Resampling.BICUBIC, fillcolor=255), dtype=np.uint8)


def page_with(*stamps: Image, kind: MarkKind = MarkKind.NOTE) -> Page:
    """A white page with stamps that were lifted off it, one under the other."""
    lifted = np.full((1200, 900), 255, np.uint8)
    marks = []
    for row, stamp in enumerate(stamps):
        y = 100 + 400 * row
        lifted[y : y + 300, 200:760] = stamp
        marks.append(Mark(kind, Box(200, y, 760, y + 300)))
    return Page(3, np.full_like(lifted, 255), DPI, marks=tuple(marks), lifted=lifted)


class Seer:
    """An engine that sees each row of ink as a line of one word; the words it reads are told beforehand."""

    def __init__(self, *says: str) -> None:
        self.says = says
        self.seen: list[Page] = []

    def read(self, page: Page) -> tuple[Line, ...]:
        self.seen.append(page)
        rows = np.flatnonzero((page.image < 128).any(axis=1))
        groups = np.split(rows, np.flatnonzero(np.diff(rows) > 12) + 1)
        lines = []
        for says, group in zip(self.says, groups, strict=True):
            columns = np.flatnonzero((page.image[group] < 128).any(axis=0))
            box = Box(int(columns[0]), int(group[0]), int(columns[-1]) + 1, int(group[-1]) + 1)
            lines.append(Line((Word(says, says, box, 0.9), Word("|", "|", Box(0, 0, 1, 1), 0.1))))
        return tuple(lines)


def ink_box(image: Image, inside: Box) -> Box:
    part = image[inside.y0 : inside.y1, inside.x0 : inside.x1] < 128
    rows, columns = np.flatnonzero(part.any(axis=1)), np.flatnonzero(part.any(axis=0))
    return Box(
        inside.x0 + int(columns[0]),
        inside.y0 + int(rows[0]),
        inside.x0 + int(columns[-1]) + 1,
        inside.y0 + int(rows[-1]) + 1,
    )


def near(one: Box, other: Box, within: int) -> bool:
    pairs = ((one.x0, other.x0), (one.y0, other.y0), (one.x1, other.x1), (one.y1, other.y1))
    return all(abs(a - b) <= within for a, b in pairs)


def test_words_lie_where_the_stamp_was() -> None:
    page = page_with(stamp_of(["HỎA TỐC"]), stamp_of(["TỐI MẬT"]))
    engine, lifted = Seer("HỎA", "TỐI"), page.lifted
    assert lifted is not None
    (first, one), (second, two) = read_lifted(page, engine)
    assert [line.text for line in (*one, *two)] == ["HỎA", "TỐI"]
    assert (first, second) == page.marks
    assert one[0].zone is Zone.MARK
    assert near(one[0].box, ink_box(lifted, Box(240, 140, 700, 360)), within=3)
    assert near(two[0].box, ink_box(lifted, Box(240, 540, 700, 760)), within=3)
    assert len(engine.seen) == 1
    assert engine.seen[0].number == 3


@pytest.mark.parametrize("tilt", [-3.0, 2.5])
def test_a_leaning_stamp_is_shown_level_and_without_its_frame(tilt: float) -> None:
    page = page_with(stamp_of(["CÔNG VĂN ĐẾN", "Ngày: 15/4"], tilt=tilt))
    cut = cut_stamp(page, page.marks[0])
    assert cut is not None
    level = cut_stamp(straight := page_with(stamp_of(["CÔNG VĂN ĐẾN", "Ngày: 15/4"])), straight.marks[0])
    assert level is not None
    rows = [int(np.count_nonzero((image < 128).any(axis=1))) for image in (cut.ink, level.ink)]
    assert rows[0] <= rows[1] + 8
    edges = cut.ink[:8].min(), cut.ink[-8:].min(), cut.ink[:, :8].min(), cut.ink[:, -8:].min()
    assert min(edges) > 128


def test_the_digits_behind_the_label_are_read_from_the_ink() -> None:
    page = page_with(stamp_of(["ĐẾN", "Số:   574", "Ngày:"]))

    class Unable(Seer):
        def read(self, page: Page) -> tuple[Line, ...]:
            lines = super().read(page)
            label = lines[1].words[0].box
            short = Box(label.x0, label.y0, label.x0 + 72, label.y1)
            return (lines[0], Line((Word("Số:", "Số:", short, 0.9), Word("§?", "§?", label, 0.4))), lines[2])

    ((_, lines),) = read_lifted(page, Unable("ĐẾN", "", "Ngày:"))
    assert [line.text for line in lines] == ["ĐẾN", "Số: 574", "Ngày:"]
    assert lines[1].words[1].raw == "§?"


def test_digits_that_print_runs_through_are_doubted() -> None:
    page = page_with(stamp_of(["ĐẾN", "Số:   574", "Ngày:"]))
    image = page.image.copy()
    cv2.putText(image, "8 8 8 8", (330, 250), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (20,), 4)
    over = Page(3, image, DPI, marks=page.marks, lifted=page.lifted)
    engine = Seer("ĐẾN", "Số:", "Ngày:")
    ((_, lines),) = read_lifted(over, engine)
    assert all(word.confidence <= 0.5 for word in lines[1].words if word.text.isdigit())


def test_seals_empty_stamps_and_flourishes_are_not_read() -> None:
    engine = Seer()
    flourish = np.full((300, 560), 255, np.uint8)
    cv2.line(flourish, (60, 200), (480, 90), 40, 4)
    assert read_lifted(page_with(stamp_of(["HỎA TỐC"]), kind=MarkKind.SEAL), engine) == ()
    assert read_lifted(page_with(np.full((300, 560), 255, np.uint8)), engine) == ()
    assert read_lifted(page_with(flourish), engine) == ()
    assert read_lifted(Page(1, np.zeros((9, 9), np.uint8), 300), engine) == ()
    assert engine.seen == []
