"""The command line: one file a command, loaded when it is called, so that `congvan --help` answers at once.

Commands read their options, call one function of the product, print what it gives and choose the exit code; how letters
are read, stored and asked for is decided elsewhere. Data goes to stdout, everything else to stderr.
"""

from __future__ import annotations

import importlib
from difflib import get_close_matches

import click

COMMANDS: dict[str, str] = {
    "ingest": "Read scans into the database.",
    "watch": "Read what arrives in a folder, as it arrives.",
    "retry": "Read the letters again that failed.",
    "show": "Show one letter with its values and problems.",
    "search": "Find letters by their words, with or without marks.",
    "targets": "List targets and results.",
    "progress": "Set results against the targets they answer.",
    "query": "Ask the database in SQL.",
    "export": "Write letters, tables and pages for other programs.",
    "report": "Write a page about a year, a batch, or everything.",
    "serve": "Review, search and count in a browser.",
    "repair": "Bring ruined Vietnamese text back, line for line.",
    "verify": "Check that the scans are still what was read.",
    "backup": "Copy the database while it is used.",
    "evaluate": "Measure the database against gold.",
    "doctor": "Tell what is installed and what is missing.",
}
"""Command to what it does; each lives in the file of its name."""


class LazyGroup(click.Group):
    """A group that imports a command when it is called; the list of commands is known without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"pipeline.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; one that is only nearly meant is named.

        Raises:
            click.UsageError: there is no such command.
        """
        near = get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and near:
            ctx.fail(f"No such command {args[0]!r}. Did you mean {near[0]!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - click's contract
    from pipeline.config import READER_VERSION  # noqa: PLC0415 - only who asks pays

    if wanted:
        click.echo(f"congvan {READER_VERSION}")
        ctx.exit()


_HELP = """Turn scanned Vietnamese official letters into records that can be searched, counted and trusted.

\b
congvan ingest scans/            read a folder into letters.db
congvan search "ke hoach"        find letters, with or without marks
congvan targets --year 2023      the figures that were set or reached
congvan serve                    review and count in a browser
"""


@click.command(cls=LazyGroup, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
def cli() -> None:
    """The door of all commands."""
