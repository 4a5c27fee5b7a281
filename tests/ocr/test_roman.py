"""II and III are counted in their ink; an H keeps its crossbar, a number its digits."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.nouns import Box, Line, Page, PageText, Word
from pipeline.ocr.roman import count_stems, numeral_in

PAPER = 235


@dataclass(frozen=True)
class Type:
    """How stems are drawn: heights and widths in pixels."""

    height: int = 40
    stem: int = 7
    serif: int = 5
    gap: int = 14


def drawn(stems: int, kind: Type, *, crossbar: bool = False, flag: bool = False) -> NDArray[np.uint8]:
    """Stems side by side; with a crossbar, or each with the flag of a digit 1 instead of serifs above."""
    pitch = kind.stem + kind.gap
    image = np.full((kind.height + 8, 20 + stems * pitch + 20), PAPER, np.uint8)
    top, bottom = 4, 4 + kind.height
    for n in range(stems):
        x = 20 + n * pitch
        image[top:bottom, x : x + kind.stem] = 30
        image[bottom - 3 : bottom, x - kind.serif : x + kind.stem + kind.serif] = 30
        if flag:
            image[top + 3 : top + 9, x - 7 : x] = 30
        else:
            image[top : top + 3, x - kind.serif : x + kind.stem + kind.serif] = 30
    if crossbar:
        middle = kind.height // 2
        image[middle : middle + 4, 20 : 20 + (stems - 1) * pitch] = 30
    return image


def of_height(height: int) -> Type:
    """Stems as a typeface has them: no gap is wider than a third of the height."""
    return Type(height, stem=max(height // 6, 4), serif=height // 10, gap=height // 3)


KINDS = st.integers(26, 80).flatmap(
    lambda height: st.sampled_from((of_height(height), replace(of_height(height), serif=0)))
)


@given(stems=st.integers(2, 3), kind=KINDS)
def test_stems_are_counted_at_any_size_with_serifs_and_without(stems: int, kind: Type) -> None:
    assert numeral_in(drawn(stems, kind)) == stems


@given(stems=st.integers(2, 3), kind=KINDS)
def test_stems_that_are_joined_are_another_letter(stems: int, kind: Type) -> None:
    assert numeral_in(drawn(stems, kind, crossbar=True)) is None


def test_the_number_eleven_is_no_numeral() -> None:
    assert numeral_in(drawn(2, Type(), flag=True)) is None


@pytest.mark.parametrize("stems", [0, 1, 4])
def test_what_may_be_something_else_is_not_counted(stems: int) -> None:
    assert numeral_in(drawn(stems, Type())) is None


@pytest.mark.parametrize("shape", [(0, 0), (1, 9), (6, 40)])
def test_a_crop_with_hardly_a_pixel_holds_nothing(shape: tuple[int, int]) -> None:
    assert numeral_in(np.full(shape, PAPER, np.uint8)) is None


def on_page(text: str, ink: NDArray[np.uint8]) -> tuple[Page, PageText]:
    page = Page(1, ink, 300)
    word = Word(text, text, Box(0, 0, ink.shape[1], ink.shape[0]), 0.6)
    return page, PageText(1, (Line((word,)),), ink.shape[1], ink.shape[0], 300)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("HI.", "III."),
        ("H", "III"),
        ("II,", "III,"),
        ("lII.", "III."),
        ("HI/2023.", "III/2023."),
        ("IH.MỤC", "III.MỤC"),
        ("III", "III"),
        ("11.", "11."),
        ("111/KH", "111/KH"),
        ("li", "li"),
        ("II.860/9.500", "II.860/9.500"),
        ("HIỆU", "HIỆU"),
        ("HL-7", "HL-7"),
    ],
)
def test_only_words_that_may_be_numerals_are_counted(read: str, meant: str) -> None:
    page, text = on_page(read, drawn(3, Type()))
    (word,) = count_stems(page, text).words
    assert word.text == meant
    assert word.raw == read


def test_a_word_with_other_ink_stays_as_it_was_read() -> None:
    page, text = on_page("H.", drawn(2, Type(), crossbar=True))
    assert count_stems(page, text) == text
    blank = replace(page, image=np.full_like(page.image, PAPER))
    assert count_stems(blank, text) == text
