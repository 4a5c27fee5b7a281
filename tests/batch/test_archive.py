"""Copies named by their content: whole, or not there."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import ingest
from pipeline.batch.archive import keep
from pipeline.config import BatchConfig, Config
from pipeline.errors import NotReadable, StoreError
from tests import fakes

CONTENT = b"1/KH-UBND"
HASH = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "a.TXT"
    path.write_bytes(CONTENT)
    return path


def test_a_copy_has_the_name_of_its_content(letter: Path, tmp_path: Path) -> None:
    place = keep(letter, HASH, tmp_path / "archive")
    assert place == tmp_path / "archive" / HASH[:2] / f"{HASH}.txt"
    assert place.read_bytes() == CONTENT
    assert [path.name for path in place.parent.iterdir()] == [place.name]


def test_the_same_content_is_kept_once(letter: Path, tmp_path: Path) -> None:
    first = keep(letter, HASH, tmp_path / "archive")
    before = first.stat().st_mtime_ns
    assert keep(letter.rename(tmp_path / "b.txt"), HASH, tmp_path / "archive").stat().st_mtime_ns == before


def test_a_file_that_changed_while_it_was_read_is_not_kept(letter: Path, tmp_path: Path) -> None:
    letter.write_bytes(b"something else")
    with pytest.raises(NotReadable, match="changed"):
        keep(letter, HASH, tmp_path / "archive")
    assert [path for path in (tmp_path / "archive").rglob("*") if path.is_file()] == []


def test_a_file_that_is_gone_is_told(letter: Path, tmp_path: Path) -> None:
    letter.unlink()
    with pytest.raises(NotReadable):
        keep(letter, HASH, tmp_path / "archive")


def test_an_archive_that_cannot_be_written_is_told(letter: Path, tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("in the way")
    with pytest.raises(StoreError, match="archive cannot be written"):
        keep(letter, HASH, tmp_path / "archive")


def test_a_batch_keeps_what_it_reads(tmp_path: Path) -> None:
    box = tmp_path / "letters"
    box.mkdir()
    (box / "a.txt").write_bytes(CONTENT)
    (box / "bad-1.txt").write_text("x")
    config = Config(batch=replace(BatchConfig(jobs=1), archive=str(tmp_path / "archive")))
    ingest([box], tmp_path / "letters.db", config, lambda _: None, fakes.obedient_reader)
    assert [path.name for path in (tmp_path / "archive").rglob("*.txt")] == [f"{HASH}.txt"]
