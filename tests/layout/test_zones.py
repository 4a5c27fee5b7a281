"""Lines find their zones by where they stand and what they say."""

import numpy as np
import pytest

from pipeline.layout import Piece, Unfolded, arrange, assign_zones, from_text
from pipeline.layout.fused import part_closing, part_header
from pipeline.layout.phrases import is_page_number, mark_kind, starts, within
from pipeline.nouns import Box, Grid, GridCell, Line, MarkKind, Page, Zone
from tests.layout.letters import line, page

LETTER = """
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN MƯỜNG ẢNG Độc lập - Tự do - Hạnh phúc
Số: 45/UBND-VX Mường Ảng, ngày 03 tháng 4 năm 2021
V/v rà soát số liệu
hộ nghèo
Kính gửi: Phòng Lao động huyện
Ủy ban nhân dân huyện yêu cầu rà soát trước ngày 15/4/2021./.
Nơi nhận: CHỦ TỊCH
- Như trên;
- Lưu: VT.
Trần Văn Bình
"""


def zones(lines: tuple[Line, ...]) -> list[tuple[str, str]]:
    return [(one.zone.value, one.text) for one in lines]


def test_plain_text_with_fused_columns_is_parted() -> None:
    read = zones(from_text(LETTER).lines)
    assert read[:6] == [
        ("header_left", "ỦY BAN NHÂN DÂN"),
        ("header_right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("header_left", "HUYỆN MƯỜNG ẢNG"),
        ("header_right", "Độc lập - Tự do - Hạnh phúc"),
        ("header_left", "Số: 45/UBND-VX"),
        ("header_right", "Mường Ảng, ngày 03 tháng 4 năm 2021"),
    ]
    assert read[6:9] == [
        ("header_left", "V/v rà soát số liệu"),
        ("header_left", "hộ nghèo"),
        ("body", "Kính gửi: Phòng Lao động huyện"),
    ]
    assert read[-5:] == [
        ("closing_left", "Nơi nhận:"),
        ("closing_right", "CHỦ TỊCH"),
        ("closing_left", "- Như trên;"),
        ("closing_left", "- Lưu: VT."),
        ("closing_right", "Trần Văn Bình"),
    ]


def test_a_number_that_the_body_cites_is_no_part_of_the_header() -> None:
    """`Tờ trình` may end a line and `số 22/TTr-STC ngày …` begin the next, far below the letter's own number."""
    above, body = LETTER.split("Ủy ban nhân dân huyện yêu cầu")
    grounds = "\n".join(f"Căn cứ ý kiến thứ {n} của các thôn, bản" for n in range(8))
    cited = "Theo đề nghị của Phòng Tài chính tại Tờ trình\nsố 22/TTr-TCKH ngày 17/02/2021."
    read = zones(from_text(f"{above}{grounds}\n{cited}\nYêu cầu{body}").lines)
    assert ("body", "Căn cứ ý kiến thứ 0 của các thôn, bản") in read
    assert ("body", "số 22/TTr-TCKH ngày 17/02/2021.") in read
    assert ("header_left", "Số: 45/UBND-VX") in read


def test_text_read_without_vietnamese_is_parted_too() -> None:
    read = zones(
        from_text("_ S0:88/LPLP Dien Bien, ngay 10 thang 11 ndm 2019\nVIV kiem tra cuoi nam\nKinh giri: CDCS").lines
    )
    assert read[0] == ("header_left", "_ S0:88/LPLP")
    assert read[1] == ("header_right", "Dien Bien, ngay 10 thang 11 ndm 2019")
    assert read[2][0] == "header_left"
    assert read[3][0] == "body"


def test_markdown_is_no_part_of_the_words() -> None:
    assert from_text("## **KẾ HOẠCH**\n\n5 m<sup>2</sup>").text == "KẾ HOẠCH\n5 m2"


def test_text_without_a_header_stays_body() -> None:
    read = from_text(
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 03 tháng 4 năm 2021 của Ủy ban nhân dân huyện;\nXét đề nghị."
    )
    assert {one.zone for one in read.lines} == {Zone.BODY}


def test_an_appendix_after_the_signature_is_body_again() -> None:
    read = from_text(LETTER + "PHỤ LỤC\nHuyện Tủa Chùa 15 20 35")
    assert zones(read.lines)[-2:] == [("body", "PHỤ LỤC"), ("body", "Huyện Tủa Chùa 15 20 35")]


def test_overprints_above_the_motto_are_marks() -> None:
    lines = (
        ("SỞ Y TẾ", Zone.HEADER_LEFT),
        ("Số: 9/SYT", Zone.HEADER_LEFT),
        ("Ký bởi: Sở Y tế", Zone.HEADER_RIGHT),
        ("dirt of a seal", Zone.HEADER_RIGHT),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Zone.HEADER_RIGHT),
        ("Sơn La, ngày 3 tháng 4 năm 2021", Zone.HEADER_RIGHT),
    )
    read = assign_zones(page(*lines))
    assert [one.zone for one in read.lines[2:]] == [Zone.MARK, Zone.MARK, Zone.HEADER_RIGHT, Zone.HEADER_RIGHT]
    assert read.marks[0].kind is MarkKind.SIGNATURE_OVERPRINT


