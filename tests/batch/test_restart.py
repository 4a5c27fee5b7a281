"""Whatever happens to a batch, however often, running it again gives what an undisturbed run gives."""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.batch import Progress, ingest
from pipeline.config import BatchConfig, Config, StoreConfig
from pipeline.errors import StoreError
from pipeline.store import EXPORTS, open_store
from tests import fakes

LETTERS = 6
CONFIG = Config(batch=BatchConfig(jobs=2), store=StoreConfig(busy_timeout=0.05))
ATTEMPTS = "failures"  # counts how often a file failed, which is not the same with and without faults


class PowerCut(Exception):
    """The batch ends here, wherever it is."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """What happens after how many letters."""

    what: str
    after: int


def _interrupt(_: sqlite3.Connection) -> None:
    raise KeyboardInterrupt


def _cut(_: sqlite3.Connection) -> None:
    raise PowerCut


def _kill_workers(_: sqlite3.Connection) -> None:
    for worker in multiprocessing.active_children():
        worker.kill()


def _lock(other: sqlite3.Connection) -> None:
    other.execute("BEGIN IMMEDIATE")


DEEDS: dict[str, Callable[[sqlite3.Connection], None]] = {
    "Ctrl-C": _interrupt,
    "power cut": _cut,
    "workers killed": _kill_workers,
    "database locked": _lock,
}
disturbances = st.builds(Disturbance, st.sampled_from(sorted(DEEDS)), st.integers(1, LETTERS))


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("letters")
    for i in range(LETTERS - 1):
        (folder / f"good-{i}.txt").write_text(f"{i}/KH-UBND phát triển phong trào", encoding="utf-8")
    (folder / "bad-1.txt").write_text("x")
    return folder


@pytest.fixture(scope="module")
def undisturbed(box: Path, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    database = tmp_path_factory.mktemp("undisturbed") / "letters.db"
    ingest([box], database, CONFIG, lambda _: None, fakes.obedient_reader)
    return list(exported(database))


def exported(database: Path) -> Iterator[object]:
    with open_store(database, CONFIG.store, read_only=True) as store:
        for what in EXPORTS:
            if what != ATTEMPTS:
                yield what, list(store.export(what))


def disturb(box: Path, database: Path, happening: Disturbance) -> None:
    """A batch during which it happens, to whatever end."""
    with closing(sqlite3.connect(database, isolation_level=None, check_same_thread=False)) as other:

        def happen(progress: Progress) -> None:
            if progress.done == happening.after:
                DEEDS[happening.what](other)

        with suppress(PowerCut, StoreError):
            ingest([box], database, CONFIG, happen, fakes.obedient_reader)


@settings(max_examples=5)
@given(happenings=st.lists(disturbances, min_size=1, max_size=3))
def test_disturbed_and_run_again_equals_an_undisturbed_run(
    box: Path, undisturbed: list[object], happenings: list[Disturbance]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "letters.db"
        for happening in happenings:
            disturb(box, database, happening)
        result = ingest([box], database, CONFIG, lambda _: None, fakes.obedient_reader)
        assert [failure.path.name for failure in result.failed] == ["bad-1.txt"]
        assert list(exported(database)) == undisturbed
