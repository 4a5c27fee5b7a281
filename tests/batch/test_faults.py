"""Every stage hit by every fault: the batch goes on, the fault is told, and the next run gives what none would have."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.batch import Progress, ingest
from pipeline.batch.onefile import Reader
from pipeline.config import BatchConfig, Config, IntakeConfig, OcrConfig, RasterConfig, StoreConfig
from pipeline.errors import CongvanError, MissingDependency, OcrCrash, OcrTimeout, OutOfMemory, StoreError
from pipeline.ocr import Engine
from pipeline.reading import read_scan
from pipeline.store import open_store
from tests import fakes
from tests.batch.contents import content, failed
from tests.intake.files import LETTER, Picture, pdf, scan_image, write

ROOT = Path(__file__).parents[2]
CONFIG = Config(
    intake=IntakeConfig(child_seconds=1.0),
    raster=RasterConfig(timeout=1.0),
    ocr=OcrConfig(timeout=1.0),
    batch=BatchConfig(jobs=2, letter_timeout=60.0),
    store=StoreConfig(busy_timeout=0.2),
)
POPPLER = ("pdfinfo", "pdfimages", "pdftotext", "pdftoppm")
FAULTS = {
    "crashes": "kill -SEGV $$",
    "hangs": "exec sleep 30",
    "is killed": "kill -KILL $$",
    "fails": "echo 'no more' >&2; exit 1",
    "babbles": "head -c 3000000 /dev/zero | tr '\\0' x; exit 1",
    "finds no room": "exec cat /dev/zero > /dev/full",
}
ENGINE = """
case "$1" in --version) echo "tesseract 5.3.0"; exit;; --list-langs) printf 'List (1):\\nvie\\n'; exit;; esac
{ printf 'level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n'
  printf '5\\t1\\t1\\t1\\t1\\t1\\t80\\t100\\t60\\t12\\t96\\tKế\\n'
  printf '5\\t1\\t1\\t1\\t1\\t2\\t150\\t100\\t60\\t12\\t96\\thoạch\\n'; } > "$2.tsv"
"""


def put_program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of programs that come first: an engine that always reads the same two words."""
    folder = tmp_path_factory.mktemp("bin")
    put_program(folder, "tesseract", ENGINE)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PATH", f"{folder}:{os.environ['PATH']}")
        yield folder


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One letter for each of poppler's programs, which a fault can choose by its name, and one that nothing hits."""
    folder = tmp_path_factory.mktemp("letters")
    for number, program in enumerate(["pdfinfo", "pdfimages", "pdftoppm", "none"]):
        scan = Picture(scan_image(300 + number, 424), 0, 0, 595, 842)
        write(folder / f"scan-{program}.pdf", pdf(pictures=[scan]))
    write(folder / "typed-pdftotext.pdf", pdf(LETTER))
    return folder


