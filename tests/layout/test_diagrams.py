"""Charts and pictures: what the engine made of them is told from poor print, seals and tables of figures."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.diagrams import in_diagrams
from pipeline.layout.zones import zoned
from pipeline.nouns import Line, PageText, Zone
from tests.layout.letters import STEP, line

LOOSE = (
    "l§ X ề \\ lề",
    "Ñ Ñ A |",
    "BÌ \\ H SiÌề |:",
    "lÑ ïẢ Lì L:",
    "=— — Ầ z5i",
    "_ __ = lì",
    "N : \\ Ñ",
    "h N 1 -#",
    "mm: ;Ị",
)
TEXT = "Biểu đồ tỷ lệ hài lòng của người dân theo từng lĩnh vực"
AXIS = tuple(f"{value}.00%" for value in range(50, 0, -10))


def set_lines(texts: Sequence[str], top: int, confidence: float, x: int = 300) -> list[Line]:
    return [line(text, Zone.BODY, x, top + STEP * row, confidence) for row, text in enumerate(texts)]


def chart(top: int = 400) -> list[Line]:
    return [*set_lines(AXIS, top, 0.93, x=100), *set_lines(LOOSE, top, 0.4)]


def test_loose_letters_of_a_chart_and_its_axis_are_no_text() -> None:
    lines = [line(TEXT, y=300), *chart(), line("Nguồn: Phòng Nội vụ huyện", y=1100)]
    found = zoned(lines)
    page = PageText(1, tuple(found), 1654, 2339, 200)
    assert page.text == f"{TEXT}\nNguồn: Phòng Nội vụ huyện"
    assert sum(each.zone is Zone.DIAGRAM for each in found) == len(AXIS) + len(LOOSE)


def test_an_axis_beside_its_chart_is_no_closing_block() -> None:
    left, right = Zone.CLOSING_LEFT, Zone.CLOSING_RIGHT
    label = replace(line("Lĩnh vực đất đai", y=1100), zone=right)
    lines = [line(TEXT, y=300), *(replace(each, zone=left) for each in chart()), label]
    assert {each.zone for each in zoned(lines)} == {Zone.BODY, Zone.DIAGRAM}


def test_a_closing_block_beside_a_picture_stays_one() -> None:
    receivers = line("Nơi nhận:", Zone.CLOSING_LEFT, y=1500)
    title = line("CHỦ TỊCH", Zone.CLOSING_RIGHT, x=900, y=1500)
    zones = [each.zone for each in zoned([line(TEXT, y=300), *chart(), receivers, title])]
    assert Zone.CLOSING_LEFT in zones
    assert Zone.CLOSING_RIGHT in zones


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(set_lines(LOOSE[:5], 400, 0.3), id="a seal and a pen"),
        pytest.param(set_lines([TEXT] * 20, 400, 0.6), id="poor print"),
        pytest.param(set_lines(["12 5,4 100,0%"] * 20, 400, 0.6), id="figures of a table"),
        pytest.param([each for k in range(9) for each in set_lines(LOOSE[k : k + 1], 300 * k, 0.3)], id="specks apart"),
        pytest.param([], id="nothing"),
    ],
)
def test_what_is_no_diagram(lines: list[Line]) -> None:
    assert in_diagrams(lines) == frozenset()


@given(st.lists(st.sampled_from((*LOOSE, TEXT, *AXIS)), max_size=40), st.floats(0, 1))
def test_a_line_of_words_is_never_taken(texts: list[str], confidence: float) -> None:
    lines = set_lines(texts, 100, confidence)
    read = {i for i, text in enumerate(texts) if text == TEXT and confidence >= 0.5}
    assert not read & in_diagrams(lines)
