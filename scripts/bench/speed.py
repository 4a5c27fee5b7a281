"""Pages a minute, CPU, memory and word errors of congvan, OCRmyPDF and bare Tesseract on the same scans, in one run.

    python -m scripts.bench.speed --qualities office bad --letters 12
    python -m scripts.bench.speed my-scans

Scans are those of our own letters, made where they are missing, or those of folders, with gold (`NAME.json` with
`text`) beside each. Every program gets two workers and one thread each. A program that is not installed is named and
left out. Written are a table, `speed.md`, and two plots, `speed.svg` and `errors.svg`. On a machine that does other
work too, seconds of CPU tell more than pages a minute.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import IntakeConfig
from pipeline.intake import open_scan
from pipeline.metrics.text import wer
from pipeline.web.charts import bars
from scripts.letters import scans_of, split, spread
from scripts.make_scans.profiles import PROFILES

WORKERS = 2
_PR_SET_CHILD_SUBREAPER = 36
"""Of Linux, `prctl(2)`."""
_SCANS = frozenset({".pdf", ".tif"})


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took: seconds on the wall and on the CPU, and the largest process, in megabytes."""

    wall: float
    cpu: float
    peak: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.peak, other.peak))


@dataclass(frozen=True, slots=True)
class Result:
    """One program over one folder of scans."""

    program: str
    folder: str
    pages: int
    cost: Cost
    errors: float
    """Median word error rate over the letters."""

    @property
    def rate(self) -> float:
        """Pages a minute."""
        return 60 * self.pages / self.cost.wall


def run(command: Sequence[str], fine: Collection[int] = (0,)) -> Cost:
    """Run a command to its end and say what it and all that it started took; its output goes nowhere.

    A status that is not `fine` ends the program.
    """
    _adopt_orphans()
    started = time.perf_counter()
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=nowhere, stderr=nowhere, env=environment, start_new_session=True) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in fine:
        sys.exit(f"{' '.join(command)} ended with status {process.returncode}")
    wall = time.perf_counter() - started
    own = Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
    return sum(_left_behind(process.pid), start=own)


def _adopt_orphans() -> None:
    """Processes whose parent ends become this one's: the workers of a batch hang on a server that nobody waits for."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def _left_behind(group: int) -> Iterator[Cost]:
    """What the processes of a group took that outlived the one that started them."""
    while True:
        try:
            _, _, usage = os.wait4(-group, 0)
        except ChildProcessError:
            return
        yield Cost(0.0, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


Texts = dict[str, str]
"""What was read, by the scan's name without suffix."""


def congvan(scans: list[Path], folder: Path) -> tuple[Cost, Texts]:
    """The whole of congvan, into a database: reading, cleaning, repair, extraction and storing."""
    database = folder / "letters.db"
    program = str(Path(sys.executable).with_name("congvan"))
    cost = run([program, "ingest", *map(str, scans), "--db", str(database), "--jobs", str(WORKERS)])
    with sqlite3.connect(database) as db:
        rows = db.execute(
            "select source_name, text from pages join documents on id = document_id order by document_id, page_no"
        ).fetchall()
    texts: Texts = {}
    for name, text in rows:
        texts[Path(name).stem] = texts.get(Path(name).stem, "") + "\n" + text
    return cost, texts


def ocrmypdf(*flags: str) -> Callable[[list[Path], Path], tuple[Cost, Texts]]:
    """OCRmyPDF with these flags, one file after the other, as its users run it."""

    def read(scans: list[Path], folder: Path) -> tuple[Cost, Texts]:
        cost, texts = Cost(0, 0, 0), Texts()
        for scan in scans:
            sidecar = folder / f"{scan.stem}.txt"
            command = [
                "ocrmypdf",
                "--jobs",
                str(WORKERS),
                "-l",
                "vie",
                "--output-type",
                "pdf",
                "--optimize",
                "0",
                *flags,
            ]
            cost += run([*command, "--sidecar", str(sidecar), str(scan), str(folder / f"{scan.stem}.pdf")])
            texts[scan.stem] = sidecar.read_text(encoding="utf-8")
        return cost, texts

    return read


def tesseract_alone(language: str) -> Callable[[list[Path], Path], tuple[Cost, Texts]]:
    """Poppler at 300 dpi and one Tesseract a page, nothing else: the floor that everyone stands on."""

    def read(scans: list[Path], folder: Path) -> tuple[Cost, Texts]:
        render = Cost(0, 0, 0)
        for scan in scans:
            if scan.suffix == ".pdf":
                render += run(["pdftoppm", "-r", "300", "-gray", str(scan), str(folder / scan.stem)])
            else:
                shutil.copy(scan, folder / f"{scan.stem}-1.tif")
        images = sorted([*folder.glob("*.pgm"), *folder.glob("*.tif")])
        started = time.perf_counter()
        with ThreadPoolExecutor(WORKERS) as pool:
            costs = list(pool.map(lambda image: run(["tesseract", str(image), str(image), "-l", language]), images))
        wall = time.perf_counter() - started
        cost = render + Cost(wall, sum(c.cpu for c in costs), max(c.peak for c in costs))
        texts: Texts = {}
        for image in images:
            stem = image.stem.rsplit("-", 1)[0]
            texts[stem] = texts.get(stem, "") + "\n" + Path(f"{image}.txt").read_text(encoding="utf-8")
        return cost, texts

    return read


