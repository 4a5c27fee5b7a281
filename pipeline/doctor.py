"""What reading needs on this machine, what of it is there, and the command that installs the rest."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import models_dir

_TIMEOUT = 20.0
_VERSION = re.compile(r"\d+(?:\.\d+)+")

_PROGRAMS: tuple[tuple[str, str, str, tuple[int, ...]], ...] = (
    ("tesseract", "--version", "tesseract-ocr", (4, 1)),
    ("pdftoppm", "-v", "poppler-utils", (0, 86)),
    ("pdfinfo", "-v", "poppler-utils", (0, 86)),
)
"""Program, how to ask its version, its Debian package, the oldest version that will do."""

_LIBRARIES = (
    "click", "datasette", "numpy", "opencv-python-headless", "openpyxl", "pdf2image", "pikepdf", "pillow",
    "pygal", "pytesseract", "rapidfuzz", "rich", "sqlite-utils",
)  # fmt: skip


_NAMES = "spacy (extra ner)"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that reading needs: the version found, or None and what to do about it."""

    name: str
    version: str | None
    package: str = ""
    """The Debian package that brings it."""
    advice: str = ""
    """What to do when no Debian package brings it."""


def examine(languages: str) -> tuple[Finding, ...]:
    """Everything that reading needs, found or not.

    Args:
        languages: Tesseract's language packs as in the settings, joined by `+`.
    """
    return (*_programs(), *_languages(languages), *_libraries(), _names(), models(models_dir()))


def remedies(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """What to do about what is missing: one command for all Debian packages, then the rest."""
    missing = [finding for finding in findings if finding.version is None]
    packages = sorted({finding.package for finding in missing if finding.package})
    install = (f"sudo apt-get install {' '.join(packages)}",) if packages else ()
    return (*install, *dict.fromkeys(finding.advice for finding in missing if finding.advice))


def _programs() -> Iterator[Finding]:
    for name, flag, package, oldest in _PROGRAMS:
        version = _version(_answer(name, flag))
        if version and tuple(map(int, version.split("."))) < oldest:
            wanted = ".".join(map(str, oldest))
            yield Finding(f"{name} {wanted} or newer", None, package, f"{name} {version} is too old")
        else:
            yield Finding(name, version, package)


def _languages(languages: str) -> Iterator[Finding]:
    installed = _answer("tesseract", "--list-langs").split()
    for language in (*languages.split("+"), "osd"):
        package = f"tesseract-ocr-{language.replace('_', '-').lower()}"
        yield Finding(f"tesseract language {language}", "installed" if language in installed else None, package)


def _libraries() -> Iterator[Finding]:
    for name in _LIBRARIES:
        try:
            yield Finding(name, importlib.metadata.version(name))
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, None, advice=f"pip install {name}")


def _names() -> Finding:
    """What finds names in running text; reading goes on without it, and says so."""
    try:
        return Finding(_NAMES, importlib.metadata.version("spacy"))
    except importlib.metadata.PackageNotFoundError:
        return Finding(_NAMES, "not installed: names in the text are found by rules alone; pip install 'congvan[ner]'")


def models(folder: Path) -> Finding:
    """Whether every model that has a card in the folder lies beside it."""
    cards = {path.stem for path in folder.glob("*.md")}
    present = {path.stem for path in folder.glob("*") if path.suffix != ".md"}
    lost = sorted(cards - present)
    advice = f"models are missing ({', '.join(lost) or 'all'}): install congvan again, or take a whole checkout"
    return Finding(f"models in {folder}", f"{len(cards)} models" if cards and not lost else None, advice=advice)


def _answer(program: str, flag: str) -> str:
    """What a program says to a flag, on either stream; nothing when it is not there or hangs."""
    path = shutil.which(program)
    if path is None:
        return ""
    try:
        told = subprocess.run([path, flag], capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout + told.stderr


def _version(answer: str) -> str | None:
    found = _VERSION.search(answer)
    return found.group() if found else None
