"""Characters that only look right are put right, and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.characters import mend_characters

CYRILLIC_O, CYRILLIC_C, CYRILLIC_CAPITAL_C = "\u043e", "\u0441", "\u0421"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (f"{CYRILLIC_CAPITAL_C}\u00f4ng đ{CYRILLIC_O}àn", "Công đoàn"),
        ("\u00d0ường", "Đường"),
        ("to\u00e0n xã ho\u00e1", "toàn xã hóa"),
        (unicodedata.normalize("NFD", "quyết định"), "quyết định"),
        ("a\u0301\u0302p", "ấp"),
        ("\ufb01lm", "film"),
        ("\uff2b\uff28", "KH"),
        ("kế\u200b hoạch", "kế hoạch"),
        ("CỔ PHÂẦN", "CỔ PHẦN"),
        ("RÔỒÔNG", "RỒNG"),
        ("01\u20442023", "01/2023"),
        ("0,4%o;", "0,4‰;"),
        ("(b/€);", "(b/c);"),
        ("(b/©)", "(b/c)"),
        ("phối hợp.I.", "phối hợp./."),
        (".!.", "./."),
        ("““Tiếp", "“Tiếp"),
    ],
)
def test_each_kind_is_mended(wrong: str, right: str) -> None:
    assert mend_characters(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "quần soóc ở bản Moòng",
        "Krôông",
        "\u041c\u043e\u0441\u043a\u0432\u0430",
        "\u03b1\u03b2\u03b3",
        "kế hoạch số 12/KH-LĐLĐ",
        "€ 5 m²",
        "© 2024, 5 € (A/C) 40%, 5%oi",
        "Phần III.I. của TW.I.",
    ],
)
def test_other_scripts_and_right_text_stay(text: str) -> None:
    assert mend_characters(text) == text


@given(st.text())
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = mend_characters(text)
    assert mend_characters(once) == once


@given(st.text(alphabet="aănôđơiưuệấờịỗrtgNĐẤ7.,;:)", max_size=8))
def test_how_letters_are_composed_makes_no_difference(text: str) -> None:
    assert mend_characters(unicodedata.normalize("NFD", text)) == mend_characters(text)
