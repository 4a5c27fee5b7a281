"""The batch itself: plan, read, store, count."""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipeline.batch.archive import keep
from pipeline.batch.cluster import ClusterWorkers
from pipeline.batch.dispatch import read_all
from pipeline.batch.onefile import Reader, as_failure
from pipeline.batch.outcome import BatchResult, Failure, Known, Outcome, Progress, Review, Task
from pipeline.batch.pace import Pace
from pipeline.batch.plan import find_tasks, unread
from pipeline.batch.workers import Executor, ProcessWorkers
from pipeline.config import READER_VERSION, BatchConfig, Config
from pipeline.errors import CongvanError, StoreError, ValueRefused
from pipeline.parting import as_decided
from pipeline.reading import read_scan
from pipeline.repair import lessons
from pipeline.store import Row, RunCounts, Store, open_store

_MISSING = "a value that every letter has was not found"
_LESSONS = 5_000
"""Corrections that are learnt from, the latest ones."""
_MOST_LISTED = 100
_MOST_REASONS = 6
Report = Callable[[Progress], None]


def ingest(
    paths: Sequence[Path], store_path: Path, config: Config, report: Report, reader: Reader = read_scan
) -> BatchResult:
    """Read files and folders into the database; what is in it already is passed over.

    Ctrl-C ends it cleanly: what was read is stored, and the result says that it was interrupted.

    Args:
        paths: files, and folders that are searched for scans.
        store_path: the database; made when it is not there.
        config: all settings; its section `batch` says how many processes work, and for how long at most on one letter.
        report: called after each file, in this process.
        reader: how one file is read.

    Raises:
        NothingToRead, NotReadable: the paths lead to no scan.
        StoreError: the database cannot be used; letters that were stored stay stored.
        MissingDependency: a program that reading needs is not installed.
    """
    with open_store(store_path, config.store) as store:
        return _run(store, find_tasks(paths), paths, _Way(config, report, reader))


def retry(store_path: Path, config: Config, report: Report, reader: Reader = read_scan) -> BatchResult:
    """Read the files again that failed; those that are gone fail again.

    Raises:
        StoreError, MissingDependency: as for `ingest`.
    """
    with open_store(store_path, config.store) as store:
        paths = [Path(row["source_path"]) for row in store.failures()]
        tasks = [Task(path, path.stat().st_size if path.is_file() else 0) for path in paths]
        return _run(store, tasks, paths, _Way(config, report, reader))


@dataclass(frozen=True, slots=True)
class _Way:
    """How a batch is done."""

    config: Config
    report: Report
    reader: Reader


@dataclass(slots=True)
class _Tally:
    """What was counted so far."""

    run_id: int
    total: int
    bytes_left: int
    started: float
    pace: Pace
    done: int = 0
    files: int = 0
    letters: int = 0
    pages: int = 0
    skipped: int = 0
    to_review: int = 0
    failed: list[Failure] = field(default_factory=list)
    duplicates: list[tuple[Path, str]] = field(default_factory=list)

    def progress(self, path: Path) -> Progress:
        seconds = time.monotonic() - self.started
        left = self.pace.seconds_left(self.bytes_left)
        error = self.failed[-1].error if self.failed and self.failed[-1].path == path else None
        rate = self.pace.pages_a_minute
        return Progress(self.done, self.total, self.pages, len(self.failed), seconds, left, rate, path, error)


def _run(store: Store, tasks: Sequence[Task], sources: Sequence[Path], way: _Way) -> BatchResult:
    way = replace(way, config=_taught(store, way.config))
    run_id = store.start_run(sources)
    started = time.monotonic()
    tally = _Tally(run_id, len(tasks), sum(task.size for task in tasks), started, Pace(started))
    interrupted = False
    workers = _workers(way.config.batch)
    gc.freeze()  # what is loaded by now stays: not to look through it for each letter saves a seventh of storing it
    try:
        work = unread(tasks, lambda sha256: _stored(store, sha256, reread=way.config.batch.reread))
        for outcome in read_all(work, workers, way.reader, way.config):
            _settle(store, outcome, tally, way.config)
            way.report(tally.progress(outcome.task.path))
    except KeyboardInterrupt:
        interrupted = True
    finally:
        gc.unfreeze()
        workers.kill()
    store.finish_run(run_id, RunCounts(tally.files, tally.skipped, len(tally.failed), interrupted))
    return _result(store, run_id, tally, interrupted=interrupted)


