"""`congvan ingest`: scans into the database."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline import batch
from pipeline.cli.batches import progress, summarise, with_log
from pipeline.cli.options import PATH, with_config, with_database
from pipeline.config import Config, override


@click.command("ingest")
@click.argument("paths", type=PATH, nargs=-1, required=True)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Letters read at once; the number of cores without.")
@click.option("--reread", is_flag=True, help="Read letters again that an older version has read.")
@click.option("--archive", metavar="DIR", help="Keep a copy of every file that was read, named by its content.")
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers read: tcp://10.0.0.5:8786.")
@with_log
@with_database
@with_config
@click.pass_context
def command(
    ctx: click.Context, /, *, paths: tuple[Path, ...], database: Path, config: Config, **flags: int | str | bool | None
) -> None:
    """Read scans (PDF, TIFF, PNG, JPEG, plain text) into the database; folders are searched at any depth.

    Letters that are in the database already are passed over, so a batch that was stopped continues where it was. A
    letter that cannot be read does not stop the others: it is listed with the reason, and the exit code is 8.

    Example: congvan ingest scans/ --db letters.db
    """
    log_json = bool(flags.pop("log_json"))
    config = override(config, "batch", **{**flags, "reread": flags["reread"] or None})
    with progress("files", log_json=log_json) as report:
        result = batch.ingest(paths, database, config, report)
    summarise(result, database)
    ctx.exit(result.exit_code)
