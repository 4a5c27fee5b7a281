"""The command line: data on stdout, notes on stderr, an exit code for each kind of failure."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest

from pipeline.__main__ import BROKEN_PIPE, run
from pipeline.cli import COMMANDS, cli
from pipeline.config import StoreConfig
from pipeline.store import open_store
from tests.store.invented import a_record, a_target, doubtful


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "letters.db"
    with open_store(path, StoreConfig()) as store:
        store.save((a_record(),))
        store.save((doubtful(a_record("second", "bao-cao.pdf", number="9/BC-LĐLĐ", place=""), "number"),))
    return path


def test_help_lists_every_command_without_loading_the_readers() -> None:
    heavy = "sys.exit(bool({'cv2', 'sqlite_utils', 'datasette'} & set(sys.modules)))"
    script = f"import sys; from pipeline.__main__ import BROKEN_PIPE, run; run(['--help']); {heavy}"
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert all(name in told.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"congvan {name}" in capsys.readouterr().out.split("Example:")[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_lives_in_the_file_of_its_name(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is importlib.import_module(f"pipeline.cli.{name}").command
    assert command.name == name


def test_a_reader_that_has_left_is_no_bug() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run(
        [sys.executable, "-m", "pipeline", "--help"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (told.returncode, told.stderr) == (BROKEN_PIPE, b"")


QUESTION = (
    "SELECT number, number, number_key(number) AS key FROM documents WHERE fold(issuer) LIKE '%lao dong%' ORDER BY 1"
)


def test_questions_in_sql_are_answered(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["query", QUESTION, "--format", "csv", "--db", str(database)]) == 0
    told = capsys.readouterr()
    first, second, *_ = told.out.splitlines()
    assert (first, second) == ("number,number_2,key", "47/KH-LĐLĐ,47/KH-LĐLĐ,47/kh-ldld")
    assert told.err == "2 rows\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 1.0 AS one"))
    assert run(["query", "-", "--db", str(database)]) == 0
    assert capsys.readouterr().out.split() == ["one", "1"]


@pytest.mark.parametrize(
    "sql", ["SELEKT 1", "DELETE FROM documents", "SELECT 1; SELECT 2", "", "SELECT fold(zeroblob(-1)) FROM nowhere"]
)
def test_what_is_no_question_is_refused_and_changes_nothing(
    database: Path, capsys: pytest.CaptureFixture[str], sql: str
) -> None:
    before = database.read_bytes()
    assert run(["query", sql, "--db", str(database)]) == 2
    assert "hint:" in capsys.readouterr().err
    assert database.read_bytes() == before


def test_show_prints_values_with_their_page(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "ke-hoach.pdf", "--db", str(database), "--explain", "--repairs", "--pages"]) == 0
    out, err = capsys.readouterr()
    for text in (
        "47/KH-LĐLĐ",
        "Phát động thi đua năm 2023",
        "210",
        "letterhead",
        "đoàn",
        "Trần Hưng Đạo",
        "12*",
        "done: deskew",
        "seal at 900,900 to 1100,1100\n",
    ):
        assert text in out
    assert err == ""


def test_show_says_what_is_doubtful_and_what_is_missing(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["show", "bao-cao.pdf", "--db", str(database)])
    out = capsys.readouterr().out
    assert "two readings differ" in out
    assert [line.split()[:2] for line in out.splitlines() if "not found" in line] == [["?", "place"]]


@pytest.mark.parametrize("typed", [["duong"], ["ke hoach"], ["phan dau", "đoàn"]])
def test_search_finds(database: Path, capsys: pytest.CaptureFixture[str], typed: list[str]) -> None:
    assert run(["search", *typed, "--db", str(database)]) == 0
    out, err = capsys.readouterr()
    assert "47/KH-LĐLĐ" in out
    assert err.strip() == "2 letters"


def test_targets_summed_up(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["targets", "--summary", "--format", "json", "--unit", "đoàn viên", "--db", str(database)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows
    assert {"issuer", "indicator", "unit", "targets", "results", "latest_target"} <= set(rows[0])
    assert {row["unit"] for row in rows} == {"đoàn viên"}


def test_progress_is_shown_and_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, StoreConfig()) as store:
        store.save((replace(a_record(), targets=(a_target(indicator="kết nạp đoàn viên"),)),))
        later = a_record("report", number="90/BC-LĐLĐ", issued_on="2023-12-20")
        result = a_target(kind="result", comparator="=", value=231.0, indicator="kết nạp đảng viên")
        store.save((replace(later, targets=(result,)),))
        (pair,) = store.matches("maybe")
    assert run(["progress", "--db", str(path)]) == 0
    assert capsys.readouterr().out == ""
    assert run(["progress", "--waiting", "--db", str(path)]) == 0
    assert "kết nạp đảng viên" in capsys.readouterr().out
    assert run(["progress", "--decide", str(pair["id"]), "same", "--db", str(path)]) == 0
    assert run(["progress", "--format", "csv", "--db", str(path)]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["target"], row["result"], row["match_status"]) == ("210.0", "231.0", "confirmed")
    assert run(["progress", "--decide", "99", "same", "--db", str(path)]) == 2


def test_targets_as_csv_and_json(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["targets", "--year", "2023", "--indicator", "doan vien", "--format", "csv", "--db", str(database)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [float(row["value"]) for row in rows] == [210, 210]
    assert run(["targets", "--format", "json", "--db", str(database)]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["unit"] == "đoàn viên"
    assert run(["targets", "--kind", "result", "--db", str(database)]) == 0
    assert capsys.readouterr().out == ""


def test_export_to_a_file_and_to_stdout_are_the_same(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", "--format", "jsonl", "--db", str(database)]) == 0
    out = capsys.readouterr().out
    assert run(["export", "--format", "jsonl", "-o", str(tmp_path / "letters.jsonl"), "--db", str(database)]) == 0
    assert (tmp_path / "letters.jsonl").read_text(encoding="utf-8") == out
    assert len(out.splitlines()) == 2


def test_verify_names_what_was_lost(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--db", str(database)]) == 8
    assert "bao-cao.pdf" in capsys.readouterr().out


def test_verify_finds_what_was_moved_and_notes_it_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("THÔNG BÁO", encoding="utf-8")
    database = str(tmp_path / "letters.db")
    assert run(["ingest", str(tmp_path), "--db", database, "--jobs", "1"]) == 0
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert run(["verify", "--db", database]) == 8
    assert str(tmp_path / "b.txt") in capsys.readouterr().out
    assert run(["verify", "--update", "--db", database]) == 0
    assert run(["verify", "--db", database]) == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["ingset"], 2),
        (["show"], 2),
        (["show", "nothing-like-this", "--db", "{db}"], 2),
        (["export", "letters", "--format", "csv", "--db", "{db}"], 2),
        (["search", "***", "--db", "{db}"], 2),
        (["search", "abc", "--since", "13/2023", "--db", "{db}"], 2),
        (["serch", "abc", "--db", "{db}"], 2),
        (["retry", "--db", "{folder}/none.db"], 7),
        (["verify", "--update", "--db", "{folder}/none.db"], 7),
        (["progress", "--decide", "1", "same", "--db", "{folder}/none.db"], 7),
        (["backup", "{db}", "--db", "{db}"], 7),
        (["targets", "--db", "{folder}/none.db"], 7),
        (["targets", "--db", "{folder}/none/letters.db"], 7),
        (["targets", "--config", "{folder}/none.toml", "--db", "{db}"], 5),
        (["export", "-o", "{folder}/none/out.csv", "--db", "{db}"], 7),
    ],
)
def test_failures_have_a_code_and_no_traceback(
    database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert run([a.format(db=database, folder=tmp_path) for a in arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "rror" in err
    assert "Traceback" not in err
    assert not (tmp_path / "none.db").exists(), "a name that was mistyped makes no database"


def test_a_command_that_is_nearly_meant_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    run(["serch", "abc"])
    assert "Did you mean 'search'?" in capsys.readouterr().err


def test_search_takes_days_as_they_are_written_here(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    narrowed = ["search", "duong", "--db", str(database), "--since"]
    assert run([*narrowed, "14/2/2023"]) == 0
    assert "47/KH-LĐLĐ" in capsys.readouterr().out
    assert run([*narrowed, "15/2/2023"]) == 0
    assert capsys.readouterr().out == ""


def test_search_puts_letters_in_order(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(database, StoreConfig()) as store:
        store.save((a_record("third", number="8/KH-LĐLĐ", issued_on="2021-01-05"),))
    run(["search", "duong", "--order", "oldest", "--limit", "1", "--db", str(database)])
    told = capsys.readouterr()
    assert "8/KH-LĐLĐ" in told.out
    assert "--limit shows more" in told.err


def test_search_names_the_kinds_there_are(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["search", "duong", "--type", "ke hoac", "--db", str(database)])
    assert "Kế hoạch" in capsys.readouterr().err
    run(["search", "duong", "--type", "KẾ HOẠCH", "--db", str(database)])
    assert "no kind of letter" not in capsys.readouterr().err


def test_a_question_that_would_change_something_is_told_so(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["query", "DELETE FROM documents", "--db", str(database)]) == 2
    assert "a question cannot change the database" in capsys.readouterr().err


def test_a_letter_cannot_write_on_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "letters.db"
    with open_store(path, StoreConfig()) as store:
        (name,) = store.save((a_record(subject="\x1b[2J [bold]đỏ[/bold]"),))
    run(["show", name, "--db", str(path)])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[bold]đỏ[/bold]" in out


LETTER = """LIÊN ĐOÀN LAO ĐỘNG
TỈNH HƯƠNG GIANG
Số: 47/KH-LĐLĐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hương Giang, ngày 14 tháng 02 năm 2023
KẾ HOẠCH
Phát động phong trào thi đua năm 2023
I. CHỈ TIÊU
1. Phát triển mới ít nhất 210 đoàn viên trong năm 2023.
"""


def test_a_folder_is_read_told_and_continued(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ke-hoach.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "ban-sao.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "hong.pdf").write_bytes(b"")
    arguments = [str(tmp_path), "--db", str(tmp_path / "letters.db"), "--jobs", "1"]
    assert run(["ingest", *arguments]) == 8
    out, err = capsys.readouterr()
    assert out == ""
    assert "1 file read: 1 letter" in err
    assert "1 given twice, read once" in err
    assert "hong.pdf: the file is empty" in err
    assert run(["targets", "--db", str(tmp_path / "letters.db")]) == 0
    assert "đoàn viên" in capsys.readouterr().out
    assert run(["ingest", *arguments]) == 8
    assert "passed over" in capsys.readouterr().err
    (tmp_path / "hong.pdf").unlink()
    (tmp_path / "hong.pdf").symlink_to(tmp_path / "ke-hoach.txt")
    assert run(["retry", "--db", str(tmp_path / "letters.db")]) in {0, 8}


def test_nothing_to_read_is_an_input_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ingest", str(tmp_path), "--db", str(tmp_path / "letters.db")]) == 3
    assert "no scan was found" in capsys.readouterr().err


def test_repair_gives_line_for_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruined = tmp_path / "old.txt"
    ruined.write_text("CONG HOA XA HOI CHU NGHIA VIET NAM\n\nnam 2023\n", encoding="utf-8")
    assert run(["repair", str(ruined), "--log"]) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert len(out.splitlines()) == 3
    assert out.splitlines()[2].endswith("2023")
    first = json.loads(err.splitlines()[0])
    assert (first["line"], first["word"], first["raw"], first["text"]) == (1, 1, "CONG", "CỘNG")
    assert 0.5 < first["score"] <= 1
    assert first["reason"] == "marks"


def test_repair_knows_the_encodings_of_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "abc.txt"
    old.write_bytes("KÕ ho¹ch ph\u00b8t triÓn ®oµn viªn c«ng ®oµn n¨m 2004\n".encode("latin-1"))
    assert run(["repair", str(old)]) == 0
    assert capsys.readouterr().out == "Kế hoạch phát triển đoàn viên công đoàn năm 2004\n"


@pytest.mark.parametrize(("content", "code"), [(None, 3), (b"\xff\xfe\x00", 3)])
def test_repair_says_what_it_cannot_read(tmp_path: Path, content: bytes | None, code: int) -> None:
    path = tmp_path / "old.txt"
    if content is not None:
        path.write_bytes(content)
    assert run(["repair", str(path)]) == code


def test_a_workbook_needs_a_file(database: Path, tmp_path: Path) -> None:
    assert run(["export", "--format", "xlsx", "--db", str(database)]) == 2
    assert run(["export", "--format", "xlsx", "-o", str(tmp_path / "register.xlsx"), "--db", str(database)]) == 0
    assert (tmp_path / "register.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_stands_alone(database: Path, tmp_path: Path, language: str) -> None:
    out = tmp_path / "report.html"
    assert run(["report", "--year", "2023", "--language", language, "-o", str(out), "--db", str(database)]) == 0
    page = out.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page
    assert "Phát triển mới đoàn viên" in page
    assert "<svg" in page
    assert not any(loading in page for loading in ("<script", "<link", "<img", "@import", "url("))
