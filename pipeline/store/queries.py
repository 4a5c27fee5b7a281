"""Reading back: one letter with everything that is known of it, the figures by filter, what is left to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.store.rows import ASKED, STAMPED, Row, key

_NAMES = ", ".join(f"'{name}'" for name in sorted(ASKED))
DOUBTFUL = f"f.status = 'needs_review' AND f.name IN ({_NAMES})"
"""SQL: whether a row `f` of `fields` waits for a person."""


_STAMPED_VALUE = """(SELECT nullif(value, '') FROM fields AS s
    WHERE s.document_id = d.id AND s.name = '{0}' AND s.item = 0) AS {0}"""
STAMPED_VALUES = ", ".join(_STAMPED_VALUE.format(name) for name in STAMPED)
"""SQL: what the stamp of arrival says, as columns beside those of a row `d` of `documents`."""


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """One letter as rows of the public tables, each in the order of the letter."""

    document: Row
    pages: tuple[Row, ...]
    fields: tuple[Row, ...]
    recipients: tuple[Row, ...]
    citations: tuple[Row, ...]
    targets: tuple[Row, ...]
    tables: tuple[Row, ...]
    """Each with its rows of `table_cells` under `cells`."""
    marks: tuple[Row, ...]
    repairs: tuple[Row, ...]
    corrections: tuple[Row, ...]
    entities: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetFilter:
    """Which figures are wanted; None lets all through. Names match in part, with or without marks."""

    year: int | None = None
    issuer: str | None = None
    indicator: str | None = None
    responsible: str | None = None
    kind: str | None = None
    unit: str | None = None
    """Unit of measure, as a whole."""
    document_id: str | None = None
    run_id: int | None = None
    """Of letters that this batch read."""
    usable: bool | None = None
    """Those accepted or confirmed (True), those that wait for a person (False)."""


ALL_TARGETS = TargetFilter()


def no_letter(name: str) -> UsageError:
    """The error that says that no letter of that name is here."""
    return UsageError(f"no letter {name!r} in the database", hint="`congvan search` and `congvan export` list ids")


def find_letter(db: Database, wanted: str) -> str:
    """The id of a letter from its id, the beginning of it, or its file's name.

    Raises:
        UsageError: no letter, or more than one, is meant.
    """
    query = """SELECT id FROM documents WHERE id = :wanted OR source_name = :wanted OR source_path = :wanted
        OR (length(:wanted) >= 4 AND substr(id, 1, length(:wanted)) = :wanted) ORDER BY id <> :wanted, id LIMIT 6"""
    found = [row["id"] for row in db.query(query, {"wanted": wanted})]
    if not found:
        raise no_letter(wanted)
    if len(found) > 1 and found[0] != wanted:
        raise UsageError(f"{wanted!r} may be any of several letters", hint=f"choose one: {', '.join(found)}")
    return str(found[0])


def show(db: Database, document_id: str) -> StoredLetter:
    """Everything that is stored of a letter.

    Raises:
        UsageError: there is no such letter.
    """
    found = list(db.query("SELECT * FROM documents WHERE id = ?", [document_id]))
    if not found:
        raise no_letter(document_id)

    def of(table: str, order: str) -> tuple[Row, ...]:
        return tuple(db.table(table).rows_where("document_id = ?", [document_id], order_by=order))

    return StoredLetter(
        document=_parsed(found[0], "problems", "details"),
        pages=tuple(_parsed(page, "judgement", "steps") for page in of("pages", "position")),
        fields=of("fields", "name, item"),
        recipients=of("recipients", "item"),
        citations=of("citations", "item"),
        targets=of("targets", "item"),
        tables=tuple(_with_cells(db, table) for table in of("tables", "item")),
        marks=of("marks", "page_no, rowid"),
        repairs=of("repairs", "page_no, line_no, word_no, rowid"),
        corrections=of("corrections", "id"),
        entities=of("entities", "item"),
    )


def _parsed(row: Row, *names: str) -> Row:
    return row | {name: json.loads(row[name]) if row[name] else None for name in names}


def _with_cells(db: Database, table: Row) -> Row:
    cells = db.table("table_cells").rows_where("table_id = ?", [table["id"]], order_by="row, col")
    return _parsed(table, "columns") | {"cells": list(cells)}


# CROSS JOIN makes SQLite begin with the figures, year by year: whoever wants the first hundred waits for no others.
_TARGETS = """
SELECT t.id, t.kind, t.year, d.issuer, t.responsible, t.indicator, t.qualifier, t.comparator, t.value, t.value_max,
  t.unit, t.value_text, t.assigned_by, t.period_start, t.period_end, t.period_text, t.section, t.source, t.status,
  t.confidence, t.quote, d.number, d.issued_on, d.doc_type, d.subject, t.document_id, t.page_no, d.source_name,
  t.x0, t.y0, t.x1, t.y1
