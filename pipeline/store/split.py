"""A letter of the database parted in two, or two joined, because a person says so; and that taken back."""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Record
from pipeline.store.parts import BEGINS, OF_FILE, Boundary, check_place, decided, keep_names, stem
from pipeline.store.recall import letters_of_file
from pipeline.store.rows import Row, document_id
from pipeline.store.write import replace_letters

Again = Callable[[tuple[Record, ...], Boundary], tuple[Record, ...]]
"""Understands the letters of a file anew with a boundary; a letter that it does not concern is handed back as it is."""


def set_boundary(db: Database, name: str, boundary: Boundary, again: Again, by: Row) -> str:
    """Part a letter before a page, or join it with the letter before; gives the letter that now holds the page.

    The decision is logged; what people decided on values stays with the letter that keeps its beginning.

    Args:
        db: the database, inside a transaction.
        name: the letter that holds the page.
        boundary: the page, and whether a letter begins there.
        again: how letters are understood from their pages.
        by: who and when, as `by` and `at`; `undoes` when it takes a decision back.

    Raises:
        UsageError: there is no such letter, or nothing lies before the page.
        StaleValue: the page is no longer this letter's, or it is so already.
    """
    sha256 = check_place(db, name, boundary)
    before = letters_of_file(db, sha256)
    after = again(before, boundary)
    gone = [record for record in before if record not in after]
    come = tuple(record for record in keep_names(db, after) if record not in before)
    _log(db, name, boundary, come, by)
    stamp = _stamp(db, name)
    replace_letters(db, [document_id(sha256, record.letter.part) for record in gone], come, stamp)
    return _holder(db, name, boundary.page)


def take_back(db: Database, decision_id: int, again: Again, by: Row) -> str:
    """Undo a decision about where a letter begins; gives the letter that now holds the page.

    Raises:
        UsageError: there is no such decision, or it was undone already, or the letters are others now.
        StaleValue: it was undone by another decision already.
    """
    name, boundary = decided(db, decision_id)
    back = Boundary(boundary.page, not boundary.begins)
    return set_boundary(db, _holder(db, name, boundary.page), back, again, {**by, "undoes": decision_id})


def _log(db: Database, name: str, boundary: Boundary, come: tuple[Record, ...], by: Row) -> None:
    """Note the decision, and the name of the letter that begins there, or began there until now."""
    begun = next((r.letter for r in come if boundary.begins and r.letter.pages[0].number == boundary.page), None)
    old, new = ("0", "1") if boundary.begins else ("1", "0")
    anchor = document_id(begun.scan.sha256, begun.part) if begun else name
    field = f"{BEGINS}{boundary.page}"
    db.table("corrections").insert(
        {"document_id": name, "field": field, "old": old, "new": new, "anchor": anchor, **by}
    )


def _stamp(db: Database, name: str) -> Row:
    """When and by which reader the letter was read: parting it reads nothing."""
    row = db.table("documents").get(name)
    return {column: row[column] for column in ("read_at", "reader_version", "run_id")}


def _holder(db: Database, name: str, page: int) -> str:
    """The letter of the same file that holds a page.

    Raises:
        UsageError: none does.
    """
    query = "SELECT document_id FROM pages AS c WHERE page_no = :page AND " + OF_FILE
    for row in db.query(query, {"page": page, "stem": stem(name)}):
        return str(row["document_id"])
    raise UsageError(f"no page {page} in the file of letter {name}", hint="the file was read again since")
