"""`congvan verify`: are the originals still what was read?"""

from __future__ import annotations

import click

from pipeline.cli.options import with_letters
from pipeline.cli.printing import note, print_table
from pipeline.store import Original, Store

SOME_FAILED = 8


@click.command("verify")
@with_letters
@click.pass_context
def command(ctx: click.Context, *, store: Store) -> None:
    """Check that every scan is where it was read and still has the same content; exit code 8 when one has not.

    Lists the scans that are missing or changed. A changed scan is read as a new letter by `congvan ingest`.

    Example: congvan verify --db letters.db
    """
    verified = list(store.verify())
    lost = [v for v in verified if v.found is not Original.SAME]
    print_table(({"file": v.path, "found": v.found, "sha256": v.sha256} for v in lost), ("found", "file", "sha256"))
    note(f"{len(verified)} scans, {len(lost)} missing or changed")
    ctx.exit(SOME_FAILED if lost else 0)
