"""Every way congvan can fail, each with its exit code and the advice a person needs next.

One base class, so a caller catches `CongvanError` and nothing else; the command line prints `message` and `hint` and
leaves with `exit_code`. An error names the file (and page) it is about; it never carries a traceback to the user.
"""

from __future__ import annotations

import struct
from typing import ClassVar

PILLOW_ERRORS = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,
    struct.error,
)
"""What Pillow raises for broken files; it has no error of its own for them."""


class CongvanError(Exception):
    """A failure we understand: what happened, where, and what to do about it.

    Attributes:
        message: what happened, in one sentence.
        hint: what the user can do next; empty only when there is nothing to do.
        where: the file, or `file, page 3`; empty when no file is concerned.
        stage: the room of the pipeline that failed, as written in the `failures` table.
        exit_code: what the command line leaves with.
    """

    exit_code: ClassVar[int] = 1
    stage: ClassVar[str] = "congvan"

    def __init__(self, message: str, *, hint: str = "", where: str = "") -> None:
        super().__init__(message, hint, where)
        self.message = message
        self.hint = hint
        self.where = where

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way home from a worker process, keyword arguments included."""
        return (_rebuild, (type(self), self.message, self.hint, self.where))


def _rebuild(kind: type[CongvanError], message: str, hint: str, where: str) -> CongvanError:
    return kind(message, hint=hint, where=where)


class UsageError(CongvanError):
    """The command was called in a way that cannot mean anything."""

    exit_code = 2
    stage = "usage"


class InputError(CongvanError):
    """A file that cannot be read as a letter; the file is left as it is."""

    exit_code = 3
    stage = "intake"


class EmptyFile(InputError):
    """The file holds no bytes."""


class UnknownFormat(InputError):
    """The first bytes are of no format that is read here."""


class DamagedFile(InputError):
    """The file says it is a PDF or an image, but it cannot be opened or rendered."""


class PasswordNeeded(InputError):
    """The PDF is encrypted with a user password."""


class NoPages(InputError):
    """The file opens, but there is no page in it."""


class PageTooLarge(InputError):
    """A page would take more pixels than the limit allows; it is refused before rendering."""


class TooManyPages(InputError):
    """The file has more pages than the limit allows."""


class FileTooLarge(InputError):
    """The file has more bytes than the limit allows."""


class NotReadable(InputError):
    """The file is not there, is no plain file, or may not be read by this user."""


class NothingToRead(InputError):
    """Nothing that can be read was found where the user pointed: no scan, no gold, no text."""


class MissingDependency(CongvanError):
    """A program or language pack that reading needs is not installed."""

    exit_code = 4
    stage = "setup"


class ConfigError(CongvanError):
    """congvan.toml or a data file holds a key or a value that is not understood."""

    exit_code = 5
    stage = "config"


class RenderError(CongvanError):
    """poppler crashed, hung, or gave an image that cannot be the page."""

    exit_code = 6
    stage = "rasterise"


class OcrError(CongvanError):
    """The OCR engine failed on a page."""

    exit_code = 6
    stage = "ocr"


class OcrTimeout(OcrError):
    """The OCR engine did not finish a page in the time it is given."""


class OcrCrash(OcrError):
    """The OCR engine died on a page, or what it answered is not its own format."""


class StoreError(CongvanError):
    """The database cannot be opened, is locked, is full, or holds another schema."""

    exit_code = 7
    stage = "store"


class ValueRefused(StoreError):
    """A value of one letter breaks a rule of the database: a bug, and no reason to stop the other letters."""


class StaleValue(StoreError):
    """Somebody else changed a value after it was shown; nothing was overwritten."""


class LetterTimeout(CongvanError):
    """One letter took longer than a batch gives it; its worker was stopped."""

    exit_code = 6
    stage = "batch"


class WorkerDied(CongvanError):
    """The process that read a letter was killed or crashed."""

    exit_code = 6
    stage = "batch"


class ClusterLost(CongvanError):
    """The scheduler of the cluster does not answer; what was read is stored."""

    exit_code = 6
    stage = "batch"


class DiskFull(CongvanError):
    """There is no room for temporary files; no letter can be read before there is."""

    exit_code = 7
    stage = "batch"


class OutOfMemory(CongvanError):
    """Reading a letter needs more memory than a worker may have."""

    exit_code = 6
    stage = "batch"


class Bug(CongvanError):
    """Something nobody foresaw; the message says where."""

    stage = "bug"
