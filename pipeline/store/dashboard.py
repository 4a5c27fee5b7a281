"""What was set and reached, how good the reading is, and what one batch did: figures for charts."""

from __future__ import annotations

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.overview import RUNS, ListFilter, letters, runs
from pipeline.store.rows import Row

_DASHBOARD = {
    "by_year": """SELECT year, sum(targets) AS targets, sum(results) AS results FROM letters_by_year
        WHERE counts = 1 {of_year} GROUP BY year ORDER BY year""",
    "by_issuer": """SELECT (SELECT issuer FROM documents AS d WHERE d.issuer_key = b.issuer_key
            ORDER BY issued_on LIMIT 1) AS issuer, sum(targets) AS targets, sum(results) AS results
        FROM letters_by_year AS b WHERE counts = 1 AND issuer_key IS NOT NULL {of_year}
        GROUP BY b.issuer_key ORDER BY sum(targets) + sum(results) DESC, b.issuer_key LIMIT 12""",
    "by_indicator": """WITH often AS MATERIALIZED (
          SELECT indicator_key, unit, count(*) AS n FROM targets WHERE rejected = 0 {of_year}
          GROUP BY indicator_key, unit ORDER BY n DESC, indicator_key LIMIT 12)
        SELECT min(t.indicator) AS indicator, o.indicator_key, o.unit, sum(t.kind = 'target') AS targets,
          sum(t.kind = 'result') AS results, o.n
        FROM often AS o CROSS JOIN targets AS t ON t.indicator_key = o.indicator_key AND t.unit = o.unit
          AND t.rejected = 0 {of_year}
        GROUP BY o.indicator_key, o.unit ORDER BY o.n DESC, o.indicator_key""",
    "progress": """WITH some AS (
          SELECT id FROM targets WHERE kind = 'target' AND rejected = 0
            AND year = coalesce(:year, (SELECT max(year) FROM targets WHERE kind = 'result')) LIMIT 600)
        SELECT v_progress.* FROM some CROSS JOIN v_progress ON target_id = some.id WHERE ratio IS NOT NULL LIMIT 30""",
    "quality": """SELECT substr(read_at, 1, 7) AS month, count(*) AS letters, avg(confidence) AS confidence,
        avg(status <> 'needs_review') AS accepted
        FROM documents WHERE not_a_letter = 0 GROUP BY month ORDER BY month""",
    "letters_by_year": """SELECT year, count(*) AS letters, sum(status = 'needs_review') AS to_review FROM documents
        WHERE year IS NOT NULL AND not_a_letter = 0 AND duplicate_of IS NULL {of_year} GROUP BY year ORDER BY year""",
}


def dashboard(db: Database, year: int | None) -> dict[str, list[Row]]:
    """What was set and reached, by year, issuer and indicator, and how good the reading is; of one year or of all."""
    of_year = "" if year is None else "AND year = :year"  # without it SQLite counts in the index alone
    asked = {name: sql.format(of_year=of_year) for name, sql in _DASHBOARD.items()}
    return {name: list(db.query(sql, {"year": year})) for name, sql in asked.items()} | {"runs": runs(db)[::-1]}


def years(db: Database) -> list[int]:
    """The years of which there are figures, the latest first."""
    query = "SELECT DISTINCT year FROM targets WHERE year IS NOT NULL ORDER BY year DESC"
    return [row["year"] for row in db.query(query)]


_OF_RUN = {
    "by_status": """SELECT status, count(*) AS letters FROM documents WHERE run_id = :run AND not_a_letter = 0
        GROUP BY status""",
    "by_kind": """SELECT coalesce(doc_type, '?') AS kind, count(*) AS letters,
        sum(status = 'needs_review') AS to_review FROM documents WHERE run_id = :run AND not_a_letter = 0
        GROUP BY doc_type ORDER BY letters DESC, kind LIMIT 30""",
    "by_issuer": """SELECT coalesce(min(issuer), '?') AS issuer, count(*) AS letters,
        sum(status = 'needs_review') AS to_review FROM documents WHERE run_id = :run AND not_a_letter = 0
        GROUP BY issuer_key ORDER BY letters DESC, issuer LIMIT 12""",
    "failures": "SELECT * FROM failures WHERE run_id = :run ORDER BY source_path",
}


def of_run(db: Database, run_id: int) -> tuple[Row, dict[str, list[Row]]]:
    """One batch, and what it read: letters by status, kind and issuer, what waits for people, what failed.

    Raises:
        UsageError: there is no such batch.
    """
    found = next(iter(db.query(RUNS.format(where="r.id = ?"), [run_id, 1])), None)
    if found is None:
        numbers = ", ".join(str(run["id"]) for run in runs(db, 5))
        raise UsageError(f"no batch {run_id} in the database", hint=f"the latest are: {numbers or 'none'}")
    rows = {name: list(db.query(sql, {"run": run_id})) for name, sql in _OF_RUN.items()}
    return found, rows | {"review": letters(db, ListFilter("review", run_id=run_id, limit=-1))[0]}
