"""What the batch itself costs: one worker against two, a cluster against processes, a long queue, hostile files.

    python -m scripts.bench.scaling workers corpus/scans --rounds 3
    python -m scripts.bench.scaling hostile corpus/scans --rounds 3
    python -m scripts.bench.scaling queue --letters 100000

`workers` reads the same scans with one worker, two, and a Dask cluster of two workers on this machine, in turn, round
after round, so that what else the machine does falls on all alike; the cluster is warm, as a service would be.
`hostile` reads good letters alone, then so many hostile files with them that every tenth file is one. Both print pages
a minute by the clock and seconds of processor a page; the latter tell the overhead on a machine that is not idle.
`queue` prints the most memory of the process that plans and writes, over letters whose reader does next to nothing.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.batch import Progress, ingest
from pipeline.config import BatchConfig, Config
from pipeline.intake import find_scans
from pipeline.nouns import Letter, MediaType, PageText, Record, Scan
from scripts.bench.hostile import write_hostile
from scripts.soak.processes import below, peak

_SUBREAPER = 36  # PR_SET_CHILD_SUBREAPER of Linux: processes whose parents ended become ours, and their time is told
_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY = 10  # of so many files one is hostile


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading a folder took."""

    pages: int
    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processor of all processes."""


Way = Callable[[], Cost]


def read(box: Path, options: Sequence[str], cluster: Sequence[int] = ()) -> Cost:
    """Read a folder into a new database; `cluster` names processes that work for it and stay."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "letters.db"
        command = [sys.executable, "-m", "pipeline", "ingest", str(box), "--db", str(database), *options]
        before, started = _cpu(cluster), time.perf_counter()
        status = subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode
        wall = time.perf_counter() - started
        _reap_others(cluster)
        if status not in {0, 8}:
            sys.exit(f"{' '.join(command)} ended with status {status}")
        with closing(sqlite3.connect(database)) as db:
            (pages,) = db.execute("SELECT count(*) FROM pages").fetchone()
        return Cost(pages, wall, _cpu(cluster) - before)


