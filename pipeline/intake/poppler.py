"""Questions to poppler's programs about one PDF, under limits, with every refusal in our words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from pipeline import sandbox
from pipeline.config import IntakeConfig
from pipeline.errors import CongvanError, DamagedFile, NoPages, OutOfMemory, PasswordNeeded

COPY_AGAIN = "copy or download it again, or scan the letter again"
_KILLED = -9
_TAIL = 8192
_BROKEN_INDEX = re.compile(r"xref table|trailer dictionary|Root object|Catalog", re.IGNORECASE)


def ask(
    command: Sequence[str], path: Path, config: IntakeConfig, *, pages: int = 1, after: Sequence[str] = ()
) -> bytes:
    """What one of poppler's programs prints about a PDF.

    Args:
        command: the program and its options.
        path: the PDF.
        config: the limits.
        pages: how many pages it has to look at: each hundred gets the time limit once.
        after: what stands behind the path on the command line.

    Raises:
        DamagedFile, PasswordNeeded, NoPages: it cannot be opened.
        OutOfMemory: the program was killed from outside.
        MissingDependency: it is not installed.
    """
    seconds = config.child_seconds * max(1.0, pages / 100)
    limits = sandbox.Limits(seconds, config.child_memory, config.child_output)
    done = sandbox.run([*command, str(path.absolute()), *after], limits)
    if done.timed_out:
        message = f"opening it took longer than {seconds:g} seconds"
        hint = "raise intake.child_seconds in congvan.toml if you trust it, then: congvan retry"
        raise DamagedFile(message, hint=hint, where=str(path))
    if done.status != 0 or _is_cut_off(path, done.stderr):
        raise _why(command[0], path, done)
    return done.stdout


def _why(program: str, path: Path, done: sandbox.Finished) -> CongvanError:
    where = str(path)
    if done.status == _KILLED:
        hint = "it may have been for want of memory; try it again with: congvan retry"
        return OutOfMemory(f"{program} was killed while it read the file", hint=hint, where=where)
    if "Incorrect password" in done.stderr:
        hint = "save a copy without the password, with: qpdf --decrypt --password=… IN.pdf OUT.pdf"
        return PasswordNeeded("the PDF is locked with a password", hint=hint, where=where)
    if "the last page (0)" in done.stderr:
        return NoPages("the PDF has no page", hint=COPY_AGAIN, where=where)
    if _is_cut_off(path, done.stderr):
        return DamagedFile("the PDF is cut off: its end is missing", hint=COPY_AGAIN, where=where)
    said = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), f"status {done.status}")
    return DamagedFile(f"the PDF cannot be opened: {program}: {said[:200]}", hint=COPY_AGAIN, where=where)


def _is_cut_off(path: Path, complaint: str) -> bool:
    """Whether the index at the end is missing: poppler then shows the pages it still finds, as if they were all."""
    if not _BROKEN_INDEX.search(complaint):
        return False
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return b"startxref" not in file.read()
