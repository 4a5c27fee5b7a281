"""Whether the files that were read are still what they were, and where they are."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.store import Original, Store, Verified, open_store
from tests import fakes


@pytest.fixture
def box(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"{name}/KH-UBND", encoding="utf-8")
    return folder


@pytest.fixture
def store(box: Path) -> Iterator[Store]:
    with open_store(box.parent / "letters.db", StoreConfig()) as store:
        for path in sorted(box.iterdir()):
            store.save((fakes.letter_of(path),))
        yield store


def found(store: Store, *folders: Path) -> dict[str, tuple[Original, Path | None]]:
    return {verified.path.name: (verified.found, verified.now) for verified in store.verify(folders)}


SAME = (Original.SAME, None)


def test_what_was_not_touched_is_the_same(store: Store) -> None:
    assert found(store) == {"a.txt": SAME, "b.txt": SAME}


def test_what_was_deleted_is_missing(store: Store, box: Path) -> None:
    (box / "a.txt").unlink()
    assert found(store) == {"a.txt": (Original.MISSING, None), "b.txt": SAME}


def test_what_was_written_over_is_changed(store: Store, box: Path) -> None:
    (box / "a.txt").write_text("something else")
    assert found(store) == {"a.txt": (Original.CHANGED, None), "b.txt": SAME}


def test_what_was_renamed_is_found_by_its_content(store: Store, box: Path) -> None:
    (box / "2023").mkdir()
    (box / "a.txt").rename(box / "2023" / "c.txt")
    assert found(store)["a.txt"] == (Original.MOVED, box / "2023" / "c.txt")


def test_two_files_that_changed_names_are_both_moved(store: Store, box: Path) -> None:
    (box / "a.txt").rename(box / "c.txt")
    (box / "b.txt").rename(box / "a.txt")
    (box / "c.txt").rename(box / "b.txt")
    assert found(store) == {"a.txt": (Original.MOVED, box / "b.txt"), "b.txt": (Original.MOVED, box / "a.txt")}


def test_what_left_its_folder_is_found_where_one_is_told_to_look(store: Store, box: Path) -> None:
    elsewhere = box.parent / "elsewhere"
    box.rename(elsewhere)
    assert found(store) == {"a.txt": (Original.MISSING, None), "b.txt": (Original.MISSING, None)}
    assert found(store, elsewhere) == {name: (Original.MOVED, elsewhere / name) for name in ("a.txt", "b.txt")}


def test_a_pipe_in_the_place_of_a_scan_is_not_waited_for(store: Store, box: Path) -> None:
    (box / "a.txt").unlink()
    os.mkfifo(box / "a.txt")
    assert found(store)["a.txt"] == (Original.MISSING, None)


def test_a_name_that_is_no_text_is_passed_over(store: Store, box: Path) -> None:
    (box / "a.txt").rename(box / os.fsdecode(b"\xff.txt"))
    assert found(store)["a.txt"] == (Original.MISSING, None)


def test_what_was_moved_can_be_noted(store: Store, box: Path) -> None:
    now = (box / "a.txt").rename(box / "c.txt")
    (moved,) = (verified for verified in store.verify() if verified.found is Original.MOVED)
    store.relocate(moved.sha256, moved.path, now)
    assert list(store.verify()) == [
        Verified(box / name, verified.sha256, Original.SAME)
        for name, verified in zip(("b.txt", "c.txt"), store.verify(), strict=True)
    ]
