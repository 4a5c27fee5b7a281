"""`congvan export`: everything, for other programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from pipeline.cli.options import PATH, with_letters
from pipeline.cli.printing import note
from pipeline.errors import StoreError, UsageError
from pipeline.store import EXPORTS, Store, write_csv, write_jsonl
from pipeline.store.workbook import write_workbook


@click.command("export")
@click.argument("what", type=click.Choice(EXPORTS), required=False)
@click.option("--format", "form", type=click.Choice(["csv", "jsonl", "xlsx"]), default="csv", show_default=True)
@click.option("--output", "-o", type=PATH, help="The file to write; stdout without.")
@click.option(
    "--times", is_flag=True, help="With the times of reading, which differ between two readings of one letter."
)
@with_letters
def command(*, what: str | None, form: str, output: Path | None, times: bool, store: Store) -> None:
    """Write one table, or `letters`: everything of each letter, nested (jsonl only).

    Without WHAT, csv writes `documents` and jsonl `letters`. The order depends on the letters alone, so two exports can
    be compared. A cell that a spreadsheet would take for a formula is marked as text with an apostrophe. A workbook
    (xlsx) holds the register of letters, the figures, and targets beside results, each on a sheet.

    Example: congvan export targets --format csv -o targets.csv
    """
    if form == "xlsx":
        _write_book(store, what, output)
        return
    what = what or ("documents" if form == "csv" else "letters")
    if what == "letters" and form == "csv":
        raise UsageError("letters are nested, csv is flat", hint="use --format jsonl, or export a table")
    write = write_csv if form == "csv" else write_jsonl
    with _opened(output) as out:
        count = write(store.export(what, times=times), out)
    note(f"{count} rows of {what}")


def _write_book(store: Store, what: str | None, output: Path | None) -> None:
    if what is not None or output is None:
        raise UsageError("a workbook is the whole register", hint="congvan export --format xlsx -o register.xlsx")
    try:
        with output.open("wb") as out:
            write_workbook(store.db, out)
    except OSError as e:
        raise StoreError(f"the export cannot be written: {e.strerror}", where=str(output)) from e
    note(f"{output}: letters, figures, progress")


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
