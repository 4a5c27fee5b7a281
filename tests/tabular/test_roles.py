from __future__ import annotations

import pytest

from pipeline.tabular.roles import Role, is_change, is_of_year_before, leaning_of_title, role_of, without_roles


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("Giai đoạn 1 › Chỉ tiêu", Role.TARGET),
        ("Kế hoạch năm 2023", Role.TARGET),
        ("Đoàn viên › Kếtquả", Role.RESULT),
        ("Ước thực hiện năm 2024", Role.RESULT),
        ("Đã giải ngân", Role.RESULT),
        ("Tỷ lệ (%)", Role.RATIO),
        ("TH/KH (%)", Role.RATIO),
        ("%", Role.RATIO),
        ("Tỷ lệ so với kế hoạch", Role.RATIO),
    ],
)
def test_what_a_column_tells(path: str, role: Role) -> None:
    assert role_of(path) is role


@pytest.mark.parametrize(
    "path",
    [
        "Hội viên xếp loại khá (%)",
        "Số hộ",
        "Giao thông",
        "Kinh phí thực hiện",
        "Thời gian hoàn thành",
        "Tỷ lệ hộ nghèo (%)",
        "Xã đạt chuẩn nông thôn mới",
        "Kế hoạch hóa gia đình",
        "Hộ đạt danh hiệu văn hóa",
    ],
)
def test_words_that_only_contain_those_of_a_role_tell_nothing(path: str) -> None:
    assert role_of(path) is None
    assert not is_change(path)


@pytest.mark.parametrize("path", ["Tỷ trọng (%)", "So với cùng kỳ", "Nợ › Tăng, giảm"])
def test_shares_and_changes(path: str) -> None:
    assert is_change(path)
    assert role_of(path) is None


def test_the_same_time_a_year_ago() -> None:
    assert is_of_year_before("Thu ngân sách › Cùng kỳ năm trước")
    assert not is_of_year_before("Thu ngân sách › Thực hiện")


def test_kind_by_title() -> None:
    assert leaning_of_title("Biểu giao chỉ tiêu năm 2020") == 1
    assert leaning_of_title("Kết quả trồng rừng") == -1
    assert -1 < leaning_of_title("Tổng hợp kinh phí") < 0
    assert leaning_of_title("Phụ lục") == 0


def test_headers_that_say_only_their_role_are_empty() -> None:
    assert without_roles("Kết quả thực hiện") == ""
    assert without_roles("Chỉ tiêu được giao") == ""
    assert without_roles("Số hội viên mới") == "Số hội viên mới"
    assert without_roles("Áo phao hiện có") == "Áo phao hiện có"
    assert without_roles("Hiện có") == "Hiện có"
