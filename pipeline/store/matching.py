"""Results and the targets they answer: which wordings of an indicator mean the same, decided by their words and kept.

A pair of wordings is matched once for all letters and years; what a person says of it stands. Only wordings that meet
are compared: those of one unit of measure and one body, where the result falls into the period of the target.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Indel
from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.queries import TargetFilter, narrowed
from pipeline.store.rows import Row

SAME, MAYBE, CONFIRMED, REJECTED = "same", "maybe", "confirmed", "rejected"
"""What is known of a pair: the words say so; a person should look; a person says so; a person says no."""

_COLUMNS = """t.indicator_key AS target_key, r.indicator_key AS result_key, t.unit,
  min(t.indicator) AS target_indicator, min(r.indicator) AS result_indicator"""
_TIME = """r.kind = 'result' AND t.kind = 'target' AND t.rejected = 0 AND r.rejected = 0
  AND r.year BETWEEN coalesce(CAST(substr(t.period_start, 1, 4) AS INTEGER), td.year, t.year) AND t.year
  AND coalesce(td.issued_on <= rd.issued_on, td.id = rd.id)"""
_GROUP = "GROUP BY t.indicator_key, r.indicator_key, t.unit"

# The bodies are the same when both name one, or when one of them is the issuer of the other's letter, or both issuers.
_BY_NAME = f"""
SELECT {_COLUMNS} FROM {{mine}} JOIN targets AS {{o}} ON {{o}}.unit = {{m}}.unit
  AND {{o}}.responsible_key = coalesce(nullif({{m}}.responsible_key, ''), {{m}}d.issuer_key)
  AND {{o}}.responsible_key <> ''
JOIN documents AS {{o}}d ON {{o}}d.id = {{o}}.document_id
WHERE {{m}}.document_id = :id AND {_TIME} {_GROUP}
"""
_BY_ISSUER = f"""
SELECT {_COLUMNS} FROM {{mine}}
JOIN documents AS {{o}}d ON {{o}}d.issuer_key = coalesce(nullif({{m}}.responsible_key, ''), {{m}}d.issuer_key)
JOIN targets AS {{o}} ON {{o}}.document_id = {{o}}d.id AND {{o}}.unit = {{m}}.unit AND {{o}}.responsible_key = ''
WHERE {{m}}.document_id = :id AND {_TIME} {_GROUP}
"""
_MINE = "targets AS {m} JOIN documents AS {m}d ON {m}d.id = {m}.document_id"

_KEEP = """
INSERT INTO indicator_matches (target_indicator, result_indicator, unit, likeness, status, target_key, result_key)
VALUES (:target_indicator, :result_indicator, :unit, :likeness, :status, :target_key, :result_key)
ON CONFLICT (target_key, unit, result_key) DO UPDATE SET
  target_indicator = min(target_indicator, excluded.target_indicator),
  result_indicator = min(result_indicator, excluded.result_indicator),
  likeness = excluded.likeness, status = CASE WHEN decided_by IS NULL THEN excluded.status ELSE status END
"""


@dataclass(frozen=True, slots=True)
class _Words:
    light: frozenset[str]
    changing: frozenset[str]
    same: float
    maybe_longer: float
    maybe_other: float


@lru_cache(maxsize=1)
def _words() -> _Words:
    given = tomllib.loads(Path(__file__).with_name("likeness.toml").read_text(encoding="utf-8"))
    return _Words(frozenset(given["light"]), frozenset(given["changing"]), **given["limits"])


def likeness(one: str, other: str) -> tuple[float, str | None]:
    """How alike two folded indicators are (0 to 1, order aside), and what follows: `same`, `maybe` or None.

    Where each says something that the other does not, they may be two things (`kết nạp đoàn viên`, `kết nạp đảng
    viên`): a person decides. Where one only says more, they are one thing, but for words that make another of it.
    """
    words = _words()
    first, second = (sorted(w for w in text.split() if w not in words.light) or text.split() for text in (one, other))
    score = round(Indel.normalized_similarity(first, second), 4)
    longer = len(first) + len(second) - 2 * min(len(first), len(second)) == Indel.distance(first, second)
    if longer and score >= words.same and words.changing.isdisjoint(set(first) ^ set(second)):
        return score, SAME
    return score, MAYBE if score >= (words.maybe_longer if longer else words.maybe_other) else None


def match_letter(db: Database, document_id: str) -> None:
    """Compare the figures of a letter with those they may answer, or that may answer them, and keep what is alike."""
    found = {(row["target_key"], row["result_key"], row["unit"]): row for row in _meeting(db, document_id)}
    for row in found.values():
        score, status = likeness(row["target_key"], row["result_key"])
        if status is not None:
            db.execute(_KEEP, {**row, "likeness": score, "status": status})


def _meeting(db: Database, document_id: str) -> list[Row]:
    """The wordings of targets and results that meet in a letter, or between it and others."""
    rows: list[Row] = []
    for m, o in (("t", "r"), ("r", "t")):
        mine = _MINE.format(m=m)
        for query in (_BY_NAME, _BY_ISSUER):
            rows += db.query(query.format(mine=mine, m=m, o=o), {"id": document_id})
    return rows


def match_all(db: Database) -> None:
    """Compare the figures of all letters: for a database that was written before wordings were matched."""
    for row in list(db.query("SELECT DISTINCT document_id FROM targets WHERE kind = 'target'")):
        match_letter(db, row["document_id"])


def matches(db: Database, status: str | None = None) -> list[Row]:
    """The pairs of wordings that are kept, the likest first; of one status or of all."""
    query = """SELECT id, target_indicator, result_indicator, unit, likeness, status, decided_by, decided_at
        FROM indicator_matches WHERE :status IS NULL OR status = :status
        ORDER BY likeness DESC, target_key, result_key, unit"""
    return list(db.query(query, {"status": status}))


def progress(db: Database, where: TargetFilter) -> Iterator[Row]:
    """The rows of `v_progress` whose targets pass the filter, by year, target and date of the result."""
    sql, values = narrowed(where)
    query = f"""SELECT v_progress.* FROM targets AS t JOIN documents AS d ON d.id = t.document_id
        CROSS JOIN v_progress ON target_id = t.id WHERE t.kind = 'target' AND {sql}
        ORDER BY v_progress.year, target_id, result_issued_on, result_id"""
    return iter(db.query(query, values))


def decide(db: Database, match_id: int, stamp: Row, *, same: bool) -> None:
    """Note that a person says two wordings mean the same, or do not.

    Args:
        db: the database, inside a transaction.
        match_id: the pair.
        stamp: `by` and `at`.
        same: what the person says.

    Raises:
        UsageError: there is no such pair.
    """
    changed = db.execute(
        "UPDATE indicator_matches SET status = ?, decided_by = ?, decided_at = ? WHERE id = ?",
        [CONFIRMED if same else REJECTED, stamp["by"], stamp["at"], match_id],
    )
    if not changed.rowcount:
        raise UsageError(f"no pair of indicators {match_id}", hint="`congvan progress --waiting` lists them")
