"""Writing: one letter is one transaction, and a new reading never loses what people decided."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from pipeline.nouns import PageText, Record
from pipeline.store import rows
from pipeline.store.alike import sketch
from pipeline.store.links import link
from pipeline.store.matching import match_letter
from pipeline.store.parts import keep_names
from pipeline.store.review import apply_decisions, refresh
from pipeline.store.rows import Row
from pipeline.store.search import index, unindex


def save_letters(db: Database, records: tuple[Record, ...], stamp: Row) -> tuple[str, ...]:
    """Store the letters of one file in place of any older reading of the same content, and give their ids.

    Args:
        db: the database, inside a transaction.
        records: the letters; all of one file.
        stamp: `read_at`, `reader_version` and `run_id` of the rows of `documents`.
    """
    if not records:
        return ()
    scan = records[0].letter.scan
    named = keep_names(db, records)
    before = [row["id"] for row in db.table("documents").rows_where("sha256 = ?", [scan.sha256], select="id")]
    ids = replace_letters(db, before, named, stamp)
    where = "source_path = ? OR sha256 = ?"
    db.table("failures").delete_where(where, [str(scan.path), scan.sha256])
    return ids


def replace_letters(db: Database, before: list[str], records: tuple[Record, ...], stamp: Row) -> tuple[str, ...]:
    """Store letters in place of those that stand, put what people decided on them, and give their ids.

    Args:
        db: the database, inside a transaction.
        before: the ids of the letters that go.
        records: the letters that come, under parts that no other letter of the file has.
        stamp: as for `save_letters`.
    """
    for document_id in before:
        unindex(db, document_id)
        db.table("documents").delete(document_id)
    ids = tuple(_insert(db, record, stamp) for record in records)
    for document_id in ids:
        apply_decisions(db, document_id)
        refresh(db, document_id)
        index(db, document_id)
        sketch(db, document_id)
    link(db, ids)
    for document_id in ids:
        match_letter(db, document_id)
    return ids


def _insert(db: Database, record: Record, stamp: Row) -> str:
    document = rows.document_row(record) | stamp
    name: str = document["id"]
    db.table("documents").insert(document)
    _insert_rows(db, "fields", name, rows.field_rows(record))
    _insert_rows(db, "recipients", name, rows.recipient_rows(record))
    _insert_rows(db, "citations", name, rows.citation_rows(record))
    _insert_rows(db, "entities", name, rows.entity_rows(record))
    _insert_rows(db, "repairs", name, rows.repair_rows(record))
    targets = ({"id": f"{name}.{row['item']}", **row} for row in rows.target_rows(record))
    _insert_rows(db, "targets", name, targets)
    for table, cells in rows.table_rows(record):
        table_id = f"{name}.{table['item']}"
        _insert_rows(db, "tables", name, [{"id": table_id, **table}])
        _insert_rows(db, "table_cells", name, ({"table_id": table_id, **cell} for cell in cells))
    _insert_pages(db, name, record.letter.pages)
    return name


def _insert_pages(db: Database, name: str, pages: tuple[PageText, ...]) -> None:
    _insert_rows(db, "pages", name, rows.page_rows(pages))
    for page in pages:
        _insert_rows(db, "lines", name, rows.line_rows(page))
        _insert_rows(db, "marks", name, rows.mark_rows(page))


def _insert_rows(db: Database, table: str, document_id: str, found: Iterable[Row]) -> None:
    """Insert rows that all have the same columns: one prepared statement, run for each of them."""
    rows_of_letter = [{"document_id": document_id, **row} for row in found]
    if rows_of_letter:
        columns, values = (", ".join(form.format(name) for name in rows_of_letter[0]) for form in ("[{}]", ":{}"))
        db.conn.executemany(f"INSERT INTO [{table}] ({columns}) VALUES ({values})", rows_of_letter)


def save_failure(db: Database, failure: Row) -> None:
    """Note a file that could not be read; a file that fails again counts its attempts."""
    db.execute(
        """INSERT INTO failures (source_path, sha256, stage, error, message, hint, at, attempts, run_id)
        VALUES (:source_path, :sha256, :stage, :error, :message, :hint, :at, 1, :run_id)
        ON CONFLICT (source_path) DO UPDATE SET sha256 = excluded.sha256, stage = excluded.stage,
          error = excluded.error, message = excluded.message, hint = excluded.hint, at = excluded.at,
          run_id = excluded.run_id, attempts = attempts + 1""",
        failure,
    )
