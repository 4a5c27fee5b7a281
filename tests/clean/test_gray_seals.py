"""Seals without colour: found by their ring wherever it is, taken off where they are paler than print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.clean import clean
from pipeline.clean.binarise import Sizes
from pipeline.clean.gray_seals import find_seals, is_office_seal, without_seals
from pipeline.config import CleanConfig
from pipeline.nouns import Box, Image, Mark, MarkKind, Page
from tests.clean.drawing import DPI, text_page

PRINT, PAPER = 25, 245
CENTRE = (800, 1250)


def sealed(page: Image, tone: int, millimetres: float = 36.0) -> Image:
    """The page with a seal: two rings, a star's worth of ink within, and a bar of print across its foot."""
    out = page.copy()
    radius = round(millimetres / 2 / 25.4 * DPI)
    cv2.circle(out, CENTRE, radius, tone, 5)
    cv2.circle(out, CENTRE, radius - 22, tone, 2)
    cv2.circle(out, CENTRE, 20, tone, -1)
    out[CENTRE[1] + 70 : CENTRE[1] + 80, CENTRE[0] - 30 : CENTRE[0] + 250] = PRINT
    return out


@pytest.fixture(scope="module")
def page() -> Image:
    drawn = text_page(lines=18)
    return np.where(drawn < 128, PRINT, PAPER).astype(np.uint8)


@pytest.mark.parametrize("millimetres", [28.0, 36.0, 41.0])
def test_a_seal_is_found_where_it_stands(page: Image, millimetres: float) -> None:
    (seal,) = find_seals(Sizes.of(sealed(page, 110, millimetres)), DPI)
    assert seal.kind is MarkKind.SEAL
    assert seal.box.centre == pytest.approx(CENTRE, abs=8)
    assert seal.box.width == pytest.approx(millimetres / 25.4 * DPI, rel=0.12)


def test_words_make_no_ring(page: Image) -> None:
    assert find_seals(Sizes.of(page), DPI) == ()
    assert find_seals(Sizes.of(np.full((40, 40), PAPER, np.uint8)), DPI) == ()


def test_what_is_paler_than_print_goes_and_the_print_under_it_stays(page: Image) -> None:
    image = sealed(page, 110)
    lifted = without_seals(image, DPI, find_seals(Sizes.of(image), DPI))
    x, y = CENTRE
    assert lifted[y - 15 : y + 15, x - 15 : x + 15].min() > 200
    assert (lifted[y + 73 : y + 77, x - 25 : x + 245] < 60).all()
    assert np.count_nonzero((lifted > 90) & (lifted < 130)) < np.count_nonzero((image > 90) & (image < 130)) / 20


def test_a_seal_as_dark_as_print_is_told_and_left(page: Image) -> None:
    image = sealed(page, PRINT)
    seals = find_seals(Sizes.of(image), DPI)
    assert len(seals) == 1
    assert without_seals(image, DPI, seals) is image


def test_the_page_tells_of_its_seal(page: Image) -> None:
    ready = clean(Page(1, sealed(page, 110), DPI), CleanConfig())
    assert "lift gray seal" in ready.steps
    assert [mark.kind for mark in ready.marks] == [MarkKind.SEAL]


def test_an_emblem_is_no_seal_of_an_office() -> None:
    across = round(13 / 25.4 * DPI)
    emblem = Mark(MarkKind.SEAL, Box(50, 50, 50 + across, 50 + across))
    assert not is_office_seal(emblem, DPI)
    assert is_office_seal(emblem, DPI // 3)
    assert not is_office_seal(Mark(MarkKind.NOTE, emblem.box), DPI // 3)
