"""What a database holds, to be compared with another."""

from __future__ import annotations

from pathlib import Path

from pipeline.config import StoreConfig
from pipeline.store import open_store

LETTERS = (
    "documents",
    "pages",
    "lines",
    "words",
    "fields",
    "targets",
    "citations",
    "recipients",
    "tables",
    "table_cells",
)
OWN_TO_A_RUN = {"read_at", "run_id"}


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables of letters, without what belongs to a run."""
    with open_store(database, StoreConfig(), read_only=True) as store:
        return {
            name: sorted(
                (
                    tuple(value for column, value in row.items() if column not in OWN_TO_A_RUN)
                    for row in store.db.query(f"SELECT * FROM {name}")
                ),
                key=repr,
            )
            for name in LETTERS
        }


def failed(database: Path) -> list[str]:
    """Names of the files that failed."""
    with open_store(database, StoreConfig(), read_only=True) as store:
        return [Path(row["source_path"]).name for row in store.failures()]
