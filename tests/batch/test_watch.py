"""A watched folder: whole files are read once, moved when wished, and never over another."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import BatchResult, Inbox, watch
from pipeline.batch.watch import _Arrivals
from pipeline.config import BatchConfig, Config, WatchConfig
from pipeline.errors import UsageError
from pipeline.store import open_store
from tests import fakes

CONFIG = Config(batch=BatchConfig(jobs=1), watch=WatchConfig(poll=0.01, steady=0.0))


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    (tmp_path / "in").mkdir()
    return Inbox(tmp_path / "in", tmp_path / "done", tmp_path / "failed")


def watching(inbox: Inbox) -> Iterator[BatchResult]:
    database = inbox.folder.parent / "letters.db"
    return watch(inbox, database, CONFIG, lambda _: None, fakes.obedient_reader)


def paths_in_database(inbox: Inbox) -> list[str]:
    with open_store(inbox.folder.parent / "letters.db", CONFIG.store, read_only=True) as store:
        return sorted(row["source_path"] for row in store.db["documents"].rows)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_taken_when_it_has_stopped_changing() -> None:
    arrivals = _Arrivals(WatchConfig(steady=10.0))
    path = Path("a.pdf")
    looks = [(0.0, (5, 1)), (6.0, (9, 1)), (12.0, (9, 1)), (15.9, (9, 2)), (25.8, (9, 2)), (26.0, (9, 2))]
    assert [arrivals.settled({path: seen}, now) for now, seen in looks] == [[], [], [], [], [], [path]]


def test_a_file_is_taken_once_and_again_when_it_changed_or_came_back() -> None:
    arrivals = _Arrivals(WatchConfig(steady=0.0))
    path = Path("a.pdf")
    looks = [{path: (5, 1)}, {path: (5, 1)}, {path: (6, 2)}, {}, {path: (6, 2)}]
    assert [len(arrivals.settled(files, now)) for now, files in enumerate(looks)] == [1, 0, 1, 0, 1]


def test_what_arrives_is_read_and_stays_where_it_is(inbox: Inbox) -> None:
    inbox = Inbox(inbox.folder)
    batches = watching(inbox)
    (inbox.folder / "a.txt").write_text("1/KH")
    assert next(batches).files == 1
    (inbox.folder / "b.txt").write_text("2/KH")
    assert next(batches).files == 1
    assert names(inbox.folder) == ["a.txt", "b.txt"]


def test_files_move_after_they_were_stored_and_the_database_knows_where(inbox: Inbox) -> None:
    (inbox.folder / "a.txt").write_text("1/KH")
    (inbox.folder / "bad-1.txt").write_text("x")
    batches = watching(inbox)
    next(batches)
    (inbox.folder / "c.txt").write_text("3/KH")
    next(batches)
    assert (names(inbox.folder), inbox.done and names(inbox.done)) == ([], ["a.txt", "c.txt"])
    assert inbox.failed is not None
    assert names(inbox.failed) == ["bad-1.txt"]
    assert paths_in_database(inbox) == [str(inbox.folder.parent / "done" / name) for name in ("a.txt", "c.txt")]


def test_a_file_never_takes_the_place_of_another(inbox: Inbox) -> None:
    batches = watching(inbox)
    for number in range(3):
        (inbox.folder / "a.txt").write_text(f"{number}/KH")
        next(batches)
    assert inbox.done is not None
    assert names(inbox.done) == ["a-2.txt", "a-3.txt", "a.txt"]
    assert sorted(path.read_text() for path in inbox.done.iterdir()) == ["0/KH", "1/KH", "2/KH"]


def test_a_watch_that_was_stopped_goes_on_where_it_was(inbox: Inbox) -> None:
    stay = Inbox(inbox.folder)
    (inbox.folder / "a.txt").write_text("1/KH")
    next(watching(stay))
    (inbox.folder / "b.txt").write_text("2/KH")
    result = next(watching(stay))
    assert (result.files, result.skipped) == (1, 1)


def test_a_move_that_was_cut_off_is_finished(inbox: Inbox) -> None:
    (inbox.folder / "a.txt").write_text("1/KH")
    next(watching(Inbox(inbox.folder)))
    assert inbox.done is not None
    inbox.done.mkdir()
    os.link(inbox.folder / "a.txt", inbox.done / "a.txt")
    next(watching(inbox))
    assert (names(inbox.folder), names(inbox.done)) == ([], ["a.txt"])
    assert paths_in_database(inbox) == [str(inbox.done / "a.txt")]


@pytest.mark.parametrize("taken", [False, True], ids=["free name", "name of another"])
def test_files_move_where_there_are_no_hard_links(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, *, taken: bool
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert inbox.done is not None
    inbox.done.mkdir()
    if taken:
        (inbox.done / "a.txt").write_text("another")
    (inbox.folder / "a.txt").write_text("1/KH")
    next(watching(inbox))
    name = "a-2.txt" if taken else "a.txt"
    assert (inbox.done / name).read_text() == "1/KH"
    assert not taken or (inbox.done / "a.txt").read_text() == "another"
    assert names(inbox.folder) == []
    assert paths_in_database(inbox) == [str(inbox.done / name)]


def test_links_out_of_the_folder_are_not_followed(inbox: Inbox) -> None:
    (inbox.folder.parent / "private.txt").write_text("secret")
    (inbox.folder / "linked.txt").symlink_to(inbox.folder.parent / "private.txt")
    (inbox.folder / "a.txt").write_text("1/KH")
    assert next(watching(inbox)).files == 1
    assert names(inbox.folder) == ["linked.txt"]


def test_a_folder_that_is_not_there_is_told(inbox: Inbox) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        next(watching(replace(inbox, folder=inbox.folder / "gone")))
