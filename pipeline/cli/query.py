"""`congvan query`: the database asked in SQL."""

from __future__ import annotations

import sys

import click

from pipeline.cli.options import with_letters
from pipeline.cli.printing import counted, note, print_table
from pipeline.store import Store, write_csv, write_jsonl
from pipeline.store.asking import asked


@click.command("query")
@click.argument("sql")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@with_letters
def command(*, sql: str, form: str, store: Store) -> None:
    """Ask the database in SQL; with - the question is read from stdin. Nothing can be changed by it.

    docs/schema.md tells tables and columns, docs/cookbook.md has the usual questions. Two functions are added:
    fold(text) without marks and case, and number_key(number) in the form of documents.number_key.

    Example: congvan query "SELECT number, subject FROM documents WHERE fold(issuer) LIKE '%lao dong%'" --format csv
    """
    columns, rows = asked(store.db, sys.stdin.read() if sql == "-" else sql)
    if form == "table":
        count = print_table(rows, columns)
    else:
        count = (write_csv if form == "csv" else write_jsonl)(rows, sys.stdout)
    note(counted(count, "row"))
