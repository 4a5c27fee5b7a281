"""The benchmark: our letters scanned at several qualities, read, and compared with their gold, in one table.

    python -m scripts.eval                            the letters held out, office and bad, written to docs/results.md
    python -m scripts.eval --side dev --qualities fax photo
    python -m scripts.eval --subset                   the few letters of corpus/subset.toml; fails when they got worse

Scans are made when they are missing (corpus/made, not kept in the repository); their seeds are fixed. The page keeps
the rows of qualities and letters that were not measured this time, each with its own version and day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import sys
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path

from pipeline.config import StoreConfig
from pipeline.metrics import Report, evaluate
from pipeline.metrics.compare import NO_COUNTS
from pipeline.store import open_store
from scripts.bench.speed import run
from scripts.letters import CORPUS, ROOT, SIDES, scans_of, split
from scripts.make_scans.scan import QUALITIES

_READ_OR_FAILED = (0, 8)
"""Statuses of `congvan ingest` that leave a database: all read, or all but some letters, which then have missed all."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How well one set of scans was read; shares from 0 to 1."""

    fields: float
    """Right values of letterhead and signature, of those the gold has."""
    wer: float
    """Word errors over all words."""
    targets: float
    """F1 of figures: kind, comparator, value, unit."""
    citations: float
    recipients: float
    tables: float
    """F1 of the cells of tables, by place and text."""
    trusted: float
    """Values accepted without review that are right."""
    accepted: float
    """Right values that were accepted without review."""


MEASURES = {
    "fields": "fields right",
    "wer": "word errors",
    "targets": "figures F1",
    "citations": "citations F1",
    "recipients": "recipients F1",
    "tables": "table cells F1",
    "trusted": "accepted: right",
    "accepted": "right: accepted",
}
"""Heading of each measure, in the order of the table."""
HEADS = ("scans", "side", "letters", "pages", *MEASURES.values(), "pages a minute", "measured")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a quality, and how it went."""

    quality: str
    side: str
    """Which letters: a side of the split, or `all`."""
    letters: int
    pages: int
    measures: Measures
    rate: float
    """Pages a minute, everything included."""

    @property
    def key(self) -> str:
        """What the row measures, as its first two cells say it."""
        return f"| {self.quality} | {self.side} |"


def measures_of(report: Report) -> Measures:
    """The measures of a report."""
    judged = sum((*report.fields.values(), *report.handwritten.values()), NO_COUNTS)
    asked = judged.right + judged.wrong + judged.missed
    return Measures(
        fields=judged.right / asked if asked else 1.0,
        wer=report.words.rate,
        targets=report.targets.f1,
        citations=report.citations.f1,
        recipients=report.recipients.f1,
        tables=report.cells.f1,
        trusted=report.accepted.precision,
        accepted=report.accepted.recall,
    )


def measure(quality: str, side: str, names: Collection[str], work: Path) -> Row:
    """Make what scans of these letters are missing, read all into a fresh database, and compare it with the gold."""
    folder = CORPUS / "made" / quality
    files = scans_of(names, quality)
    work.mkdir(parents=True, exist_ok=True)
    database = work / f"{quality}.db"
    for old in work.glob(f"{quality}.db*"):
        old.unlink()
    program = str(Path(sys.executable).with_name("congvan"))
    cost = run([program, "ingest", *map(str, files), "--db", str(database)], fine=_READ_OR_FAILED)
    with open_store(database, StoreConfig()) as store:
        report = evaluate(store, folder, names)
        (pages,) = store.db.execute("select count(*) from pages").fetchone()
    if report.not_read:
        print(f"{quality}: not read and counted as missed: {', '.join(report.not_read)}", file=sys.stderr)
    return Row(quality, side, report.letters, pages, measures_of(report), 60 * pages / cost.wall)


def table(rows: Iterable[Row], measured: str, kept: Iterable[str] = ()) -> str:
    """The rows, and the lines kept of an earlier table for what they do not measure, as a table in Markdown."""
    now = {row.key: _line_of(row, measured) for row in rows}
    old = [line for line in kept if not line.startswith(tuple(now))]
    return "\n".join([_line(HEADS), _line(["---"] * len(HEADS)), *sorted([*now.values(), *old], key=_place)])


def _line_of(row: Row, measured: str) -> str:
    shares = [f"{getattr(row.measures, name):.1%}" for name in MEASURES]
    counts = [str(row.letters), str(row.pages)]
    return _line([row.quality, row.side, *counts, *shares, f"{row.rate:.0f}", measured])


def _place(line: str) -> tuple[str, int]:
    """Where a line stands in the table: the held-out letters last, qualities in the order of the scanner's list."""
    quality, side = line.strip("| ").split(" | ")[:2]
    return side, list(QUALITIES).index(quality)


