"""What a batch tells: how far it is, what became of each file, and what it all came to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import CongvanError
from pipeline.nouns import Record


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be read."""

    path: Path
    size: int
    """Bytes."""
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: letters, or the error that kept it from being read."""

    task: Task
    records: tuple[Record, ...] = ()
    error: CongvanError | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A file that need not be read: its content is stored already, or comes under another name in the same batch."""

    task: Task
    same_as: str
    """The id of the stored letter, or the path of the file with the same content."""
    in_batch: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is."""

    done: int
    """Files, the known and the failed ones included."""
    total: int
    pages: int
    """Pages read by this run."""
    failed: int
    seconds: float
    """Since the start."""
    seconds_left: float | None
    """By the bytes still to be read, as fast as the last files; None until something was read."""
    pages_a_minute: float
    """Of the last files."""
    path: Path | None
    """The file that was finished last."""
    error: CongvanError | None = None
    """Why that file could not be read; None when it was, or was known."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    path: Path
    error: CongvanError


@dataclass(frozen=True, slots=True)
class Review:
    """A letter that a person should look at, and why."""

    document_id: str
    source_name: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch came to."""

    run_id: int
    files: int
    """Files that were read by this run."""
    letters: int
    """Letters in them: a file may hold several."""
    pages: int
    to_review: int
    """Letters that a person should look at."""
    reasons: tuple[tuple[str, int], ...]
    """Why, each with the number of letters, the most frequent first."""
    needs_review: tuple[Review, ...]
    """Those of them that are least sure, a hundred at most; the database has all."""
    failed: tuple[Failure, ...]
    duplicates: tuple[tuple[Path, str], ...]
    """Files whose content came under another name in the same batch, each with that name; they were read once."""
    skipped: int
    """Files whose content was in the database already."""
    seconds: float
    interrupted: bool = False

    @property
    def exit_code(self) -> int:
        """What the command leaves with: 130 interrupted, 8 some files failed, else 0."""
        if self.interrupted:
            return 130
        return 8 if self.failed else 0
