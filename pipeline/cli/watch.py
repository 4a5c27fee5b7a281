"""`congvan watch`: letters are read as they arrive."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline import batch
from pipeline.cli.batches import progress, summarise, with_log
from pipeline.cli.options import FOLDER, PATH, with_config, with_database
from pipeline.config import Config


@click.command("watch")
@click.argument("folder", type=FOLDER)
@click.option("--done", type=PATH, metavar="DIR", help="Move files there that were read; they stay without.")
@click.option("--failed", type=PATH, metavar="DIR", help="Move files there that could not be read; they stay without.")
@with_log
@with_database
@with_config
@click.pass_context
def command(
    ctx: click.Context, /, *, folder: Path, database: Path, config: Config, log_json: bool, **moves: Path | None
) -> None:
    r"""Read what arrives in a folder, when it has stopped growing, until Ctrl-C.

    Files are moved only when a folder is named for it: by renaming, after they were stored, never over another file.
    How long a file must rest is set by watch.steady in congvan.toml.

    \b
    Example: congvan watch /srv/scans --done /srv/read --failed /srv/unread --db letters.db
    """
    inbox = batch.Inbox(folder, **moves)
    with progress("files", log_json=log_json) as report:
        for result in batch.watch(inbox, database, config, report):
            summarise(result, database)
            if result.interrupted:
                ctx.exit(result.exit_code)
