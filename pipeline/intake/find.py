"""Which of the files that a user points at are letters."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.errors import NotReadable, UnknownFormat
from pipeline.intake.sniff import HEAD, sniff
from pipeline.nouns import MediaType

_SCANS = frozenset({".pdf", ".tif", ".tiff", ".png", ".jpg", ".jpeg"})
_TEXTS = frozenset({".txt", ".text"})
# Letters that we do not read: they are given on, so that the user is told about each, with advice.
_OTHER_LETTERS = frozenset(
    {".doc", ".docx", ".odt", ".rtf", ".zip", ".rar", ".7z", ".heic", ".webp", ".bmp", ".gif", ".djvu"}
)
_PASSED_OVER = re.compile(r"^[.~]|^Thumbs\.db$|\.(part|partial|crdownload|tmp|temp|swp|lock)$|~$", re.IGNORECASE)
# A text beside a scan is the scan's own: `a.txt`, `a.source.txt`, `a_p01.txt`, `a-p2.txt` beside `a.pdf`.
_COMPANION = re.compile(r"(?:\.[^.]+)*?(?:[_-]p(?:age)?\d+)?", re.IGNORECASE)


def find_scans(paths: Sequence[Path]) -> Iterator[Path]:
    """The files to read: those named, and those in the folders named, at any depth, in order of name.

    In folders, hidden and unfinished files are passed over, as is a text that belongs to a scan beside it; a link to a
    file is followed, a link to a folder is not, so the walk ends. Files named outright are always given, and so is a
    folder that may not be listed: opening it tells why.

    Raises:
        NotReadable: a path is not there.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif path.exists() or path.is_symlink():
            yield path
        else:
            raise NotReadable("there is no such file or folder", hint="check the path", where=str(path))


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for at, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not _PASSED_OVER.search(name))
        here = Path(at)
        scans = {Path(name).stem for name in names if Path(name).suffix.lower() in _SCANS}
        yield from (here / name for name in sorted(names) if _is_letter(here / name, scans))
    yield from (Path(str(error.filename)) for error in closed)


def _is_letter(path: Path, scans: set[str]) -> bool:
    if _PASSED_OVER.search(path.name) or path.is_dir():
        return False
    suffix = path.suffix.lower()
    if suffix in _TEXTS:
        return not _belongs_to_a_scan(path.stem, scans)
    return suffix in _SCANS or suffix in _OTHER_LETTERS or _looks_like_a_scan(path)


def _belongs_to_a_scan(stem: str, scans: set[str]) -> bool:
    beginnings = (stem[:end] for end in range(1, len(stem) + 1))
    return any(_COMPANION.fullmatch(stem, len(start)) for start in beginnings if start in scans)


def _looks_like_a_scan(path: Path) -> bool:
    """Whether a file without a telling name begins as a PDF or an image does."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return sniff(file.read(HEAD), path.name) is not MediaType.TEXT
    except (UnknownFormat, OSError):
        return False
