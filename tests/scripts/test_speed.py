"""What a command took counts the processes that outlive it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"


def test_work_of_a_child_that_outlives_its_parent_counts() -> None:
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {_BUSY!r}])"
    ask = f"from scripts.bench.speed import run; print(run({[sys.executable, '-c', orphan]}).cpu)"
    told = subprocess.run(  # in a process of its own: who asks adopts orphans from then on
        [sys.executable, "-c", ask], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert float(told.stdout) >= 0.3
