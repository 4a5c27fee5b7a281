"""A database opens, or says what is wrong with it and what to do."""

from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipeline.config import READER_VERSION, StoreConfig
from pipeline.errors import StoreError
from pipeline.nouns import Status
from pipeline.store import open_store
from pipeline.store.schema import migrations
from tests.store.invented import a_field, a_record, doubtful

QUICK = StoreConfig(busy_timeout=0.05)


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, QUICK) as store:
        before = store.db.schema
        store.save((a_record(),))
    with open_store(path, QUICK) as store:
        assert store.db.schema == before
        assert store.db.journal_mode == "wal"
        assert store.has(a_record().letter.scan.sha256, READER_VERSION)


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    open_store(path, QUICK).close()
    with open_store(path, QUICK, read_only=True) as store:
        with pytest.raises(StoreError, match="may not be written") as told:
            store.save((a_record(),))
        assert "permissions" in told.value.hint


def test_a_reader_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such database"):
        open_store(tmp_path / "letters.db", QUICK, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder") as told:
        open_store(tmp_path / "archive" / "letters.db", QUICK)
    assert "mkdir" in told.value.hint


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    path.write_text("Kính gửi: " * 500, encoding="utf-8")
    with pytest.raises(StoreError, match="not a database"):
        open_store(path, QUICK)
    assert path.read_text(encoding="utf-8").startswith("Kính gửi")


def test_the_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE documents (title TEXT)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(path, QUICK)


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, QUICK) as store:
        row = {"migration_set": "congvan", "name": "9999_later", "applied_at": "2030-01-01"}
        store.db.table("_sqlite_migrations").insert(row)
    for read_only in (True, False):
        with pytest.raises(StoreError, match="newer congvan"):
            open_store(path, QUICK, read_only=read_only)


def test_an_older_schema_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, QUICK) as store:
        last = next(store.db.query("SELECT max(name) AS name FROM _sqlite_migrations"))["name"]
        store.db.table("_sqlite_migrations").delete_where("name = ?", [last])
    with pytest.raises(StoreError, match="older schema"):
        open_store(path, QUICK, read_only=True)


def test_a_locked_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, QUICK) as store:
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"):
            store.save((a_record(),))
        other.rollback()
        other.close()
        store.save((a_record(),))


def test_a_full_disk_says_so(tmp_path: Path) -> None:
    with open_store(tmp_path / "letters.db", QUICK) as store:
        pages = next(store.db.query("PRAGMA page_count"))["page_count"]
        store.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="disk is full"):
            store.save(tuple(a_record(part=part, number=f"{part}/A") for part in range(1, 20)))
        assert store.db.table("documents").count == 0


def test_doubts_are_counted_anew_where_they_count_more(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    stamp = a_field("incoming_on", "2023-02-16", Status.NEEDS_REVIEW)
    record = doubtful(a_record(place=""), "number")
    with open_store(path, QUICK) as store:
        (name,) = store.save((dataclasses.replace(record, fields=(*record.fields, stamp)),))
        counted = store.show(name).document["doubts"]
        store.db.execute("UPDATE documents SET doubts = 1")
        store.db.execute("DELETE FROM _sqlite_migrations WHERE name = '0012_more_decisions'")
        for table in ("citations", "tables"):
            store.db.execute(f"ALTER TABLE {table} DROP COLUMN as_read")
    with open_store(path, QUICK) as store:
        assert store.show(name).document["doubts"] == counted == 3


def test_a_database_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    old = Database(path)
    migrations().apply(old, stop_before="0002_review")
    document = {
        "id": "a" * 16, "source_name": "a.pdf", "source_path": "/a.pdf", "sha256": "a" * 64, "part": 1, "size": 1,
        "media_type": "application/pdf", "pages": 1, "number": "47/KH-LĐLĐ", "issued_on": "2023-02-14",
        "confidence": 0.4, "status": "needs_review", "read_at": "2023-03-01T00:00:00+00:00", "reader_version": "0",
    }  # fmt: skip
    old.table("documents").insert(document)
    field = {"document_id": "a" * 16, "raw": "", "confidence": 0.4, "method": "old", "status": "needs_review"}
    old.table("fields").insert_all([
        {**field, "name": "number", "value": "47/KH-LĐLĐ"}, {**field, "name": "issued_on", "value": "2023-02-14"},
    ])  # fmt: skip
    page = {"ocr_confidence": 1.0, "width": 1, "height": 1, "dpi": 1, "rotation": 0, "skew": 0.0, "blank": 0}
    text = {"page_no": 1, "text": "trên đường", "raw_text": "", "steps": "[]"}
    old.table("pages").insert({"document_id": "a" * 16, **text, **page})
    old.close()
    with open_store(path, QUICK) as store:
        assert [hit.document_id for hit in store.search("duong")] == ["a" * 16]
        found = store.show("a" * 16).document
        assert (found["doubts"], found["year"], found["serial"]) == (6, 2023, 47), "two are doubted and four lack"
