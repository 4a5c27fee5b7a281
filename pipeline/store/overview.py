"""The database from above: the lists that people work through, the batches, what was decided."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from pipeline.nouns import MediaType
from pipeline.store.parts import OF_FILE, stem
from pipeline.store.queries import DOUBTFUL, STAMPED_VALUES
from pipeline.store.rows import REQUIRED, Row, key

_LISTS = {
    "review": "d.status = 'needs_review' AND d.not_a_letter = 0",
    "accepted": "d.status = 'accepted' AND d.not_a_letter = 0",
    "confirmed": "d.status = 'confirmed' AND d.not_a_letter = 0",
    "duplicates": "d.duplicate_of IS NOT NULL AND d.not_a_letter = 0",
    "problems": "problems <> '[]' AND not_a_letter = 0",
    "not_letters": "d.not_a_letter = 1",
    "all": "1",
}
_LIST_OF = {"needs_review": "review", "accepted": "accepted", "confirmed": "confirmed"}
NOT_FOUND = "it was not found"
"""Why a letter waits that lacks a value which every letter has."""
LISTS = tuple(_LISTS)
"""The lists of letters that people work through."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which letters are listed."""

    name: str = "review"
    """One of `LISTS`."""
    run_id: int | None = None
    issuer: str | None = None
    """Part of its name, with or without marks."""
    doc_type: str | None = None
    since: str | None = None
    """First day of issue, `YYYY-MM-DD`, or its beginning, `YYYY`."""
    until: str | None = None
    """Last day of issue, in the same way."""
    limit: int = 50
    """-1 for all."""
    offset: int = 0


# Most useful first: a letter with one doubt is a keystroke from being accepted; among equals the one with more figures.
_LETTERS = """
SELECT d.id, d.source_name, d.number, d.issued_on, d.doc_type, d.issuer, d.subject, d.status, d.confidence, d.pages,
  d.duplicate_of, d.problems, d.run_id, d.place, d.signer, d.signer_title, d.urgency, d.secrecy, {stamped},
  (SELECT json_group_array(json_object('name', f.name, 'value', f.value, 'reason', f.reason)) FROM fields AS f
    WHERE f.document_id = d.id AND {doubtful}) AS doubts,
  (SELECT json_group_array(json_object('name', value, 'value', '', 'reason', '{missing}'))
    FROM json_each('{required}') WHERE NOT EXISTS (
      SELECT 1 FROM fields AS f WHERE f.document_id = d.id AND f.name = value AND f.item = 0)) AS missing,
  (SELECT count(*) FROM targets AS t WHERE t.document_id = d.id AND t.rejected = 0) AS figures
FROM documents AS d
WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset
"""
_NARROWED = """{where} AND (:run_id IS NULL OR d.run_id = :run_id) AND (:issuer IS NULL OR instr(d.issuer_key, :issuer))
  AND (:doc_type IS NULL OR d.doc_type = :doc_type) AND (:since IS NULL OR d.issued_on >= :since)
  AND (:until IS NULL OR substr(d.issued_on, 1, length(:until)) <= :until)"""
_MOST_USEFUL = "d.doubts, d.confidence DESC, d.id"


def letters(db: Database, which: ListFilter) -> tuple[list[Row], int]:
    """One page of a list of letters, most useful first, and how many there are in all."""
    values: Row = {**asdict(which), "issuer": key(which.issuer) or None}
    where = _NARROWED.format(where=_LISTS[values.pop("name")])
    order = _MOST_USEFUL if which.name == "review" else "d.issued_on DESC, d.id"
    asked = {"doubtful": DOUBTFUL, "missing": NOT_FOUND, "required": json.dumps(REQUIRED), "stamped": STAMPED_VALUES}
    sql = _LETTERS.format(where=where, order=order, **asked)
    rows = [
        {
            **row,
            "problems": json.loads(row["problems"]),
            "doubts": json.loads(row["doubts"]) + json.loads(row["missing"]),
        }
        for row in db.query(sql, values)
    ]
    return rows, int(next(db.query(f"SELECT count(*) AS n FROM documents AS d WHERE {where}", values))["n"])


