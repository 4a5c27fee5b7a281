"""A path becomes a `Scan`: checked, hashed, counted, and with the text it already carries."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from pipeline.config import IntakeConfig
from pipeline.errors import EmptyFile, FileTooLarge, NotReadable
from pipeline.intake.images import look_at_image
from pipeline.intake.pdf import look_at_pdf
from pipeline.intake.plain import read_pages
from pipeline.intake.sniff import HEAD, sniff
from pipeline.nouns import MediaType, Scan

_CHUNK = 1 << 20


def open_scan(path: Path, config: IntakeConfig) -> Scan:
    """Look at a file and say what it is; nothing is rendered.

    Raises:
        InputError: the file cannot be read; the kind of error says why, its hint what to do.
        MissingDependency: poppler is not installed.
    """
    size = _size(path, config)
    media_type = sniff(_head(path), path.name)
    scan = Scan(path, content_hash(path), media_type, size, page_count=1)
    if media_type is MediaType.PDF:
        return look_at_pdf(scan, config)
    if media_type is MediaType.TEXT:
        return _count_text_pages(scan, config)
    return look_at_image(scan, config)


def content_hash(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        NotReadable: it cannot be read, or is no plain file: the bytes of a pipe may never end.
    """
    _status(path)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as e:
        raise _not_readable(path, e) from e
    return digest.hexdigest()


def content(path: Path) -> bytes:
    """All bytes of a file.

    Raises:
        NotReadable: as for `content_hash`.
    """
    _status(path)
    try:
        return path.read_bytes()
    except OSError as e:
        raise _not_readable(path, e) from e


def _status(path: Path) -> os.stat_result:
    if not _is_text(str(path)):
        shown = str(path).encode("utf-8", "backslashreplace").decode()
        raise NotReadable("its name is not in UTF-8", hint="rename it, or see: convmv -t utf-8 --help", where=shown)
    try:
        status = path.stat()
    except OSError as e:
        raise _not_readable(path, e) from e
    if stat.S_ISDIR(status.st_mode):
        raise NotReadable("the folder cannot be listed", hint="ask its owner for the right to read it", where=str(path))
    if not stat.S_ISREG(status.st_mode):
        raise NotReadable("it is no plain file but a pipe or a device", hint="name a file", where=str(path))
    return status


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _size(path: Path, config: IntakeConfig) -> int:
    status = _status(path)
    if status.st_size == 0:
        raise EmptyFile("the file is empty", hint="scan or copy it again", where=str(path))
    if status.st_size > config.max_bytes:
        raise FileTooLarge(
            f"the file has {status.st_size:,} bytes; the limit is {config.max_bytes:,}",
            hint="split it, or raise intake.max_bytes in congvan.toml",
            where=str(path),
        )
    return status.st_size


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as e:
        raise _not_readable(path, e) from e


def _not_readable(path: Path, error: OSError) -> NotReadable:
    hints: dict[type[OSError], str] = {
        FileNotFoundError: "it was moved or deleted, or the link to it is broken",
        PermissionError: "give this user the right to read it: chmod u+r, or ask its owner",
    }
    hint = hints.get(type(error), "check the disk or the network folder that it is on")
    return NotReadable(f"the file cannot be read: {error.strerror}", hint=hint, where=str(path))


def _count_text_pages(scan: Scan, config: IntakeConfig) -> Scan:
    return Scan(scan.path, scan.sha256, scan.media_type, scan.size, len(read_pages(scan.path, config.max_pages)))
