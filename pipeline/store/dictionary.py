"""What each public table and column means, in words, for the web and the documentation."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from sqlite_utils import Database

INNER = ("search_rows", "search_text", "sketches", "_sqlite_migrations", "sqlite_sequence")
"""Tables that are not for analysts."""

_VIEW_SOURCES = {"v_targets": ("targets", "documents"), "v_progress": ("targets",)}


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


def _place(table: str) -> int:
    """Where the dictionary describes it: letters first, what the program does for itself last."""
    return list(_words()).index(table)


def public_tables(db: Database) -> dict[str, dict[str, str]]:
    """The public tables and views, and the type of each of their columns, in the order of the dictionary."""
    names = {*db.table_names(), *db.view_names()} - set(INNER)
    ordered = sorted((n for n in names if not n.startswith("search_text_")), key=_place)
    return {
        name: {row["name"]: row["type"] for row in db.query(f"PRAGMA table_info({db.quote(name)})")} for name in ordered
    }
