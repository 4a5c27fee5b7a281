"""A misread letter of a list is told by the points around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.enumerators import misread_points


def points(letters: str) -> list[list[str]]:
    return [line for letter in letters for line in ([f"{letter})", "Sở", "Y", "tế"], ["chủ", "trì;"])]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("abedđ", "abcdđ"),
        ("ab€đe", "abcđe"),
        ("abe", "abc"),
        ("abea", "abca"),
        ("abcdđeøh", "abcdđegh"),
        ("ab©dđeø", "abcdđeg"),
    ],
)
def test_the_letter_that_is_due_is_taken(read: str, printed: str) -> None:
    found = misread_points(points(read))
    assert "".join(found.get(2 * at, letter) for at, letter in enumerate(read)) == printed


@pytest.mark.parametrize("read", ["abcdđegh", "abeg", "e", "ae", "abx", "abehi", "øab"])
def test_a_list_that_may_be_right_stays(read: str) -> None:
    assert misread_points(points(read)) == {}


def test_letters_inside_a_line_are_no_points() -> None:
    assert misread_points([["a)", "x"], ["b)", "y"], ["theo", "điểm", "e)"], [], ["d)", "z"]]) == {}


@given(st.lists(st.lists(st.text(max_size=4), max_size=3), max_size=8))
def test_any_lines_pass_and_only_first_words_are_named(lines: list[list[str]]) -> None:
    for at, letter in misread_points(lines).items():
        assert lines[at][0] != f"{letter})"
        assert lines[at][0].endswith(")")
