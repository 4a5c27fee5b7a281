"""`congvan verify`: are the originals still what was read?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from pipeline.cli.options import FOLDER, with_config, with_database
from pipeline.cli.printing import counted, note, print_table
from pipeline.config import Config
from pipeline.store import Original, open_store
from pipeline.store.schema import must_exist

SOME_FAILED = 8
_COLUMNS = ("found", "file", "now", "sha256")


@click.command("verify")
@click.argument("folders", type=FOLDER, nargs=-1)
@click.option("--update", is_flag=True, help="Note in the database where the scans are that were moved.")
@with_database
@with_config
@click.pass_context
def command(ctx: click.Context, /, *, folders: tuple[Path, ...], update: bool, database: Path, config: Config) -> None:
    """Check that every scan is where it was read and still has the same content; exit code 8 when one has not.

    Lists the scans that are missing, changed or moved. Those that were moved are looked for, by their content, in
    FOLDERS; without, in the folders that letters were read from. A changed scan is read as a new letter by `ingest`.

    Example: congvan verify /srv/archive --update --db letters.db
    """
    must_exist(database)
    with open_store(database, config.store, read_only=not update) as store:
        verified = list(store.verify(folders))
        lost = [v for v in verified if v.found is not Original.SAME]
        if update:
            for v in lost:
                if v.now is not None:
                    store.relocate(v.sha256, v.path, v.now)
    rows = ({"found": v.found, "file": v.path, "now": v.now, "sha256": v.sha256} for v in lost)
    print_table(rows, _COLUMNS)
    count = Counter(v.found for v in lost)
    told = ", ".join(f"{count[kind]} {kind}" for kind in (Original.MISSING, Original.CHANGED, Original.MOVED))
    note(f"{counted(len(verified), 'scan')}, {told}{' (noted)' if update and count[Original.MOVED] else ''}")
    settled = count[Original.MOVED] if update else 0
    ctx.exit(SOME_FAILED if len(lost) > settled else 0)
