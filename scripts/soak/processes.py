"""The processes below another one, as the system tells them: what they are, and how much memory they took at most."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process that runs."""

    pid: int
    parent: int
    name: str
    """The first 15 letters of its program's name."""


def below(pid: int) -> list[Process]:
    """The processes that this one started, those that they started, and so on, older ones first."""
    everybody = [process for folder in _PROC.glob("[0-9]*") if (process := _look(int(folder.name))) is not None]
    found, parents = [], {pid}
    for process in sorted(everybody, key=lambda p: p.pid):
        if process.parent in parents:
            parents.add(process.pid)
            found.append(process)
    return found


def _look(pid: int) -> Process | None:
    try:
        name, _, rest = (_PROC / str(pid) / "stat").read_text().partition("(")[2].rpartition(")")
    except OSError:
        return None  # it ended meanwhile
    state, parent = rest.split()[:2]
    return None if state == "Z" else Process(pid, int(parent), name)


def peak(pid: int) -> int:
    """The most memory that a process had at once, in megabytes; 0 when it has ended."""
    try:
        told = (_PROC / str(pid) / "status").read_text()
    except OSError:
        return 0
    kilobytes = next((line.split()[1] for line in told.splitlines() if line.startswith("VmHWM:")), "0")
    return int(kilobytes) // 1024
