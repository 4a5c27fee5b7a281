"""What README and docs tell people to type is run here: commands, SQL, in English and in Vietnamese."""

from __future__ import annotations

import importlib.util
import re
import shlex
import sqlite3
import subprocess
from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.cli import COMMANDS
from pipeline.config import Config, StoreConfig
from pipeline.intake import find_scans, open_scan
from pipeline.ocr.recorded import load_pages
from pipeline.reading import understand
from pipeline.store import open_store

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "decisions").glob("*.md")])
GENERATED = {"cli.md", "schema.md", "errors.md"}
LETTERS = (
    "bonn_2025_cd",
    "cdkcn_dongnai_2015_bc",
    "ldld_yenbai_2023_kh",
    "tinhuy_caobang_2019_ct",
    "cdgd_thainguyen_2011_kh",
)
ENGINE = {"ingest", "retry", "serve", "watch"}
"""Commands that need an engine, or that never end: they must take the arguments, other tests run them."""


def _blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def _commands() -> list[str]:
    typed = (
        line
        for page in PAGES
        if page.name not in GENERATED
        for block in _blocks(page, "console")
        for line in block.split("\n")
    )
    return sorted({line[2:].split("  #")[0].strip() for line in typed if line.startswith("$ ")})


def _words(command: str) -> list[str]:
    program, *rest = shlex.split(command)
    return [program.removeprefix(".venv/bin/"), *rest]


COMMANDS_TOLD = _commands()
QUERIES = sorted({query for page in PAGES for query in _blocks(page, "sql")})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the manual has it: sample scans, a database of some of them, an old text."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / "corpus").symlink_to(ROOT / "corpus")
    (desk / "old-ocr.txt").write_text("UY BAN NHAN DAN TINH\nKe hoach nam 2011\n", encoding="utf-8")
    scans = {path.stem: path for path in find_scans([ROOT / "corpus" / "scans"])}
    with open_store(desk / "letters.db", StoreConfig()) as store:
        for name in LETTERS:
            scan = open_scan(scans[name], Config().intake)
            store.save(understand(scan, load_pages(ROOT / "tests" / "letters" / f"{name}.json.gz"), Config()))
    return desk


def test_the_manual_tells_commands_and_queries() -> None:
    assert len(COMMANDS_TOLD) > 10
    assert len(QUERIES) > 8


@pytest.mark.parametrize("command", [c for c in COMMANDS_TOLD if _words(c)[0] == "congvan"])
def test_congvan_does_what_the_manual_types(
    command: str, desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    _, name, *arguments = _words(command)
    assert name in COMMANDS, command
    if name in ENGINE:
        assert run([name, *arguments, "--help"]) == 0
    else:
        # `doctor` tells by its status when something is not installed here.
        status = run([name, *arguments])
        told = capsys.readouterr()
        assert status == 0 or (name == "doctor" and status == 4), told.err
        assert told.out or told.err


@pytest.mark.parametrize("command", [c for c in COMMANDS_TOLD if _words(c)[0] == "make"])
def test_make_knows_the_targets_of_the_manual(command: str) -> None:
    plan = subprocess.run(["make", "-n", *_words(command)[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert plan.returncode == 0, plan.stderr


def test_modules_of_the_manual_are_there() -> None:
    """Told in a block of its own or in a sentence: `python -m scripts.bench.targets`."""
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    modules = {module for text in texts for module in re.findall(r"python -m ([\w.]+)", text)}
    assert modules
    assert not {module for module in modules if importlib.util.find_spec(module) is None}


def test_no_other_program_is_told_to_be_run() -> None:
    """Programs of the system that a reader may be told to call; nothing else slips in without a test."""
    known = {"congvan", "make", "podman", "pip", "eval"}
    assert {_words(command)[0] for command in COMMANDS_TOLD} <= known


@pytest.mark.parametrize("query", QUERIES)
def test_queries_run_and_answer(query: str, desk: Path) -> None:
    with sqlite3.connect(f"file:{desk / 'letters.db'}?mode=ro", uri=True) as db:
        assert db.execute(query).fetchall() or "v_progress" in query or "needs_review" in query


@pytest.mark.parametrize("page", [page for page in PAGES if page.name.endswith(".vi.md")], ids=lambda page: page.name)
def test_both_languages_tell_the_same_commands(page: Path) -> None:
    english = page.with_name(page.name.replace(".vi.md", ".md"))
    for language in ("sql", "console"):
        told = [[line for line in block.split("\n") if not line.startswith("#")] for block in _blocks(page, language)]
        also = [
            [line for line in block.split("\n") if not line.startswith("#")] for block in _blocks(english, language)
        ]
        assert [[_uncommented(line) for line in block] for block in told] == [
            [_uncommented(line) for line in block] for block in also
        ]


def _uncommented(line: str) -> str:
    return line.split("  #", maxsplit=1)[0].rstrip()


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in GENERATED], ids=lambda page: page.name)
def test_pages_and_files_that_are_named_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(
        re.findall(r"\b((?:docs|models|corpus|tests|scripts|pipeline)/[\w/.-]*\w\.(?:md|py|toml|png|tsv))\b", text)
    )
    assert not {name for name in named if not (ROOT / name).exists()}
