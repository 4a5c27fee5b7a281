"""The room as a whole: what comes out is upright, gray, at its true resolution, and says what was done."""

import dataclasses

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.clean import alternatives, clean
from pipeline.clean.binarise import as_image
from pipeline.clean.geometry import stance
from pipeline.clean.plan import plan
from pipeline.config import CleanConfig
from pipeline.nouns import Image, Judgement, MarkKind, Page
from tests.clean.drawing import DPI, as_rgb, specks, text_page, with_seal

CONFIG = CleanConfig()


@pytest.fixture(scope="module")
def printed() -> Image:
    return text_page()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_turns_a_page_upright_from_any_side(printed: Image, turned: int) -> None:
    lying = np.ascontiguousarray(np.rot90(printed, turned // 90))
    page = clean(Page(1, lying, DPI), CONFIG)
    assert page.rotation == turned
    assert abs(page.height / page.width - 1754 / 1240) < 0.02


def test_sharp_lines_outweigh_what_hangs_on_their_columns() -> None:
    sheet = np.zeros((800, 1100), np.uint8)
    for row in range(100, 700, 40):
        for column in range(60, 1040, 32):
            sheet[row : row + 8, column : column + 12] = 255
            sheet[row + 3 : row + 5, column + 12 : column + 20] = 255
    assert stance(as_image(sheet)).rotation == 0
    assert stance(as_image(np.rot90(sheet))).rotation in {0, 90}


def test_a_page_that_may_stand_any_way_up_is_turned_when_it_was_read_badly() -> None:
    few = Page(1, np.ascontiguousarray(np.rot90(text_page(lines=1), 2)), DPI)
    assert "orientation uncertain" in clean(few, CONFIG).steps
    turned = [page.rotation for page in alternatives(few, CONFIG)]
    assert turned[:3] == [180, 90, 270]
    assert set(turned[3:]) == {0}


@pytest.mark.parametrize("degrees", [-3.5, -1.0, 2.0, 4.5])
def test_levels_a_skewed_page_and_says_by_how_much(printed: Image, degrees: float) -> None:
    matrix = cv2.getRotationMatrix2D((620, 877), degrees, 1.0)
    skewed = as_image(cv2.warpAffine(printed, matrix, (1240, 1754), borderValue=(255,)))
    page = clean(Page(1, skewed, DPI), CONFIG)
    assert abs(page.skew - degrees) <= 0.2
    again = clean(Page(1, page.image, page.dpi), CONFIG)
    assert abs(again.skew) <= 0.3


def test_leaves_a_level_page_unturned(printed: Image) -> None:
    page = clean(Page(1, printed, DPI), CONFIG)
    assert (page.rotation, page.skew) == (0, 0.0)
    assert not any(step.startswith(("turn", "level")) for step in page.steps)


def test_lifts_a_red_seal_and_keeps_the_print_under_it(printed: Image) -> None:
    stamped = with_seal(as_rgb(printed), (700, 600), 110, (225, 60, 70))
    page = clean(Page(1, stamped, DPI), CONFIG)
    seal = [m for m in page.marks if m.kind is MarkKind.SEAL]
    assert len(seal) == 1
    factor = page.dpi / DPI
    assert abs(seal[0].box.centre[0] / factor - 700) < 12
    assert abs(seal[0].box.width / factor - 220) < 30
    bare = clean(Page(1, as_rgb(printed), DPI), CONFIG)
    box = seal[0].box
    window = (slice(box.y0, box.y1), slice(box.x0, box.x1))
    difference = np.abs(page.image[window].astype(int) - bare.image[window])
    assert difference.mean() < 8
    red_left = np.abs(page.image.astype(int) - bare.image) > 100
    assert red_left.mean() < 0.001


def with_stamp(rgb: Image) -> Image:
    """The page with a blue framed stamp of an office over the left of its lines."""
    stamp = np.full_like(rgb, 255)
    cv2.rectangle(stamp, (60, 500), (380, 640), (60, 80, 190), 4)
    cv2.putText(stamp, "DEN 15/7", (80, 590), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (60, 80, 190), 5)
    return as_image(np.minimum(rgb, stamp))


def test_a_stamp_over_print_is_lifted_and_kept_by_itself(printed: Image) -> None:
    page = clean(Page(1, with_stamp(as_rgb(printed)), DPI), CONFIG)
    bare = clean(Page(1, as_rgb(printed), DPI), CONFIG)
    assert [m.kind for m in page.marks] == [MarkKind.NOTE]
    assert page.lifted is not None
    assert page.lifted.shape == page.image.shape
    factor = page.dpi / DPI
    window = (slice(round(490 * factor), round(650 * factor)), slice(round(50 * factor), round(390 * factor)))
    left = np.abs(page.image[window].astype(int) - bare.image[window]) > 100
    assert left.mean() < 0.02
    assert (page.lifted[window] < 100).mean() > 0.05
    outside = page.lifted.copy()
    outside[window] = 255
    assert outside.min() > 200


def test_a_framed_stamp_beside_the_print_is_lifted_too() -> None:
    page = clean(Page(1, with_stamp(as_rgb(text_page(lines=4))), DPI), CONFIG)
    assert [m.kind for m in page.marks] == [MarkKind.NOTE]
    assert page.lifted is not None
    assert page.image[round(page.height * 0.25) :].min() > 150


def test_coloured_print_without_a_frame_stays_on_the_page() -> None:
    heading = as_rgb(text_page(lines=4))
    cv2.putText(heading, "BO MON", (400, 620), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (200, 40, 50), 8)
    cv2.putText(heading, "TIN HOC", (400, 710), cv2.FONT_HERSHEY_SIMPLEX, 2.5, (200, 40, 50), 8)
    page = clean(Page(1, heading, DPI), CONFIG)
    assert page.lifted is None
    assert (page.image[round(page.height * 0.3) :] < 150).sum() > 1000


def test_a_signature_across_a_seal_is_no_part_of_it(printed: Image) -> None:
    stamped = with_seal(as_rgb(printed), (700, 600), 110, (225, 60, 70))
    for x in range(700, 960, 60):
        cv2.ellipse(stamped, (x, 620), (45, 30), 20, 0, 300, (30, 50, 160), 4)
    page = clean(Page(1, stamped, DPI), CONFIG)
    (seal,) = (mark for mark in page.marks if mark.kind is MarkKind.SEAL)
    factor = page.dpi / DPI
    assert seal.box.width < 250 * factor
    assert seal.box.height < 250 * factor


def test_a_blue_pen_stays_on_the_page(printed: Image) -> None:
    written = as_rgb(printed)
    cv2.putText(written, "123", (300, 110), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (30, 50, 160), 3)
    page = clean(Page(1, written, DPI), CONFIG)
    assert page.marks == ()
    factor = page.dpi / DPI
    around = page.image[round(80 * factor) : round(112 * factor), round(295 * factor) : round(360 * factor)]
    assert (around < 128).sum() > 100


def test_specks_are_taken_out_only_where_there_are_some(printed: Image) -> None:
    clear = clean(Page(1, printed, DPI), CONFIG)
    assert not {"outliers", "despeckle"} & set(clear.steps)
    dirty = clean(Page(1, specks(printed, 0.01), DPI), CONFIG)
    assert {"outliers", "despeckle"} <= set(dirty.steps)
    assert dirty.judgement is not None
    assert dirty.judgement.noise > 0.006
    again = clean(Page(1, dirty.image, dirty.dpi), CONFIG)
    assert again.judgement is not None
    assert again.judgement.noise < dirty.judgement.noise / 5


def test_evens_out_a_shadow(printed: Image) -> None:
    shadow = np.linspace(1.0, 0.5, printed.shape[1])[None, :]
    page = clean(Page(1, (printed * shadow).astype(np.uint8), DPI), CONFIG)
    assert "divide_paper" in page.steps
    paper = np.percentile(page.image, 80, axis=0)
    assert np.ptp(paper[50:-50]) < 12


def test_small_letters_are_enlarged_and_the_resolution_says_so() -> None:
    page = clean(Page(1, text_page(size=16), 90), CONFIG)
    assert page.dpi > 90
    assert page.judgement is not None
    assert abs(page.width / 1240 - page.dpi / 90) < 0.02


def judged(gray: Image) -> Judgement:
    found = clean(Page(1, gray, DPI), CleanConfig()).judgement
    assert found is not None
    return found


@pytest.mark.parametrize("lines", [1, 2, 5, 30])
@pytest.mark.parametrize("top", [1, 150, 302, 803])
def test_the_height_of_letters_is_seen_wherever_the_text_stands(lines: int, top: int) -> None:
    usual = judged(text_page(lines=30)).text_height
    page = np.roll(text_page(lines=lines), top - 150, axis=0)
    assert abs(judged(page).text_height - usual) <= 1


@pytest.mark.parametrize(
    ("dpi", "height", "scale"), [(100, 8.0, 3.0), (150, 12.0, 2.0), (220, 9.0, 400 / 220), (450, 9.0, 1.0)]
)
def test_a_page_is_not_enlarged_beyond_what_paper_holds(dpi: int, height: float, scale: float) -> None:
    seen = judged(text_page(lines=2))
    assert plan(dataclasses.replace(seen, dpi=dpi, text_height=height)).scale == scale


def test_a_bare_sheet_with_dust_is_blank() -> None:
    sheet = np.full((1754, 1240), 240, np.uint8)
    assert clean(Page(1, specks(sheet, 0.00005), DPI), CONFIG).blank
    assert not clean(Page(1, text_page(lines=1), DPI), CONFIG).blank


def test_cleaning_switched_off_only_makes_gray(printed: Image) -> None:
    page = clean(Page(1, as_rgb(printed), DPI), CleanConfig(enabled=False))
    assert page.image.ndim == 2
    assert page.steps == ()
    assert list(alternatives(Page(1, printed, DPI), CleanConfig(enabled=False))) == []


def test_alternatives_differ_from_the_first_cleaning_and_from_each_other(printed: Image) -> None:
    raw = Page(1, specks(printed, 0.01), DPI)
    steps = [clean(raw, CONFIG).steps, *(page.steps for page in alternatives(raw, CONFIG))]
    assert len(steps) >= 3
    assert len(set(steps)) == len(steps)


@settings(max_examples=30)
@given(
    arrays(
        np.uint8,
        st.tuples(st.integers(1, 90), st.integers(1, 90))
        | st.tuples(st.integers(1, 90), st.integers(1, 90), st.just(3)),
    )
)
def test_any_pixels_give_a_gray_page_of_bytes(pixels: Image) -> None:
    page = clean(Page(1, pixels, DPI), CONFIG)
    assert page.image.dtype == np.uint8
    assert page.image.ndim == 2
    assert min(page.image.shape) >= 1
    for other in alternatives(Page(1, pixels, DPI), CONFIG):
        assert other.image.dtype == np.uint8


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("shape", [(1, 1), (1, 2000), (700, 500), (700, 500, 3)])
def test_even_pages_are_no_trouble(level: int, shape: tuple[int, ...]) -> None:
    page = clean(Page(1, np.full(shape, level, np.uint8), DPI), CONFIG)
    assert page.blank
    assert page.image.shape[:2] == shape[:2]