def _cpu(cluster: Sequence[int]) -> float:
    """Seconds of processor that ended children took so far, and the processes of the cluster with theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    pids = {*cluster, *(process.pid for pid in cluster for process in below(pid))}
    return usage.ru_utime + usage.ru_stime + sum(_ticks(pid) for pid in pids) / _TICKS


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0  # it has ended
    return sum(map(int, fields[11:15]))  # its own and its ended children's, as user and in the kernel


def _reap_others(cluster: Sequence[int]) -> None:
    """Wait for the workers of a batch, whose parent has ended, so that their time is counted."""
    stay = {*cluster, *(process.pid for pid in cluster for process in below(pid))}
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            if all(process.pid in stay for process in below(os.getpid())):
                return
            time.sleep(0.02)


def compare(ways: Mapping[str, Way], rounds: int) -> None:
    """Run the ways in turn, and print each beside the one before it."""
    costs: dict[str, list[Cost]] = {name: [] for name in ways}
    for number in range(rounds):
        for name, way in ways.items():
            costs[name].append(way())
            print(f"  round {number + 1}: {name}: {costs[name][-1].wall:.1f} s", file=sys.stderr, flush=True)
    print(f"{'':<24}{'pages':>6}{'pages/min':>11}{'(min to max)':>18}{'CPU s/page':>12}{'time, beside the last':>24}")
    last: list[Cost] = []
    for name, own in costs.items():
        rates = [60 * cost.pages / cost.wall for cost in own]
        cpu = statistics.median(cost.cpu / cost.pages for cost in own)
        ratio = statistics.median(a.wall / b.wall for a, b in zip(own, last, strict=True)) if last else 1.0
        spread = f"{min(rates):.1f} to {max(rates):.1f}"
        print(f"{name:<24}{own[0].pages:>6}{statistics.median(rates):>11.1f}{spread:>18}{cpu:>12.2f}{ratio:>24.2f}")
        last = own


def copies(scans: Sequence[Path], count: int, box: Path) -> Path:
    """That many scans in a new folder, each with its own content; the smaller ones first."""
    sources = sorted(find_scans(scans), key=lambda path: path.stat().st_size)
    box.mkdir()
    for number in range(count):
        source = sources[number % len(sources)]
        place = box / f"{number}{source.suffix}"
        place.write_bytes(source.read_bytes() + b"\n%" + str(number).encode())
    return box


def workers(scans: Sequence[Path], letters: int, rounds: int) -> None:
    """One worker, two, and a cluster of two."""
    with tempfile.TemporaryDirectory() as name, _cluster(Path(name)) as (address, pids):
        box = copies(scans, letters, Path(name) / "letters")
        read(copies(scans, 4, Path(name) / "warm"), ["--cluster", address], pids)
        ways: dict[str, Way] = {
            "one worker": lambda: read(box, ["--jobs", "1"], pids),
            "two workers": lambda: read(box, ["--jobs", "2"], pids),
            "Dask, two workers": lambda: read(box, ["--cluster", address], pids),
        }
        compare(ways, rounds)


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, list[int]]]:
    """A scheduler and two workers of one thread each; its address and their process numbers."""
    distributed: Any = importlib.import_module("distributed")  # an extra
    contact = folder / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = ["--no-dashboard", "--scheduler-file", str(contact)]
    worker = ["worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    with ExitStack() as stack:
        pids = []
        for arguments in (["scheduler", "--host", "127.0.0.1", "--port", "0"], worker, worker):
            process = subprocess.Popen([*dask, *arguments, *quiet], stderr=subprocess.DEVNULL)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            pids.append(process.pid)
        with distributed.Client(scheduler_file=str(contact), timeout="120s", set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
            address = str(client.scheduler.address)
        yield address, pids


def hostile(scans: Sequence[Path], letters: int, rounds: int) -> None:
    """Good letters alone, and with a hostile file for every nine of them."""
    with tempfile.TemporaryDirectory() as name:
        good = copies(scans, letters, Path(name) / "good")
        mixed = copies(scans, letters, Path(name) / "mixed")
        scan = next(path for path in find_scans(scans) if path.suffix == ".pdf")
        for number in range(letters // (_EVERY - 1)):
            write_hostile(mixed, number, scan)
        ways: dict[str, Way] = {
            "good letters": lambda: read(good, ["--jobs", "2"]),
            "every tenth hostile": lambda: read(mixed, ["--jobs", "2"]),
        }
        compare(ways, rounds)


def name_only(path: Path, config: Config) -> tuple[Record, ...]:
    """A reader that does next to nothing: a letter of one page without a word."""
    content = path.read_bytes()
    scan = Scan(path, hashlib.sha256(content).hexdigest(), MediaType.TEXT, len(content), 1)
    return (Record(Letter(scan, (PageText(1, (), width=2480, height=3508, dpi=300),)), ()),)


def queue(letters: int, read_only: int) -> None:
    """The memory of the process that plans and writes, until that many of the letters were read."""
    with tempfile.TemporaryDirectory() as name:
        box = Path(name) / "letters"
        for number in range(letters):
            place = box / f"{number // 1000}" / f"{number}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(f"{number}/KH-UBND")
        started = time.perf_counter()

        def tell(progress: Progress) -> None:
            if progress.done % max(read_only // 20, 1) == 0:
                seconds = time.perf_counter() - started
                print(f"{progress.done:>9,} letters  {seconds:>7.0f} s  {peak(os.getpid()):>5} MB", flush=True)
            if progress.done == read_only:
                raise KeyboardInterrupt

        result = ingest([box], Path(name) / "letters.db", Config(batch=BatchConfig(jobs=2)), tell, name_only)
        print(f"{result.files:,} of {letters:,} stored, {result.to_review:,} to review")
        print(f"at most {peak(os.getpid())} MB, the closing summary included")


def main() -> None:
    """Run one of the benches."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", choices=["workers", "hostile", "queue"])
    parser.add_argument("scans", nargs="*", type=Path)
    parser.add_argument("--letters", type=int, default=36)
    parser.add_argument("--stop-after", type=int, default=sys.maxsize, help="letters of the queue that are read")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    if chosen.bench == "queue":
        queue(chosen.letters, min(chosen.stop_after, chosen.letters))
    else:
        {"workers": workers, "hostile": hostile}[chosen.bench](chosen.scans, chosen.letters, chosen.rounds)


if __name__ == "__main__":
    main()
