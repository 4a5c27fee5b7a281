"""What a command took counts the processes that outlive it; samples are spread over all that could be read."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scripts.letters import spread

_BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"


def test_work_of_a_child_that_outlives_its_parent_counts() -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_BUSY!r}])"
    ask = f"from scripts.bench.speed import run; print(run({[sys.executable, '-c', orphan]}).cpu)"
    told = subprocess.run(  # in a process of its own: who asks adopts orphans from then on
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert float(told.stdout) >= 0.3


@given(st.integers(1, 80), st.integers(1, 80))
def test_a_sample_is_spread_over_the_whole(count: int, most: int) -> None:
    sample = spread(list(range(count)), most)
    assert len(sample) == min(count, most)
    assert sample[0] == 0
    gaps = [b - a for a, b in pairwise([*sample, count])]
    assert max(gaps) - min(gaps) <= 1
