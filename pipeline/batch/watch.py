"""A folder that is watched: files are read when they have stopped growing, and moved away when asked."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.batch.ingest import Report, ingest
from pipeline.batch.onefile import Reader
from pipeline.batch.outcome import BatchResult
from pipeline.config import Config, WatchConfig
from pipeline.errors import InputError, UsageError
from pipeline.intake import content_hash, find_scans
from pipeline.reading import read_scan
from pipeline.store import Store, open_store

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What a file system says that has no hard links (FAT, many network folders), or of a file of another user."""
Signature = tuple[int, int]
"""Size in bytes and time of change in nanoseconds, as the file system tells them."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A folder into which letters fall, and where they go."""

    folder: Path
    done: Path | None = None
    """Where files go that were read; they stay for None."""
    failed: Path | None = None
    """Where files go that could not be read; they stay for None."""


def watch(
    inbox: Inbox, store_path: Path, config: Config, report: Report, reader: Reader = read_scan
) -> Iterator[BatchResult]:
    """Read what arrives, batch after batch, without end; what each came to.

    A file is taken when its size and time of change stayed the same for `watch.steady` seconds. Nothing is remembered
    but what the database knows, so a watch that was stopped goes on where it was.

    Raises:
        UsageError: the folder is not there, or a file could not be moved to `done` or `failed` by renaming.
        StoreError, MissingDependency: as for `ingest`.
    """
    _check(inbox)
    arrivals = _Arrivals(config.watch)
    while True:
        ready = [path for path in arrivals.settled(_look(inbox), time.monotonic()) if path.is_file()]
        if ready:
            result = _take(inbox, ready, store_path, config, (report, reader))
            if result is not None:
                yield result
                if result.interrupted:
                    return
        time.sleep(config.watch.poll)


def _take(
    inbox: Inbox, ready: list[Path], store_path: Path, config: Config, how: tuple[Report, Reader]
) -> BatchResult | None:
    try:
        result = ingest(ready, store_path, config, *how)
    except InputError:
        return None  # a file left between the look and the reading; the next look finds what there is
    if not result.interrupted:
        _move_away(inbox, ready, result, store_path, config)
    return result


@dataclass(slots=True)
class _Arrivals:
    """Which files have stopped changing; each is given once, and again only when it has changed."""

    config: WatchConfig
    seen: dict[Path, tuple[Signature, float]] = field(default_factory=dict)
    """For each file its signature and since when it is so."""
    given: dict[Path, Signature] = field(default_factory=dict)

    def settled(self, files: dict[Path, Signature], now: float) -> list[Path]:
        ready = []
        for path, signature in files.items():
            before, since = self.seen.get(path, (signature, now))
            since = since if before == signature else now
            self.seen[path] = (signature, since)
            if now - since >= self.config.steady and self.given.get(path) != signature:
                self.given[path] = signature
                ready.append(path)
        for gone in self.seen.keys() - files.keys():
            del self.seen[gone]
            self.given.pop(gone, None)
        return ready


def _look(inbox: Inbox) -> dict[Path, Signature]:
    files: dict[Path, Signature] = {}
    aside = [folder for folder in (inbox.done, inbox.failed) if folder is not None]
    for path in find_scans([inbox.folder]):
        if any(path.is_relative_to(folder) for folder in aside) or path.is_symlink():
            continue  # whoever may drop files here must not make us read files elsewhere through links
        try:
            status = path.stat()
        except OSError:
            continue  # gone again
        files[path] = (status.st_size, status.st_mtime_ns)
    return files


def _check(inbox: Inbox) -> None:
    if not inbox.folder.is_dir():
        raise UsageError("there is no such folder to watch", hint="make it first", where=str(inbox.folder))
    for folder in (inbox.done, inbox.failed):
        if folder is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        if folder.stat().st_dev != inbox.folder.stat().st_dev:
            hint = "choose a folder on the same disk as the one that is watched"
            raise UsageError("files can only be moved within one disk", hint=hint, where=str(folder))


def _move_away(inbox: Inbox, paths: list[Path], result: BatchResult, store_path: Path, config: Config) -> None:
    """Move what was settled in the database, by renaming, and tell the database where it is now."""
    failed = {failure.path for failure in result.failed}
    with open_store(store_path, config.store) as store:
        for path in paths:
            target = inbox.failed if path.absolute() in failed else inbox.done
            if target is not None:
                _move(path, target, store)


def _move(path: Path, target: Path, store: Store) -> None:
    try:
        sha256 = content_hash(path)
    except InputError:
        return  # no plain file, or gone: it is not ours to move
    place, linked = _reserved(path, target)
    store.relocate(sha256, path.absolute(), place.absolute())
    if linked:
        path.unlink()
    else:
        path.replace(place)


def _reserved(path: Path, folder: Path) -> tuple[Path, bool]:
    """A name in the folder that is ours: a second name of the file itself, or an empty file where that may not be.

    No other file has that name. Stopped before the first name is taken away, the next run finds both names to be one
    file and goes on from there; of an empty file it knows nothing, takes the next name, and leaves it.
    """
    number = 1
    while True:
        place = folder / (path.name if number == 1 else f"{path.stem}-{number}{path.suffix}")
        try:
            return place, _take_name(path, place)
        except FileExistsError:
            if place.samefile(path):
                return place, True
            number += 1
        except OSError as e:
            hint = "choose a folder on the same disk that may be written"
            raise UsageError(f"the file cannot be moved: {e.strerror}", hint=hint, where=str(path)) from e


def _take_name(path: Path, place: Path) -> bool:
    """Give the file a second name, or else make an empty one of that name; whether it was the former."""
    try:
        os.link(path, place)
    except OSError as e:
        if e.errno not in _NO_LINKS:
            raise
        place.touch(exist_ok=False)
        return False
    return True
