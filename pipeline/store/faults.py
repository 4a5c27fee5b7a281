"""SQLite's errors in our words: what happened to the database file and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.errors import StoreError, ValueRefused

_KNOWN: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_BUSY: (
        "the database is locked by another program",
        "wait for the other program, or close it; store.busy_timeout in congvan.toml says how long to wait",
    ),
    sqlite3.SQLITE_LOCKED: ("the database is locked by another program", "close the other program and run again"),
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "free some space and run again: letters that were stored stay stored, the rest is read then",
    ),
    sqlite3.SQLITE_NOTADB: (
        "the file is not a database",
        "choose another file with --db; the file was left as it is",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the database is damaged",
        "restore it from a backup, or save what is left with `sqlite3 FILE .recover`",
    ),
    sqlite3.SQLITE_READONLY: (
        "the database may not be written",
        "check the permissions of the file and its folder: SQLite keeps its journal beside the file",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the database cannot be opened",
        "check that the folder exists and that you may write in it",
    ),
    sqlite3.SQLITE_IOERR: ("the disk failed while the database was used", "check the disk and the connection to it"),
    sqlite3.SQLITE_PERM: ("the database may not be opened by this user", "check the permissions of the file"),
}


@contextmanager
def translated_errors(where: str) -> Iterator[None]:
    """Turn SQLite's errors inside the block into `StoreError`, with advice.

    Raises:
        StoreError: SQLite failed; `ValueRefused` when it was one value.
    """
    try:
        yield
    except sqlite3.IntegrityError as e:
        raise ValueRefused(
            f"the database refused a value: {e}", hint="this is a fault of congvan: please report it", where=where
        ) from e
    except sqlite3.Error as e:
        code = getattr(e, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest its detail
        message, hint = _KNOWN.get(code, (f"the database failed: {e}", "run `congvan doctor` and report the message"))
        raise StoreError(message, hint=hint, where=where) from e
