"""Runs end to end are what loops over them would give."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.runs import ranks, runs

many = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 5)), max_size=8)


@given(many)
def test_runs_are_ranges_end_to_end(wanted: list[tuple[int, int]]) -> None:
    which, numbers = runs(*np.array(wanted, np.int64).reshape(-1, 2).T)
    expected = [(run, start + n) for run, (start, size) in enumerate(wanted) for n in range(size)]
    assert list(zip(which.tolist(), numbers.tolist(), strict=True)) == expected


@given(many)
def test_each_number_has_its_place_in_its_run(wanted: list[tuple[int, int]]) -> None:
    which, _ = runs(*np.array(wanted, np.int64).reshape(-1, 2).T)
    assert ranks(which, len(wanted)).tolist() == [n for _, size in wanted for n in range(size)]
