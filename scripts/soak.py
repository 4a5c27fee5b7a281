"""Long trials of what must never happen: a batch that crashes, hangs, leaves files behind, or loses a letter.

    python -m scripts.soak corpus/scans --inputs 10000 --letters 2000

First, scans are broken at random (bytes changed, cut out, doubled; numbers made absurd) and read, all but the OCR, in
batches. Then a batch of letters is killed again and again at random instants until it is through, and its database
compared with that of an undisturbed run. Prints a table: tried, survived, lost. Exit code 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.batch import ingest
from pipeline.config import BatchConfig, Config, IntakeConfig, RasterConfig, StoreConfig
from pipeline.intake import find_scans, open_scan
from pipeline.nouns import Letter, MediaType, PageText, Record
from pipeline.rasterise import pages
from pipeline.store import open_store

_CONFIG = Config(
    intake=IntakeConfig(child_seconds=20.0), raster=RasterConfig(timeout=20.0), batch=BatchConfig(letter_timeout=120.0)
)
_ROUND = 500  # broken files in one batch
_MOST_PAGES = 3
_MOST_BYTES = 2_000_000  # scans that are larger are not broken: it would be their copying that is measured
_OWN_TO_A_RUN = {"read_at", "run_id"}
_TABLES = ("documents", "pages", "lines", "fields", "targets", "recipients", "citations", "tables", "table_cells")
_ABSURD = (b"0", b"-1", b"65536", b"2147483648", b"99999999999")


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table."""

    trial: str
    tried: int
    survived: int
    lost: int
    note: str


def look(path: Path, config: Config) -> tuple[Record, ...]:
    """A reader that opens and renders, and finds no words."""
    scan = open_scan(path, config.intake)
    seen = []
    if scan.media_type is not MediaType.TEXT:
        for page in pages(scan, config, numbers=range(1, min(scan.page_count, _MOST_PAGES) + 1)):
            seen.append(PageText(page.number, (), page.width, page.height, page.dpi))
    return (Record(Letter(scan, tuple(seen)), ()),)


def broken(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some of them changed, left out, put in, doubled or made absurd numbers, or cut off."""
    out = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        out = _break_once(out, chance) or bytearray(b"%")
    return bytes(out)


def _break_once(out: bytearray, chance: random.Random) -> bytearray:
    at, kind = chance.randrange(len(out)), chance.random()
    if kind < 0.5:
        out[at] = chance.randrange(256)
    elif kind < 0.65:
        del out[at : at + chance.randint(1, 40)]
    elif kind < 0.8:
        out[at:at] = chance.randbytes(chance.randint(1, 20))
    elif kind < 0.9:
        start = chance.randrange(len(out))
        out[at:at] = out[start : start + chance.randint(1, 200)]
    elif kind < 0.97:
        numbers = list(re.finditer(rb"\d+", bytes(out[:20_000])))
        if numbers:
            number = chance.choice(numbers)
            out[number.start() : number.end()] = chance.choice(_ABSURD)
    else:
        out = out[:at]
    return out


def fuzz(sources: Sequence[Path], inputs: int) -> Outcome:
    """Batches of broken scans: each file must be read or fail with a reason, and nothing may be left behind."""
    originals = [path for path in find_scans(sources) if path.stat().st_size <= _MOST_BYTES]
    settled = bugs = strays = 0
    with tempfile.TemporaryDirectory() as folder:
        before = _scratch()
        for start in range(0, inputs, _ROUND):
            box = Path(folder, f"round-{start}")
            count = _fill(box, originals, range(start, min(start + _ROUND, inputs)))
            result = ingest([box], Path(folder, f"{start}.db"), _CONFIG, lambda _: None, look)
            told = [failure for failure in result.failed if failure.error.stage != "bug"]
            bugs += len(result.failed) - len(told)
            settled += min(count, result.files + len(told) + len(result.duplicates) + result.skipped)
            strays += len(_scratch() - before)
            for failure in result.failed:
                if failure.error.stage == "bug":
                    _say(f"  bug: {failure.path.name}: {failure.error.message}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Outcome(
        "broken files", inputs, settled, inputs - settled + strays, f"{bugs} bugs, {strays} strays, {peak} MB"
    )


def _scratch() -> set[Path]:
    """The folders for temporary files that batches of this process made."""
    return set(Path(tempfile.gettempdir()).glob(f"congvan-{os.getpid()}-*"))


def _fill(box: Path, originals: Sequence[Path], seeds: range) -> int:
    box.mkdir()
    for seed in seeds:
        chance = random.Random(seed)
        original = chance.choice(originals)
        (box / f"{seed}{original.suffix}").write_bytes(broken(original.read_bytes(), chance))
    return len(seeds)


def kill(letters: int) -> Outcome:
    """A batch killed at random instants until it is through: its database must equal that of an undisturbed run."""
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        box = folder / "letters"
        box.mkdir()
        for i in range(letters):
            (box / f"{i}.txt").write_text(f"Số: {i}/TB-UBND\nTHÔNG BÁO\nVề việc họp lần {i}", encoding="utf-8")
        _batch(box, folder / "whole.db").wait()
        kills = 0
        while True:
            batch = _batch(box, folder / "broken.db")
            try:
                batch.wait(chance.uniform(2.0, 12.0))
                break
            except subprocess.TimeoutExpired:
                batch.kill()
                batch.wait()
                kills += 1
        whole, again = _content(folder / "whole.db"), _content(folder / "broken.db")
    lost = sum(1 for row in whole if row not in again) + sum(1 for row in again if row not in whole)
    return Outcome("letters, killed", letters, letters - min(lost, letters), lost, f"{kills} kills")


def _batch(box: Path, database: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", "ingest", str(box), "--db", str(database)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL)


def _content(database: Path) -> set[str]:
    with open_store(database, StoreConfig(), read_only=True) as store:
        return set(_rows(store.db.query(f"SELECT * FROM {table}") for table in _TABLES))


def _rows(tables: Iterator[Iterator[dict[str, object]]]) -> Iterator[str]:
    for rows in tables:
        for row in rows:
            yield repr({name: value for name, value in row.items() if name not in _OWN_TO_A_RUN})


def _say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    """Run the trials and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", nargs="+", type=Path, help="scans, or folders of scans, that are broken")
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--letters", type=int, default=2_000)
    chosen = parser.parse_args()
    started = time.monotonic()
    outcomes = [fuzz(chosen.scans, chosen.inputs), kill(chosen.letters)]
    _say(f"{'trial':<18}{'tried':>8}{'survived':>10}{'lost':>6}  note")
    for outcome in outcomes:
        _say(f"{outcome.trial:<18}{outcome.tried:>8}{outcome.survived:>10}{outcome.lost:>6}  {outcome.note}")
    _say(f"{time.monotonic() - started:.0f} seconds")
    return int(any(outcome.lost for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