PROGRAMS: dict[str, tuple[tuple[str, ...], Callable[[list[Path], Path], tuple[Cost, Texts]]]] = {
    "congvan": ((), congvan),
    "ocrmypdf": (("ocrmypdf",), ocrmypdf()),
    "ocrmypdf --deskew --clean": (("ocrmypdf", "unpaper"), ocrmypdf("--deskew", "--clean")),
    "tesseract alone": (("tesseract",), tesseract_alone("vie")),
}
"""Name, the commands it needs, and how it is run."""


def measure(group: str, files: list[Path], programs: Collection[str] = tuple(PROGRAMS)) -> list[Result]:
    """Every one of these programs that is installed over the files of a group."""
    golds = {file.stem: json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in files}
    truths = {name: whole_text(gold["text"]) for name, gold in golds.items()}
    results = []
    for name in programs:
        needed, read = PROGRAMS[name]
        if missing := [command for command in needed if not shutil.which(command)]:
            print(f"{name} is left out: {missing[0]} is not installed", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            cost, texts = read(files, Path(scratch))
        errors = statistics.median(wer(texts.get(stem, ""), truth).rate for stem, truth in truths.items())
        results.append(Result(name, group, page_count(files), cost, errors))
        print(_row(results[-1], results[0]), flush=True)
    return results


def _in_folder(folder: Path) -> list[Path]:
    """The scans of a folder that have gold."""
    return sorted(p for p in folder.iterdir() if p.suffix in _SCANS and p.with_suffix(".json").exists())


def whole_text(text: str | list[str]) -> str:
    """The text of a gold, its pages one after the other."""
    return text if isinstance(text, str) else "\n".join(text)


def page_count(scans: list[Path]) -> int:
    """Pages of all the scans."""
    return sum(open_scan(scan, IntakeConfig()).page_count for scan in scans)


_HEAD = """\
| scans | program | pages | pages a minute | CPU s a page | peak MB | median WER | congvan is faster by | by CPU |
|---|---|---|---|---|---|---|---|---|"""


def _row(result: Result, ours: Result) -> str:
    cost = result.cost
    return (
        f"| {result.folder} | {result.program} | {result.pages} | {result.rate:.1f} | {cost.cpu / result.pages:.2f} "
        f"| {cost.peak:.0f} | {result.errors:.2%} | {ours.rate / result.rate:.2f} "
        f"| {cost.cpu / result.pages / (ours.cost.cpu / ours.pages):.2f} |"
    )


def plot(results: list[list[Result]], title: str, of: Callable[[Result], float], path: Path) -> None:
    """Write a bar for each program and folder as SVG."""
    told = [{result.program: round(of(result), 2) for result in group} for group in results]
    series = {name: [group.get(name) for group in told] for name in PROGRAMS if any(name in group for group in told)}
    path.write_text(bars(title, [group[0].folder for group in results], series), encoding="utf-8")


def main() -> None:
    """Measure, print a table, write it and its plots down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with scans (PDF) and gold")
    parser.add_argument("--qualities", nargs="+", choices=list(PROFILES), default=[], help="scans of our own letters")
    parser.add_argument("--out", type=Path, default=Path("artefacts/speed"), help="folder for table and plots")
    parser.add_argument("--letters", type=int, help="only so many of each, evenly spread")
    parser.add_argument("--programs", nargs="+", choices=list(PROGRAMS), default=list(PROGRAMS), help="only these")
    options = parser.parse_args()
    print(_HEAD, flush=True)
    groups = [(folder.name, spread(_in_folder(folder), options.letters)) for folder in options.folders]
    names = spread(split("all"), options.letters)
    made = {quality: scans_of(names, quality) for quality in options.qualities}
    groups += [(quality, [file for file in files if file.suffix in _SCANS]) for quality, files in made.items()]
    results = [measure(name, files, options.programs) for name, files in groups]
    options.out.mkdir(parents=True, exist_ok=True)
    rows = [_row(result, group[0]) for group in results for result in group]
    (options.out / "speed.md").write_text("\n".join([_HEAD, *rows]) + "\n", encoding="utf-8")
    plot(results, "Pages a minute, two workers", lambda result: result.rate, options.out / "speed.svg")
    plot(results, "Median word error rate, %", lambda result: 100 * result.errors, options.out / "errors.svg")


if __name__ == "__main__":
    main()
