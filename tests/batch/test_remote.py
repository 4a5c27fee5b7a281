"""How the content of a letter comes to another machine, and what can go wrong on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch.outcome import Outcome, Task
from pipeline.batch.remote import Shared, read_brought, source_of
from pipeline.config import BatchConfig, Config
from pipeline.errors import ConfigError, DamagedFile, MissingDependency, NotReadable
from tests import fakes

fsspec: Any = pytest.importorskip("fsspec")
CONTENT = b"1/KH-UBND"
TASK = Task(Path("/srv/scans/2023/good-1.txt"), len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
PLACE = Shared("memory://bucket/scans", "2023/good-1.txt")


@pytest.fixture
def storage() -> Iterator[Any]:
    """A storage that is no folder, empty before and after."""
    storage = fsspec.filesystem("memory")
    yield storage
    storage.rm("/", recursive=True)


def brought(source: bytes | Shared, task: Task = TASK) -> Outcome:
    return read_brought(task, source, fakes.obedient_reader, Config())


def test_a_letter_is_fetched_from_where_it_is_shared(storage: Any) -> None:
    storage.pipe("/bucket/scans/2023/good-1.txt", CONTENT)
    outcome = brought(PLACE)
    assert outcome.error is None
    assert [record.letter.scan.path for record in outcome.records] == [TASK.path]


def test_what_is_found_in_bytes_names_the_file_where_it_came_from() -> None:
    outcome = brought(CONTENT, Task(Path("/srv/scans/bad-1.txt"), 9))
    assert isinstance(outcome.error, DamagedFile)
    assert outcome.error.where == "/srv/scans/bad-1.txt"


def test_another_file_under_the_url_is_not_taken_for_the_letter(storage: Any) -> None:
    storage.pipe("/bucket/scans/2023/good-1.txt", b"2/KH-UBND")
    outcome = brought(PLACE)
    assert isinstance(outcome.error, NotReadable)
    assert outcome.records == ()


@pytest.mark.usefixtures("storage")
def test_a_file_that_is_not_there_is_told() -> None:
    error = brought(PLACE).error
    assert isinstance(error, NotReadable)
    assert error.where == str(TASK.path)


def test_a_kind_of_url_that_nobody_knows_is_told() -> None:
    assert isinstance(brought(Shared("nfs4://nas/scans", "a.txt")).error, ConfigError)


@pytest.mark.skipif(find_spec("s3fs") is not None, reason="the package is installed")
def test_a_package_that_is_missing_is_named() -> None:
    error = brought(Shared("s3://bucket/scans", "a.txt")).error
    assert isinstance(error, MissingDependency)
    assert "s3fs" in error.hint


def test_a_name_that_looks_like_a_url_is_a_name(storage: Any) -> None:
    name = "simplecache::file:/etc/good-1.txt"
    storage.pipe(f"/bucket/scans/{name}", CONTENT)
    assert brought(Shared(PLACE.url, name)).error is None


SOURCES = {
    "bytes": (BatchConfig(), CONTENT),
    "paths": (BatchConfig(shared_paths=True), None),
    "url": (BatchConfig(shared_url="s3://scans/", shared_root="{box}"), Shared("s3://scans/", "2023/good-1.txt")),
    "bytes of a file outside": (BatchConfig(shared_url="s3://scans/", shared_root="{box}/elsewhere"), CONTENT),
}


@pytest.mark.parametrize("way", SOURCES)
def test_the_settings_say_how_a_letter_travels(tmp_path: Path, way: str) -> None:
    path = tmp_path / "2023" / "good-1.txt"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    settings, source = SOURCES[way]
    placed = BatchConfig(
        shared_paths=settings.shared_paths,
        shared_url=settings.shared_url,
        shared_root=settings.shared_root.format(box=tmp_path),
    )
    assert source_of(Task(path, len(CONTENT)), placed) == source
