"""`congvan export`: everything, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click

from pipeline.cli.options import PATH, with_config, with_database
from pipeline.cli.printing import note
from pipeline.cli.verify import SOME_FAILED
from pipeline.config import Config
from pipeline.errors import StoreError, UsageError
from pipeline.store import EXPORTS, Store, open_store, write_csv, write_jsonl
from pipeline.store.workbook import write_workbook

FORMS = ("pdf", "alto")
"""Formats of which each letter, or page, is a file of its own."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for on the command line."""

    what: str | None
    form: str
    output: Path | None
    letters: tuple[str, ...]
    times: bool


@click.command("export")
@click.argument("what", type=click.Choice(EXPORTS), required=False)
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "xlsx", *FORMS]), default="csv", show_default=True)
@click.option("--output", "-o", type=PATH, help="The file to write, or the folder for pdf and alto; stdout without.")
@click.option(
    "--letter", "letters", multiple=True, metavar="ID", help="Only this letter (pdf and alto); may be repeated."
)
@click.option(
    "--times", is_flag=True, help="With the times of reading, which differ between two readings of one letter."
)
@with_database
@with_config
def command(*, database: Path, config: Config, **asked: Any) -> None:  # noqa: ANN401 - click's options
    """Write one table, or `letters`: everything of each letter, nested (jsonl only).

    Without WHAT, csv writes `documents` and jsonl `letters`. The order depends on the letters alone, so two exports can
    be compared. A cell that a spreadsheet would take for a formula is marked as text with an apostrophe. A workbook
    (xlsx) holds the register of letters, the figures, and targets beside results, each on a sheet.

    `dublin_core` and `archive_records` are the letters as libraries and electronic archives list them. pdf writes each
    letter as a searchable PDF/A-2, the scan with its repaired text unseen on it (needs: pip install 'congvan[pdf]');
    alto writes each page as ALTO XML with the boxes of its words.

    Example: congvan export targets --format csv -o targets.csv
    """
    wanted = _Wanted(**asked)
    with open_store(database, config.store, read_only=True) as store:
        if wanted.form in FORMS:
            _write_files(store, config, wanted)
        elif wanted.letters:
            raise UsageError("single letters are written as pdf or alto", hint="congvan show ID prints a letter")
        elif wanted.form == "xlsx":
            _write_book(store, wanted)
        else:
            _write_table(store, wanted)


def _write_files(store: Store, config: Config, wanted: _Wanted) -> None:
    """Write one file a letter or page; the exit code says whether some could not be written."""
    from pipeline.files import write_files  # noqa: PLC0415 - it loads what looks at pixels: only who asks pays

    if wanted.what is not None or wanted.output is None:
        hint = f"congvan export --format {wanted.form} -o FOLDER"
        raise UsageError(f"{wanted.form} is written into a folder, letter by letter", hint=hint)
    failed = count = 0
    for made in write_files(store, wanted.form, wanted.letters, wanted.output, config):
        count += len(made.files)
        if made.error is not None:
            failed += 1
            note(f"{made.document_id}  {made.source_name}: {made.error.message}\n    hint: {made.error.hint}")
        elif made.note:
            note(f"{made.document_id}  {made.source_name}: {made.note}")
    note(f"{wanted.output}: {count:,} files")
    if failed:
        click.get_current_context().exit(SOME_FAILED)


def _write_table(store: Store, wanted: _Wanted) -> None:
    what = wanted.what or ("documents" if wanted.form == "csv" else "letters")
    if what == "letters" and wanted.form == "csv":
        raise UsageError("letters are nested, csv is flat", hint="use --format jsonl, or export a table")
    write = write_csv if wanted.form == "csv" else write_jsonl
    with _opened(wanted.output) as out:
        count = write(store.export(what, times=wanted.times), out)
    note(f"{count} rows of {what}")


def _write_book(store: Store, wanted: _Wanted) -> None:
    if wanted.what is not None or wanted.output is None:
        raise UsageError("a workbook is the whole register", hint="congvan export --format xlsx -o register.xlsx")
    try:
        with wanted.output.open("wb") as out:
            write_workbook(store.db, out)
    except OSError as e:
        raise StoreError(f"the export cannot be written: {e.strerror}", where=str(wanted.output)) from e
    note(f"{wanted.output}: letters, figures, progress")


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", newline="") as out:
            yield out
    except OSError as e:
        raise StoreError(f"the export cannot be written: {e.strerror}", where=str(path)) from e
