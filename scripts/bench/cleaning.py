"""Which filters help which pages: word errors and seconds of the engine for each quality of scan and each plan.

    python -m scripts.bench.cleaning corpus/made/office corpus/made/bad --pages 3

Each folder holds scans with gold (`NAME.json` with `text`) beside them. The first page of each letter is brought
upright, then cleaned by every plan, read, and compared with its gold. The limits in `pipeline/clean/plan.py` are chosen
from this table.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.clean.plan import Plan, plan
from pipeline.clean.prepare import carry_out, upright
from pipeline.config import Config
from pipeline.intake import open_scan
from pipeline.layout import arrange, unfold
from pipeline.metrics.text import ErrorRate, wer
from pipeline.nouns import Page
from pipeline.ocr import Engine, make_engine
from pipeline.rasterise import page as rasterise

_SCANS = {".pdf", ".tif", ".jpg", ".png"}
_PLANS = {
    "bare": Plan((), 1.0),
    "divide": Plan(("divide_paper",), 1.0),
    "median": Plan(("median",), 1.0),
    "divide median": Plan(("divide_paper", "median"), 1.0),
    "divide stretch": Plan(("divide_paper", "stretch"), 1.0),
    "divide median stretch": Plan(("divide_paper", "median", "stretch"), 1.0),
    "soften": Plan(("close_strokes",), 1.0),
    "to 200 dpi": Plan((), 2 / 3),
    "twice": Plan((), 2.0),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One page read after one plan."""

    errors: ErrorRate
    cleaning: float
    reading: float
    confidence: float


def trial(ready: Page, todo: Plan, truth: str, engine: Engine) -> Trial:
    """Carry out the plan on an upright page, read it, compare."""
    started = time.perf_counter()
    page = carry_out(ready, todo)
    cleaned = time.perf_counter()
    unfolded = unfold(page)
    text = arrange(page, unfolded, engine.read(unfolded.page))
    read = time.perf_counter()
    return Trial(wer(text.text, truth), cleaned - started, read - cleaned, text.confidence)


def first_pages(folder: Path, count: int) -> Iterator[tuple[Page, str]]:
    """The first page of so many letters of a folder, upright and judged, with its true text."""
    scans = sorted(p for p in folder.iterdir() if p.suffix in _SCANS)
    for path in scans[:count]:
        scan = open_scan(path, Config().intake)
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield upright(rasterise(scan, 1, Config())), gold["text"][0]


def bench(folder: Path, count: int, names: list[str], engine: Engine) -> None:
    """Print one block of the table: the judgements of a folder's pages, and each plan's word errors and seconds."""
    pages = list(first_pages(folder, count))
    print(f"\n{folder.name}")
    for ready, _ in pages:
        print(f"  {ready.judgement} {ready.steps}")
    plans = {"planned": None, **{name: _PLANS[name] for name in names}}
    for name, todo in plans.items():
        trials = [trial(p, todo or plan(p.judgement), truth, engine) for p, truth in pages if p.judgement]
        total = sum((t.errors for t in trials), ErrorRate())
        each = " ".join(f"{t.errors.rate:6.2%}" for t in trials)
        cleaning = sum(t.cleaning for t in trials) / len(trials)
        reading = sum(t.reading for t in trials) / len(trials)
        confidence = sum(t.confidence for t in trials) / len(trials)
        cost = f"clean {cleaning:.2f} s  read {reading:.2f} s"
        print(f"  {name:22} WER {total.rate:6.2%} ({each})  {cost}  confidence {confidence:.3f}")


def main() -> None:
    """Read the arguments and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--pages", type=int, default=3, help="letters of each folder whose first page is read")
    parser.add_argument("--plans", nargs="*", default=list(_PLANS), choices=list(_PLANS))
    arguments = parser.parse_args()
    engine = make_engine(Config().ocr)
    for folder in arguments.folders:
        bench(folder, arguments.pages, arguments.plans, engine)


if __name__ == "__main__":
    main()
