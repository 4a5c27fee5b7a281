"""Engines and readers that fail in one way each, and one reader that does what the name of the file says."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from pipeline.config import Config
from pipeline.errors import DamagedFile, MissingDependency, OcrCrash, OcrTimeout
from pipeline.nouns import Box, Field, Letter, Line, MediaType, Page, PageText, Record, Scan, Status, Word
from pipeline.ocr import ENGINES, Engine
from pipeline.reading import read_scan

STUCK = ("sleep", "3607")
"""What a reader starts and waits for when it hangs; no other program of a machine sleeps as long as that."""


class BlankEngine:
    """Finds no words."""

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        return ()


class CrashingEngine:
    """Dies on every page."""

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        raise OcrCrash("the engine failed with status -11", hint="congvan retry", where=f"page {page.number}")


class SlowEngine:
    """Never finishes in time."""

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        raise OcrTimeout("the engine did not finish within 120 seconds", where=f"page {page.number}")


class OomEngine:
    """Needs more memory than there is."""

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        raise MemoryError


@dataclass(frozen=True, slots=True)
class GarbageEngine:
    """Reads noise: the words it is given, all over the page, unsure of every one."""

    words: tuple[str, ...] = ("~|", "¥", "iz", "0O0")

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        boxes = (Box(10 * i, 20 * i, 10 * i + 9, 20 * i + 15) for i in range(1, 40))
        words = (Word(w, w, box, 0.05) for w, box in zip(self.words * 10, boxes, strict=False))
        return tuple(Line((word,)) for word in words)


@dataclass(frozen=True, slots=True)
class ReaderWith:
    """The whole reader, with another engine."""

    engine: Engine

    def __call__(self, path: Path, config: Config) -> tuple[Record, ...]:
        ENGINES["fake"] = lambda _: self.engine
        return read_scan(path, replace(config, ocr=replace(config.ocr, engine="fake")))


def letter_of(path: Path) -> Record:
    """A record of one page that says what the file says."""
    content = path.read_bytes()
    text = content.decode("utf-8", "replace").split() or ["trống"]
    words = tuple(Word(w, w, Box(90 * i, 0, 90 * i + 80, 40), 0.9) for i, w in enumerate(text))
    page = PageText(1, (Line(words),), width=2480, height=3508, dpi=300)
    scan = Scan(path, hashlib.sha256(content).hexdigest(), MediaType.TEXT, len(content), 1)
    number = Field("number", text[0], text[0], 0.95, Status.ACCEPTED, 1, words[0].box, "first word")
    return Record(Letter(scan, (page,)), (number,))


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hang() -> None:
    subprocess.run(STUCK, check=False)  # as a hung poppler would


def _find_a_bug() -> None:
    raise KeyError("nobody foresaw this")


def _find_damage() -> None:
    raise DamagedFile("the file is damaged", hint="scan it again")


def _take_all_memory() -> None:
    raise MemoryError


def _miss_a_program() -> None:
    raise MissingDependency("tesseract is not installed", hint="apt-get install tesseract-ocr")


def _fill_the_disk() -> None:
    Path("/dev/full").write_bytes(b"there is never room here")


_DEEDS: dict[str, Callable[[], None]] = {
    "dies": _die,
    "hangs": _hang,
    "bug": _find_a_bug,
    "bad": _find_damage,
    "memory": _take_all_memory,
    "missing": _miss_a_program,
    "full": _fill_the_disk,
    "slow": partial(time.sleep, 0.2),
}


def obedient_reader(path: Path, config: Config) -> tuple[Record, ...]:
    """Reads a text; with a file that has the name of a deed before its first hyphen, it does that first."""
    deed = _DEEDS.get(path.stem.split("-")[0])
    if deed is not None:
        try:
            deed()
        except DamagedFile as error:
            error.where = str(path)
            raise
    return (letter_of(path),)


def frail_reader(path: Path, config: Config) -> tuple[Record, ...]:
    """Dies the first time it meets a file named `frail`, as for want of memory, and reads it the second time."""
    met = path.with_suffix(".met")
    if path.stem.startswith("frail") and not met.exists():
        met.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return (letter_of(path),)


def reader_with_two_letters(path: Path, config: Config) -> tuple[Record, ...]:
    """Finds the same letter twice in one file, which the database must refuse."""
    return (letter_of(path), letter_of(path))


def littering_reader(path: Path, config: Config) -> tuple[Record, ...]:
    """Leaves a file in the folder for temporary files, and dies on a file named `dies`."""
    Path(tempfile.mkdtemp(), "litter").write_bytes(b"x" * 1000)
    return obedient_reader(path, config)
