"""The same batch on a real Dask scheduler with workers of its own processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import Progress, ingest
from pipeline.batch.cluster import ClusterWorkers
from pipeline.config import BatchConfig, Config
from pipeline.errors import Bug, ClusterLost, DamagedFile
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


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler and two workers of one thread each."""
    contact = tmp_path / "scheduler.json"
    quiet = ("--no-dashboard", "--scheduler-file", str(contact))
    with ExitStack() as stack:
        started = [_dask("scheduler", "--host", "127.0.0.1", "--port", "0", *quiet)]
        started += [
            _dask("worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path), *quiet)
            for _ in range(2)
        ]
        for process in started:
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield Cluster(_address(contact), started[1:])


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


def settings(cluster: Cluster, *, shared_paths: bool) -> Config:
    return Config(batch=BatchConfig(cluster=cluster.address, shared_paths=shared_paths))


@pytest.mark.parametrize("shared_paths", [True, False], ids=["paths", "bytes"])
def test_letters_are_read_elsewhere_and_stored_here(cluster: Cluster, box: Path, *, shared_paths: bool) -> None:
    (box / "bad-1.txt").write_text("x")
    (box / "bug-1.txt").write_text("y")
    config = settings(cluster, shared_paths=shared_paths)
    result = ingest([box], box.parent / "letters.db", config, lambda _: None, fakes.obedient_reader)
    assert result.files == LETTERS
    assert {type(failure.error) for failure in result.failed} == {DamagedFile, Bug}
    assert {failure.error.where for failure in result.failed} == {str(box / "bad-1.txt"), str(box / "bug-1.txt")}
    with open_store(box.parent / "letters.db", config.store, read_only=True) as store:
        assert {row["source_path"] for row in store.db["documents"].rows} == {str(p) for p in box.glob("slow-*")}


def test_a_worker_that_is_killed_loses_no_letter(cluster: Cluster, box: Path) -> None:
    def kill_one(progress: Progress) -> None:
        if progress.done == 3:
            cluster.workers[0].send_signal(signal.SIGKILL)

    config = settings(cluster, shared_paths=True)
    result = ingest([box], box.parent / "letters.db", config, kill_one, fakes.obedient_reader)
    assert (result.files, result.exit_code) == (LETTERS, 0)


def test_a_scheduler_that_does_not_answer_is_told(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.batch.cluster._PATIENCE", "1s")
    with pytest.raises(ClusterLost, match="no scheduler answers"):
        ClusterWorkers(BatchConfig(cluster="tcp://127.0.0.1:9"))
