"""`congvan targets`: the figures."""

from __future__ import annotations

import sys
from typing import Any

import click

from pipeline.cli.options import with_letters
from pipeline.cli.printing import note, print_table
from pipeline.store import Store, TargetFilter, write_csv, write_jsonl

_COLUMNS = (
    "year", "kind", "issuer", "responsible", "indicator", "qualifier", "comparator", "value", "value_max", "unit",
    "status", "document_id", "page_no",
)  # fmt: skip


@click.command("targets")
@click.option("--year", type=int, help="Only figures of this year.")
@click.option("--issuer", help="Only letters of issuers whose name holds this.")
@click.option("--indicator", help="Only indicators that hold these words.")
@click.option("--for", "responsible", help="Only figures of the units whose name holds this.")
@click.option("--kind", type=click.Choice(["target", "result"]), help="Only targets, or only results.")
@click.option("--unit", help="Only figures in this unit of measure, such as `%` or `đoàn viên`.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@with_letters
def command(*, form: str, store: Store, **narrow: Any) -> None:  # noqa: ANN401 - the filter's fields
    """List targets and results, filtered; names match in part, with or without marks.

    Example: congvan targets --year 2023 --indicator "doan vien" --format csv > targets.csv
    """
    rows = store.targets(TargetFilter(**narrow))
    if form == "table":
        count = print_table(rows, _COLUMNS)
    else:
        write = write_csv if form == "csv" else write_jsonl
        count = write(rows, sys.stdout)
    note(f"{count} {'figure' if count == 1 else 'figures'}")
