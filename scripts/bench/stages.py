"""Seconds of processor that each stage takes of a page, and how much all of them add to the engine's own.

    python -m scripts.bench.stages corpus/made/office corpus/made/bad --letters 4

The scans (PDF or images) are ingested into a new database by one worker, the way a batch does it; stages are timed
inside that worker, the programs that they start included. The processor's seconds are counted and not the clock's: a
machine that does other work too tells the same. What is loaded once a batch (imports, models) is told apart. The
engine's own are the seconds of its processes: whole pages and small crops alike.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import json
import os
import resource
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import reading
from pipeline.batch import ingest
from pipeline.config import BatchConfig, Config
from pipeline.nouns import Record
from scripts.letters import spread

ENGINE = "engine"
STAGES = {
    "intake": ("reading:open_scan",),
    "rasterise": ("rasterise:page",),
    "clean": ("reading:clean", "clean:examine", "clean:carry_out"),
    "layout": (
        "reading:find_grids",
        "reading:grids_of_layer",
        "reading:unfold",
        "reading:arrange",
        "reading:fences",
        "reading:with_stamps",
        "reading:assign_zones",
        "reading:part_letters",
    ),
    "handing over": ("ocr.tesseract:Tesseract.read",),
    "stamps": ("reading:read_lifted",),
    "digits": ("reading:fill_frames",),
    "numerals": ("reading:count_stems",),
    "cells": ("reading:read_page_number", "reading:figure_cells", "reading:read_figures", "reading:with_figures"),
    "repair": ("reading:repair_pages",),
    "extraction": ("reading:understand_letter",),
    "checks": ("reading:check_tables", "reading:check_record", "reading:mark_repeats"),
}
"""What is timed, as `module:name` below `pipeline`; a stage inside another one counts for itself alone."""
_REST, _BATCH = "the rest of the worker", "batch and store"
_LOG = "CONGVAN_BENCH_STAGES"
_SAMPLE = """ỦY BAN NHÂN DÂN
Số: 12/UBND-VP
Về việc báo cáo kết quả thực hiện kế hoạch năm 2024

Kính gửi: Sở Y tế.

Đơn vị       Kế hoạch   Thực hiện
Trạm Bắc           10          12
Trạm Nam           20          25
Cộng               30          37

1. Theo Kế hoạch số 15/KH-UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh, đơn vị đã khám bệnh cho 1.250 lượt người.

2. Phấn đấu đến hết năm 2024 xây dựng 05 trạm, trong đó 02 trạm ở xã Chiềng Cang.

Nơi nhận:
- Lưu: VT."""
"""A text that has every model and every list of words loaded: it has a citation, figures, names and a table."""


Spent = defaultdict[str, float]
"""Seconds of processor by stage."""


@dataclass(slots=True)
class Ledger:
    """Seconds of processor by stage; `programs` are those of them that other programs took."""

    spent: Spent = field(default_factory=lambda: defaultdict(float))
    programs: float = 0.0
    clock: Callable[[], tuple[float, float]] = lambda: (cpu(resource.RUSAGE_SELF), cpu(resource.RUSAGE_CHILDREN))
    """Seconds that this process took so far, and those that the programs it started took."""
    _open: list[str] = field(default_factory=list)
    _since: tuple[float, float] = (0.0, 0.0)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is spent inside counts for this stage, and not for the one around it."""
        self._settle()
        self._open.append(name)
        try:
            yield
        finally:
            self._settle()
            self._open.pop()

    def _settle(self) -> None:
        now = self.clock()
        if self._open:
            self.spent[self._open[-1]] += now[0] - self._since[0]
            program = ENGINE if self._open[-1] == "handing over" else self._open[-1]
            self.spent[program] += now[1] - self._since[1]
            self.programs += now[1] - self._since[1]
        self._since = now


def cpu(who: int) -> float:
    """Seconds of processor that a process, or those that it waited for, took so far."""
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _timed(ledger: Ledger, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def inside(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        with ledger.stage(stage):
            return function(*args, **kwargs)

    return inside


@functools.cache
def _watched() -> Ledger:
    """The ledger of this process, its stages timed from now on, every model loaded."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample.txt"
        sample.write_text(_SAMPLE, encoding="utf-8")
        reading.read_scan(sample, Config())
    ledger = Ledger()
    for stage, places in STAGES.items():
        for place in places:
            module, _, path = place.partition(":")
            *owners, name = path.split(".")
            owner = functools.reduce(getattr, owners, importlib.import_module(f"pipeline.{module}"))
            setattr(owner, name, _timed(ledger, stage, getattr(owner, name)))
    return ledger


def timed_reader(path: Path, config: Config) -> tuple[Record, ...]:
    """`read_scan`, with a line about what it spent added to the log; runs in a worker."""
    ledger = _watched()
    with ledger.stage(_REST):
        records = reading.read_scan(path, config)
    with Path(os.environ[_LOG]).open("a", encoding="utf-8") as log:
        own = cpu(resource.RUSAGE_SELF) - sum(ledger.spent.values()) + ledger.programs
        print(json.dumps({"spent": ledger.spent, "before": own}), file=log)
    ledger.spent.clear()
    ledger.programs = 0.0
    return records


def measure(scans: list[Path]) -> tuple[int, Spent, float]:
    """Pages read, seconds by stage, and seconds spent once for the batch."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        os.environ[_LOG] = str(log)
        config = Config(batch=BatchConfig(jobs=1))
        before = cpu(resource.RUSAGE_SELF)
        result = ingest(scans, Path(folder) / "letters.db", config, lambda _: None, timed_reader)
        spent = defaultdict(float, {_BATCH: cpu(resource.RUSAGE_SELF) - before})
        told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for failure in result.failed:
        print(f"not read: {failure.path.name}: {failure.error.message}", file=sys.stderr)
    for stage, seconds in (item for line in told for item in line["spent"].items()):
        spent[stage] += seconds
    return result.pages, spent, told[0]["before"]


def table(pages: int, spent: Spent) -> Iterator[str]:
    """The lines of the table: the engine first, then what we add to it."""
    engine = spent[ENGINE]
    yield "| stage | CPU s a page | of the engine's own |"
    yield "|---|---|---|"
    for stage in (ENGINE, *STAGES, _REST, _BATCH):
        yield f"| {stage} | {spent[stage] / pages:.3f} | {spent[stage] / engine:.1%} |"
    added = sum(spent.values()) - engine
    yield f"| **all but the engine** | **{added / pages:.3f}** | **{added / engine:.1%}** |"


def main() -> None:
    """Measure, and print a table for each folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with scans (PDF, TIFF, JPEG)")
    parser.add_argument("--letters", type=int, help="only so many of each folder, evenly spread over it")
    options = parser.parse_args()
    for folder in options.folders:
        scans = sorted(p for p in folder.iterdir() if p.suffix in {".pdf", ".tif", ".jpg", ".png"})
        scans = spread(scans, options.letters)
        pages, spent, once = measure(scans)
        print(f"\n{folder.name}: {len(scans)} files, {pages} pages; once a batch: {once:.2f} s\n")
        print("\n".join(table(pages, spent)), flush=True)


if __name__ == "__main__":
    main()
