"""Scans made when they are asked for, and made again only when the letter or the maker changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import PIL

from pipeline.errors import NothingToRead
from scripts.make_scans.scan import make
from scripts.make_scans.source import read_source

LETTERS = Path(__file__).parents[2] / "corpus" / "letters"
_MARKS = ".made.json"
"""What each letter of a folder was made from: its name and a fingerprint."""


def scans(names: Iterable[str], quality: str, out: Path, letters: Path = LETTERS) -> list[Path]:
    """The scans of the letters at one quality, in `out`, with their gold beside them; what is missing is made now.

    Raises:
        NothingToRead: a letter is not among the sources.
    """
    out.mkdir(parents=True, exist_ok=True)
    found: list[Path] = []
    for name in names:
        source = letters / f"{name}.md"
        if not source.is_file():
            raise NothingToRead(
                f"there is no letter {name}", hint="the names are those of the files", where=str(letters)
            )
        marks = _marks(out)
        mark, kept = fingerprint(source, quality), marks.get(name)
        files = [] if kept is None else [out / file for file in kept["files"]]
        if kept is None or kept["mark"] != mark or not all(file.is_file() for file in files):
            files = make(read_source(source), quality, out)
            marks[name] = {"mark": mark, "files": [file.name for file in files]}
            (out / _MARKS).write_text(json.dumps(marks, indent=1) + "\n", encoding="utf-8")
        found += files
    return found


def _marks(out: Path) -> dict[str, dict[str, Any]]:
    """Fingerprint (`mark`) and files of each letter that was made here."""
    path = out / _MARKS
    marks: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return marks


def fingerprint(source: Path, quality: str) -> str:
    """What a scan depends on: the letter, the quality, the code that makes it and the libraries that draw."""
    digest = hashlib.sha256(f"{quality} {np.__version__} {PIL.__version__}".encode())
    for path in (source, *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()
