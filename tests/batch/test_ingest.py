"""Batches with every kind of bad letter: the others are read, each failure is told, running again continues."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.batch import BatchResult, Progress, ingest, retry
from pipeline.batch.onefile import Reader
from pipeline.config import BatchConfig, Config
from pipeline.errors import (
    Bug,
    CongvanError,
    DamagedFile,
    DiskFull,
    LetterTimeout,
    MissingDependency,
    NothingToRead,
    NotReadable,
    OutOfMemory,
    StoreError,
    ValueRefused,
    WorkerDied,
)
from pipeline.store import open_store
from tests import fakes

CONFIG = Config(batch=BatchConfig(jobs=2, letter_timeout=20.0))


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder for letters."""
    folder = tmp_path / "letters"
    folder.mkdir()
    return folder


def put(box: Path, letters: Mapping[str, str]) -> None:
    for name, text in letters.items():
        (box / f"{name}.txt").write_text(text, encoding="utf-8")


def good(count: int) -> dict[str, str]:
    return {f"good-{i}": f"{i}/KH-UBND kế hoạch" for i in range(count)}


def read(
    box: Path, reader: Reader = fakes.obedient_reader, config: Config = CONFIG, events: list[Progress] | None = None
) -> BatchResult:
    report: Callable[[Progress], None] = (events if events is not None else []).append
    return ingest([box], box.parent / "letters.db", config, report, reader)


def stored(box: Path) -> set[str]:
    with open_store(box.parent / "letters.db", CONFIG.store, read_only=True) as store:
        return {row["source_name"] for row in store.db["documents"].rows}


def failures(box: Path) -> dict[str, tuple[str, int]]:
    with open_store(box.parent / "letters.db", CONFIG.store, read_only=True) as store:
        return {Path(row["source_path"]).stem: (row["stage"], row["attempts"]) for row in store.failures()}


def test_all_letters_of_a_folder_are_stored_and_counted(box: Path) -> None:
    put(box, good(5))
    events: list[Progress] = []
    result = read(box, events=events)
    assert (result.files, result.letters, result.pages, result.skipped, result.exit_code) == (5, 5, 5, 0, 0)
    assert stored(box) == {f"good-{i}.txt" for i in range(5)}
    assert [event.done for event in events] == [1, 2, 3, 4, 5]
    assert {event.total for event in events} == {5}
    assert events[-1].seconds_left == 0


