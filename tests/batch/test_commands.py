"""The commands around batches, as a user types them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.config import StoreConfig
from pipeline.store import open_store

LETTER = "ỦY BAN NHÂN DÂN XÃ SÔNG NGỌC\nSố: 12/TB-UBND\nTHÔNG BÁO\nVề việc tổ chức hội nghị"


def stored(database: Path) -> list[str]:
    with open_store(database, StoreConfig(), read_only=True) as store:
        return [row["source_name"] for row in store.db["documents"].rows]


def test_ingest_keeps_an_archive_and_backup_copies_the_database(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    database, archive = tmp_path / "letters.db", tmp_path / "archive"
    ingest = ["ingest", str(tmp_path / "a.txt"), "--db", str(database), "--archive", str(archive), "--jobs", "1"]
    assert run(ingest) == 0
    assert [path.suffix for path in archive.rglob("*") if path.is_file()] == [".txt"]
    assert run(["backup", str(tmp_path / "copy.db"), "--db", str(database)]) == 0
    assert stored(tmp_path / "copy.db") == ["a.txt"]


def test_each_file_is_a_line_of_json_when_wished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "empty.pdf").touch()
    assert run(["ingest", str(tmp_path), "--db", str(tmp_path / "letters.db"), "--jobs", "1", "--log-json"]) == 8
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [Path(line["file"]).name for line in lines] == ["a.txt", "empty.pdf"]
    assert [line.get("stage") for line in lines] == [None, "intake"]
    assert (lines[-1]["done"], lines[-1]["total"], lines[-1]["failed"]) == (2, 2, 1)


def test_ingest_says_that_nobody_answers_at_the_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pipeline.batch.cluster._PATIENCE", "1s")
    (tmp_path / "a.txt").write_text(LETTER, encoding="utf-8")
    ingest = ["ingest", str(tmp_path), "--db", str(tmp_path / "letters.db"), "--cluster", "tcp://127.0.0.1:9"]
    assert run(ingest) == 6
    assert "dask scheduler" in capsys.readouterr().err


def test_watch_reads_moves_and_leaves_on_interrupt(tmp_path: Path) -> None:
    inbox, done, database = tmp_path / "in", tmp_path / "done", tmp_path / "letters.db"
    inbox.mkdir()
    (inbox / "a.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "congvan.toml").write_text("[watch]\npoll = 0.1\nsteady = 0.2\n", encoding="utf-8")
    options = ["--done", str(done), "--db", str(database), "--config", str(tmp_path / "congvan.toml")]
    command = [sys.executable, "-m", "pipeline", "watch", str(inbox), *options]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE, text=True) as watch:
        deadline = time.monotonic() + 60
        while (list(inbox.iterdir()) or not done.exists()) and watch.poll() is None and time.monotonic() < deadline:
            time.sleep(0.1)
        watch.send_signal(signal.SIGINT)
        _, said = watch.communicate()
    assert watch.returncode == 130, said
    assert [path.name for path in done.iterdir()] == ["a.txt"]
    assert stored(database) == ["a.txt"]
