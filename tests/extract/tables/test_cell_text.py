from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.tables.cell_text import header_path, header_text, label_text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Thành phố Tam Sơn.", "Thành phố Tam Sơn"),
        (".Chỉ tiêu", "Chỉ tiêu"),
        ("-Xã Tân Mỹ", "Xã Tân Mỹ"),
        ("- Xã Tân Mỹ", "- Xã Tân Mỹ"),
        ("Trong đó:", "Trong đó:"),
        ("v.v.", "v.v."),
        ("Kiểm tra chéo giữa các xã, bình xét cuối năm.", "Kiểm tra chéo giữa các xã, bình xét cuối năm."),
        ("9.", "9."),
        ("1.250", "1.250"),
    ],
)  # fmt: skip
def test_stray_marks_at_the_edges_go(read: str, printed: str) -> None:
    assert label_text(read) == printed


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("Kếtquả", "Kết quả"),
        ("Chỉitiêu", "Chỉ tiêu"),
        ("Tỷlệ%", "Tỷ lệ %"),
        ("Cánhân", "Cá nhân"),
        ("Nghèo", "Nghèo"),
        ("CĐCS", "CĐCS"),
        ("2018-2023", "2018-2023"),
        ("Ghi chú", "Ghi chú"),
    ],
)
def test_headers_get_their_spaces_back(read: str, printed: str) -> None:
    assert header_text(read) == printed


def test_a_path_is_mended_level_by_level() -> None:
    assert header_path("Đoàn viên › Kếtquả") == "Đoàn viên › Kết quả"


@given(st.from_regex(r"[0-9][0-9.,]{0,8}%?", fullmatch=True))
def test_figures_are_never_touched(text: str) -> None:
    assert label_text(text) == header_text(text) == text


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("LệThủy", "Lệ Thủy"),
        ("ĐắkSong", "Đắk Song"),
        ("Mầmnon", "Mầm non"),
        ("dựán", "dự án"),
        ("SởGTVT", "Sở GTVT"),
        ("Tháng01", "Tháng 01"),
        ("VietGAP", "VietGAP"),
        ("MoMo", "MoMo"),
        ("container", "container"),
        ("khuyến", "khuyến"),
        ("HĐND) tỉnh", "HĐND tỉnh"),
        ("a) Nội dung", "a) Nội dung"),
        ("¿Giỏi", "Giỏi"),
    ],
)
def test_labels_get_the_spaces_back_that_two_syllables_need(read: str, printed: str) -> None:
    assert label_text(read) == printed