def kept_lines(page: str) -> list[str]:
    """The lines of results in a page that was written before; none of a page with another table."""
    if _line(HEADS) not in page:
        return []
    return [line for line in page.splitlines() if line.startswith(tuple(f"| {quality} |" for quality in QUALITIES))]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def regressions(now: Measures, kept: Mapping[str, float], tolerance: Mapping[str, float]) -> list[str]:
    """What got worse than it was by more than the tolerance, in words; a measure that is not kept is not judged."""
    worse = []
    for name in (field.name for field in fields(Measures) if field.name in kept):
        loss = kept[name] - getattr(now, name)
        loss = -loss if name == "wer" else loss
        if loss > tolerance[name]:
            worse.append(f"{MEASURES[name]}: {getattr(now, name):.1%}, was {kept[name]:.1%}")
    return worse


def check_subset(work: Path) -> tuple[str, list[str]]:
    """Measure the letters of corpus/subset.toml; the table, and what got worse."""
    wanted = tomllib.loads((CORPUS / "subset.toml").read_text(encoding="utf-8"))
    rows = [measure(quality, "subset", wanted["letters"], work) for quality in wanted["measured"]]
    worse = [
        f"{row.quality}: {loss}"
        for row in rows
        for loss in regressions(row.measures, wanted["measured"][row.quality], wanted["tolerance"])
    ]
    return table(rows, "now"), worse


def measured_by(day: dt.date) -> str:
    """What measured, and when: version of the program, version of the engine, day."""
    told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout
    return f"{version('congvan')}, {told.splitlines()[0]}, {day.isoformat()}"


def page(results: str) -> str:
    """docs/results.md: the table, and what one must know to make it again."""
    return f"""# Results

<!-- Written by scripts/eval.py: `make eval` writes it again. -->

{results}

Every row is read from scans that `make eval` makes on the spot (corpus/README.md tells how, and what they lack against
real paper). **side**: `test` is the letters held out, `dev` those that were developed on, `all` both
(corpus/split.toml). **fields right**: number, date, place, issuer, kind, subject, signer and the rest of letterhead and
signature, values that agree with the gold of those the gold has. **word errors**: over all words of all pages, order
included. **figures, citations, recipients, table cells**: F1; a figure agrees in kind, comparator, value and unit, a
cell in place and text. **accepted: right** is how many of the values that need no review are right; **right: accepted**
is how many of the right values a person need not look at. **pages a minute** includes reading, repair, extraction and
storing, on 2 cores that were not idle.
"""


def main() -> None:
    """Measure what the command line asks for, print the table, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--side", choices=SIDES, default="test", help="which letters")
    parser.add_argument("--qualities", nargs="+", choices=QUALITIES, default=["office", "bad"], help="what scans")
    parser.add_argument("--subset", action="store_true", help="the letters of corpus/subset.toml; fail when worse")
    parser.add_argument("--work", type=Path, default=ROOT / "artefacts" / "eval", help="folder for the databases")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results.md", help="the page to write")
    options = parser.parse_args()
    if options.subset:
        told, worse = check_subset(options.work)
        print(told)
        sys.exit("\n".join(worse) or 0)
    names = split(options.side)
    measured = measured_by(dt.date.today())
    for quality in options.qualities:
        row = measure(quality, options.side, names, options.work)
        kept = kept_lines(options.out.read_text(encoding="utf-8")) if options.out.exists() else []
        options.out.write_text(page(table([row], measured, kept)), encoding="utf-8")
    print(options.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
