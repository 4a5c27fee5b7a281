"""A copy of a database while it is used."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.errors import StoreError
from pipeline.store import open_store
from tests.store.invented import a_record


def test_a_copy_holds_what_was_stored_and_can_be_used(tmp_path: Path) -> None:
    with open_store(tmp_path / "letters.db", StoreConfig()) as store:
        store.save((a_record(),))
        store.backup(tmp_path / "copy.db")
        store.fail(tmp_path / "later.pdf", None, StoreError("later"))
    with open_store(tmp_path / "copy.db", StoreConfig()) as copy:
        assert copy.db["documents"].count == 1
        assert copy.failures() == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "letters.db"]


def test_an_older_copy_is_replaced_only_by_a_whole_one(tmp_path: Path) -> None:
    (tmp_path / "copy.db").mkdir()
    with open_store(tmp_path / "letters.db", StoreConfig()) as store, pytest.raises(StoreError):
        store.backup(tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.db", "letters.db"]
