from __future__ import annotations

import pytest

from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import Role, is_total, kind_of_table, names_bodies, role_of, without_roles


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("Giai đoạn 1 › Chỉ tiêu", Role.TARGET),
        ("Kế hoạch năm 2023", Role.TARGET),
        ("Đoàn viên › Kếtquả", Role.RESULT),
        ("Ước thực hiện năm 2024", Role.RESULT),
        ("Tỷ lệ (%)", Role.RATIO),
        ("TH/KH (%)", Role.RATIO),
        ("%", Role.RATIO),
        ("Tỷ trọng (%)", None),
        ("Hội viên xếp loại khá (%)", None),
        ("Số hộ", None),
    ],
)
def test_what_a_column_tells(path: str, role: Role | None) -> None:
    assert role_of(path) == role


@pytest.mark.parametrize("label", ["Tổng cộng:", "CỘNG", "Toàn tỉnh", "Tổng số các đơn vị"])
def test_totals(label: str) -> None:
    assert is_total(label)


@pytest.mark.parametrize("label", ["Cộng đồng dân cư", "Huyện Tổng Cọt", "Hội Nông dân"])
def test_other_rows(label: str) -> None:
    assert not is_total(label)


def test_bodies_are_told_by_the_header_else_by_the_labels() -> None:
    assert names_bodies("Đơn vị", ["A", "B"])
    assert not names_bodies("Nội dung", ["Sở Y tế"])
    assert names_bodies("Tên gọi", ["Sở Y tế", "UBND huyện A", "Tổng cộng"])
    assert not names_bodies("Tên gọi", ["Trồng rừng", "Chăm sóc rừng"])


def test_kind_by_title_before_letter() -> None:
    assert kind_of_table("Biểu giao chỉ tiêu năm 2020", "Báo cáo") is Role.TARGET
    assert kind_of_table("Kết quả trồng rừng", "Kế hoạch") is Role.RESULT
    assert kind_of_table("Phụ lục", "Báo cáo") is Role.RESULT
    assert kind_of_table("Phụ lục", "Giấy mời") is None


def test_headers_that_say_only_their_role_are_empty() -> None:
    assert without_roles("Kết quả thực hiện") == ""
    assert without_roles("Số hội viên mới") == "Số hội viên mới"


def test_numbering() -> None:
    assert is_numbering("STT", [None, None], 3)
    assert is_numbering("", [1, 2, 3, 4], 0)
    assert is_numbering("", [1, 2, 3, 1, 2, 3, 4], 0)
    assert not is_numbering("", [1, 2, 3, 4], 1)
    assert not is_numbering("", [40, 12, 7], 0)
