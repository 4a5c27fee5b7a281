"""Header and closing block are found where there are columns, and nowhere else."""

import cv2
import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.layout.columns import find_bands
from tests.layout.drawing import PX_PER_MM, blank_page, closing, header, paragraph, write


def test_running_text_has_no_columns() -> None:
    image = blank_page()
    paragraph(image, 25, 30)
    assert find_bands(image) == (None, None)


def test_a_white_page_has_no_columns() -> None:
    assert find_bands(blank_page()) == (None, None)


def test_the_header_ends_before_the_body_and_is_cut_between_its_columns() -> None:
    image = blank_page()
    header(image, 20)
    paragraph(image, 70, 20)
    band, last = find_bands(image)
    assert last is None
    assert band is not None
    assert 62 * PX_PER_MM < band.split < 95 * PX_PER_MM
    assert band.top <= 17 * PX_PER_MM
    assert 34 * PX_PER_MM <= band.bottom <= 64 * PX_PER_MM


def test_a_line_whose_dash_closes_the_gutter_belongs_to_the_body() -> None:
    image = blank_page()
    header(image, 20)
    write(image, 30, 44, "HO VA TEN")
    write(image, 125, 44, "NAM SINH")
    dash = round(42.5 * PX_PER_MM)
    cv2.line(image, (48 * PX_PER_MM, dash), (122 * PX_PER_MM, dash), 0, 3)
    paragraph(image, 70, 20)
    band, _ = find_bands(image)
    assert band is not None
    assert 34 * PX_PER_MM <= band.bottom < 41 * PX_PER_MM


def test_the_closing_block_is_found_under_the_body() -> None:
    image = blank_page()
    paragraph(image, 25, 10)
    closing(image, 110)
    band, last = find_bands(image)
    assert band is None
    assert last is not None
    assert 96 * PX_PER_MM < last.top < 110 * PX_PER_MM
    assert 60 * PX_PER_MM < last.split < 130 * PX_PER_MM
    assert last.bottom >= 128 * PX_PER_MM


def test_a_line_with_wide_gaps_above_the_closing_block_stays_whole() -> None:
    image = blank_page()
    paragraph(image, 25, 10)
    starts = range(30, 180, 14)
    for x in starts:
        write(image, x, 98, "thuhdt" if starts[2] <= x < starts[-2] else "nammo")
    for x in starts[2:-1]:  # tails of the line above reach down between the words, not as low as small letters begin
        tail = (round((x - 1.7) * PX_PER_MM), round(96.3 * PX_PER_MM))
        cv2.line(image, (tail[0], 94 * PX_PER_MM), tail, 0, 4)
    closing(image, 110)
    last = find_bands(image)[1]
    assert last is not None
    assert 98 * PX_PER_MM <= last.top < 110 * PX_PER_MM


def test_lines_of_a_title_that_touch_are_no_columns() -> None:
    image = blank_page()
    header(image, 20)
    title = (
        "Về việc tổ chức lễ phát động Tết trồng cây, dịp đầu xuân",
        "của Ủy ban nhân dân các xã, phường và các trường học",
    )
    drawn = Pillow.fromarray(image)
    font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 38)
    for row, text in enumerate((*title, "thuộc huyện Vạn Ninh")):
        ImageDraw.Draw(drawn).text((105 * PX_PER_MM, 50 * PX_PER_MM + 38 * row), text, fill=0, font=font, anchor="ma")
    band, _ = find_bands(np.array(drawn))
    assert band is not None
    assert 34 * PX_PER_MM <= band.bottom <= 50 * PX_PER_MM


def test_a_wide_gap_between_two_short_lines_is_no_closing_block() -> None:
    image = blank_page()
    paragraph(image, 25, 30)
    write(image, 30, 240, "cua don vi.")
    write(image, 35, 247, "- Lao dong tam hoan")
    write(image, 67.5, 247, "hop dong tu mot thang tro")
    write(image, 30, 254, "len thi huong.")
    assert find_bands(image) == (None, None)


def test_a_seal_across_the_gutter_hides_no_closing_block() -> None:
    image = blank_page()
    paragraph(image, 25, 10)
    closing(image, 110)
    cv2.circle(image, (115 * PX_PER_MM, 122 * PX_PER_MM), 17 * PX_PER_MM, 0, 4)
    assert find_bands(image)[1] is not None


def test_a_ruled_table_is_no_pair_of_columns() -> None:
    image = blank_page()
    for row in range(6):
        y = 25 + 9 * row
        write(image, 35, y, "Huyen Muong Ang")
        write(image, 110, y, "150 doan vien")
    for x in (30, 100, 180):
        cv2.line(image, (x * PX_PER_MM, 18 * PX_PER_MM), (x * PX_PER_MM, 75 * PX_PER_MM), 0, 3)
    for row in range(7):
        y = round((18 + 9.5 * row) * PX_PER_MM)
        cv2.line(image, (30 * PX_PER_MM, y), (180 * PX_PER_MM, y), 0, 3)
    assert find_bands(image) == (None, None)


def test_a_header_further_down_the_page_starts_no_letter() -> None:
    image = blank_page()
    paragraph(image, 25, 20)
    header(image, 200)
    assert find_bands(image)[0] is None
