"""What others need to install, build and pass on the program: notices, cards, the image, the package, completion."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from pipeline.doctor import _libraries as _libraries_asked

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
_NAME = re.compile(r"[A-Za-z0-9-]+")


def _libraries() -> set[str]:
    wanted = [
        *PROJECT["dependencies"],
        *(line for extra in PROJECT["optional-dependencies"].values() for line in extra),
    ]
    return {found.group() for line in wanted if (found := _NAME.match(line))}


def test_every_library_is_named_with_its_licence() -> None:
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8")
    assert not {name for name in _libraries() if name not in notice}


def test_doctor_asks_for_what_is_installed_with_the_program_and_no_more() -> None:
    installed = {found.group() for line in PROJECT["dependencies"] if (found := _NAME.match(line))}
    assert {finding.name for finding in _libraries_asked()} <= installed


def test_every_model_that_is_kept_has_a_card() -> None:
    listed = subprocess.run(["git", "ls-files", "models"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    files = {Path(line) for line in listed.stdout.split() if not line.endswith(".md")}
    assert files
    assert not {str(file) for file in files if not (ROOT / file.with_suffix(".md")).is_file()}


def test_the_image_has_every_package_that_setup_asks_for() -> None:
    asked = set(re.findall(r"\bneed ([a-z][\w-]+)", (ROOT / "scripts" / "setup_system.sh").read_text(encoding="utf-8")))
    assert len(asked) > 5
    assert not {name for name in asked if name not in (ROOT / "Containerfile").read_text(encoding="utf-8")}


def test_the_shell_can_complete_commands() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "pipeline"],
        env={**os.environ, "_CONGVAN_COMPLETE": "bash_complete", "COMP_WORDS": "congvan ing", "COMP_CWORD": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "ingest" in told.stdout


@pytest.mark.slow
def test_the_wheel_holds_models_and_data_and_no_tests(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    for part in (
        "pipeline/models/ngrams.bin",
        "pipeline/models/ner.bin",
        "pipeline/models/ner.cfg",
        "pipeline/doctypes/ke_hoach.toml",
        "pipeline/py.typed",
    ):
        assert part in names
    assert not {name for name in names if name.startswith(("tests/", "scripts/", "corpus/"))}
