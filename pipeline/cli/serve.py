"""`congvan serve`: the pages in a browser."""

from __future__ import annotations

import os
import webbrowser
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import with_config, with_database
from pipeline.cli.printing import note
from pipeline.config import Config
from pipeline.errors import UsageError
from pipeline.web import Access, serve

_TOKEN = "CONGVAN_TOKEN"
_SHORTEST_TOKEN = 12


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535))
@click.option("--open", "-o", "browser", is_flag=True, help="Open the browser at the address where one logs in.")
@with_database
@with_config
def command(*, host: str, port: int, browser: bool, database: Path, config: Config) -> None:
    """Serve the pages for review, search and figures to a browser on this machine.

    Everybody on this machine may read; who corrects logs in through the address that is printed. On another address
    than the loopback one nobody gets in without the access token; it is made anew at each start, unless the environment
    holds one in CONGVAN_TOKEN.

    Example: congvan serve --open --db letters.db
    """
    access = Access(host, port)
    given = os.environ.get(_TOKEN)
    if given is not None:
        if len(given) < _SHORTEST_TOKEN:
            raise UsageError(f"{_TOKEN} is too short to be safe", hint=f"use {_SHORTEST_TOKEN} characters or more")
        access = replace(access, token=given)

    new = not database.exists()

    def ready() -> None:
        if new:
            note(f"{database} is new and empty; read scans into it: congvan ingest FOLDER --db {database}")
        note(f"{access.address}\nto correct, log in: {access.login_address}\nstop with Ctrl-C")
        if browser:
            webbrowser.open(access.login_address)

    serve(database, config, access, ready)
