"""What people say about where letters begin in a file, and the names that letters keep when they are parted otherwise.

Such a decision is a row of `corrections` like any other: field `begins.3`, value 1 when a letter begins on page 3 of
the file and 0 when none does. Its anchor is the name of the letter that begins there.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import StaleValue, UsageError
from pipeline.nouns import Record
from pipeline.store.queries import no_letter
from pipeline.store.rows import Row, document_id

BEGINS = "begins."
"""How `corrections.field` begins when it says where a letter begins; the number of the page follows."""

OF_FILE = "c.document_id >= :stem AND c.document_id < :stem || '.'"  # `-` of `-2` sorts before `.`
"""SQL: whether a row `c` is of the file whose first letter is `:stem`."""

_STANDING = f"""
SELECT id, field, new FROM corrections AS c WHERE {OF_FILE} AND field GLOB 'begins.*' AND undoes IS NULL
  AND NOT EXISTS (SELECT 1 FROM corrections AS u WHERE u.undoes = c.id)
ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Boundary:
    """Whether a letter begins on a page of a file, as a person says."""

    page: int
    begins: bool


def stem(name: str) -> str:
    """What the names of all letters of a file begin with: the name of its first."""
    return name.partition("-")[0]


def is_boundary(field: str) -> bool:
    """Whether a decision is about where a letter begins."""
    return field.startswith(BEGINS)


def boundaries(db: Database, sha256: str) -> tuple[Boundary, ...]:
    """What stands of all that was said about a file, oldest first."""
    rows = db.query(_STANDING, {"stem": document_id(sha256, 1)})
    return tuple(_boundary(row) for row in rows)


def _boundary(row: Row) -> Boundary:
    return Boundary(int(row["field"].removeprefix(BEGINS)), row["new"] == "1")


def decided(db: Database, decision_id: int) -> tuple[str, Boundary]:
    """A decision about where a letter begins that was not undone: the letter it was made in, and what it says.

    Raises:
        UsageError: there is none of that number, or it was undone already.
    """
    query = "SELECT * FROM corrections AS c WHERE id = ? AND NOT EXISTS (SELECT 1 FROM corrections WHERE undoes = c.id)"
    for row in db.query(query, [decision_id]):
        if is_boundary(row["field"]):
            return row["document_id"], _boundary(row)
    raise UsageError(f"correction {decision_id} cannot be undone", hint="it is not there, or was undone already")


def check_place(db: Database, name: str, boundary: Boundary) -> str:
    """Make sure that the letter has the page, and not yet the boundary; gives the hash of its file.

    Raises:
        UsageError: there is no such letter, or nothing lies before the page.
        StaleValue: the page is no longer this letter's, or the letter begins there, or not, already.
    """
    query = """SELECT d.sha256, p.position, (SELECT min(page_no) FROM pages AS o JOIN documents AS od
        ON od.id = o.document_id WHERE od.sha256 = d.sha256) AS first
        FROM documents AS d LEFT JOIN pages AS p ON p.document_id = d.id AND p.page_no = ? WHERE d.id = ?"""
    found = next(iter(db.query(query, [boundary.page, name])), None)
    if found is None:
        raise no_letter(name)
    if found["position"] is None or (found["position"] == 1) == boundary.begins:
        raise StaleValue("this letter's pages are others now", hint="look at it again and decide again")
    if not boundary.begins and boundary.page == found["first"]:
        raise UsageError("no page of this file lies before this letter", hint="there is nothing to join it with")
    return str(found["sha256"])


def keep_names(db: Database, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """The letters of a file, each under the part it had when it began on the same page; others get parts of their own.

    So what people decided on a letter stays with it, whatever is found before it in the file.
    """
    sha256 = records[0].letter.scan.sha256
    firsts = [_first_page(record) for record in records]
    known = _known_parts(db, sha256)
    if not known or len(set(firsts)) < len(firsts):
        return records
    spare = max(known.values())
    named = []
    for record, first in zip(records, firsts, strict=True):
        if first not in known:
            spare += 1
        part = known.get(first, spare)
        named.append(dataclasses.replace(record, letter=dataclasses.replace(record.letter, part=part)))
    return tuple(named)


def _first_page(record: Record) -> int:
    return record.letter.pages[0].number if record.letter.pages else 0


def _known_parts(db: Database, sha256: str) -> dict[int, int]:
    """Page on which a letter of this file begins, or began once, to its part."""
    began = f"SELECT field, anchor FROM corrections AS c WHERE {OF_FILE} AND field GLOB 'begins.*' AND anchor NOT NULL"
    known = {
        int(row["field"].removeprefix(BEGINS)): _part(row["anchor"])
        for row in db.query(began, {"stem": document_id(sha256, 1)})
    }
    now = """SELECT d.part, p.page_no FROM documents AS d JOIN pages AS p ON p.document_id = d.id AND p.position = 1
        WHERE d.sha256 = ?"""
    return known | {row["page_no"]: row["part"] for row in db.query(now, [sha256])}


def _part(name: str) -> int:
    found = re.search(r"-(\d+)$", name)
    return int(found[1]) if found else 1
