"""Whether the files that were read are still there, and still the same; and where they went, when they were moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from sqlite_utils import Database

from pipeline.errors import NotReadable
from pipeline.intake import content_hash, find_scans


class Original(StrEnum):
    """What became of a file that was read."""

    SAME = "same"
    MOVED = "moved"
    CHANGED = "changed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Verified:
    """One file that was read, and what became of it."""

    path: Path
    sha256: str
    """Of what was read."""
    found: Original
    now: Path | None = None
    """Where the content is now, of a file that was moved."""


def verify(db: Database, folders: Sequence[Path] = ()) -> Iterator[Verified]:
    """Every file that letters were read from, looked at again, by path; then those that are not what they were.

    Args:
        db: the database.
        folders: where the content of the latter is looked for; without, the folders that letters were read from.
    """
    lost = []
    query = "SELECT DISTINCT source_path, sha256 FROM documents ORDER BY source_path, sha256"
    for row in list(db.query(query)):
        verified = _compare(Path(row["source_path"]), row["sha256"])
        if verified.found is Original.SAME:
            yield verified
        else:
            lost.append(verified)
    places = _places(db, lost, folders or _topmost(db)) if lost else {}
    for verified in lost:
        now = places.get(verified.sha256)
        yield replace(verified, found=Original.MOVED, now=now) if now else verified


def _compare(path: Path, sha256: str) -> Verified:
    try:
        same = content_hash(path) == sha256
    except NotReadable:
        return Verified(path, sha256, Original.MISSING)
    return Verified(path, sha256, Original.SAME if same else Original.CHANGED)


def _topmost(db: Database) -> list[Path]:
    """The folders that letters were read from, without those that lie in another of them."""
    folders = {Path(row["source_path"]).parent for row in db.query("SELECT DISTINCT source_path FROM documents")}
    return sorted(folder for folder in folders if not folders.intersection(folder.parents))


def _places(db: Database, lost: Iterable[Verified], folders: Iterable[Path]) -> dict[str, Path]:
    """Where in the folders those contents are, by hash; files that were found to be the same are not read again."""
    wanted = {verified.sha256 for verified in lost}
    unsettled = {verified.path for verified in lost}
    found: dict[str, Path] = {}
    for path in find_scans([folder for folder in folders if folder.is_dir()]):
        here = path.absolute()
        try:
            if here in unsettled or not _is_known(db, here):
                sha256 = content_hash(here)
                if sha256 in wanted:
                    found.setdefault(sha256, here)
        except NotReadable:
            continue  # nobody could have read a letter from it
    return found


def _is_known(db: Database, path: Path) -> bool:
    name = str(path).encode("utf-8", "replace").decode()  # a name that is no text was never stored
    return bool(db.execute("SELECT 1 FROM documents WHERE source_path = ? LIMIT 1", [name]).fetchone())


def relocate(db: Database, sha256: str, old: Path, new: Path) -> None:
    """Note that a file has moved: its letters, or its failure, are of the new place from now on."""
    db.execute("UPDATE documents SET source_path = ? WHERE sha256 = ?", [str(new), sha256])
    db.execute("UPDATE OR REPLACE failures SET source_path = ? WHERE source_path = ?", [str(new), str(old)])
