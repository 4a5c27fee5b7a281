"""`congvan backup`: a copy of the database while it is used."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import PATH, with_letters
from pipeline.cli.printing import note
from pipeline.store import Store


@click.command("backup")
@click.argument("file", type=PATH)
@with_letters
def command(*, store: Store, file: Path) -> None:
    r"""Copy the database, as it is at one instant, while others go on reading and writing.

    The copy takes its name when it is whole and on the disk; an older one of that name is replaced only then.

    \b
    Example: congvan backup /backup/letters-2025-01-31.db --db letters.db
    """
    store.backup(file)
    note(f"copied to {file}")
