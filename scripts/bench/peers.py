"""Other programs on the same scans: word errors, time, memory, and number and date where a peer has them.

    python -m scripts.bench.peers --side dev --qualities office bad --venv artefacts/peers

OCRmyPDF and Tesseract are taken from the system, kreuzberg and invoice2data from a virtual environment of their own
(`--venv`); a program that is not installed is named and left out. Every program gets two workers, as in `speed`.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.metrics.compare import same_value
from pipeline.metrics.text import NOTHING_READ, wer
from scripts.bench import speed
from scripts.bench.speed import Cost, Texts, page_count, run, whole_text
from scripts.letters import ROOT, SIDES, scans_of, split, spread
from scripts.make_scans.profiles import PROFILES

Fields = dict[str, dict[str, str]]
"""Number and date by the scan's name without suffix: `{"number": …, "issued_on": "2021-07-09"}`."""
FIELDS = {"number": "number", "issued_on": "date"}
"""What is compared, and its key in the gold."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program made of a set of scans; `fields` is None for one that reads text only."""

    cost: Cost
    texts: Texts
    fields: Fields | None = None


@dataclass(frozen=True, slots=True)
class Peer:
    """A program: the commands it needs, the Python packages it needs in the peers' environment, how it is run."""

    commands: tuple[str, ...]
    package: str
    read: Callable[[list[Path], Path, Path], Outcome]
    """Scans, folder to work in, interpreter of the peers' environment."""


def _ours(files: list[Path], folder: Path, _: Path) -> Outcome:
    cost, texts = speed.congvan(files, folder)
    with sqlite3.connect(folder / "letters.db") as db:
        rows = db.execute("select source_name, number, issued_on from documents where part = 1").fetchall()
    found = {Path(name).stem: {"number": number or "", "issued_on": day or ""} for name, number, day in rows}
    return Outcome(cost, texts, found)


def _text_only(read: Callable[[list[Path], Path], tuple[Cost, Texts]]) -> Callable[[list[Path], Path, Path], Outcome]:
    return lambda files, folder, _: Outcome(*read(files, folder))


_KREUZBERG = """
import json, sys
import kreuzberg

settings = kreuzberg.ExtractionConfig(
    use_cache=False, force_ocr=True, ocr=kreuzberg.OcrConfig(backend="tesseract", language="vie"),
    concurrency=kreuzberg.ConcurrencyConfig(max_threads=int(sys.argv[2])))
read = kreuzberg.batch_extract_files_sync(sys.argv[3:], config=settings)
with open(sys.argv[1], "w", encoding="utf-8") as out:
    json.dump([one.content for one in read], out)
"""
"""Runs in the peers' environment: text of all scans, in their order."""


def _kreuzberg(files: list[Path], folder: Path, python: Path) -> Outcome:
    out = folder / "texts.json"
    cost = run([str(python), "-c", _KREUZBERG, str(out), str(speed.WORKERS), *map(str, files)])
    texts = json.loads(out.read_text(encoding="utf-8"))
    return Outcome(cost, {file.stem: text for file, text in zip(files, texts, strict=True)})


_TEMPLATE = r"""
issuer: letter
keywords: ['Độc lập']
fields:
  number: {parser: regex, regex: 'Số\s*:?\s*(\d+[\w/.-]*[/-][\w/.&-]+)'}
  date: {parser: regex, regex: 'ngày\s+(\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})', type: date}
required_fields: [number]
options: {date_formats: ['%d tháng %m năm %Y'], languages: [vi], remove_whitespace: false}
"""
"""invoice2data needs a template for each layout; this one asks of all letters what every letter has."""


def _invoice2data(files: list[Path], folder: Path, python: Path) -> Outcome:
    """OCRmyPDF first, since invoice2data reads text; then its template on each text layer."""
    cost, texts = speed.ocrmypdf()(files, folder)
    templates = folder / "templates"
    templates.mkdir()
    (templates / "letter.yml").write_text(_TEMPLATE, encoding="utf-8")
    program = str(python.with_name("invoice2data"))
    command = [program, "--exclude-built-in-templates", "-t", str(templates), "-i", "pdftotext", "-f", "json"]
    found: Fields = {}
    for file in files:
        out = folder / f"{file.stem}.json"
        cost += run([*command, "-o", str(out), str(folder / f"{file.stem}.pdf")])
        found[file.stem] = _first_values(json.loads(out.read_text(encoding="utf-8")))
    return Outcome(cost, texts, found)


def _first_values(answers: list[dict[str, str | list[str]]]) -> dict[str, str]:
    """Of the values that a pattern found in the whole text the first, which is the one at the top of page 1."""
    told = answers[0] if answers else {}
    values = {name: told.get(key, "") for name, key in FIELDS.items()}
    return {name: value if isinstance(value, str) else value[0] for name, value in values.items()}


