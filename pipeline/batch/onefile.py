"""One file read in whatever process: its letters, or the error that kept it from being read; nothing else gets out."""

from __future__ import annotations

import errno
import tempfile
import traceback
from pathlib import Path
from typing import Protocol

from pipeline.batch.outcome import Outcome, Task
from pipeline.config import Config
from pipeline.errors import Bug, CongvanError, DiskFull, OutOfMemory
from pipeline.nouns import Record

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Reader(Protocol):
    """How one file is read; `pipeline.reading.read_scan`. It is pickled by name."""

    def __call__(self, path: Path, config: Config, /) -> tuple[Record, ...]:
        """The letters of the file; a `CongvanError` when it cannot be read."""
        ...


def read_one(task: Task, reader: Reader, config: Config) -> Outcome:
    """Read one file; runs in a worker. Whatever goes wrong becomes that file's failure."""
    try:
        return Outcome(task, reader(task.path, config))
    except Exception as error:  # noqa: BLE001 - the letter is isolated: a bug costs it, not the batch
        return Outcome(task, error=as_failure(error, str(task.path)))


def as_failure(error: Exception, where: str) -> CongvanError:
    """What went wrong with a file, in our words."""
    if isinstance(error, CongvanError):
        return error
    if isinstance(error, MemoryError):
        hint = "raise batch.worker_memory in congvan.toml, then: congvan retry"
        return OutOfMemory("reading it needs more memory than is allowed", hint=hint, where=where)
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        hint = "free some space, or set TMPDIR to a folder on another disk, then run it again: it continues"
        return DiskFull("the disk that holds temporary files is full", hint=hint, where=tempfile.gettempdir())
    return as_bug(error, where)


def as_bug(error: Exception, where: str) -> Bug:
    """An exception that nobody foresaw, as a failure that can be reported."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    said = " ".join(str(error).split())[:200]
    hint = "this is a fault of congvan: please report it with this message and, if you may, the scan"
    return Bug(f"{type(error).__name__}: {said} ({place})", hint=hint, where=where)