def neighbour(db: Database, document_id: str) -> str | None:
    """The letter to look at after this one: the next of the list of what waits, the first at its end."""
    query = "SELECT d.id FROM documents AS d WHERE {} ORDER BY {}".format(_LISTS["review"], _MOST_USEFUL)
    ids = [row["id"] for row in db.query(query + " LIMIT 200")]
    if document_id in ids:
        ids = ids[ids.index(document_id) + 1 :] + ids[: ids.index(document_id)]
    return ids[0] if ids else None


def first_image(db: Database, document_id: str) -> int | None:
    """The page of the file on which a letter begins, in reading order; None for plain text, which has no image."""
    query = """SELECT page_no FROM pages AS p JOIN documents AS d ON d.id = p.document_id
        WHERE d.id = ? AND d.media_type <> ? ORDER BY position LIMIT 1"""
    return next((row["page_no"] for row in db.query(query, [document_id, str(MediaType.TEXT)])), None)


def of_one_file(db: Database, document_id: str) -> list[Row]:
    """All letters of the file that a letter is in, by their pages: id, number, first and last page in the file."""
    query = """SELECT d.id, d.number, min(p.page_no) AS first, max(p.page_no) AS last
        FROM documents AS d JOIN pages AS p ON p.document_id = d.id
        WHERE d.sha256 = (SELECT sha256 FROM documents WHERE id = ?) GROUP BY d.id ORDER BY first"""
    return list(db.query(query, [document_id]))


_CITING = """
SELECT d.id, d.number, d.issued_on, d.issuer, min(c.page_no) AS page_no FROM citations AS c
JOIN documents AS d ON d.id = c.document_id
WHERE c.cited_document_id = ? AND d.not_a_letter = 0 AND d.duplicate_of IS NULL
GROUP BY d.id ORDER BY d.issued_on, d.id LIMIT 100
"""


def citing(db: Database, document_id: str) -> list[Row]:
    """The letters that cite a letter, by date, each with the first page where it does."""
    return list(db.query(_CITING, [document_id]))


_COUNTS = """
SELECT (SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL AND not_a_letter = 0) AS duplicates,
  (SELECT count(*) FROM documents INDEXED BY documents_with_problems WHERE problems <> '[]' AND not_a_letter = 0)
    AS problems,
  (SELECT count(*) FROM failures) AS failures
"""


def counts(db: Database) -> Row:
    """How many letters each list holds, and how many files failed."""
    found = dict.fromkeys(_LISTS, 0)
    for row in db.query("SELECT not_a_letter, status, count(*) AS n FROM documents GROUP BY not_a_letter, status"):
        name = "not_letters" if row["not_a_letter"] else _LIST_OF[row["status"]]
        found[name] += row["n"]
        found["all"] += row["n"]
    return {**found, **next(db.query(_COUNTS))}


RUNS = """
SELECT r.*, (SELECT count(*) FROM documents AS d WHERE d.run_id = r.id) AS letters,
  (SELECT coalesce(sum(pages), 0) FROM documents AS d WHERE d.run_id = r.id) AS pages,
  (SELECT count(*) FROM documents AS d WHERE d.run_id = r.id AND d.status = 'needs_review') AS to_review
FROM runs AS r WHERE {where} ORDER BY r.id DESC LIMIT ?
"""
"""SQL: batches with what they read and what of it waits; its parameters are those of `where`, and how many."""


def runs(db: Database, limit: int = 20) -> list[Row]:
    """The latest batches, newest first, with the letters that wait in each."""
    return list(db.query(RUNS.format(where="1"), [limit]))


_DECISIONS = """
SELECT c.*, d.number, d.source_name, u.id AS undone_by FROM corrections AS c
LEFT JOIN documents AS d ON d.id = c.document_id LEFT JOIN corrections AS u ON u.undoes = c.id
WHERE {where} ORDER BY c.id DESC LIMIT :limit OFFSET :offset
"""
_OF_LETTER = f"(c.document_id = :document_id OR ({OF_FILE} AND c.field GLOB 'begins.*'))"


def decisions(db: Database, *, document_id: str | None = None, limit: int = 100, offset: int = 0) -> list[Row]:
    """What people decided, newest first, and whether it was taken back.

    Args:
        db: the database.
        document_id: only decisions on this letter, and on where letters of its file begin; None for all.
        limit: how many at most; -1 for all.
        offset: how many are passed over.
    """
    values = {"document_id": document_id, "stem": stem(document_id or ""), "limit": limit, "offset": offset}
    return list(db.query(_DECISIONS.format(where=_OF_LETTER if document_id else "1"), values))
