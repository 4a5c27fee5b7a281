"""Batches of broken scans: each file must be read or fail with a reason, and nothing may be left behind."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from pipeline.batch import BatchResult, Progress, ingest
from pipeline.clean import clean
from pipeline.config import BatchConfig, Config, IntakeConfig, OcrConfig, RasterConfig
from pipeline.errors import Bug, LetterTimeout, WorkerDied
from pipeline.intake import find_scans, open_scan
from pipeline.nouns import Letter, MediaType, PageText, Record
from pipeline.rasterise import pages
from pipeline.reading import read_scan
from scripts.soak import Trial
from scripts.soak.mutate import broken
from scripts.soak.processes import below, peak
from scripts.soak.scratch import own_scratch

_ROUND = 250  # broken files in one batch
_MOST_BYTES = 2_000_000  # scans that are larger are not broken: it would be their copying that is measured
_MEMORY = 4_000_000_000
_CONFIG = Config(
    intake=IntakeConfig(child_seconds=30.0),
    raster=RasterConfig(timeout=30.0),
    ocr=OcrConfig(timeout=60.0),
    batch=BatchConfig(letter_timeout=300.0, worker_memory=_MEMORY),
)
_READ_WHOLE, _CLEANED = 200, 10  # every so many files go that far; the others are opened and rendered only
_COARSE = 100  # dots per inch at which they are rendered: what is broken in a file breaks at any resolution


def explore(path: Path, config: Config) -> tuple[Record, ...]:
    """A reader that goes as far as the beginning of the file's name says: `whole`, `clean` or, cheaply, `look`."""
    if path.name.startswith("whole"):
        return read_scan(path, config)
    intake, raster = replace(config.intake, text_layer_dpi=_COARSE), replace(config.raster, dpi=_COARSE)
    scan = open_scan(path, intake)
    seen = []
    if scan.media_type is not MediaType.TEXT:
        for page in pages(scan, replace(config, raster=raster), numbers=[1]):
            shown = clean(page, config.clean) if path.name.startswith("clean") else page
            seen.append(PageText(1, (), shown.width, shown.height, shown.dpi))
    return (Record(Letter(scan, tuple(seen)), ()),)


@dataclass(slots=True)
class _Count:
    """What became of the broken files."""

    read: int = 0
    told: Counter[str] = field(default_factory=Counter)
    bugs: list[str] = field(default_factory=list)
    strays: set[str] = field(default_factory=set)
    worker: int = 0
    """The most memory that one worker had, in megabytes."""

    def watch(self, progress: Progress) -> None:
        """Look at the workers, now and then."""
        if progress.done % 20 == 0:
            self.worker = max([self.worker, *(peak(process.pid) for process in below(os.getpid()))])

    def add(self, result: BatchResult) -> None:
        self.read += result.files + len(result.duplicates) + result.skipped
        for failure in result.failed:
            self.told[type(failure.error).__name__] += 1
            if isinstance(failure.error, Bug):
                self.bugs.append(f"{failure.path.name}: {failure.error.message}")


def fuzz(sources: Sequence[Path], seeds: range) -> Trial:
    """Break as many files as there are seeds, and read them in batches; prints what no reader should ever do.

    Raises:
        KeyboardInterrupt: somebody has enough.
    """
    count = _Count()
    with tempfile.TemporaryDirectory() as name, own_scratch(Path(name)) as scratch:
        folder = Path(name)
        originals = _originals(sources, folder)
        for start in seeds[::_ROUND]:
            box = folder / f"round-{start}"
            _fill(box, originals, range(start, min(start + _ROUND, seeds.stop)))
            result = ingest([box], folder / f"{start}.db", _CONFIG, count.watch, explore)
            if result.interrupted:
                raise KeyboardInterrupt
            count.add(result)
            count.strays |= {path.name for path in scratch.iterdir()}
            shutil.rmtree(box)
            print(f"  {min(start + _ROUND, seeds.stop) - seeds.start:,} broken files", flush=True)
    for bug in count.bugs:
        print(f"  bug: {bug}", flush=True)
    told = sum(count.told.values()) - len(count.bugs)
    settled = min(count.read + told, len(seeds))
    lost = len(seeds) - settled + len(count.strays)
    return Trial("broken files", len(seeds), settled, lost, _note(count))


def _note(count: _Count) -> str:
    mine = peak(os.getpid())
    hung = sum(count.told[kind.__name__] for kind in (LetterTimeout, WorkerDied))
    kinds = ", ".join(f"{kind} {times:,}" for kind, times in count.told.most_common())
    return (
        f"{count.read:,} read, {len(count.bugs)} bugs, {hung} hung or dead, {len(count.strays)} strays, "
        f"at most {mine} MB here and {count.worker} MB in a worker; {kinds}"
    )


def _originals(sources: Sequence[Path], folder: Path) -> list[Path]:
    """The scans to break, those of them that are images also as PNG."""
    scans = [path for path in find_scans(sources) if path.stat().st_size <= _MOST_BYTES]
    return [*scans, *_as_png(scans, folder)]


def _as_png(scans: Sequence[Path], folder: Path) -> Iterator[Path]:
    for path in scans:
        if path.suffix.lower() in {".jpg", ".tif"}:
            with Image.open(path) as image:
                place = folder / f"{path.stem}.png"
                image.convert("L").save(place)
            yield place


def _fill(box: Path, originals: Sequence[Path], seeds: range) -> None:
    box.mkdir()
    for seed in seeds:
        chance = random.Random(seed)
        original = chance.choice(originals)
        depth = "whole" if seed % _READ_WHOLE == 0 else "clean" if seed % _CLEANED == 0 else "look"
        (box / f"{depth}-{seed}{original.suffix}").write_bytes(broken(original.read_bytes(), chance))