def test_kinh_gui_beside_the_subject_goes_to_the_body() -> None:
    read = assign_zones(
        page(
            ("UBND TỈNH", Zone.HEADER_LEFT),
            ("Số: 9/UBND", Zone.HEADER_LEFT),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Zone.HEADER_RIGHT),
            ("Kính gửi: Sở Tài chính", Zone.HEADER_RIGHT),
            ("và Sở Nội vụ", Zone.HEADER_RIGHT),
        )
    )
    assert [one.zone for one in read.lines[-2:]] == [Zone.BODY, Zone.BODY]


def test_a_closing_block_at_the_top_of_a_page_is_no_header() -> None:
    read = assign_zones(
        page(("Nơi nhận:", Zone.HEADER_LEFT), ("- Lưu: VT.", Zone.HEADER_LEFT), ("CHỦ TỊCH", Zone.HEADER_RIGHT))
    )
    assert [one.zone for one in read.lines] == [Zone.CLOSING_LEFT, Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT]


def test_lines_of_a_table_keep_out_of_everything() -> None:
    row = line("Nơi nhận: 15 20", y=500)
    cells = (GridCell(0, 0, 1, 1, Box(0, 480, 240, 600)), GridCell(0, 1, 1, 2, Box(240, 480, 1600, 600)))
    grid = Grid(Box(0, 480, 1600, 600), cells, 1, 2)
    blank = Page(number=1, image=np.full((2339, 1654), 255, np.uint8), dpi=200)
    read = arrange(blank, Unfolded(blank), (row,), grids=(grid,))
    assert read.lines[0].zone is Zone.TABLE
    assert read.grids == (grid,)


def test_a_line_across_two_pieces_is_parted_and_comes_home() -> None:
    pieces = (
        Piece(0, 100, Box(0, 0, 800, 100), Zone.HEADER_LEFT),
        Piece(120, 220, Box(800, 0, 1654, 100), Zone.HEADER_RIGHT),
    )
    words = line("Số: 5/SYT", y=40).words + line("CỘNG", x=900, y=160).words
    blank = Page(number=1, image=np.full((2339, 1654), 255, np.uint8), dpi=200)
    read = arrange(blank, Unfolded(blank, pieces), (Line(words),))
    assert [(one.zone, one.box.y0) for one in read.lines] == [(Zone.HEADER_LEFT, 40), (Zone.HEADER_RIGHT, 40)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CÔNG VĂN ĐẾN", MarkKind.INCOMING),
        ("ĐẾN Số: 1234", MarkKind.INCOMING),
        ("Thời gian ký: 03/04/2021 08:15:30 +07:00", MarkKind.SIGNATURE_OVERPRINT),
        ("HOẢ TỐC", MarkKind.URGENCY),
        ("MẬT", MarkKind.SECRECY),
        ("Cơ quan nhà nước thực hiện", None),
        ("Gửi về hộp thư vanphong@sonla.gov.vn trước ngày 05/4/2021", None),
        ("Số: 45/UBND-VX", None),
        ("KHẨN TRƯƠNG THỰC HIỆN", None),
    ],
)
def test_stamps_are_told_from_text(text: str, kind: MarkKind | None) -> None:
    assert mark_kind(line(text)) is kind


@pytest.mark.parametrize(
    ("text", "is_number"), [("2", True), ("- 12 -", True), ("3/7", True), ("2021", False), ("1. A", False)]
)
def test_page_numbers(text: str, is_number: bool) -> None:  # noqa: FBT001
    assert is_page_number(text) is is_number


def test_phrases_forgive_ocr() -> None:
    assert within("TỈNH SƠN LA Độc lâp - Tụ do - Hanh phúc", ("doc lap - tu do - hanh phuc",)) == 12
    assert within("Căn cứ Luật Tổ chức", ("doc lap - tu do - hanh phuc",)) is None
    assert starts("' Nơi nhân:", ("noi nhan",))


def test_wide_gaps_part_a_closing_line() -> None:
    left, right = part_closing(Line(line("- Như trên;").words + line("Giám đốc", x=900).words))
    assert (left.text, right.text) == ("- Như trên;", "Giám đốc")


def test_a_line_of_running_text_with_a_date_is_no_header() -> None:
    whole = line("ngày 03 tháng 4 năm 2021 của Ủy ban nhân dân huyện Mường Ảng về việc rà soát")
    assert part_header(whole) == (whole,)
