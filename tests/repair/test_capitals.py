"""Capitals that are small letters misread; capitals that are meant stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.capitals import lowered


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("của thành phố vỀ việc công bố", "của thành phố về việc công bố"),
        ("có đủ (hỒ, sơ", "có đủ (hồ, sơ"),
        ("các CƠ quan liên quan", "các cơ quan liên quan"),
        ("gia đình, cơ SỞ giỏi việc", "gia đình, cơ sở giỏi việc"),
        ("theo Công văn SỐ 1016/UBND-VX", "theo Công văn số 1016/UBND-VX"),
        ("cụ thể: tổng SỐ", "cụ thể: tổng số"),
    ],
)
def test_a_misread_capital_is_made_small(line: str, mended: str) -> None:
    words = line.split()
    assert " ".join(lowered(words).get(at, word) for at, word in enumerate(words)) == mended


@pytest.mark.parametrize(
    "line",
    [
        "thí sinh KHÔNG được mang",
        "các CĐ ngành dệt",
        "báo cáo TU trước ngày",
        "CƠ SỞ VẬT CHẤT",
        "Sở Y tế",
        "gồm SỞ Y tế",
        "nước có pH và kWh",
        "Về việc",
        "SỐ lượng",
    ],
)
def test_capitals_that_are_meant_stay(line: str) -> None:
    assert lowered(line.split()) == {}


@given(st.lists(st.text(max_size=8), max_size=6))
def test_only_the_case_changes(line: list[str]) -> None:
    assert all(word.lower() == line[at].lower() for at, word in lowered(line).items())
