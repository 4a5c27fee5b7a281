"""The language as pure functions: forms that are one, marks that come off, tones that have one place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.vietnamese import fold, is_capitals, is_syllable, nfc, normal, place_tones, strip_marks, without_tones

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
SPELT = st.text(alphabet=VOWELS + VOWELS.upper() + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX 0123456789-/")
"""Text in the letters of Vietnamese, syllables or not."""


def test_what_looks_alike_is_one_character() -> None:
    assert nfc("\u00d0ường\u00a0s\u0103\u0301t\u200b") == "Đường sắt"


@given(SPELT)
def test_forms_are_final(text: str) -> None:
    for form in (fold, strip_marks, without_tones, place_tones, normal):
        assert form(form(text)) == form(text)


@given(st.text())
def test_any_text_has_a_composed_form(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)


@given(SPELT)
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@given(SPELT)
def test_a_spelling_and_its_decomposed_form_are_one(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", nfc(text))) == nfc(text)


@pytest.mark.parametrize(
    ("text", "folded", "bare", "toneless"),
    [
        ("Đường", "duong", "Duong", "Đương"),
        ("Phấn đấu", "phan dau", "Phan dau", "Phân đâu"),
        ("QUỐC HỘI", "quoc hoi", "QUOC HOI", "QUÔC HÔI"),
        ("36/QĐ-TTg", "36/qd-ttg", "36/QD-TTg", "36/QĐ-TTg"),
    ],
)
def test_marks_come_off(text: str, folded: str, bare: str, toneless: str) -> None:
    assert (fold(text), strip_marks(text), without_tones(text)) == (folded, bare, toneless)


@pytest.mark.parametrize(
    ("taught", "stored"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("thuý", "thúy"),
        ("THUỶ", "THỦY"),
        ("quý", "quý"),
        ("hoàng", "hoàng"),
        ("quỹ", "quỹ"),
        ("toán", "toán"),
    ],
)
def test_a_tone_has_one_place(taught: str, stored: str) -> None:
    assert place_tones(taught) == stored


def test_capitals_bear_a_slip() -> None:
    assert is_capitals("CỘNG HÒA XÃ HỘi CHỦ NGHĨA")
    assert not is_capitals("Sở Y tế")
    assert not is_capitals("A")


@pytest.mark.parametrize("word", ["nghiêng", "quyết", "khuỷu", "ĐƯỜNG", "ủy", "uỷ", "giếng", "yêu", "ngoằn"])
def test_spellings_that_the_rules_allow(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hoc", "strasse", "ngướic", "bàc", "áá", "q", "12", ""])
def test_spellings_that_they_do_not(word: str) -> None:
    assert not is_syllable(word)
