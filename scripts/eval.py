"""The benchmark: our letters scanned at several qualities, read, and compared with their gold, in one table.

    python -m scripts.eval                            every letter, office and bad, written to docs/results.md
    python -m scripts.eval --only test --qualities fax photo
    python -m scripts.eval --subset                   the few letters of corpus/subset.toml; fails when they got worse

Scans are made when they are missing (corpus/made, not kept in the repository); their seeds are fixed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
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
from scripts.letters import CORPUS, ROOT, scans_of, split
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


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a quality, and how it went."""

    quality: str
    letters: int
    pages: int
    measures: Measures
    rate: float
    """Pages a minute, everything included."""


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


def measure(quality: str, names: Collection[str], work: Path) -> Row:
    """Make what scans are missing, read them all into a fresh database, and compare it with the gold."""
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
    return Row(quality, report.letters, pages, measures_of(report), 60 * pages / cost.wall)


def table(rows: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    heads = ["scans", "letters", "pages", *MEASURES.values(), "pages a minute"]
    lines = [_line(heads), _line(["---"] * len(heads))]
    for row in rows:
        shares = [f"{getattr(row.measures, name):.1%}" for name in MEASURES]
        lines.append(_line([row.quality, str(row.letters), str(row.pages), *shares, f"{row.rate:.0f}"]))
    return "\n".join(lines)


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
    rows = [measure(quality, wanted["letters"], work) for quality in wanted["measured"]]
    worse = [
        f"{row.quality}: {loss}"
        for row in rows
        for loss in regressions(row.measures, wanted["measured"][row.quality], wanted["tolerance"])
    ]
    return table(rows), worse


def page(rows: Iterable[Row], sides: str, day: dt.date) -> str:
    """docs/results.md: the table, and what one must know to make it again."""
    engine = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True).stdout.split("\n")[
        0
    ]
    return f"""# Results

<!-- Written by scripts/eval.py: `make eval` writes it again. -->

congvan {version("congvan")}, {day.isoformat()}, {engine}, {os.cpu_count()} cores. Letters: {sides} (corpus/split.toml).

{table(rows)}

Every row is read from scans that `make eval` makes on the spot (corpus/README.md tells how, and what they lack against
real paper). **fields right**: number, date, place, issuer, kind, subject, signer and the rest of letterhead and
signature, values that agree with the gold of those the gold has. **word errors**: over all words of all pages, order
included. **figures, citations, recipients, table cells**: F1; a figure agrees in kind, comparator, value and unit, a
cell in place and text. **accepted: right** is how many of the values that need no review are right; **right: accepted**
is how many of the right values a person need not look at. **pages a minute** includes reading, repair, extraction and
storing, on a machine that was not idle.
"""


def main() -> None:
    """Measure what the command line asks for, print the table, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=["dev", "test"], help="one side of the split; both without")
    parser.add_argument("--qualities", nargs="+", choices=QUALITIES, default=["office", "bad"], help="what scans")
    parser.add_argument("--subset", action="store_true", help="the letters of corpus/subset.toml; fail when worse")
    parser.add_argument("--work", type=Path, default=ROOT / "artefacts" / "eval", help="folder for the databases")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results.md", help="the page to write")
    options = parser.parse_args()
    if options.subset:
        told, worse = check_subset(options.work)
        print(told)
        sys.exit("\n".join(worse) or 0)
    rows = [measure(quality, split(options.only), options.work) for quality in options.qualities]
    print(table(rows))
    options.out.write_text(page(rows, options.only or "dev and test", dt.date.today()), encoding="utf-8")


if __name__ == "__main__":
    main()