FROM targets AS t CROSS JOIN documents AS d ON d.id = t.document_id
WHERE {where} AND t.rejected = 0 AND d.not_a_letter = 0 AND d.duplicate_of IS NULL
ORDER BY {order} LIMIT :most
"""
TARGET_ORDERS = {
    "year": "t.year, d.issued_on, t.document_id, t.item",
    "latest": "t.year DESC, d.issued_on DESC, t.document_id, t.item",
    "indicator": "t.indicator_key, t.unit, t.year, t.id",
    "greatest": "t.value DESC, t.id",
    "doubtful": "t.confidence, t.id",
}
"""How figures are put in order; the first is that of exports."""
MOST_COUNTED = 10_000
_TARGET_FILTERS = {
    "year": "t.year = :year",
    "kind": "t.kind = :kind",
    "unit": "t.unit = :unit",
    "document_id": "t.document_id = :document_id",
    "run_id": "t.document_id IN (SELECT id FROM documents WHERE run_id = :run_id)",
    "usable": "(t.status <> 'needs_review') = :usable",
    "issuer": "instr(d.issuer_key, :issuer)",
    "indicator": "instr(t.indicator_key, :indicator)",
    "responsible": "instr(t.responsible_key, :responsible)",
}


def targets(db: Database, where: TargetFilter, order: str = "year", most: int = -1) -> Iterator[Row]:
    """The rows of `v_targets` that pass the filter, with their ink, in one of `TARGET_ORDERS`.

    Args:
        db: the database.
        where: the filter.
        order: with another than the first all figures are sorted before one comes, unless few are asked for.
        most: how many at most; -1 for all.
    """
    sql, values = narrowed(where)
    return iter(db.query(_TARGETS.format(where=sql, order=TARGET_ORDERS[order]), {**values, "most": most}))


def count_targets(db: Database, where: TargetFilter) -> int:
    """How many figures pass the filter; counted no further than one more than `MOST_COUNTED`."""
    sql, values = narrowed(where)
    query = f"""SELECT count(*) AS n FROM (SELECT 1 FROM targets AS t JOIN documents AS d ON d.id = t.document_id
        WHERE {sql} AND t.rejected = 0 AND d.not_a_letter = 0 AND d.duplicate_of IS NULL LIMIT {MOST_COUNTED + 1})"""
    return int(next(db.query(query, values))["n"])


def narrowed(where: TargetFilter) -> tuple[str, Row]:
    """SQL that lets the figures `t` of letters `d` through that pass the filter, and its parameters."""
    values: Row = {
        "year": where.year,
        "kind": where.kind,
        "unit": where.unit,
        "document_id": where.document_id,
        "run_id": where.run_id,
        "usable": where.usable,
        "issuer": key(where.issuer) or None,
        "indicator": key(where.indicator) or None,
        "responsible": key(where.responsible) or None,
    }
    asked = [sql for name, sql in _TARGET_FILTERS.items() if values[name] is not None]
    return " AND ".join(asked) or "1", values


def failures(db: Database) -> tuple[Row, ...]:
    """What could not be read, by path."""
    return tuple(db.table("failures").rows_where(order_by="source_path"))


def to_review(db: Database, run_id: int | None = None) -> Iterator[Row]:
    """The letters that need a person, least sure first, with the reasons in words."""
    query = f"""SELECT d.id, d.source_name, d.confidence, d.problems,
          (SELECT json_group_array(json_object('name', name, 'reason', reason)) FROM fields AS f
           WHERE f.document_id = d.id AND {DOUBTFUL}) AS doubts
        FROM documents AS d WHERE d.status = 'needs_review' AND (:run_id IS NULL OR d.run_id = :run_id)
        ORDER BY d.confidence, d.id"""
    return (_parsed(row, "problems", "doubts") for row in db.query(query, {"run_id": run_id}))
