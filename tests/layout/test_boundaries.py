"""No page is lost or doubled, whatever people say about where letters begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.boundaries import Pages, with_boundary
from tests.layout.letters import page


def letters(*numbers: list[int]) -> tuple[Pages, ...]:
    return tuple(tuple(page("lời", number=n) for n in own) for own in numbers)


def numbers(found: tuple[Pages, ...]) -> list[list[int]]:
    return [[page.number for page in own] for own in found]


def test_a_letter_is_parted_and_joined() -> None:
    assert numbers(with_boundary(letters([1, 2, 3]), 3, begins=True)) == [[1, 2], [3]]
    assert numbers(with_boundary(letters([1, 2], [3]), 3, begins=False)) == [[1, 2, 3]]


def test_pages_stay_in_the_order_in_which_they_are_read() -> None:
    assert numbers(with_boundary(letters([1, 3, 2, 4]), 2, begins=True)) == [[1, 3], [2, 4]]


def test_what_cannot_be_changes_nothing() -> None:
    whole = letters([1, 2], [3])
    for number, begins in ((1, True), (1, False), (3, True), (2, False), (9, True), (9, False)):
        assert with_boundary(whole, number, begins=begins) == whole


@given(st.lists(st.tuples(st.integers(1, 8), st.booleans()), max_size=8))
def test_every_page_stays_in_one_letter(said: list[tuple[int, bool]]) -> None:
    found = letters([1, 2, 3], [4], [5, 7, 6])
    for number, begins in said:
        found = with_boundary(found, number, begins=begins)
        assert sorted(n for own in numbers(found) for n in own) == [1, 2, 3, 4, 5, 6, 7]
        assert all(found)
