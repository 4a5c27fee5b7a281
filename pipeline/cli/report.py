"""`congvan report`: a year, or a batch, on one page."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import PATH, with_letters
from pipeline.cli.printing import note
from pipeline.errors import StoreError, UsageError
from pipeline.store import Store
from pipeline.store.dashboard import years
from pipeline.web.language import LANGUAGES
from pipeline.web.report import report, report_of_run


@click.command("report")
@click.option("--year", type=int, help="Only letters and figures of this year.")
@click.option(
    "--run",
    "run_id",
    type=int,
    metavar="NUMBER",
    help="The batch of this number instead: what was read, what waits, what failed.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--output", "-o", type=PATH, required=True, help="The HTML file to write.")
@with_letters
def command(*, year: int | None, run_id: int | None, language: str, output: Path, store: Store) -> None:
    """Write one self-contained HTML page: charts, progress and figures; it opens in any browser and can be mailed.

    Example: congvan report --year 2023 -o 2023.html
    """
    if run_id is not None and year is not None:
        raise UsageError("a batch holds letters of many years", hint="give --year or --run, not both")
    page = report(store, year, language) if run_id is None else report_of_run(store, run_id, language)
    try:
        output.write_text(page, encoding="utf-8")
    except OSError as e:
        raise StoreError(f"the report cannot be written: {e.strerror}", where=str(output)) from e
    note(f"{output}: {len(page.encode()):,} bytes")
    known = years(store.db)
    if year is not None and year not in known:
        note(f"there are no figures of {year}; there are of: {', '.join(map(str, known)) or 'no year'}")
