"""From rows back to nouns: the pages and tables of a letter as they were read, to be understood again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from pipeline.nouns import (
    Box,
    Cell,
    Judgement,
    Letter,
    Line,
    Mark,
    MarkKind,
    MediaType,
    PageText,
    Record,
    Repair,
    Scan,
    Table,
    Word,
    Zone,
)
from pipeline.store.rows import Row


def letters_of_file(db: Database, sha256: str) -> tuple[Record, ...]:
    """The letters of one file, by part: pages, tables and repairs as they were read; no fields, no figures."""
    rows = list(db.table("documents").rows_where("sha256 = ?", [sha256], order_by="part"))
    return tuple(_record(db, row) for row in rows)


def _record(db: Database, document: Row) -> Record:
    name = document["id"]
    scan = Scan(
        path=Path(document["source_path"]),
        sha256=document["sha256"],
        media_type=MediaType(document["media_type"]),
        size=document["size"],
        page_count=document["pages"],
    )
    return Record(
        letter=Letter(scan, pages_of(db, name), document["part"]),
        fields=(),
        tables=tuple(_table(db, row) for row in _of(db, "tables", name, "item")),
        repairs=tuple(
            Repair(r["page_no"], r["line_no"], r["word_no"], r["raw"], r["text"], r["score"], r["reason"])
            for r in _of(db, "repairs", name, "rowid")
        ),
    )


def pages_of(db: Database, document_id: str) -> tuple[PageText, ...]:
    """The pages of a letter in reading order, with all words, boxes and marks; grids are not kept."""
    return tuple(_page(db, row) for row in _of(db, "pages", document_id, "position"))


def _page(db: Database, row: Row) -> PageText:
    place = [row["document_id"], row["page_no"]]
    where = "document_id = ? AND page_no = ?"
    lines = db.table("lines").rows_where(where, place, order_by="line_no")
    marks = db.table("marks").rows_where(where, place, order_by="rowid")
    return PageText(
        number=row["page_no"],
        lines=tuple(Line(tuple(_words(line["words"])), Zone(line["zone"])) for line in lines),
        width=row["width"],
        height=row["height"],
        dpi=row["dpi"],
        rotation=row["rotation"],
        skew=row["skew"],
        blank=bool(row["blank"]),
        judgement=Judgement(**json.loads(row["judgement"])) if row["judgement"] else None,
        steps=tuple(json.loads(row["steps"])),
        marks=tuple(_mark(mark) for mark in marks),
        repeats_page=row["repeats_page"],
    )


def _words(compact: str) -> Iterator[Word]:
    for raw, text, x0, y0, x1, y1, confidence, *odds in json.loads(compact):
        yield Word(raw, raw if text is None else text, Box(x0, y0, x1, y1), confidence, *odds)


def _mark(row: Row) -> Mark:
    return Mark(MarkKind(row["kind"]), Box(row["x0"], row["y0"], row["x1"], row["y1"]), row["text"], row["confidence"])


def _table(db: Database, row: Row) -> Table:
    """The table as it was read."""
    title = json.loads(row["as_read"])["title"] if row["as_read"] else row["title"]
    cells = db.table("table_cells").rows_where("table_id = ?", [row["id"]], order_by="row, col")
    return Table(
        page=row["page_no"],
        title=title,
        columns=tuple(json.loads(row["columns"])),
        header_rows=row["header_rows"],
        rows=row["rows"],
        cells=tuple(_cell(cell, row["page_no"]) for cell in cells),
        checks_passed=row["checks_passed"],
        checks_failed=row["checks_failed"],
        box=_box(row),
    )


def _cell(row: Row, table_page: int) -> Cell:
    """The cell as it was read: what a person said of it is put on again when the letter is stored."""
    read = json.loads(row["as_read"]) if row["as_read"] else row
    names = ("row", "col", "text", "raw", "value", "confidence", "corrected_by")
    page = None if row["page_no"] == table_page else row["page_no"]
    return Cell(**{name: read[name] for name in names}, box=_box(read), page=page)


def _box(row: Row) -> Box | None:
    return None if row["x0"] is None else Box(row["x0"], row["y0"], row["x1"], row["y1"])


def _of(db: Database, table: str, document_id: str, order: str) -> list[Row]:
    return list(db.table(table).rows_where("document_id = ?", [document_id], order_by=order))
