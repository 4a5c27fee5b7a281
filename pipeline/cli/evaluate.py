"""`congvan evaluate`: the database against gold."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.cli.options import FOLDER, with_letters
from pipeline.metrics import evaluate, render
from pipeline.store import Store


@click.command("evaluate")
@click.argument("gold", type=FOLDER)
@click.option("--misses", is_flag=True, help="List every value that is not the gold's.")
@with_letters
def command(*, gold: Path, misses: bool, store: Store) -> None:
    """Measure the letters in the database against gold, and whether accepted values can be trusted.

    GOLD is a folder with NAME.json beside each scan NAME.pdf; a key that is missing there is not judged.

    Example: congvan evaluate corpus/scans --db letters.db
    """
    click.echo(render(evaluate(store, gold), misses=misses))
