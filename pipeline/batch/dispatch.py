"""Letters handed to workers, a few at a time, and what comes back; one bad letter never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait

from pipeline.batch.onefile import Reader, read_one
from pipeline.batch.outcome import Known, Outcome, Task
from pipeline.batch.remote import read_there, source_of
from pipeline.batch.workers import Executor
from pipeline.config import Config
from pipeline.errors import ConfigError, DiskFull, InputError, LetterTimeout, MissingDependency, WorkerDied

_LOOK = 5.0  # seconds after which somebody looks whether there are workers left
_FATAL = (MissingDependency, ConfigError, DiskFull)
"""Errors that every letter would meet: the batch stops at the first."""


def read_all(
    work: Iterable[Task | Known | Outcome], executor: Executor, reader: Reader, config: Config
) -> Iterator[Outcome | Known]:
    """What became of each file, as it comes; what is known already is passed on.

    Only twice as many files are in flight as the executor has slots at that time, so memory does not grow with the
    batch and no worker waits for the writer. A file whose worker died is read once more when all others are done,
    alone: it may have been the memory that others took.

    Raises:
        MissingDependency, ConfigError, DiskFull: no letter can be read here.
        ClusterLost: nobody is left to read them.
    """
    died: list[Task] = []
    for outcome in _in_flight(work, executor, lambda: 2 * executor.slots, reader, config):
        if isinstance(outcome, Outcome) and isinstance(outcome.error, WorkerDied):
            died.append(outcome.task)
        else:
            yield outcome
    yield from _in_flight(died, executor, lambda: 1, reader, config)


def _in_flight(
    work: Iterable[Task | Known | Outcome], executor: Executor, most: Callable[[], int], reader: Reader, config: Config
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
        while len(running) >= most():
            yield from _finished(running, executor)
    while running:
        yield from _finished(running, executor)


def _submitted(task: Task, executor: Executor, reader: Reader, config: Config) -> Future[Outcome]:
    if not config.batch.cluster:
        return executor.submit(read_one, task, reader, config)
    return executor.submit(read_there, task, source_of(task, config.batch), reader, config)


def _finished(running: dict[Future[Outcome], Task], executor: Executor) -> Iterator[Outcome]:
    while not (done := wait(running, _LOOK, FIRST_COMPLETED).done):
        executor.check()
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
