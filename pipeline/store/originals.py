"""Whether the files that were read are still there, and still the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database


class Original(StrEnum):
    """What became of a file that was read."""

    SAME = "same"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Verified:
    """One file that was read, and what became of it."""

    path: Path
    sha256: str
    """Of what was read."""
    found: Original


def verify(db: Database) -> Iterator[Verified]:
    """Every file that letters were read from, looked at again, by path."""
    query = "SELECT DISTINCT source_path, sha256 FROM documents ORDER BY source_path, sha256"
    for row in list(db.query(query)):
        path = Path(row["source_path"])
        yield Verified(path, row["sha256"], _compare(path, row["sha256"]))


def _compare(path: Path, sha256: str) -> Original:
    try:
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except OSError:
        return Original.MISSING
    return Original.SAME if same else Original.CHANGED


def relocate(db: Database, sha256: str, old: Path, new: Path) -> None:
    """Note that a file has moved: its letters, or its failure, are of the new place from now on."""
    db.execute("UPDATE documents SET source_path = ? WHERE sha256 = ?", [str(new), sha256])
    db.execute("UPDATE OR REPLACE failures SET source_path = ? WHERE source_path = ?", [str(new), str(old)])
