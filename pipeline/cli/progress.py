"""`congvan progress`: targets beside the results that answer them."""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import with_config, with_database
from pipeline.cli.printing import note, print_table
from pipeline.config import Config
from pipeline.store import Row, Store, TargetFilter, open_store, write_csv, write_jsonl
from pipeline.store.schema import must_exist

_COLUMNS = (
    "year", "responsible", "indicator", "comparator", "target", "result", "unit", "ratio", "reached", "result_year",
    "target_number", "result_number", "likeness", "match_id",
)  # fmt: skip
_SHARES = ("ratio", "likeness")
_PAIRS = ("id", "target_indicator", "result_indicator", "unit", "likeness")


@click.command("progress")
@click.option("--year", type=int, help="Only targets of this year.")
@click.option("--issuer", help="Only targets of issuers whose name holds this.")
@click.option("--indicator", help="Only indicators that hold these words.")
@click.option("--for", "responsible", help="Only targets of the units whose name holds this.")
@click.option("--unit", help="Only figures in this unit of measure, such as `%` or `đoàn viên`.")
@click.option("--waiting", is_flag=True, help="List the pairs of wordings that a person should look at instead.")
@click.option(
    "--decide", "decided", type=(int, click.Choice(["same", "different"])), multiple=True, metavar="ID ANSWER",
    help="Say whether the wordings of this pair mean the `same`, or are `different`.",
)  # fmt: skip
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@with_config
@with_database
def command(
    *, database: Path, config: Config, form: str, waiting: bool, decided: tuple[tuple[int, str], ...],
    **narrow: Any,  # noqa: ANN401 - the filter's fields
) -> None:  # fmt: skip
    """Set results against the targets they answer: the same indicator, unit and body, within the target's period.

    Wordings are matched by their words. What a person says of a pair (--decide) holds for all letters.

    Example: congvan progress --year 2023 --unit "đoàn viên"
    """
    must_exist(database)
    with open_store(database, config.store, read_only=not decided) as store:
        for match_id, answer in decided:
            store.decide_match(match_id, getpass.getuser(), same=answer == "same")
        if decided:
            note(f"{len(decided)} decided")
            return
        count = _shown(store, TargetFilter(**narrow), form, waiting=waiting)
    one, many = ("pair", "pairs") if waiting else ("result beside its target", "results beside their targets")
    note(f"{count} {one if count == 1 else many}")


def _shown(store: Store, where: TargetFilter, form: str, *, waiting: bool) -> int:
    rows: list[Row] = list(store.matches("maybe") if waiting else store.progress(where))
    if form == "table":
        rounded = ({**row, **{name: round(row[name], 3) for name in _SHARES if row.get(name)}} for row in rows)
        return print_table(rounded, _PAIRS if waiting else _COLUMNS)
    return (write_csv if form == "csv" else write_jsonl)(rows, sys.stdout)
