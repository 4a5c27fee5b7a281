"""What people see: tables and values of letters on stdout, notes on stderr, plain text where no terminal listens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.store import Row

STATUS_SIGNS = {"accepted": "✓", "confirmed": "✓✓", "needs_review": "?"}


def stdout() -> Console:
    """Where data goes; as wide as it needs when it is no terminal, so that nothing is cut in a pipe."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=10_000, no_color=True)


def stderr() -> Console:
    """Where notes and progress go."""
    return Console(stderr=True, highlight=False)


def print_table(rows: Iterable[Row], columns: Sequence[str], *, title: str = "") -> int:
    """Print some columns of rows as a table and give the number of rows; nothing for none."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(row.get(column))) for column in columns))
    if table.row_count:
        stdout().print(table)
    return table.row_count


def shown(value: object) -> str:
    """A value as people write it: no `None`, no `210.0`; control characters of a letter never reach the terminal."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}" if abs(value) < 1e10 else f"{value:.0f}"
    return "".join(c if c.isprintable() else " " for c in str(value))


def counted(number: int, what: str) -> str:
    """How many there are of something: `1 letter`, `1,200 letters`."""
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def note(message: str) -> None:
    """Print a line on stderr."""
    click.echo(message, err=True)
