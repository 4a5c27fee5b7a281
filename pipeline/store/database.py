"""The door of the memory: open a database, and every operation on it as one method; errors carry advice."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from sqlite_utils import Database

from pipeline.config import READER_VERSION, StoreConfig
from pipeline.errors import CongvanError, StoreError
from pipeline.nouns import Record
from pipeline.store import (
    added,
    decidable,
    export,
    matching,
    originals,
    parts,
    queries,
    review,
    schema,
    search,
    split,
    summary,
    write,
)
from pipeline.store import backup as copying
from pipeline.store.faults import translated_errors
from pipeline.store.originals import Verified
from pipeline.store.parts import Boundary
from pipeline.store.queries import ALL_TARGETS, StoredLetter, TargetFilter
from pipeline.store.review import Decision
from pipeline.store.rows import Row
from pipeline.store.search import ALL_LETTERS, Hit, SearchFilter
from pipeline.store.split import Again
from pipeline.store.transaction import transaction

sqlite3.register_adapter(np.int64, int)  # numpy's numbers come into nouns with the pixels
sqlite3.register_adapter(np.int32, int)
sqlite3.register_adapter(np.float32, float)


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a batch did: files read, skipped because they were there, failed; and whether it was interrupted."""

    read: int = 0
    skipped: int = 0
    failed: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Store:
    """An open database of letters; `open_store` makes it. One thread uses it at a time."""

    db: Database
    path: Path
    now: Callable[[], dt.datetime]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store is of no use afterwards."""
        self.db.close()

    def has(self, sha256: str, reader_version: str | None = None) -> str | None:
        """The id of the first letter of that content, or None; with a version, only when read by that reader."""
        query = "SELECT id FROM documents WHERE sha256 = ? AND (? IS NULL OR reader_version = ?) ORDER BY part LIMIT 1"
        with translated_errors(str(self.path)):
            found = self.db.query(query, [sha256, reader_version, reader_version])
            return next((str(row["id"]) for row in found), None)

    def save(self, records: tuple[Record, ...], *, run_id: int | None = None) -> tuple[str, ...]:
        """Store the letters of one file in one transaction and give their ids.

        They take the place of an older reading of the same content; values that a person confirmed stay.

        Raises:
            StoreError: the letters could not be stored; the database is as it was.
        """
        stamp = {"read_at": self._time(), "reader_version": READER_VERSION, "run_id": run_id}
        with translated_errors(str(self.path)), transaction(self.db):
            return write.save_letters(self.db, records, stamp)

    def save_missing(
        self, records: tuple[Record, ...], *, run_id: int | None = None, reader_version: str | None = None
    ) -> tuple[str, ...]:
        """Store the letters of one file as `save` does, unless `has` knows their content by now; no ids then.

        Looking and storing are one transaction: of two batches that read the same letter at once, one stores it.

        Raises:
            StoreError: as for `save`.
        """
        stamp = {"read_at": self._time(), "reader_version": READER_VERSION, "run_id": run_id}
        with translated_errors(str(self.path)), transaction(self.db):
            if self.has(records[0].letter.scan.sha256, reader_version) is not None:
                return ()
            return write.save_letters(self.db, records, stamp)

    def fail(self, path: Path, sha256: str | None, error: CongvanError, *, run_id: int | None = None) -> None:
        """Note that a file could not be read, and why.

        Raises:
            StoreError: the note could not be stored.
        """
        failure: Row = {
            "source_path": str(path),
            "sha256": sha256,
            "stage": error.stage,
            "error": type(error).__name__,
            "message": error.message,
            "hint": error.hint,
            "at": self._time(),
            "run_id": run_id,
        }
        with translated_errors(str(self.path)), transaction(self.db):
            write.save_failure(self.db, failure)

    def start_run(self, sources: Sequence[Path]) -> int:
        """Note that a batch over these files or folders begins, and give its number."""
        run = {
            "started_at": self._time(),
            "sources": json.dumps([str(path) for path in sources], ensure_ascii=False),
            "reader_version": READER_VERSION,
        }
        with translated_errors(str(self.path)), transaction(self.db):
            return int(str(self.db.table("runs").insert(run).last_pk))

    def finish_run(self, run_id: int, counts: RunCounts) -> None:
        """Note what a batch did."""
        done = {"finished_at": self._time(), "read": counts.read, "skipped": counts.skipped, "failed": counts.failed}
        with translated_errors(str(self.path)), transaction(self.db):
            self.db.table("runs").update(run_id, {**done, "interrupted": int(counts.interrupted)})

    def find(self, wanted: str) -> str:
        """The id of a letter from its id, the beginning of it, or its file's name.

        Raises:
            UsageError: no letter, or more than one, is meant.
        """
        with translated_errors(str(self.path)):
            return queries.find_letter(self.db, wanted)

    def show(self, document_id: str) -> StoredLetter:
        """Everything that is stored of a letter.

        Raises:
            UsageError: there is no such letter.
        """
        with translated_errors(str(self.path)):
            return queries.show(self.db, document_id)

    def search(
        self, text: str, where: SearchFilter = ALL_LETTERS, *, limit: int = 20, offset: int = 0
    ) -> tuple[Hit, ...]:
        """The letters that hold all the words, best first.

        Raises:
            UsageError: there is nothing to look up in the text.
        """
        with translated_errors(str(self.path)):
            return search.search(self.db, text, where, limit=limit, offset=offset)

    def targets(self, where: TargetFilter = ALL_TARGETS) -> Iterator[Row]:
        """The rows of `v_targets` that pass the filter, as they come from the file."""
        with translated_errors(str(self.path)):
            yield from queries.targets(self.db, where)

    def target_summary(self, where: TargetFilter = ALL_TARGETS) -> Iterator[Row]:
        """The figures that pass the filter, counted by issuer, indicator and unit, with the latest of each kind."""
        with translated_errors(str(self.path)):
            yield from summary.summary(self.db, where)

    def progress(self, where: TargetFilter = ALL_TARGETS) -> Iterator[Row]:
        """The rows of `v_progress` whose targets pass the filter."""
        with translated_errors(str(self.path)):
            yield from matching.progress(self.db, where)

    def failures(self) -> tuple[Row, ...]:
        """What could not be read, by path."""
        with translated_errors(str(self.path)):
            return queries.failures(self.db)

    def to_review(self, run_id: int | None = None) -> Iterator[Row]:
        """The letters that need a person, least sure first; of one batch or of all."""
        with translated_errors(str(self.path)):
            yield from queries.to_review(self.db, run_id)

    def export(self, what: str, *, times: bool = False) -> Iterator[Row]:
        """The rows of one of `EXPORTS`, in an order that depends on nothing but the letters.

        Raises:
            UsageError: there is no export of that name.
        """
        with translated_errors(str(self.path)):
            yield from export.exported(self.db, what, times=times)

    def verify(self, folders: Sequence[Path] = ()) -> Iterator[Verified]:
        """Every file that letters were read from, looked at again, by path; then those that are not what they were.

        What was moved is looked for in the folders; without, in those that letters were read from.
        """
        with translated_errors(str(self.path)):
            yield from originals.verify(self.db, folders)

    def relocate(self, sha256: str, old: Path, new: Path) -> None:
        """Note that a file has moved from one place to another.

        Raises:
            StoreError: it could not be noted.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            originals.relocate(self.db, sha256, old, new)

    def backup(self, target: Path) -> None:
        """Copy the database, as it is at one instant, to a file; others may go on reading and writing.

        Raises:
            StoreError: the copy cannot be written.
        """
        with translated_errors(str(target)):
            copying.backup(self.db, target)

    def correct(self, document_id: str, field: str, new: str, by: str, *, seen: str | None = None) -> int:
        """Set a value as a person says it is, wherever it stands; see `decide`."""
        return self.decide(review.Decision(document_id, field, new, seen), by)

    def decide(self, decision: Decision, by: str) -> int:
        """Set a value as a person says it is, and give the number of the correction; the same value confirms it.

        Raises:
            UsageError: there is no such letter or field, the value cannot be one of that field, or its place is none.
            StaleValue: the value is no longer the one that was seen.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            number = review.decide(self.db, decision, {"by": by, "at": self._time()})
            matching.match_letter(self.db, decision.document_id)
            return number

    def add(self, document_id: str, table: str, said: Row, by: str) -> str:
        """Add a row that was missed, by column (`added.ADDABLE`); gives its word in `corrections.field`.

        Raises:
            UsageError: there is no such letter, or the row cannot be one of that table.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            field = added.next_added(self.db, document_id, table)
            decision = review.Decision(document_id, field, json.dumps(said, ensure_ascii=False))
            review.decide(self.db, decision, {"by": by, "at": self._time()})
            matching.match_letter(self.db, document_id)
            return field

    def matches(self, status: str | None = None) -> tuple[Row, ...]:
        """Which wordings of results answer which of targets, the likest first; `matching` tells what a status means."""
        with translated_errors(str(self.path)):
            return tuple(matching.matches(self.db, status))

    def decide_match(self, match_id: int, by: str, *, same: bool) -> None:
        """Note that two wordings of an indicator mean the same, or do not; it holds for all letters and years.

        Raises:
            UsageError: there is no such pair.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            matching.decide(self.db, match_id, {"by": by, "at": self._time()}, same=same)

    def corrected_texts(self, most: int) -> tuple[tuple[str, str], ...]:
        """What was read and what people put in its place, of texts and names alone: the latest decisions."""
        with translated_errors(str(self.path)):
            return review.corrected_texts(self.db, most)

    def boundaries(self, sha256: str) -> tuple[Boundary, ...]:
        """Where people say that letters of a file begin, or do not, oldest first."""
        with translated_errors(str(self.path)):
            return parts.boundaries(self.db, sha256)

    def set_boundary(self, document_id: str, boundary: Boundary, again: Again, by: str) -> str:
        """Part a letter before a page, or join it with the letter before; gives the letter that now holds the page.

        Raises:
            UsageError: there is no such letter, or nothing lies before the page.
            StaleValue: the page is no longer this letter's, or it is so already.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            return split.set_boundary(self.db, document_id, boundary, again, {"by": by, "at": self._time()})

    def take_boundary_back(self, correction_id: int, again: Again, by: str) -> str:
        """Take back a decision about where a letter begins; gives the letter that now holds the page.

        Raises:
            UsageError, StaleValue: there is no such decision, or it was undone already.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            return split.take_back(self.db, correction_id, again, {"by": by, "at": self._time()})

    def confirm(self, document_id: str, by: str) -> None:
        """Confirm all values of a letter that need no review.

        Raises:
            UsageError: there is no such letter, or a required value still needs review.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            review.confirm_letter(self.db, document_id, {"by": by, "at": self._time()})

    def confirm_run(self, run_id: int, by: str) -> int:
        """Confirm all accepted letters of a batch, and give their number."""
        with translated_errors(str(self.path)), transaction(self.db):
            return review.confirm_run(self.db, run_id, {"by": by, "at": self._time()})

    def current(self, document_id: str, field: str) -> str | None:
        """What a field says now, as in `correct`; None for nothing.

        Raises:
            UsageError: there is no such letter or field.
        """
        with translated_errors(str(self.path)):
            return decidable.decidable(document_id, field).current(self.db)

    def undo(self, correction_id: int, by: str) -> str:
        """Take back a correction, and give the field that it was about.

        Raises:
            UsageError: there is no such correction, or it was undone already.
        """
        with translated_errors(str(self.path)), transaction(self.db):
            return review.undo(self.db, correction_id, {"by": by, "at": self._time()})

    def _time(self) -> str:
        return self.now().isoformat(timespec="seconds")


