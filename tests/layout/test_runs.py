"""Runs found on packed bits are those that a search pixel by pixel finds."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from pipeline.layout.runs import runs_of
from pipeline.nouns import Image

MASKS = arrays(
    np.uint8, array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=40), elements=st.sampled_from([0, 255])
)
LENGTHS = st.integers(1, 12)


def stretches(row: list[bool]) -> list[tuple[int, int, bool]]:
    """Where each stretch of one value begins and ends (exclusive), and its value."""
    starts = [at for at, value in enumerate(row) if at == 0 or value != row[at - 1]]
    return [(start, end, row[start]) for start, end in zip(starts, [*starts[1:], len(row)], strict=True)]


def opened(row: list[bool], least: int) -> list[bool]:
    return [value and end - start >= least for start, end, value in stretches(row) for _ in range(start, end)]


def closed(row: list[bool], most: int) -> list[bool]:
    inner = {(start, end) for start, end, value in stretches(row) if not value and start > 0 and end < len(row)}
    return [
        value or ((start, end) in inner and end - start < most)
        for start, end, value in stretches(row)
        for _ in range(start, end)
    ]


def along(mask: Image, *, upright: bool) -> list[list[bool]]:
    rows: list[list[bool]] = ((mask.T if upright else mask) > 0).tolist()
    return rows


@given(MASKS, LENGTHS, st.booleans())
def test_runs_of_a_length_stay_and_shorter_ones_go(mask: Image, least: int, upright: bool) -> None:  # noqa: FBT001
    found = runs_of(mask, upright=upright).of_length(least)
    assert along(found.mask(), upright=upright) == [opened(row, least) for row in along(mask, upright=upright)]
    assert found.any() == bool(found.mask().any())
    assert found.places().tolist() == [at for at, row in enumerate(along(found.mask(), upright=upright)) if any(row)]


@given(MASKS, LENGTHS, st.booleans())
def test_gaps_between_runs_are_filled_and_margins_are_not(mask: Image, most: int, upright: bool) -> None:  # noqa: FBT001
    found = runs_of(mask, upright=upright).bridged(most)
    assert along(found.mask(), upright=upright) == [closed(row, most) for row in along(mask, upright=upright)]
    assert found.any() == bool(found.mask().any())
