"""Questions in SQL, as analysts write them: only asked, nothing is changed."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.rows import Row, key, number_key


def teach(connection: sqlite3.Connection) -> None:
    """Add our functions to SQL: `fold(text)` without marks and case, `number_key(number)` as documents.number_key."""
    connection.create_function("fold", 1, lambda text: key(text and str(text)), deterministic=True)
    connection.create_function("number_key", 1, lambda text: number_key(text and str(text)), deterministic=True)


def asked(db: Database, sql: str) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The columns and the rows that answer a question; a column whose name came before is called `name_2`.

    Args:
        db: the database, opened for reading only: SQLite itself refuses what would change it.
        sql: one statement.

    Raises:
        UsageError: it is no statement that SQLite understands, gives no rows, or would change the database; from the
            rows too, for what only shows while they are read.
    """
    teach(db.conn)
    try:
        cursor = db.conn.execute(sql)
    except (sqlite3.Error, sqlite3.Warning) as e:
        raise _refused(e) from e
    if cursor.description is None:
        raise UsageError("this gives no rows", hint="ask with SELECT")
    seen: Counter[str] = Counter()
    columns = tuple(_unlike(name, seen) for name, *_ in cursor.description)
    return columns, _rows(cursor, columns)


def _unlike(name: str, seen: Counter[str]) -> str:
    seen[name] += 1
    return name if seen[name] == 1 else f"{name}_{seen[name]}"


def _rows(cursor: sqlite3.Cursor, columns: tuple[str, ...]) -> Iterator[Row]:
    try:
        for row in cursor:
            yield dict(zip(columns, row, strict=True))
    except sqlite3.Error as e:
        raise _refused(e) from e


def _refused(error: Exception) -> UsageError:
    if "readonly" in str(error):
        return UsageError("a question cannot change the database", hint="people decide on values in congvan serve")
    return UsageError(f"the database cannot answer this: {error}", hint="docs/schema.md tells its tables and columns")
