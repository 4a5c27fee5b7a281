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
_SUMMARY = (
    "issuer", "indicator", "unit", "first_year", "last_year", "targets", "results", "latest_target", "latest_result",
)  # fmt: skip


@click.command("targets")
@click.option("--year", type=int, help="Only figures of this year.")
@click.option("--issuer", help="Only letters of issuers whose name holds this.")
@click.option("--indicator", help="Only indicators that hold these words.")
@click.option("--for", "responsible", help="Only figures of the units whose name holds this.")
@click.option("--kind", type=click.Choice(["target", "result"]), help="Only targets, or only results.")
@click.option("--unit", help="Only figures in this unit of measure, such as `%` or `đoàn viên`.")
@click.option("--summary", is_flag=True, help="One row for each issuer and indicator instead of one a figure.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@with_letters
def command(*, form: str, summary: bool, store: Store, **narrow: Any) -> None:  # noqa: ANN401 - the filter's fields
    """List targets and results, filtered; names match in part, with or without marks.

    Example: congvan targets --year 2023 --indicator "doan vien" --format csv > targets.csv
    """
    where = TargetFilter(**narrow)
    rows = store.target_summary(where) if summary else store.targets(where)
    if form == "table":
        count = print_table(rows, _SUMMARY if summary else _COLUMNS)
    else:
        write = write_csv if form == "csv" else write_jsonl
        count = write(rows, sys.stdout)
    one, many = ("indicator", "indicators") if summary else ("figure", "figures")
    note(f"{count} {one if count == 1 else many}")
