"""A consistent copy of a database that others are writing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import StoreError

_PAGES_AT_ONCE = 1000  # then writers get their turn


def backup(db: Database, target: Path) -> None:
    """Copy the database, as it is at one instant, to a file of its own.

    It is written under another name and takes its own when it is whole and on the disk; a file of that name is replaced
    only then.

    Raises:
        StoreError: the copy cannot be written.
    """
    source = next(row["file"] for row in db.query("PRAGMA database_list") if row["name"] == "main")
    if target.exists() and target.samefile(source):
        raise StoreError("this is the database itself", hint="choose another file for the copy", where=str(target))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        copy = sqlite3.connect(unfinished)
        try:
            db.conn.backup(copy, pages=_PAGES_AT_ONCE)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, that needs no other beside it
        finally:
            copy.close()
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except OSError as e:
        raise StoreError(
            f"the copy cannot be written: {e.strerror}", hint="choose another place", where=str(target)
        ) from e
    finally:
        with suppress(OSError):
            unfinished.unlink()
