"""A folder for temporary files that nobody else uses, so that whatever is left in it was forgotten."""

from __future__ import annotations

import multiprocessing.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def own_scratch(folder: Path) -> Iterator[Path]:
    """Make this process, and all that it starts, keep temporary files in a new folder of the given one."""
    scratch = folder / "scratch"
    scratch.mkdir()
    multiprocessing.util.get_temp_dir()  # where processes of Python meet: made before, it lies elsewhere
    before = tempfile.tempdir, os.environ.get("TMPDIR")
    tempfile.tempdir = os.environ["TMPDIR"] = str(scratch)
    try:
        yield scratch
    finally:
        tempfile.tempdir = before[0]
        del os.environ["TMPDIR"]
        if before[1] is not None:
            os.environ["TMPDIR"] = before[1]