def _taught(store: Store, config: Config) -> Config:
    """The settings with what people corrected in this database, so that the same name is right the next time."""
    learnt = (lesson for old, new in store.corrected_texts(_LESSONS) for lesson in lessons(old, new))
    taught = tuple(dict.fromkeys([*config.repair.taught, *learnt]))
    return replace(config, repair=replace(config.repair, taught=taught))


def _workers(config: BatchConfig) -> Executor:
    return ClusterWorkers(config) if config.cluster else ProcessWorkers(config)


def _stored(store: Store, sha256: str, *, reread: bool) -> str | None:
    return store.has(sha256, READER_VERSION if reread else None)


def _settle(store: Store, outcome: Outcome | Known, tally: _Tally, config: Config) -> None:
    """Store what became of one file, and count it."""
    tally.done += 1
    tally.bytes_left -= outcome.task.size
    if isinstance(outcome, Known):
        tally.pace.pass_over(time.monotonic())
        if outcome.in_batch:
            tally.duplicates.append((outcome.task.path, outcome.same_as))
        else:
            tally.skipped += 1
        return
    pages = sum(len(record.letter.pages) for record in outcome.records)
    tally.pace.read(time.monotonic(), pages, outcome.task.size)
    try:
        stored = _save(store, outcome, tally.run_id, config)
    except CongvanError as error:
        if isinstance(error, StoreError) and not isinstance(error, ValueRefused):
            raise
        store.fail(outcome.task.path, outcome.task.sha256, error, run_id=tally.run_id)
        tally.failed.append(Failure(outcome.task.path, error))
        return
    if not stored:
        tally.skipped += 1
        return
    tally.files += 1
    tally.letters += len(outcome.records)
    tally.pages += pages


def _save(store: Store, outcome: Outcome, run_id: int, config: Config) -> bool:
    """Store the letters of a file, and a copy of it where one is wanted; whether they were still missing.

    What people said of an older reading about where its letters begin holds for this one too.

    Raises:
        StoreError: the database or the archive cannot be written at all.
        CongvanError: what concerns this file alone.
    """
    if outcome.error is not None:
        raise outcome.error
    sha256 = outcome.records[0].letter.scan.sha256
    try:
        if config.batch.archive:
            keep(outcome.task.path, sha256, Path(config.batch.archive))
        records = as_decided(outcome.records, store.boundaries(sha256), config)
        version = READER_VERSION if config.batch.reread else None
        return bool(store.save_missing(records, run_id=run_id, reader_version=version))
    except CongvanError:
        raise
    except Exception as error:
        raise as_failure(error, str(outcome.task.path)) from error  # a bug costs this letter, not the batch


def _result(store: Store, run_id: int, tally: _Tally, *, interrupted: bool) -> BatchResult:
    reasons: Counter[str] = Counter()
    first: list[Review] = []
    for number, review in enumerate(_reviews(store.to_review(run_id)), start=1):
        tally.to_review = number
        reasons.update({reason.split(":")[0] for reason in review.reasons})
        if number <= _MOST_LISTED:
            first.append(review)
    return BatchResult(
        run_id=run_id,
        files=tally.files,
        letters=tally.letters,
        pages=tally.pages,
        to_review=tally.to_review,
        reasons=tuple(reasons.most_common(_MOST_REASONS)),
        needs_review=tuple(first),
        failed=tuple(tally.failed),
        duplicates=tuple(tally.duplicates),
        skipped=tally.skipped,
        seconds=time.monotonic() - tally.started,
        interrupted=interrupted,
    )


def _reviews(rows: Iterable[Row]) -> Iterator[Review]:
    for row in rows:
        doubts = (f"{doubt['name']}: {doubt['reason']}" for doubt in row["doubts"])
        yield Review(row["id"], row["source_name"], (*row["problems"], *doubts) or (_MISSING,))
