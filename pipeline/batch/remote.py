"""One file read on another machine: how its content gets there, and the process that is all a hostile file can harm.

A worker of the cluster reads no letter itself: each goes to a process of its own under the limits of `batch`, so a
letter that hangs or crashes costs neither the machine nor the letters beside it. Models stay loaded between letters.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib
import multiprocessing
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.batch.onefile import Reader, as_failure, read_one
from pipeline.batch.outcome import Outcome, Task
from pipeline.batch.workers import ProcessWorkers
from pipeline.config import BatchConfig, Config
from pipeline.errors import ConfigError, MissingDependency, NotReadable
from pipeline.intake import content
from pipeline.nouns import Record


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the workers find a file."""

    url: str
    """Of the folder that all files lie in: `sftp://nas/srv/scans`."""
    inside: str
    """The path of the file in that folder."""


Source = bytes | Shared | None
"""The content of a file, where it is fetched from, or None when it lies under the same path everywhere."""

_starting = threading.Lock()
_CHUNK = 1 << 20


def source_of(task: Task, config: BatchConfig) -> Source:
    """How the content of a file comes to the workers; a file outside `batch.shared_root` travels as bytes.

    Raises:
        NotReadable: it must travel, and cannot be read.
    """
    if config.shared_paths:
        return None
    root = Path(config.shared_root).absolute()
    if config.shared_url and task.path.is_relative_to(root):
        return Shared(config.shared_url, task.path.relative_to(root).as_posix())
    return content(task.path)


def read_there(task: Task, source: Source, reader: Reader, config: Config) -> Outcome:
    """Read one file; runs in a worker of the cluster.

    Raises:
        WorkerDied, LetterTimeout: the process that read it was lost.
    """
    processes = _processes(config.batch.letter_timeout, config.batch.worker_memory)
    if source is None:
        outcome = processes.submit(read_one, task, reader, config).result()
    else:
        outcome = processes.submit(read_brought, task, source, reader, config).result()
    assert isinstance(outcome, Outcome)
    return outcome


def _processes(letter_timeout: float, worker_memory: int) -> ProcessWorkers:
    with _starting:  # threads of one worker share the processes
        return _made(letter_timeout, worker_memory)


@lru_cache(maxsize=1)
def _made(letter_timeout: float, worker_memory: int) -> ProcessWorkers:
    multiprocessing.current_process().daemon = False  # Dask's nanny makes its workers such, and those may have no child
    processes = ProcessWorkers(BatchConfig(letter_timeout=letter_timeout, worker_memory=worker_memory))
    atexit.register(processes.kill)
    return processes


def read_brought(task: Task, source: bytes | Shared, reader: Reader, config: Config) -> Outcome:
    """Read a file of another machine from its content; what is found names the file where it came from."""
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        here = Path(folder) / task.path.name
        try:
            if isinstance(source, Shared):
                _fetch(source, here, task)
            else:
                here.write_bytes(source)
        except Exception as error:  # noqa: BLE001 - the letter is isolated, whatever kind of storage raises
            return Outcome(task, error=as_failure(error, str(task.path)))
        outcome = read_one(replace(task, path=here), reader, config)
    if outcome.error is not None:
        outcome.error.where = outcome.error.where.replace(str(here), str(task.path))
    return Outcome(task, tuple(_coming_from(task.path, record) for record in outcome.records), outcome.error)


def _coming_from(path: Path, record: Record) -> Record:
    scan = replace(record.letter.scan, path=path)
    return replace(record, letter=replace(record.letter, scan=scan))


def _fetch(source: Shared, here: Path, task: Task) -> None:
    """Copy a file from where it is shared.

    Raises:
        MissingDependency, ConfigError: nothing here knows that kind of URL.
        NotReadable: it is not there, or is not what was planned to be read.
    """
    files, root = _files(source.url)
    digest = hashlib.sha256()
    with here.open("wb") as copy:
        for chunk in _chunks(files, f"{root.rstrip('/')}/{source.inside}", task):
            digest.update(chunk)
            copy.write(chunk)
    if task.sha256 not in {None, digest.hexdigest()}:
        hint = "check that batch.shared_url and batch.shared_root are the same folder"
        message = f"what lies under {source.url} is not the same file"
        raise NotReadable(message, hint=hint, where=str(task.path))


def _files(url: str) -> tuple[Any, str]:
    """The file system behind a URL, and the path in it. Names of files never go through it: they may look like URLs."""
    try:
        core = importlib.import_module("fsspec.core")  # comes with Dask, an extra
        files, root = core.url_to_fs(url)
    except ImportError as e:
        hint = "install it on every worker: `pip install s3fs` for s3, `pip install paramiko` for sftp"
        raise MissingDependency(f"what {url} needs is not installed: {e}", hint=hint) from e
    except ValueError as e:
        hint = "use s3://bucket/folder, sftp://host/folder or file:///folder"
        raise ConfigError(f"batch.shared_url is not understood: {e}", hint=hint) from e
    return files, str(root)


def _chunks(files: Any, path: str, task: Task) -> Iterator[bytes]:  # noqa: ANN401 - fsspec has no types
    try:
        with files.open(path, "rb") as shared:
            while chunk := shared.read(_CHUNK):
                yield chunk
    except OSError as e:
        hint = "check that the workers may read batch.shared_url, then: congvan retry"
        raise NotReadable(f"the file cannot be fetched: {e}", hint=hint, where=str(task.path)) from e
