"""`congvan retry`: failed letters once more."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline import batch
from pipeline.cli.batches import progress, summarise, with_log
from pipeline.cli.options import with_config, with_database
from pipeline.config import Config
from pipeline.store.schema import must_exist


@click.command("retry")
@with_log
@with_database
@with_config
@click.pass_context
def command(ctx: click.Context, *, database: Path, config: Config, log_json: bool) -> None:
    """Read the files again that failed, after what was wrong with them or with this machine was put right.

    Example: congvan retry --db letters.db
    """
    must_exist(database)
    with progress("failed files", log_json=log_json) as report:
        result = batch.retry(database, config, report)
    summarise(result, database)
    ctx.exit(result.exit_code)
