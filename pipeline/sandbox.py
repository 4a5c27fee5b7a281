"""Foreign programs under limits: what parses a file that a stranger sent runs in a child process that cannot run away.

The child gets a limit on seconds, memory, and what it may write; it is killed when the caller is interrupted.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.errors import MissingDependency

_BLOCK = 512  # bytes: the unit of `ulimit -f` by POSIX
_POPPLER = frozenset({"pdfinfo", "pdftotext", "pdfimages", "pdftoppm"})
_LIMITED = 'ulimit -c 0 && ulimit -v "$1" && ulimit -f "$2" && ulimit -t "$3" && shift 3 && exec "$@"'


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child process may use."""

    seconds: float
    """Time on the clock; the processor gets one second more."""
    memory: int
    """Bytes of address space."""
    output: int
    """Bytes of what it prints, and of any file it writes."""


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child process ended."""

    status: int
    """Its exit status; negative for the signal that ended it."""
    stdout: bytes
    stderr: str
    timed_out: bool = False


def run(command: Sequence[str], limits: Limits) -> Finished:
    """Run a program to its end or to a limit, and give what it printed.

    Raises:
        MissingDependency: the program is not installed.
    """
    program = shutil.which(command[0])
    if program is None:
        package = "poppler-utils" if command[0] in _POPPLER else command[0]
        raise MissingDependency(
            f"the program {command[0]} is not installed", hint=f"install it with: apt-get install {package}"
        )
    figures = [str(limits.memory // 1024), str(limits.output // _BLOCK + 1), str(int(limits.seconds) + 1)]
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            ["/bin/sh", "-c", _LIMITED, "sh", *figures, program, *command[1:]],
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=said,
        )
        timed_out = _ended_late(child, limits.seconds)
        printed.seek(0)
        said.seek(0)
        stderr = said.read(64 * 1024).decode("utf-8", "replace")
        return Finished(child.returncode, printed.read(limits.output), stderr, timed_out)


def _ended_late(child: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return True
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    return False
