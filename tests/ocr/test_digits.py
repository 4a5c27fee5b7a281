"""The digit net: its arithmetic against slow definitions, and what it reads from plainly printed strips."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from pipeline.config import models_dir
from pipeline.nouns import Image
from pipeline.ocr.digits import (
    BASELINE,
    SMALL_LETTER,
    STRIP_HEIGHT,
    DigitNet,
    Floats,
    as_ink,
    column_scores,
    cut_strip,
    likeliest,
    load_net,
    read_digits,
)


@pytest.fixture(scope="module")
def net() -> DigitNet:
    return load_net(models_dir() / "digits.npz")


def printed_page(text: str, size: int = 60) -> Image:
    """A page with one line of type, letters standing on row 200, the text from column 100 on."""
    page = Pillow.new("L", (900, 400), 245)
    ImageDraw.Draw(page).text((100, 200), text, fill=20, font=ImageFont.truetype("DejaVuSerif.ttf", size), anchor="ls")
    return np.asarray(page, dtype=np.uint8)


def probability_by_enumeration(scores: Floats, text: str) -> float:
    """The sum over all ways to write a text, one class a column, that collapse to it."""
    total = 0.0
    for path in itertools.product(range(scores.shape[1]), repeat=len(scores)):
        collapsed = "".join(str(c) for c, _ in itertools.groupby(path) if c != 10)
        if collapsed == text:
            total += float(np.exp(sum(scores[i, c] for i, c in enumerate(path))))
    return total


def test_search_gives_the_probabilities_of_the_definition() -> None:
    rng = np.random.default_rng(5)
    raw = np.full((4, 11), -20.0)
    raw[:, [1, 7, 10]] = rng.normal(0, 1, (4, 3))
    scores = (raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))).astype(np.float32)
    found = {reading.text: reading.probability for reading in likeliest(scores, beam=200)}
    for text in ("", "1", "7", "17", "71", "11", "171"):
        assert found[text] == pytest.approx(probability_by_enumeration(scores, text), rel=1e-3)


def test_columns_are_probabilities_and_do_not_depend_on_the_strip_beside(net: DigitNet) -> None:
    rng = np.random.default_rng(1)
    strips = [rng.random((STRIP_HEIGHT, width)).astype(np.float32) for width in (60, 131)]
    together = column_scores(net, strips)
    assert [len(s) for s in together] == [30, 65]
    assert all(np.allclose(np.exp(s).sum(axis=1), 1, atol=1e-4) for s in together)
    alone = column_scores(net, strips[1:])[0]
    assert np.allclose(alone, together[1], atol=1e-4)


@pytest.mark.parametrize("digits", ["25", "1146", "07", "30", "982", "6"])
def test_reads_typed_digits(net: DigitNet, digits: str) -> None:
    page = printed_page(digits)
    strip = cut_strip(page, 200, 31, (70, 160 + 40 * len(digits)))
    reading = read_digits(net, [strip], lambda _: True)
    assert reading.text == digits
    assert reading.probability > 0.5


@pytest.mark.parametrize(
    ("fits", "allowed"),
    [(lambda text: text == "4", {"4", ""}), (lambda text: len(text) == 3, {""})],
)
def test_answers_only_what_fits(net: DigitNet, fits: Callable[[str], bool], allowed: set[str]) -> None:
    reading = read_digits(net, [cut_strip(printed_page("25"), 200, 31, (70, 240))], fits)
    assert reading.text in allowed
    assert reading.probability < 0.5


def test_an_empty_strip_holds_no_digits(net: DigitNet) -> None:
    assert read_digits(net, [cut_strip(printed_page(" "), 200, 31, (70, 240))], lambda _: True).text == ""


def test_a_strip_has_the_size_and_place_of_its_letters() -> None:
    strip = cut_strip(printed_page("xxxx"), 200, 31, (100, 250))
    assert strip.shape == (STRIP_HEIGHT, round(150 * SMALL_LETTER / 31))
    rows = np.flatnonzero(strip.max(axis=1) > 0.5)
    assert abs(rows[-1] + 1 - BASELINE) <= 1
    assert abs(len(rows) - SMALL_LETTER) <= 2


@settings(max_examples=40)
@given(st.integers(0, 255), st.integers(0, 255), st.integers(-300, 900), st.integers(0, 400), st.floats(2, 90))
def test_any_cut_of_any_page_is_ink_between_none_and_full(
    paper: int, ink: int, left: int, width: int, letter: float
) -> None:
    page = np.full((200, 300), paper, np.uint8)
    page[90:110, 50:200] = ink
    strip = cut_strip(page, 100, letter, (left, left + width))
    assert strip.shape[0] == STRIP_HEIGHT
    assert strip.shape[1] >= 8
    assert 0 <= strip.min() <= strip.max() <= 1


def test_ink_is_judged_against_the_paper_around_it() -> None:
    gray = np.full((STRIP_HEIGHT, 80), 180, np.uint8)
    gray[20:30, 30:40] = 90
    ink = as_ink(gray)
    assert ink[25, 35] == 1
    assert ink[5, 5] == 0
