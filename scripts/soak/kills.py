"""A batch killed again and again, as a whole or in parts: its exports must equal those of an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.config import StoreConfig
from pipeline.errors import CongvanError
from pipeline.intake import find_scans
from pipeline.store import EXPORTS, open_store
from scripts.soak import Trial
from scripts.soak.processes import Process, below
from scripts.soak.scratch import own_scratch

_SHORTEST, _LONGEST = 0.02, 0.2  # of the time of an undisturbed run, between two kills
_LONGER = 20  # after so many kills they are twice that: the longest letter must have its chance
_PROGRAMS = frozenset({"tesseract", "pdfinfo", "pdfimages", "pdftotext", "pdftoppm"})
_MOST_RUNS = 5  # undisturbed, to make good what died
_PATIENCE = 30.0  # seconds in which a killed batch must have tidied up
_FAILED = 8
_OF_A_RUN = frozenset({"failures"})  # counts attempts


def kill(sources: Sequence[Path], pages: int, scans: int) -> Trial:
    """Kill a batch of that many pages, a few of them scans, at random instants until it is through, and compare.

    What is killed is the batch itself, one of its workers, or a program that a worker has started.

    Raises:
        CongvanError: the undisturbed run did not read every letter: there is nothing to compare with.
    """
    with tempfile.TemporaryDirectory() as name, own_scratch(Path(name)) as scratch:
        folder = Path(name)
        box = folder / "letters"
        _fill(box, sources, pages, scans)
        started = time.monotonic()
        if _batch(box, folder / "whole.db").wait():
            raise CongvanError("the undisturbed run failed", hint="congvan ingest says why", where=str(box))
        undisturbed = time.monotonic() - started
        kills = _until_through(box, folder / "broken.db", undisturbed, random.Random(1))
        lost, stored = _compare(folder / "whole.db", folder / "broken.db")
        left = _left(scratch)
    note = ", ".join(f"{what} killed {times}" for what, times in kills.most_common())
    return Trial("pages, killed", stored, stored - min(lost, stored), lost + len(left), f"{note}; {len(left)} strays")


def _fill(box: Path, sources: Sequence[Path], pages: int, scans: int) -> None:
    """A folder of letters of one page each, with some scans among them."""
    box.mkdir()
    for number in range(pages):
        text = f"ỦY BAN NHÂN DÂN XÃ SÔNG NGỌC\nSố: {number}/TB-UBND\nTHÔNG BÁO\nVề việc họp lần {number}"
        (box / f"{number}.txt").write_text(text, encoding="utf-8")
    images = [path for path in find_scans(sources) if path.suffix.lower() != ".txt"]
    for path in sorted(images, key=lambda path: path.stat().st_size)[:scans]:
        (box / path.name).symlink_to(path.absolute())


def _until_through(box: Path, database: Path, seconds: float, chance: random.Random) -> Counter[str]:
    """Run the batch, which takes so many seconds undisturbed, and kill until it is through; what was killed."""
    kills: Counter[str] = Counter()
    batch = _batch(box, database)
    while True:
        longer = 1 + kills.total() / _LONGER
        try:
            status = batch.wait(chance.uniform(_SHORTEST, _LONGEST) * seconds * longer)
        except subprocess.TimeoutExpired:
            kills[_kill_something(batch, chance)] += 1
            if batch.poll() is not None:
                batch = _batch(box, database)
            continue
        if status not in {0, _FAILED}:
            raise CongvanError(f"the batch ended with status {status}", hint="run it by hand", where=str(box))
        break
    for _ in range(_MOST_RUNS):
        if _batch(box, database).wait() == 0:
            break
    return kills


def _kill_something(batch: subprocess.Popen[bytes], chance: random.Random) -> str:
    """Kill the batch, or something below it, and say what it was."""
    running = below(batch.pid)
    workers = [process for process in running if _is_worker(process, running)]
    programs = [process for process in running if process.name in _PROGRAMS]
    what = chance.choice(["the batch", "the batch", "a worker", "a program"])
    victims = {"a worker": workers, "a program": programs}.get(what, [])
    if victims:
        with suppress(ProcessLookupError):
            os.kill(chance.choice(victims).pid, signal.SIGKILL)
        return what
    batch.kill()
    batch.wait()
    return "the batch"


def _is_worker(process: Process, running: Sequence[Process]) -> bool:
    """Whether it was forked by a process that was itself started by the batch."""
    return any(other.pid == process.parent and other.name == process.name for other in running)


def _batch(box: Path, database: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "ingest", str(box), "--db", str(database)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def _compare(whole: Path, broken: Path) -> tuple[int, int]:
    """How many rows of all exports differ, and how many pages were stored."""
    with (
        open_store(whole, StoreConfig(), read_only=True) as one,
        open_store(broken, StoreConfig(), read_only=True) as two,
    ):
        differing = 0
        for what in set(EXPORTS) - _OF_A_RUN:
            rows = [Counter(json.dumps(row) for row in store.export(what)) for store in (one, two)]
            differing += max((rows[0] - rows[1]).total(), (rows[1] - rows[0]).total())
        return differing, sum(1 for _ in one.export("pages"))


def _left(scratch: Path) -> list[str]:
    """What the batches left behind when they had time to tidy up."""
    deadline = time.monotonic() + _PATIENCE
    while list(scratch.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return [path.name for path in scratch.iterdir()]
