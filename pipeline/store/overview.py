"""The database from above: what waits for people, how good the reading is, what was set and reached."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.store.parts import OF_FILE, stem
from pipeline.store.queries import DOUBTFUL
from pipeline.store.rows import Row, key

_LISTS = {
    "review": "d.status = 'needs_review' AND d.not_a_letter = 0",
    "accepted": "d.status = 'accepted' AND d.not_a_letter = 0",
    "confirmed": "d.status = 'confirmed' AND d.not_a_letter = 0",
    "duplicates": "d.duplicate_of IS NOT NULL AND d.not_a_letter = 0",
    "problems": "problems <> '[]' AND not_a_letter = 0",
    "not_letters": "d.not_a_letter = 1",
    "all": "1",
}
LISTS = tuple(_LISTS)
"""The lists of letters that people work through."""


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which letters are listed."""

    name: str = "review"
    """One of `LISTS`."""
    run_id: int | None = None
    issuer: str | None = None
    limit: int = 50
    offset: int = 0


# Most useful first: a letter with one doubt is a keystroke from being accepted; among equals the one with more figures.
_LETTERS = """
SELECT d.id, d.source_name, d.number, d.issued_on, d.doc_type, d.issuer, d.subject, d.status, d.confidence, d.pages,
  d.duplicate_of, d.problems, d.run_id,
  (SELECT json_group_array(json_object('name', f.name, 'value', f.value, 'reason', f.reason)) FROM fields AS f
    WHERE f.document_id = d.id AND {doubtful}) AS doubts,
  (SELECT count(*) FROM targets AS t WHERE t.document_id = d.id AND t.rejected = 0) AS figures
FROM documents AS d
WHERE {where} AND (:run_id IS NULL OR d.run_id = :run_id) AND (:issuer IS NULL OR instr(d.issuer_key, :issuer))
ORDER BY {order} LIMIT :limit OFFSET :offset
"""
_MOST_USEFUL = "d.doubts, d.confidence DESC, d.id"


def letters(db: Database, which: ListFilter) -> tuple[list[Row], int]:
    """One page of a list of letters, most useful first, and how many there are in all."""
    values: Row = {
        "run_id": which.run_id,
        "issuer": key(which.issuer) or None,
        "limit": which.limit,
        "offset": which.offset,
    }
    where = _LISTS[which.name]
    order = _MOST_USEFUL if which.name == "review" else "d.issued_on DESC, d.id"
    rows = [
        {**row, "problems": json.loads(row["problems"]), "doubts": json.loads(row["doubts"])}
        for row in db.query(_LETTERS.format(where=where, order=order, doubtful=DOUBTFUL), values)
    ]
    count = f"""SELECT count(*) AS n FROM documents AS d WHERE {where}
        AND (:run_id IS NULL OR d.run_id = :run_id) AND (:issuer IS NULL OR instr(d.issuer_key, :issuer))"""
    return rows, int(next(db.query(count, values))["n"])


def neighbour(db: Database, document_id: str) -> str | None:
    """The letter to look at after this one: the next of the list of what waits, the first at its end."""
    query = "SELECT d.id FROM documents AS d WHERE {} ORDER BY {}".format(_LISTS["review"], _MOST_USEFUL)
    ids = [row["id"] for row in db.query(query + " LIMIT 200")]
    if document_id in ids:
        ids = ids[ids.index(document_id) + 1 :] + ids[: ids.index(document_id)]
    return ids[0] if ids else None


def of_one_file(db: Database, document_id: str) -> list[Row]:
    """All letters of the file that a letter is in, by their pages: id, number, first and last page in the file."""
    query = """SELECT d.id, d.number, min(p.page_no) AS first, max(p.page_no) AS last
        FROM documents AS d JOIN pages AS p ON p.document_id = d.id
        WHERE d.sha256 = (SELECT sha256 FROM documents WHERE id = ?) GROUP BY d.id ORDER BY first"""
    return list(db.query(query, [document_id]))


def counts(db: Database) -> Row:
    """How many letters each list holds, and how many files failed."""
    each = (f"(SELECT count(*) FROM documents AS d WHERE {where}) AS [{name}]" for name, where in _LISTS.items())
    found = next(db.query(f"SELECT {', '.join(each)}"))
    return {**found, "failures": db.table("failures").count}


def runs(db: Database, limit: int = 20) -> list[Row]:
    """The latest batches, newest first, with the letters that wait in each."""
    query = """SELECT r.*, (SELECT count(*) FROM documents AS d WHERE d.run_id = r.id) AS letters,
        (SELECT coalesce(sum(pages), 0) FROM documents AS d WHERE d.run_id = r.id) AS pages,
        (SELECT count(*) FROM documents AS d WHERE d.run_id = r.id AND d.status = 'needs_review') AS to_review
        FROM runs AS r ORDER BY r.id DESC LIMIT ?"""
    return list(db.query(query, [limit]))


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


_DASHBOARD = {
    "by_year": """SELECT year, sum(kind = 'target') AS targets, sum(kind = 'result') AS results FROM targets
        WHERE year IS NOT NULL AND rejected = 0 AND (:year IS NULL OR year = :year) GROUP BY year ORDER BY year""",
    "by_issuer": """SELECT d.issuer, sum(t.kind = 'target') AS targets, sum(t.kind = 'result') AS results
        FROM documents AS d CROSS JOIN targets AS t ON t.document_id = d.id
        WHERE d.issuer_key IS NOT NULL AND t.rejected = 0 AND (:year IS NULL OR t.year = :year)
        GROUP BY d.issuer_key ORDER BY count(*) DESC LIMIT 12""",
    "by_indicator": """WITH often AS (
          SELECT indicator_key, unit, sum(kind = 'target') AS targets, sum(kind = 'result') AS results, count(*) AS n
          FROM targets WHERE rejected = 0 AND (:year IS NULL OR year = :year)
          GROUP BY indicator_key, unit ORDER BY n DESC, indicator_key LIMIT 12)
        SELECT (SELECT min(indicator) FROM targets AS t WHERE t.indicator_key = often.indicator_key) AS indicator, *
        FROM often""",
    "progress": """WITH some AS (
          SELECT id FROM targets WHERE kind = 'target' AND rejected = 0
            AND year = coalesce(:year, (SELECT max(year) FROM targets WHERE kind = 'result')) LIMIT 2000)
        SELECT v_progress.* FROM some CROSS JOIN v_progress ON target_id = some.id WHERE ratio IS NOT NULL LIMIT 30""",
    "quality": """SELECT substr(read_at, 1, 7) AS month, count(*) AS letters, avg(confidence) AS confidence,
        avg(status <> 'needs_review') AS accepted
        FROM documents WHERE not_a_letter = 0 GROUP BY month ORDER BY month""",
    "letters_by_year": """SELECT substr(issued_on, 1, 4) AS year, count(*) AS letters, sum(status = 'needs_review')
        AS to_review FROM documents WHERE issued_on IS NOT NULL AND not_a_letter = 0 AND duplicate_of IS NULL
        AND (:year IS NULL OR substr(issued_on, 1, 4) = CAST(:year AS TEXT)) GROUP BY 1 ORDER BY 1""",
    "years": "SELECT DISTINCT year FROM targets WHERE year IS NOT NULL ORDER BY year DESC",
}


def dashboard(db: Database, year: int | None) -> dict[str, list[Row]]:
    """What was set and reached, by year, issuer and indicator, and how good the reading is; of one year or of all."""
    values = {"year": year}
    return {name: list(db.query(sql, values)) for name, sql in _DASHBOARD.items()} | {"runs": runs(db)[::-1]}
