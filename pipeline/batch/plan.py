"""What there is to do: the files in a good order, without those whose content is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.batch.outcome import Known, Outcome, Task
from pipeline.errors import CongvanError, NothingToRead
from pipeline.intake import content_hash, find_scans


def find_tasks(paths: Sequence[Path]) -> list[Task]:
    """The files to read, the largest first, so that no worker is left alone with a bundle at the end.

    Raises:
        NothingToRead: there is no scan where the paths point.
        NotReadable: a path is not there.
    """
    found = {path.absolute(): None for path in find_scans(paths)}
    tasks = [Task(path, _size(path)) for path in found]
    if not tasks:
        where = ", ".join(map(str, paths))
        raise NothingToRead("no scan was found", hint="PDF, TIFF, PNG, JPEG and text files are read", where=where)
    return sorted(tasks, key=lambda task: (-task.size, task.path))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # opening it will tell what is wrong with it


def unread(tasks: Iterable[Task], stored: Callable[[str], str | None]) -> Iterator[Task | Known | Outcome]:
    """The tasks with their hashes, one at a time; in place of those that need no reading, what is known of them.

    Args:
        tasks: the files.
        stored: gives the id of the stored letter with a hash, or None.
    """
    first: dict[bytes, Path] = {}
    for task in tasks:
        yield _identified(task, first, stored)


def _identified(task: Task, first: dict[bytes, Path], stored: Callable[[str], str | None]) -> Task | Known | Outcome:
    try:
        sha256 = content_hash(task.path)
    except CongvanError as error:
        return Outcome(Task(Path(error.where), task.size), error=error)  # its name in letters that can be stored
    task = Task(task.path, task.size, sha256)
    earlier = first.setdefault(bytes.fromhex(sha256), task.path)
    if earlier != task.path:
        return Known(task, str(earlier), in_batch=True)
    document = stored(sha256)
    return task if document is None else Known(task, document, in_batch=False)
