"""What is missing is named, with the one command that brings it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.doctor import Finding, examine, models, remedies


def a_program(folder: Path, name: str, says: str, seconds: int = 0) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{f'exec /bin/sleep {seconds}' if seconds else ''}\necho '{says}'\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any program."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def found(name: str, languages: str = "vie") -> str | None:
    return next(finding.version for finding in examine(languages) if finding.name.startswith(name))


def test_a_bare_machine_is_told_one_command(bare: Path) -> None:
    first, *_ = remedies(examine("vie"))
    wanted = "poppler-utils tesseract-ocr tesseract-ocr-osd tesseract-ocr-vie"
    assert first == f"sudo apt-get install {wanted}"


def test_the_command_leaves_with_its_code(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 4
    out, err = capsys.readouterr()
    assert "tesseract" in out
    assert "sudo apt-get install" in err


def test_versions_are_read_and_compared(bare: Path) -> None:
    a_program(bare, "tesseract", "tesseract 5.3.0")
    a_program(bare, "pdftoppm", "pdftoppm version 0.24.5")
    assert found("tesseract") == "5.3.0"
    assert found("pdftoppm") is None
    assert "pdftoppm 0.24.5 is too old" in remedies(examine("vie"))


def test_each_language_that_is_asked_for_is_looked_for(bare: Path) -> None:
    a_program(bare, "tesseract", "List of languages:\nvie\nosd")
    assert found("tesseract language vie", "vie+eng") == "installed"
    assert found("tesseract language eng", "vie+eng") is None
    assert "tesseract-ocr-eng" in remedies(examine("vie+eng"))[0]


def test_a_program_that_hangs_is_as_good_as_missing(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.doctor._TIMEOUT", 0.2)
    a_program(bare, "tesseract", "tesseract 5.3.0", seconds=5)
    assert found("tesseract") is None


def test_a_model_that_has_a_card_must_be_there(tmp_path: Path) -> None:
    assert models(tmp_path).version is None
    (tmp_path / "digits.md").write_text("what it was trained on", encoding="utf-8")
    assert "digits" in models(tmp_path).advice
    assert models(tmp_path).version is None
    (tmp_path / "digits.npz").write_bytes(b"")
    assert models(tmp_path).version == "1 models"


def test_nothing_missing_needs_nothing() -> None:
    assert remedies((Finding("tesseract", "5.3.0", "tesseract-ocr"),)) == ()


def test_what_finds_names_may_be_missing_and_is_told(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", [])
    told = found("spacy")
    assert told is not None
    assert "by rules alone" in told
    assert not [advice for advice in remedies(examine("vie")) if "ner" in advice]