@pytest.fixture(scope="module")
def undisturbed(letters: Path, programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("undisturbed") / "letters.db"
    assert read(letters, database) == {}
    return database


def read(letters: Path, database: Path, config: Config = CONFIG, reader: Reader = read_scan) -> dict[str, CongvanError]:
    result = ingest([letters], database, config, lambda _: None, reader)
    return {failure.path.name: failure.error for failure in result.failed}


@pytest.mark.parametrize("fault", FAULTS)
def test_poppler(letters: Path, tmp_path: Path, programs: Path, undisturbed: Path, fault: str) -> None:
    for name in POPPLER:
        real = shutil.which(name)
        put_program(programs, name, f'case "$*" in *-{name}.pdf*) {FAULTS[fault]};; esac\nexec {real} "$@"')
    errors = read(letters, tmp_path / "broken.db")
    for name in POPPLER:
        (programs / name).unlink()
    assert set(errors) == {path.name for path in letters.iterdir()} - {"scan-none.pdf"}
    assert all(error.hint and error.stage != "bug" for error in errors.values()), errors
    assert read(letters, tmp_path / "broken.db") == {}
    assert content(tmp_path / "broken.db") == content(undisturbed)
    assert failed(tmp_path / "broken.db") == []


@pytest.mark.parametrize("fault", FAULTS)
def test_tesseract(letters: Path, tmp_path: Path, programs: Path, undisturbed: Path, fault: str) -> None:
    put_program(programs, "tesseract", f'case "$1" in --version) echo "tesseract 5.3.0"; exit;; esac\n{FAULTS[fault]}')
    errors = read(letters, tmp_path / "broken.db")
    put_program(programs, "tesseract", ENGINE)
    assert set(errors) == {path.name for path in letters.glob("scan-*")}
    assert {error.stage for error in errors.values()} == {"ocr"}
    assert read(letters, tmp_path / "broken.db") == {}
    assert content(tmp_path / "broken.db") == content(undisturbed)


ENGINES: dict[str, tuple[Engine, type[CongvanError]]] = {
    "crashes": (fakes.CrashingEngine(), OcrCrash),
    "is late": (fakes.SlowEngine(), OcrTimeout),
    "takes all memory": (fakes.OomEngine(), OutOfMemory),
}


@pytest.mark.parametrize("fault", ENGINES)
def test_an_engine_that_fails(letters: Path, tmp_path: Path, undisturbed: Path, fault: str) -> None:
    engine, kind = ENGINES[fault]
    errors = read(letters, tmp_path / "broken.db", reader=fakes.ReaderWith(engine))
    assert set(errors) == {path.name for path in letters.glob("scan-*")}
    assert {type(error) for error in errors.values()} == {kind}
    assert read(letters, tmp_path / "broken.db") == {}
    assert content(tmp_path / "broken.db") == content(undisturbed)


@pytest.mark.parametrize("engine", [fakes.BlankEngine(), fakes.GarbageEngine()], ids=["nothing", "noise"])
def test_what_an_engine_cannot_read_is_for_people(letters: Path, tmp_path: Path, engine: Engine) -> None:
    assert read(letters, tmp_path / "letters.db", reader=fakes.ReaderWith(engine)) == {}
    with open_store(tmp_path / "letters.db", CONFIG.store, read_only=True) as store:
        scans = list(store.db.query("SELECT id, status FROM documents WHERE source_name LIKE 'scan-%'"))
        accepted = store.db.query(
            "SELECT f.* FROM fields f JOIN documents d ON d.id = f.document_id "
            "WHERE d.source_name LIKE 'scan-%' AND f.status = 'accepted' AND f.value <> ''"
        )
        assert list(accepted) == []
    assert {row["status"] for row in scans} == {"needs_review"}


@pytest.mark.parametrize("program", ["pdfinfo", "tesseract"])
def test_a_missing_program_stops_the_batch_and_the_next_run_completes_it(
    letters: Path, tmp_path: Path, undisturbed: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in {"sh", *POPPLER} - {program}:
        (bare / name).symlink_to(str(shutil.which(name)))
    with monkeypatch.context() as patched:
        patched.setenv("PATH", str(bare))
        with pytest.raises(MissingDependency):
            read(letters, tmp_path / "broken.db")
    assert read(letters, tmp_path / "broken.db") == {}
    assert content(tmp_path / "broken.db") == content(undisturbed)


def test_a_locked_database(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    database = tmp_path / "broken.db"
    open_store(database, CONFIG.store).close()
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(StoreError, match="locked"):
        read(letters, database)
    other.execute("ROLLBACK")
    other.close()
    assert read(letters, database) == {}
    assert content(database) == content(undisturbed)


def test_a_database_that_is_locked_while_letters_are_read(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    database = tmp_path / "broken.db"
    with closing(sqlite3.connect(tmp_path / "broken.db", isolation_level=None)) as other:

        def lock(progress: Progress) -> None:
            if progress.done == 2:
                other.execute("BEGIN IMMEDIATE")

        with pytest.raises(StoreError, match="locked"):
            ingest([letters], database, CONFIG, lock)
        other.execute("ROLLBACK")
    assert 0 < len(content(database)["documents"]) < len(list(letters.iterdir()))
    assert read(letters, database) == {}
    assert content(database) == content(undisturbed)


def test_workers_that_die_again_and_again(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    """Whatever was being read when its worker was killed is read once more."""

    def kill_workers(_: Progress) -> None:
        for worker in multiprocessing.active_children():
            worker.kill()
            wait([worker.sentinel])

    result = ingest([letters], tmp_path / "broken.db", CONFIG, kill_workers)
    assert result.failed == ()
    assert content(tmp_path / "broken.db") == content(undisturbed)


def test_an_archive_that_cannot_be_written(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    archive = tmp_path / "archive"
    archive.write_text("in the way")
    config = replace(CONFIG, batch=replace(CONFIG.batch, archive=str(archive)))
    with pytest.raises(StoreError, match="archive"):
        read(letters, tmp_path / "broken.db", config)
    archive.unlink()
    assert read(letters, tmp_path / "broken.db", config) == {}
    assert content(tmp_path / "broken.db") == content(undisturbed)
    assert len([path for path in archive.rglob("*") if path.is_file()]) == len(list(letters.iterdir()))


def test_a_clock_that_was_put_back(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    """What was stored lies in the future of what comes now."""
    database = tmp_path / "broken.db"
    some = sorted(letters.iterdir())[:2]
    assert ingest(some, database, CONFIG, lambda _: None).failed == ()
    with open_store(database, CONFIG.store) as store:
        for table, column in (("documents", "read_at"), ("runs", "started_at"), ("runs", "finished_at")):
            store.db.execute(f"UPDATE {table} SET {column} = '2999-01-01T00:00:00+00:00'")
        store.db.conn.commit()
    assert read(letters, database) == {}
    assert content(database) == content(undisturbed)


_WITHOUT_RIGHTS = """
import ctypes, os, sys
for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH: what lets root write anywhere
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.executable, [sys.executable, "-m", "pipeline", *sys.argv[1:]])
"""


def as_a_user(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run without the rights that root has over files."""
    command = [sys.executable, "-c", _WITHOUT_RIGHTS, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@contextmanager
def closed(path: Path, mode: int) -> Iterator[None]:
    before = path.stat().st_mode
    path.chmod(mode)
    try:
        yield
    finally:
        path.chmod(before)


def test_a_folder_that_may_not_be_written(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    with closed(folder, 0o555):
        done = as_a_user("ingest", str(letters), "--db", str(folder / "letters.db"))
    assert done.returncode == 7, done.stderr
    assert "write" in done.stderr
    assert read(letters, folder / "letters.db") == {}
    assert content(folder / "letters.db") == content(undisturbed)


def test_a_letter_that_may_not_be_read(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    database = tmp_path / "letters.db"
    with closed(letters / "scan-none.pdf", 0):
        done = as_a_user("ingest", str(letters), "--db", str(database))
    assert done.returncode == 8, done.stderr
    assert "chmod u+r" in done.stderr
    assert failed(database) == ["scan-none.pdf"]
    assert read(letters, database) == {}
    assert content(database) == content(undisturbed)


def test_a_full_disk(letters: Path, tmp_path: Path, undisturbed: Path) -> None:
    """The files of the process may not grow: SQLite meets that as it meets a full disk."""
    database = tmp_path / "broken.db"
    open_store(database, CONFIG.store).close()
    code = (
        f"import resource, signal, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({database.stat().st_size + 20_000}, -1))\n"
        "from pipeline.__main__ import run\n"
        f"sys.exit(run(['ingest', {str(letters)!r}, '--db', {str(database)!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert "disk" in done.stderr
    assert read(letters, database) == {}
    assert content(database) == content(undisturbed)


def test_killed_between_any_two_writes(tmp_path: Path) -> None:
    """A letter is in the database whole or not at all, whichever statement was the last."""
    letter = write(tmp_path / "a.txt", b"1/KH-UBND mot hai ba")
    open_store(tmp_path / "empty.db", CONFIG.store).close()
    whole = _saved_until(tmp_path / "whole.db", letter, statements=10_000)
    assert whole > 10
    for last in range(1, whole + 1):
        database = tmp_path / f"{last}.db"
        _saved_until(database, letter, statements=last)
        with open_store(database, CONFIG.store) as store:
            assert next(store.db.query("PRAGMA integrity_check"))["integrity_check"] == "ok"
            assert store.db["documents"].count in {0, 1}
        assert content(database) in (content(tmp_path / "empty.db"), content(tmp_path / "whole.db"))


def _saved_until(database: Path, letter: Path, statements: int) -> int:
    """Store the letter in a process that is killed before that statement; how many statements there were."""
    shutil.copy(database.with_name("empty.db"), database)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        _save_and_count(database, letter, write_end, statements)
    os.close(write_end)
    os.waitpid(child, 0)
    with os.fdopen(read_end, "rb") as counted:
        return len(counted.read())


def _save_and_count(database: Path, letter: Path, write_end: int, left: int) -> NoReturn:
    store = open_store(database, CONFIG.store)

    def count(_: str) -> None:
        nonlocal left
        os.write(write_end, b".")
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    store.db.conn.set_trace_callback(count)
    store.save((fakes.letter_of(letter),))
    os._exit(0)
