"""Whatever stops a batch, running it again gives what an undisturbed run gives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.store import open_store
from tests.batch.contents import content, failed

ROOT = Path(__file__).parents[2]
LETTERS = 12


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    for i in range(LETTERS):
        (folder / f"slow-{i}.txt").write_text(f"{i}/KH-UBND phát triển phong trào thi đua", encoding="utf-8")
    (folder / "bad-1.txt").write_text("x")
    return folder


@contextmanager
def running(box: Path, database: Path, reader: str = "obedient_reader") -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.batch.driver", str(box), str(database), reader]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as batch:
        try:
            yield batch
        finally:
            if batch.poll() is None:
                os.killpg(batch.pid, signal.SIGKILL)


def finish(box: Path, database: Path) -> int:
    with running(box, database) as batch:
        batch.communicate()
        return batch.returncode


def after(batch: subprocess.Popen[str], letters: int) -> None:
    """Wait until that many letters are done."""
    assert batch.stdout is not None
    for line in batch.stdout:
        if int(line) >= letters:
            return


def left_in_session(session: int) -> list[str]:
    """Commands of the processes that still run in that session."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(command)
    return found


def wait_until_gone(session: int) -> list[str]:
    deadline = time.monotonic() + 20
    while left_in_session(session) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left_in_session(session)


@pytest.fixture(scope="module")
def unbroken(box: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an undisturbed run."""
    database = tmp_path_factory.mktemp("unbroken") / "letters.db"
    assert finish(box, database) == 8
    return database


@pytest.mark.parametrize("letters", [1, 7])
def test_killed_and_run_again_equals_an_unbroken_run(box: Path, unbroken: Path, tmp_path: Path, letters: int) -> None:
    broken = tmp_path / "broken.db"
    with running(box, broken) as batch:
        after(batch, letters)
        batch.send_signal(signal.SIGKILL)
        batch.wait()
        assert wait_until_gone(batch.pid) == []
    assert len(content(broken)["documents"]) < LETTERS
    assert finish(box, broken) == 8
    assert content(broken) == content(unbroken)
    assert failed(broken) == failed(unbroken) == ["bad-1.txt"]


def test_an_interrupted_batch_keeps_what_was_read_and_leaves_nobody_behind(box: Path, tmp_path: Path) -> None:
    database = tmp_path / "letters.db"
    with running(box, database) as batch:
        after(batch, 2)
        os.killpg(batch.pid, signal.SIGINT)  # as the terminal does: to the whole group
        assert batch.wait(timeout=30) == 130
        assert wait_until_gone(batch.pid) == []
    with open_store(database, StoreConfig(), read_only=True) as store:
        (run,) = store.db["runs"].rows
        assert run["interrupted"] == 1
        assert 1 <= run["read"] < LETTERS
    assert finish(box, database) == 8
    assert len(content(database)["documents"]) == LETTERS


def test_two_batches_at_once_read_every_letter_once(box: Path, unbroken: Path, tmp_path: Path) -> None:
    database = tmp_path / "letters.db"
    with running(box, database) as first, running(box, database) as second:
        first.communicate()
        second.communicate()
        assert (first.returncode, second.returncode) == (8, 8)
    assert content(database) == content(unbroken)
    with open_store(database, StoreConfig(), read_only=True) as store:
        assert sum(run["read"] for run in store.db["runs"].rows) == LETTERS