def open_store(
    path: Path, config: StoreConfig, *, read_only: bool = False, now: Callable[[], dt.datetime] = utc_now
) -> Store:
    """Open the database at `path`; make it, or bring it up to date, unless it is only read.

    Raises:
        StoreError: it is not there (when only read), cannot be opened, or belongs to another program or version.
    """
    if read_only:
        schema.must_exist(path)
    if not path.parent.is_dir():
        raise StoreError(
            "the folder of the database is not there", hint=f"make it: mkdir -p {path.parent}", where=str(path)
        )
    with translated_errors(str(path)), ExitStack() as on_failure:
        db = Database(_connect(path, config, read_only=read_only), execute_plugins=False)
        on_failure.callback(db.close)
        _prepare(db, str(path), read_only=read_only)
        on_failure.pop_all()
    return Store(db, path, now)


def _prepare(db: Database, where: str, *, read_only: bool) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    if read_only:
        schema.check_current(db, where)
        return
    schema.check_origin(db, where)
    db.enable_wal()
    schema.migrate(db, where)


def _connect(path: Path, config: StoreConfig, *, read_only: bool) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path, timeout=config.busy_timeout)
    # A database on a medium that cannot be written cannot have its shared memory file either: nobody writes, say so.
    still = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    mode = "immutable=1" if still else "mode=ro"
    return sqlite3.connect(f"{path.resolve().as_uri()}?{mode}", uri=True, timeout=config.busy_timeout)
