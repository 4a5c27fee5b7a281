"""The migrations: SQL files applied in the order of their names, each with its record in one transaction."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database, Migrations

from pipeline.errors import StoreError
from pipeline.store.matching import match_all
from pipeline.store.review import refresh_all
from pipeline.store.search import index_missing
from pipeline.store.transaction import transaction

_DERIVING = frozenset({"0003_large_archives"})
"""Migrations after which columns of `documents` are filled anew from its fields."""
_MATCHING = "0007_indicator_matches"
"""The migration that adds the table of matches, which is filled from the figures."""
_FOLDER = Path(__file__).parent / "migrations"


@lru_cache(maxsize=1)
def migrations() -> Migrations:
    """All migrations of the database of letters."""
    known = Migrations("congvan")
    for path in sorted(_FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        known(name=path.stem)(lambda db, sql=sql: _run(db, sql))
    return known


def _run(db: Database, script: str) -> None:
    """Run the statements of a script one by one: as a whole, it would end the transaction.

    SQLite says where a statement ends; asked at semicolons alone, it does so in a fifth of the time that sqlite-utils
    takes, which asks at each character.
    """
    statement = ""
    for part in re.split("(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
    if statement.strip():
        db.execute(statement)


def migrate(db: Database, where: str) -> None:
    """Bring the database to the schema of this version; nothing is done when it is there.

    Raises:
        StoreError: the file belongs to another program or to a newer congvan.
    """
    check_origin(db, where)
    if migrations().pending(db):
        with transaction(db):  # two programs that open a new file at once make one schema
            new = {migration.name for migration in migrations().pending(db)}
            migrations().apply(db)
            if new & _DERIVING:
                refresh_all(db)
            index_missing(db)
            if _MATCHING in new:
                match_all(db)


def must_exist(path: Path) -> None:
    """Make sure that a database is there, before something is done that only makes sense with letters.

    Raises:
        StoreError: it is not.
    """
    if not path.is_file():
        raise StoreError("there is no such database", hint="`congvan ingest` makes it; --db names it", where=str(path))


def check_current(db: Database, where: str) -> None:
    """Make sure that a database that may not be written has the schema of this version.

    Raises:
        StoreError: it belongs to another program, or to an older or newer congvan.
    """
    check_origin(db, where)
    if migrations().pending(db):
        raise StoreError(
            "the database has an older schema",
            hint="run `congvan ingest` on any scan with this database where it may be written: it brings it up to date",
            where=where,
        )


def check_origin(db: Database, where: str) -> None:
    """Make sure that the file is ours, or empty.

    Raises:
        StoreError: it belongs to another program or to a newer congvan.
    """
    applied = {migration.name for migration in migrations().applied(db)}
    if not applied and db.table_names():
        raise StoreError(
            "this is the database of another program",
            hint="choose another file with --db; congvan makes it when it is not there",
            where=where,
        )
    if applied - {path.stem for path in _FOLDER.glob("*.sql")}:
        raise StoreError(
            "the database was written by a newer congvan", hint="install the newer congvan on this machine", where=where
        )
