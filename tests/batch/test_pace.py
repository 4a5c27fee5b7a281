"""Rate and time left stay right in a batch that runs for weeks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.pace import Pace


def test_nothing_is_told_before_something_was_read() -> None:
    pace = Pace(since=0.0)
    pace.pass_over(50.0)
    assert (pace.pages_a_minute, pace.seconds_left(1000)) == (0.0, None)


def test_the_time_in_which_known_files_were_passed_over_does_not_count() -> None:
    pace = Pace(since=0.0)
    pace.pass_over(3600.0)
    pace.read(3660.0, pages=4, size=100)
    assert pace.pages_a_minute == pytest.approx(4.0)
    assert pace.seconds_left(200) == pytest.approx(120.0)


def test_a_file_that_failed_counts_as_work() -> None:
    pace = Pace(since=0.0)
    pace.read(30.0, pages=2, size=100)
    pace.read(60.0, pages=0, size=100)
    assert pace.pages_a_minute == pytest.approx(2.0)
    assert pace.seconds_left(200) == pytest.approx(60.0)


@given(st.integers(600, 3000), st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_the_rate_is_that_of_the_last_files(files: int, before: float, now: float) -> None:
    pace, clock = Pace(since=0.0), 0.0
    for step in [before] * files + [now] * 500:
        clock += step
        pace.read(clock, pages=1, size=10)
    assert pace.pages_a_minute == pytest.approx(60 / now)
    assert pace.seconds_left(100) == pytest.approx(10 * now)
