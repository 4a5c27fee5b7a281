"""Letters handed to workers, a few at a time, and what comes back; one bad letter never stops the rest."""

from __future__ import annotations

import errno
import tempfile
import traceback
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pipeline.batch.outcome import Known, Outcome, Task
from pipeline.batch.workers import Executor
from pipeline.config import Config
from pipeline.errors import (
    Bug,
    ConfigError,
    CongvanError,
    DiskFull,
    InputError,
    LetterTimeout,
    MissingDependency,
    OutOfMemory,
    WorkerDied,
)
from pipeline.intake import content
from pipeline.nouns import Record

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FATAL = (MissingDependency, ConfigError, DiskFull)
"""Errors that every letter would meet: the batch stops at the first."""


class Reader(Protocol):
    """How one file is read; `pipeline.reading.read_scan`. It is pickled by name."""

    def __call__(self, path: Path, config: Config, /) -> tuple[Record, ...]:
        """The letters of the file; a `CongvanError` when it cannot be read."""
        ...


def read_all(
    work: Iterable[Task | Known | Outcome], executor: Executor, reader: Reader, config: Config
) -> Iterator[Outcome | Known]:
    """What became of each file, as it comes; what is known already is passed on.

    Only twice as many files are in flight as the executor has slots, so memory does not grow with the batch and no
    worker waits for the writer. A file whose worker died is read once more when all others are done, alone: it may
    have been the memory that others took.

    Raises:
        MissingDependency, ConfigError, DiskFull: no letter can be read here.
    """
    died: list[Task] = []
    for outcome in _in_flight(work, executor, 2 * executor.slots, reader, config):
        if isinstance(outcome, Outcome) and isinstance(outcome.error, WorkerDied):
            died.append(outcome.task)
        else:
            yield outcome
    yield from _in_flight(died, executor, 1, reader, config)


def _in_flight(
    work: Iterable[Task | Known | Outcome], executor: Executor, most: int, reader: Reader, config: Config
) -> Iterator[Outcome | Known]:
    running: dict[Future[Outcome], Task] = {}
    for item in work:
        if not isinstance(item, Task):
            yield item
            continue
        try:
            running[_submitted(item, executor, reader, config)] = item
        except InputError as error:
            yield Outcome(item, error=error)
        if len(running) >= most:
            yield from _finished(running)
    while running:
        yield from _finished(running)


def _submitted(task: Task, executor: Executor, reader: Reader, config: Config) -> Future[Outcome]:
    if not config.batch.cluster or config.batch.shared_paths:
        return executor.submit(read_one, task, reader, config)
    return executor.submit(read_sent, task, content(task.path), reader, config)


def _finished(running: dict[Future[Outcome], Task]) -> Iterator[Outcome]:
    done = wait(running, return_when=FIRST_COMPLETED).done
    for future in done:
        yield _outcome(future, running.pop(future))


def _outcome(future: Future[Outcome], task: Task) -> Outcome:
    try:
        outcome = future.result()
    except (WorkerDied, LetterTimeout) as error:
        error.where = str(task.path)
        return Outcome(task, error=error)
    if isinstance(outcome.error, _FATAL):
        raise outcome.error
    return outcome


def read_one(task: Task, reader: Reader, config: Config) -> Outcome:
    """Read one file; runs in a worker. Whatever goes wrong is told as that file's failure."""
    where = str(task.path)
    try:
        return Outcome(task, reader(task.path, config))
    except CongvanError as error:
        return Outcome(task, error=error)
    except MemoryError:
        hint = "raise batch.worker_memory in congvan.toml, then: congvan retry"
        return Outcome(task, error=OutOfMemory("reading it needs more memory than is allowed", hint=hint, where=where))
    except Exception as error:  # noqa: BLE001 - the letter is isolated: a bug costs it, not the batch
        return Outcome(task, error=_named(error, where))


def _named(error: Exception, where: str) -> CongvanError:
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        hint = "free some space, or set TMPDIR to a folder on another disk, then run it again: it continues"
        return DiskFull("the disk that holds temporary files is full", hint=hint, where=tempfile.gettempdir())
    return as_bug(error, where)


def read_sent(task: Task, data: bytes, reader: Reader, config: Config) -> Outcome:
    """Read one file of another machine from its bytes; what is found names the file where it came from."""
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        here = Path(folder) / task.path.name
        here.write_bytes(data)
        outcome = read_one(replace(task, path=here), reader, config)
    if outcome.error is not None:
        outcome.error.where = outcome.error.where.replace(str(here), str(task.path))
    return Outcome(task, tuple(_coming_from(task.path, record) for record in outcome.records), outcome.error)


def _coming_from(path: Path, record: Record) -> Record:
    scan = replace(record.letter.scan, path=path)
    return replace(record, letter=replace(record.letter, scan=scan))


def as_bug(error: Exception, where: str) -> Bug:
    """An exception that nobody foresaw, as a failure that can be reported."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno} in {frame.name}"
    said = " ".join(str(error).split())[:200]
    hint = "this is a fault of congvan: please report it with this message and, if you may, the scan"
    return Bug(f"{type(error).__name__}: {said} ({place})", hint=hint, where=where)