PEERS = {
    "congvan": Peer((), "", _ours),
    "OCRmyPDF": Peer(("ocrmypdf",), "", _text_only(speed.ocrmypdf())),
    "OCRmyPDF --deskew --clean": Peer(("ocrmypdf", "unpaper"), "", _text_only(speed.ocrmypdf("--deskew", "--clean"))),
    "Tesseract alone, vie": Peer(("tesseract",), "", _text_only(speed.tesseract_alone("vie"))),
    "Tesseract alone, eng": Peer(("tesseract",), "", _text_only(speed.tesseract_alone("eng"))),
    "kreuzberg": Peer(("tesseract",), "kreuzberg", _kreuzberg),
    "OCRmyPDF and invoice2data": Peer(("ocrmypdf",), "invoice2data", _invoice2data),
}


def missing(peer: Peer, python: Path) -> str:
    """The first thing that a peer needs and that is not installed; empty when all is there."""
    if lacking := [command for command in peer.commands if not shutil.which(command)]:
        return lacking[0]
    return peer.package if peer.package and not _version(python, peer.package) else ""


def _version(python: Path, package: str) -> str:
    """The version of a package in the peers' environment; empty when it is not there."""
    if not python.is_file():
        return ""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run([str(python), "-c", ask], capture_output=True, text=True, check=False).stdout.strip()


def line(program: str, quality: str, outcome: Outcome, files: list[Path]) -> str:
    """One line of the table."""
    golds = {file.stem: json.loads(file.with_suffix(".json").read_text(encoding="utf-8")) for file in files}
    errors = NOTHING_READ
    for name, gold in golds.items():
        errors += wer(outcome.texts.get(name, ""), whole_text(gold["text"]))
    shares = ["–" if outcome.fields is None else share(outcome.fields, golds, name) for name in FIELDS]
    pages, cost = page_count(files), outcome.cost
    figures = [f"{errors.rate:.1%}", *shares, f"{60 * pages / cost.wall:.1f}", f"{cost.cpu / pages:.1f}"]
    return f"| {quality} | {program} | {' | '.join(figures)} | {cost.peak:.0f} |"


def share(found: Fields, golds: dict[str, dict[str, str]], name: str) -> str:
    """How many letters have the right value of a field."""
    right = sum(same_value(name, found.get(stem, {}).get(name), gold[FIELDS[name]]) for stem, gold in golds.items())
    return f"{right}/{len(golds)}"


_HEAD = (
    "| scans | program | word errors | number | date | pages a minute | CPU s a page | peak MB |\n"
    "|---|---|---|---|---|---|---|---|"
)


def measure(quality: str, names: Iterable[str], python: Path) -> list[str]:
    """The lines of all programs over the letters at one quality, printed as they come."""
    files = [file for file in scans_of(names, quality) if file.suffix == ".pdf"]
    lines = []
    for program, peer in PEERS.items():
        if lacking := missing(peer, python):
            print(f"{program} is left out: {lacking} is not installed", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            lines.append(line(program, quality, peer.read(files, Path(scratch), python), files))
        print(lines[-1], flush=True)
    return lines


def page(lines: Iterable[str], letters: str, versions: Iterable[str], day: dt.date) -> str:
    """docs/peers.md: the table and what it does not say."""
    rows = "\n".join([_HEAD, *lines])
    return f"""# Other programs on the same pages

<!-- Written by scripts/bench/peers.py: `make bench-peers` writes it again. -->

{day.isoformat()}, {os.cpu_count()} cores; {", ".join(versions)}. Letters: {letters}.

{rows}

**word errors** are counted over all words in the order of the gold, which reads the left column of a letterhead
before the right one. A program that reads straight across the page is charged for that order, though every word may
be right: part of the distance between congvan and the others is order, not letters. **number** and **date** are
letters with the right value; `–` where a program reads text only. Time is of the whole program: congvan also repairs,
extracts, checks and stores; OCRmyPDF also writes a searchable PDF, which congvan does when it is asked to.
Where the machine did other work meanwhile, pages a minute are too low and differ from row to row; seconds of CPU hold.

What the peers are for: OCRmyPDF makes archives searchable and keeps the page as it is, in a hundred languages.
Tesseract is the engine under all of these. kreuzberg pulls text out of dozens of file formats. invoice2data fills
fields by one template a layout, and is made for invoices: the template used here asks for number and date only, and a
letterhead set in two columns is not what it was written for.
"""


def main() -> None:
    """Measure, print the table, write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="letters; all of the side when none is given")
    parser.add_argument("--side", choices=SIDES, default="dev", help="which letters")
    parser.add_argument("--letters", type=int, help="only so many, evenly spread over the names")
    parser.add_argument("--qualities", nargs="+", choices=list(PROFILES), default=["office", "bad"], help="what scans")
    parser.add_argument("--venv", type=Path, default=ROOT / "artefacts" / "peers", help="where peers are installed")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "peers.md", help="the page to write")
    options = parser.parse_args()
    names, python = spread(options.names or split(options.side), options.letters), options.venv / "bin" / "python"
    print(_HEAD)
    lines = [told for quality in options.qualities for told in measure(quality, names, python)]
    packages = sorted({peer.package for peer in PEERS.values() if not missing(peer, python)} - {""})
    versions = [f"{package} {_version(python, package)}" for package in packages]
    side = f"{len(names)} of {len(split(options.side))} ({options.side})"
    letters = ", ".join(names) if options.names else side
    options.out.write_text(page(lines, letters, versions, dt.date.today()), encoding="utf-8")


if __name__ == "__main__":
    main()
