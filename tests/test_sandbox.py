"""Programs that want too much are stopped."""

from __future__ import annotations

import sys

import pytest

from pipeline.errors import MissingDependency
from pipeline.sandbox import Finished, Limits, run

LIMITS = Limits(seconds=10, memory=1_000_000_000, output=1_000_000)


def python(code: str, limits: Limits = LIMITS) -> Finished:
    return run([sys.executable, "-I", "-S", "-c", code], limits)


def test_what_it_prints_and_says_is_kept() -> None:
    done = python("import sys; print('out'); print('said', file=sys.stderr); sys.exit(3)")
    assert (done.status, done.stdout, done.stderr, done.timed_out) == (3, b"out\n", "said\n", False)


def test_a_program_that_hangs_is_killed() -> None:
    done = python("import time; time.sleep(60)", Limits(seconds=0.3, memory=LIMITS.memory, output=LIMITS.output))
    assert done.timed_out
    assert done.status < 0


def test_a_program_that_takes_too_much_memory_is_refused_it() -> None:
    done = python("x = bytearray(2_000_000_000)")
    assert done.status == 1
    assert "MemoryError" in done.stderr


def test_a_program_that_prints_without_end_is_stopped() -> None:
    done = python("while True: print('x' * 1000)")
    assert done.status != 0
    assert len(done.stdout) <= LIMITS.output


def test_nothing_in_an_argument_is_understood_by_the_shell() -> None:
    argument = "$(echo a); 'b' \"c\"\n*"
    done = run([sys.executable, "-I", "-S", "-c", "import sys; print(sys.argv[1])", argument], LIMITS)
    assert done.stdout.decode() == argument + "\n"


def test_a_program_that_is_not_installed_is_named() -> None:
    with pytest.raises(MissingDependency, match="no-such-program"):
        run(["no-such-program"], LIMITS)
