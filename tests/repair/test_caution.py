"""Where fresh text asks for more evidence."""

from __future__ import annotations

import pytest

from pipeline.repair.caution import is_part_of_name, is_roman
from pipeline.repair.pieces import cut_token
from pipeline.repair.rows import rows_of


def parts_of_names(text: str) -> list[str]:
    (row,) = rows_of([[cut_token(token) for token in text.split()]])
    return [piece.text for column, piece in enumerate(row.pieces) if is_part_of_name(row, column)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("giao ông Lò Văn Sử chủ trì", ["Lò", "Văn", "Sử"]),
        ("Khổng Thanh Bình", ["Khổng", "Thanh", "Bình"]),
        ("vốn Tổng số và Tổ chức", []),
        ("theo LĐLĐ Tỉnh giao", []),
        ("ỦY BAN NHÂN DÂN TỈNH", []),
    ],
)
def test_a_name_has_two_words_and_more(text: str, parts: list[str]) -> None:
    assert parts_of_names(text) == parts


@pytest.mark.parametrize(("text", "roman"), [("III", True), ("iv", True), ("Hi", False), ("", False), ("Ủy", False)])
def test_roman_numerals_are_known(text: str, *, roman: bool) -> None:
    assert is_roman(text) == roman
