"""Options that several commands share, so that they mean the same everywhere."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pipeline.config import Config, load_config
from pipeline.store import open_store

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


def with_database(command: Command) -> Command:
    """Adds `--db`, handed over as `database`."""
    return click.option(
        "--db", "database", type=PATH, default=Path("letters.db"), show_default=True, help="The database of letters."
    )(command)


def with_letters(command: Callable[..., None]) -> Callable[..., None]:
    """Adds `--db` and `--config` and hands over the database, opened for reading, as `store`."""

    @functools.wraps(command)
    def opened(*, database: Path, config: Config, **rest: object) -> None:
        with open_store(database, config.store, read_only=True) as store:
            command(store=store, **rest)

    return with_database(with_config(opened))


def with_config(command: Command) -> Command:
    """Adds `--config`, handed over as `config`, read already."""
    return click.option(
        "--config", "config", type=PATH, metavar="FILE", callback=_load, help="Settings, as in congvan.toml."
    )(command)


def _load(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Config:
    return load_config(path)
