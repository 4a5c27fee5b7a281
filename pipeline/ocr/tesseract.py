"""Tesseract as an engine: one process and one `image_to_data` call a page. The only home of pytesseract."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import threading
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

import numpy as np
import pytesseract

from pipeline.config import OcrConfig
from pipeline.errors import MissingDependency, OcrCrash, OcrTimeout
from pipeline.nouns import Box, Image, Line, Page, Word
from pipeline.vietnamese import nfc

_WORD_LEVEL = 5
_COLUMNS = 12
_ONE_BLOCK = 6
_QUICK = 30.0
"""Seconds that a question to the program may take."""
_SCRIPTS = ("script/Vietnamese", "Vietnamese")
"""The model of the script, where Debian and others put it."""
_INSTALL = "install it with: apt-get install tesseract-ocr tesseract-ocr-vie"


class Tesseract:
    """Reads pages with the `tesseract` program; the languages and the time limit come from the settings."""

    def __init__(self, config: OcrConfig) -> None:
        """Keep the settings; nothing is started until a page is read."""
        self._config = config

    def read(self, page: Page, *, allowed: str = "") -> tuple[Line, ...]:
        """The lines of the page, in the engine's order (top to bottom within its blocks).

        Args:
            page: upright and cleaned.
            allowed: the only characters that may be read, when given; the page is then taken for one block of lines.

        Raises:
            MissingDependency: the program or a language is not installed.
            OcrTimeout: the page took longer than `ocr.timeout`.
            OcrCrash: the program died, or answered something that is not its table.
        """
        where = f"page {page.number}"
        _demand(self._config.languages)
        options = f"--dpi {page.dpi} --psm {_ONE_BLOCK if allowed else self._config.psm}"
        if allowed:
            options += f" -c tessedit_char_whitelist={allowed}"
        sheet = _sheet(tempfile.gettempdir(), os.getpid(), threading.get_ident())
        _write_pnm(sheet, page.image)
        return tuple(_parse(_run(sheet, options, self._config, where), where))


def _demand(languages: str) -> None:
    """Every one of several languages must be there: of those that are not, Tesseract says nothing and reads without."""
    wanted = languages.split("+")
    if len(wanted) > 1 and not installed_languages().issuperset(wanted):
        raise _no_language(languages)


def _no_language(languages: str) -> MissingDependency:
    missing = " ".join(f"tesseract-ocr-{name}" for name in languages.split("+"))
    return MissingDependency(
        f"a language of '{languages}' is not installed", hint=f"install it with: apt-get install {missing}"
    )


@cache
def _sheet(folder: str, process: int, thread: int) -> Path:
    """The file in which one thread of a process shows its pages, one after the other; gone when the process ends."""
    handle, name = tempfile.mkstemp(".pnm", f"congvan-{process}-{thread}-", folder)
    os.close(handle)
    atexit.register(Path(name).unlink, missing_ok=True)
    return Path(name)


def _write_pnm(path: Path, image: Image) -> None:
    """The pixels as an uncompressed PGM or PPM, which costs a third less than the PNG that pytesseract would make.

    They are written over the page before: to give back the memory that holds it, and fetch as much anew, 4 kB at a
    time, takes four times as long as to write.
    """
    kind = b"P5" if image.ndim == 2 else b"P6"
    header = kind + f"\n{image.shape[1]} {image.shape[0]}\n255\n".encode()
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(header)
        file.write(np.ascontiguousarray(image).data)
        file.truncate()


def _run(path: Path, options: str, config: OcrConfig, where: str) -> str:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # its threads fight over the cores that the batch already fills
    try:
        table = pytesseract.image_to_data(str(path), lang=config.languages, config=options, timeout=config.timeout)
    except pytesseract.TesseractNotFoundError as e:
        raise MissingDependency("the program tesseract is not installed", hint=_INSTALL) from e
    except pytesseract.TesseractError as e:
        raise _translated(e, config, where) from e
    except RuntimeError as e:  # pytesseract's timeout has no type of its own
        message = f"tesseract did not finish within {config.timeout:g} seconds"
        raise OcrTimeout(message, hint="raise ocr.timeout in the settings, then: congvan retry", where=where) from e
    except (UnicodeDecodeError, FileNotFoundError) as e:
        raise OcrCrash("tesseract left no text behind", hint="congvan doctor", where=where) from e
    return str(table)


def _translated(error: pytesseract.TesseractError, config: OcrConfig, where: str) -> MissingDependency | OcrCrash:
    if "loading language" in error.message or "couldn't load any languages" in error.message.lower():
        return _no_language(config.languages)
    said = " ".join(error.message.split())[-200:]
    return OcrCrash(f"tesseract failed with status {error.status}: {said}", hint="congvan retry", where=where)


def _parse(table: str, where: str) -> Iterator[Line]:
    rows = [line.split("\t") for line in table.splitlines()[1:]]
    if any(len(row) != _COLUMNS for row in rows) or not table.startswith("level\t"):
        raise OcrCrash("tesseract answered something that is not its table", hint="congvan doctor", where=where)
    words = (row for row in rows if int(row[0]) == _WORD_LEVEL and row[11].strip())
    for _, line in groupby(words, key=lambda row: row[1:5]):
        yield Line(tuple(_word(row) for row in line))


def _word(row: list[str]) -> Word:
    left, top, width, height = map(int, row[6:10])
    text = nfc(row[11].strip())
    return Word(text, text, Box(left, top, left + width, top + height), min(max(float(row[10]) / 100, 0.0), 1.0))


@lru_cache(maxsize=1)
def installed_languages() -> frozenset[str]:
    """The languages and scripts that Tesseract has here, as it names them; pytesseract hides the scripts.

    Raises:
        MissingDependency: the program is not installed.
        OcrCrash: it does not answer.
    """
    command = [pytesseract.pytesseract.tesseract_cmd, "--list-langs"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_QUICK)
    except FileNotFoundError as e:
        raise MissingDependency("the program tesseract is not installed", hint=_INSTALL) from e
    except (subprocess.SubprocessError, OSError, UnicodeDecodeError) as e:
        raise OcrCrash("tesseract does not name its languages", hint="congvan doctor") from e
    return frozenset(done.stdout.split("\n")[1:]) - {""}


def fuller_languages(languages: str, installed: Collection[str]) -> str | None:
    """These languages together with the model of the Vietnamese script; None where that adds nothing.

    The two models err at different marks, so a page that one of them reads badly is read better by both, in a fifth
    more time.
    """
    known = languages.split("+")
    script = next((name for name in _SCRIPTS if name in installed), None)
    return f"{languages}+{script}" if "vie" in known and script and script not in known else None
