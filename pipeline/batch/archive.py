"""Copies of what was read, named by their content: whole, on the disk, or not there at all."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from pipeline.errors import NotReadable, StoreError

_CHUNK = 1 << 20


def keep(path: Path, sha256: str, archive: Path) -> Path:
    """Copy a file into the archive, unless its content is there, and give the place of the copy.

    The copy is written under another name, brought to the disk, and only then given its own: a power cut leaves no half
    copy under the name of a whole one.

    Raises:
        NotReadable: the file is gone, or is no longer what was read.
        StoreError: the archive cannot be written.
    """
    place = archive / sha256[:2] / (sha256 + path.suffix.lower())
    if place.exists():
        return place
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        copied = _copy(path, unfinished)
        if copied != sha256:
            hint = "run it again when nothing writes to the file any more"
            raise NotReadable("the file changed while it was read", hint=hint, where=str(path))
        unfinished.replace(place)
        _to_disk(place.parent)
    except OSError as e:
        hint = "free some space or check the rights on the folder, then run it again: it continues"
        raise StoreError(f"the archive cannot be written: {e.strerror}", hint=hint, where=str(archive)) from e
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return place


def _copy(path: Path, target: Path) -> str:
    """Copy the bytes, wait for the disk, and give their hash."""
    try:
        source = path.open("rb")
    except OSError as e:
        raise NotReadable(f"the file cannot be read: {e.strerror}", hint="run it again", where=str(path)) from e
    digest = hashlib.sha256()
    with source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
    shutil.copystat(path, target)
    return digest.hexdigest()


def _to_disk(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