FAULTS: dict[str, tuple[type[CongvanError], str]] = {
    "dies": (WorkerDied, "batch"),
    "bug": (Bug, "bug"),
    "bad": (DamagedFile, "intake"),
    "memory": (OutOfMemory, "batch"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_one_bad_letter_never_stops_the_rest(box: Path, fault: str) -> None:
    kind, stage = FAULTS[fault]
    put(box, {**good(4), f"{fault}-1": "a long text so that it comes first of all"})
    result = read(box)
    (failure,) = result.failed
    assert type(failure.error) is kind
    assert failure.error.hint
    assert failure.path == box / f"{fault}-1.txt"
    assert result.exit_code == 8
    assert stored(box) == {f"good-{i}.txt" for i in range(4)}
    assert failures(box) == {f"{fault}-1": (stage, 1)}


def test_all_faults_in_one_batch(box: Path) -> None:
    put(box, {**good(10), **{f"{fault}-{i}": f"{fault} {i}" for fault in FAULTS for i in range(2)}})
    result = read(box)
    assert (result.files, len(result.failed)) == (10, 8)


def test_a_letter_that_hangs_is_stopped_with_all_it_started(box: Path) -> None:
    put(box, {**good(3), "hangs-1": "the longest of these texts, so that it comes first"})
    result = read(box, config=replace(CONFIG, batch=replace(CONFIG.batch, letter_timeout=4.0)))
    assert [type(failure.error) for failure in result.failed] == [LetterTimeout]
    assert result.files == 3
    assert _running(fakes.STUCK) == []


def _running(command: tuple[str, ...]) -> list[str]:
    """Processes of this machine that are that command."""
    wanted = "".join(f"{word}\0" for word in command).encode()
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if told.read_bytes() == wanted:
                found.append(told.parent.name)
        except OSError:  # it ended meanwhile
            continue
    return found


def test_a_letter_that_died_for_others_is_read_alone(box: Path) -> None:
    put(box, {**good(4), "frail-1": "1/TB"})
    result = read(box, fakes.frail_reader)
    assert (result.files, result.exit_code) == (5, 0)


def test_the_bug_says_where_it_is(box: Path) -> None:
    put(box, {"bug-1": "x"})
    message = read(box).failed[0].error.message
    assert message.startswith("KeyError: 'nobody foresaw this' (fakes.py:")
    assert "_find_a_bug" in message


def test_running_again_reads_only_what_is_missing(box: Path) -> None:
    put(box, good(3))
    read(box)
    put(box, {"good-9": "9/KH"})
    again = read(box)
    assert (again.files, again.skipped) == (1, 3)


def test_a_newer_reader_reads_again_only_when_told(box: Path) -> None:
    put(box, good(2))
    read(box)
    with open_store(box.parent / "letters.db", CONFIG.store) as store:
        store.db.execute("UPDATE documents SET reader_version = '0.0.1'")
        store.db.conn.commit()
    assert read(box).files == 0
    assert read(box, config=replace(CONFIG, batch=replace(CONFIG.batch, reread=True))).files == 2


def test_one_content_under_two_names_is_read_once(box: Path) -> None:
    put(box, {"a": "7/CV", "copy of a": "7/CV", "b": "8/CV"})
    result = read(box)
    assert result.files == 2
    assert result.duplicates == ((box / "copy of a.txt", str(box / "a.txt")),)


def test_what_failed_is_tried_again(box: Path) -> None:
    put(box, {"bad-1": "x", "good-1": "1/KH"})
    read(box)
    read(box)
    assert failures(box) == {"bad-1": ("intake", 2)}


def test_retry_reads_what_failed_and_forgets_the_failure(box: Path) -> None:
    put(box, {"frail-1": "1/TB", "bad-1": "x"})
    read(box)
    (box / "bad-1.txt").rename(box / "gone.txt")
    result = retry(box.parent / "letters.db", CONFIG, lambda _: None, fakes.frail_reader)
    assert (result.files, len(result.failed)) == (0, 1)
    (box / "gone.txt").rename(box / "bad-1.txt")
    assert retry(box.parent / "letters.db", CONFIG, lambda _: None, fakes.frail_reader).files == 1
    assert failures(box) == {}


def test_a_missing_program_stops_the_batch_at_once(box: Path) -> None:
    put(box, {f"missing-{i}": str(i) for i in range(20)})
    with pytest.raises(MissingDependency):
        read(box)
    assert failures(box) == {}


def test_a_full_disk_stops_the_batch_with_advice_and_the_next_run_completes_it(box: Path) -> None:
    put(box, {**good(3), "full-1": "1/KH"})
    with pytest.raises(DiskFull) as caught:
        read(box)
    assert "TMPDIR" in caught.value.hint
    assert failures(box) == {}
    (box / "full-1.txt").rename(box / "roomy-1.txt")
    assert read(box).exit_code == 0
    assert len(stored(box)) == 4


def test_a_value_that_the_database_refuses_costs_one_letter(box: Path) -> None:
    put(box, {"a": "1/KH"})
    result = read(box, fakes.reader_with_two_letters)
    assert [type(failure.error) for failure in result.failed] == [ValueRefused]
    assert stored(box) == set()


def test_a_folder_without_scans_is_told(box: Path) -> None:
    with pytest.raises(NothingToRead) as caught:
        read(box)
    assert caught.value.exit_code == 3


def test_a_path_that_is_not_there_is_told(box: Path) -> None:
    with pytest.raises(NotReadable):
        read(box / "gone")


def test_a_pipe_in_the_folder_fails_alone(box: Path) -> None:
    put(box, good(1))
    os.mkfifo(box / "pipe.pdf")
    result = ingest([box], box.parent / "letters.db", CONFIG, lambda _: None)
    assert [failure.path.name for failure in result.failed if isinstance(failure.error, NotReadable)] == ["pipe.pdf"]


def test_a_database_that_is_none_is_left_alone(box: Path) -> None:
    put(box, good(1))
    (box.parent / "letters.db").write_bytes(b"something else, and much longer than any header " * 10)
    with pytest.raises(StoreError):
        read(box)
    assert (box.parent / "letters.db").read_bytes().startswith(b"something else")


def test_nothing_is_left_behind(box: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = box.parent / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    put(box, {**good(2), "dies-1": "x"})
    read(box, fakes.littering_reader)
    assert list(scratch.iterdir()) == []
    assert multiprocessing.active_children() == []


def test_a_name_that_is_no_text_is_told_in_letters_that_can_be_printed(box: Path) -> None:
    put(box, good(1))
    (box / os.fsdecode(b"K\xfd hi\xd6u.txt")).write_text("3/TB")
    result = read(box)
    assert result.files == 1
    assert [failure.path.name for failure in result.failed] == ["K\\udcfd hi\\udcd6u.txt"]
    assert "UTF-8" in result.failed[0].error.message


def test_a_name_with_a_line_end_is_read(box: Path) -> None:
    (box / "hai\ndòng.txt").write_text("3/TB")
    assert read(box).files == 1
    assert stored(box) == {"hai\ndòng.txt"}
