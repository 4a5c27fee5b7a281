"""What each public table and column means, in words, for the web and the documentation."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

INNER = ("search_rows", "search_text", "sketches", "_sqlite_migrations", "sqlite_sequence", "sqlite_stat1")
"""Tables that are not for analysts."""

_VIEW_SOURCES = {"v_targets": ("targets", "documents"), "v_progress": ("targets", "indicator_matches"),
                 "v_entities": ("entities",)}  # fmt: skip


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("dictionary.toml").read_text(encoding="utf-8"))


def about(table: str) -> str:
    """What a table or view holds, in one sentence.

    Raises:
        KeyError: nobody has described it.
    """
    return _words()[table]["_about"]


def meaning(table: str, column: str) -> str:
    """What a column means.

    Raises:
        KeyError: nobody has described it.
    """
    words = _words()
    for source in (table, *_VIEW_SOURCES.get(table, ()), "common"):
        if column in words[source]:
            return words[source][column]
    return _of_view(column)


def _of_view(column: str) -> str:
    """The meaning of a column of `v_progress` that says whose it is: `target_number`, `result_issued_on`."""
    side, _, name = column.partition("_")
    words = _words()["documents"] | {"document_id": "the letter", "id": "the row of `targets`"}
    return f"Of the {side}: {words[name]}"


def public_tables(db: Database) -> dict[str, dict[str, str]]:
    """The public tables and views, and the type of each of their columns, in the order of the dictionary.

    Tables that the dictionary does not know are the analysts' own, or SQLite's (`ANALYZE` makes some).
    """
    there = {*db.table_names(), *db.view_names()}
    return {
        name: {row["name"]: row["type"] for row in db.query(f"PRAGMA table_info({db.quote(name)})")}
        for name in _words()
        if name in there
    }
