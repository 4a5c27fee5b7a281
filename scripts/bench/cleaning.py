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
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.clean.plan import Plan, plan
from pipeline.clean.prepare import carry_out, examine
from pipeline.config import Config
from pipeline.errors import OcrTimeout
from pipeline.intake import open_scan
from pipeline.layout import arrange, unfold
from pipeline.metrics.text import ErrorRate, wer
from pipeline.nouns import Judgement, Page
from pipeline.ocr import Engine, make_engine
from pipeline.rasterise import page as rasterise

_SCANS = {".pdf", ".tif", ".jpg", ".png"}
_PLANS = {
    "bare": Plan(()),
    "divide": Plan(("divide_paper",)),
    "median": Plan(("median",)),
    "divide median": Plan(("divide_paper", "median")),
    "divide median despeckle stretch": Plan(("divide_paper", "median", "despeckle", "stretch")),
    "divide outliers despeckle stretch": Plan(("divide_paper", "outliers", "despeckle", "stretch")),
    "divide stretch": Plan(("divide_paper", "stretch")),
    "divide median stretch": Plan(("divide_paper", "median", "stretch")),
    "soften": Plan(("close_strokes",)),
    "soften, enlarge": Plan(("close_strokes",), scale=1.5),
    "enlarge": Plan((), scale=1.5),
    "to 200 dpi": Plan((), scale=2 / 3),
    "twice": Plan((), scale=2.0),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One page read after one plan."""

    errors: ErrorRate
    cleaning: float
    reading: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Sample:
    """An examined page and the text that is on it."""

    page: Page
    judged: Judgement
    truth: str


def trial(sample: Sample, todo: Plan | None, engine: Engine) -> Trial:
    """A plan carried out on a page, or what is planned for it, and read; a page that hangs the engine is unread."""
    planned = plan(sample.judged)
    todo = replace(todo, skew=planned.skew) if todo else planned
    started = time.perf_counter()
    page = carry_out(sample.page, sample.judged, todo)
    cleaned = time.perf_counter()
    unfolded = unfold(page)
    try:
        lines = engine.read(unfolded.page)
    except OcrTimeout:
        return Trial(wer("", sample.truth), cleaned - started, time.perf_counter() - cleaned, 0.0)
    text = arrange(page, unfolded, lines)
    read = time.perf_counter()
    return Trial(wer(text.text, sample.truth), cleaned - started, read - cleaned, text.confidence)


def first_pages(folder: Path, count: int) -> Iterator[Sample]:
    """The first page of so many letters of a folder."""
    scans = sorted(p for p in folder.iterdir() if p.suffix in _SCANS)
    for path in scans[:count]:
        scan = open_scan(path, Config().intake)
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        yield Sample(*examine(rasterise(scan, 1, Config())), gold["text"][0])


def bench(folder: Path, count: int, names: list[str], engine: Engine) -> None:
    """Print one block of the table: the judgements of a folder's pages, and each plan's word errors and seconds."""
    pages = list(first_pages(folder, count))
    print(f"\n{folder.name}")
    for sample in pages:
        print(f"  {sample.judged} {sample.page.steps}")
    plans = {"planned": None, **{name: _PLANS[name] for name in names}}
    for name, todo in plans.items():
        trials = [trial(sample, todo, engine) for sample in pages]
        total = sum((t.errors for t in trials), ErrorRate())
        each = " ".join(f"{t.errors.rate:6.2%}" for t in trials)
        cleaning = sum(t.cleaning for t in trials) / len(trials)
        reading = sum(t.reading for t in trials) / len(trials)
        confidence = sum(t.confidence for t in trials) / len(trials)
        cost = f"clean {cleaning:.2f} s  read {reading:.2f} s"
        print(f"  {name:34} WER {total.rate:6.2%} ({each})  {cost}  confidence {confidence:.3f}")


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
