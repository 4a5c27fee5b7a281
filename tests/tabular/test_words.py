from __future__ import annotations

import pytest

from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import is_total, names_bodies


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
    assert names_bodies("Đơn vị đào tạo", ["Cơ khí"])
    assert names_bodies("Tên xã", ["Ea Bông"])
    assert not names_bodies("Đơn vị tính", ["ha"])
    assert not names_bodies("Loại hình đơn vị", ["Công lập"])
    assert not names_bodies("Khối lượng", ["A", "B"])


def test_numbering() -> None:
    assert is_numbering("STT", [None, None], 3)
    assert is_numbering("", [1, 2, 3, 4], 0)
    assert is_numbering("", [1, 2, 3, 1, 2, 3, 4], 0)
    assert not is_numbering("", [1, 2, 3, 4], 1)
    assert not is_numbering("", [40, 12, 7], 0)
