"""The same batch on a real Dask scheduler with workers of its own processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import BatchResult, Progress, ingest
from pipeline.batch.cluster import ClusterWorkers
from pipeline.batch.ingest import Report
from pipeline.config import BatchConfig, Config, StoreConfig
from pipeline.errors import Bug, ClusterLost, ConfigError, DamagedFile, LetterTimeout, WorkerDied
from pipeline.store import open_store
from tests import fakes

distributed: Any = pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]
LETTERS = 12


@dataclass(frozen=True, slots=True)
class Cluster:
    address: str
    workers: list[subprocess.Popen[bytes]]


def _dask(*arguments: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, "-m", "dask", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def started(folder: Path, *options: str) -> Iterator[Cluster]:
    """A scheduler and two workers of one thread each."""
    contact = folder / "scheduler.json"
    quiet = ("--no-dashboard", "--scheduler-file", str(contact))
    with ExitStack() as stack:
        processes = [_dask("scheduler", "--host", "127.0.0.1", "--port", "0", *quiet)]
        processes += [
            _dask("worker", "--nthreads", "1", "--local-directory", str(folder), *options, *quiet) for _ in range(2)
        ]
        for process in processes:
            stack.callback(process.wait)
            stack.callback(process.terminate)
        yield Cluster(_address(contact), processes[1:])


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Workers under a nanny, as Dask starts them unless told otherwise."""
    with started(tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


def _address(contact: Path) -> str:
    with distributed.Client(scheduler_file=str(contact), timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        return str(client.scheduler.address)


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for i in range(LETTERS):
        (folder / f"slow-{i}.txt").write_text(f"{i}/KH-UBND", encoding="utf-8")
    return folder


def read(box: Path, batch: BatchConfig, report: Report = lambda _: None) -> BatchResult:
    return ingest([box], box.parent / "letters.db", Config(batch=batch), report, fakes.obedient_reader)


WAYS: dict[str, Callable[[Path], BatchConfig]] = {
    "paths": lambda _: BatchConfig(shared_paths=True),
    "bytes": lambda _: BatchConfig(),
    "url": lambda box: BatchConfig(shared_url=f"file://{box}", shared_root=str(box)),
}


@pytest.mark.parametrize("way", WAYS)
def test_letters_are_read_elsewhere_and_stored_here(cluster: Cluster, box: Path, way: str) -> None:
    (box / "bad-1.txt").write_text("x")
    (box / "bug-1.txt").write_text("y")
    result = read(box, replace(WAYS[way](box), cluster=cluster.address))
    assert result.files == LETTERS
    assert {type(failure.error) for failure in result.failed} == {DamagedFile, Bug}
    assert {failure.error.where for failure in result.failed} == {str(box / "bad-1.txt"), str(box / "bug-1.txt")}
    with open_store(box.parent / "letters.db", StoreConfig(), read_only=True) as store:
        assert {row["source_path"] for row in store.db["documents"].rows} == {str(p) for p in box.glob("slow-*")}


def test_a_letter_that_hangs_or_crashes_costs_no_worker_of_the_cluster(cluster: Cluster, box: Path) -> None:
    (box / "hangs-1.txt").write_text("a text that is longer than the others")
    (box / "dies-1.txt").write_text("y")
    result = read(box, BatchConfig(cluster=cluster.address, letter_timeout=8.0))
    assert result.files == LETTERS
    assert {failure.path.name: type(failure.error) for failure in result.failed} == {
        "hangs-1.txt": LetterTimeout,
        "dies-1.txt": WorkerDied,
    }
    assert all(process.poll() is None for process in cluster.workers)


def test_a_worker_that_is_killed_loses_no_letter(tmp_path: Path, box: Path) -> None:
    with started(tmp_path, "--no-nanny") as cluster:

        def kill_one(progress: Progress) -> None:
            if progress.done == 3:
                cluster.workers[0].kill()

        result = read(box, BatchConfig(cluster=cluster.address), kill_one)
    assert (result.files, result.exit_code) == (LETTERS, 0)


def test_a_cluster_without_workers_is_given_up(tmp_path: Path, box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster._NOBODY", 1.0)
    with started(tmp_path, "--no-nanny") as cluster:
        for process in cluster.workers:
            process.kill()
        with pytest.raises(ClusterLost, match="no worker"):
            read(box, BatchConfig(cluster=cluster.address))


def test_a_scheduler_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster._PATIENCE", "1s")
    with pytest.raises(ClusterLost, match="no scheduler answers"):
        ClusterWorkers(BatchConfig(cluster="tcp://127.0.0.1:9"))


def test_a_url_without_its_folder_is_refused() -> None:
    with pytest.raises(ConfigError, match="shared_root"):
        ClusterWorkers(BatchConfig(cluster="tcp://127.0.0.1:9", shared_url="s3://letters"))
