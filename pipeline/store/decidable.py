"""What a person can decide on: a value of the letterhead, a figure, a cell, a recipient, the letter as a whole.

Each is named by a word in `corrections.field`: `number`, `targets.3.value`, `tables.0.2.1`, `recipients.0`, `letter`.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Protocol

from sqlite_utils import Database

from pipeline.dates import spelt_date, stamped_dates
from pipeline.errors import UsageError
from pipeline.nouns import Status
from pipeline.store.figures import a_figure, figure_of, stored_text
from pipeline.store.rows import DATES, FILED, LETTERHEAD, STAMPED, Row, key
from pipeline.vietnamese import normal

FIELDS = (*LETTERHEAD, *STAMPED, *FILED)
"""The fields of a letter that are decided on by their names."""
BOX = ("x0", "y0", "x1", "y1")
_FIGURES = frozenset({"value", "value_max"})
_CHOICES = {
    "kind": ("target", "result"),
    "comparator": ("=", ">=", ">", "<=", "<", "~"),
    "rejected": ("0", "1"),
    "not_a_letter": ("0", "1"),
}
TARGET_COLUMNS = (
    "kind", "indicator", "qualifier", "comparator", "value", "value_max", "unit", "responsible", "assigned_by",
    "period_text", "section", "rejected",
)  # fmt: skip
"""What can be decided on a figure; `rejected` is 1 when it is none."""
_MAY_BE_EMPTY = frozenset({"qualifier", "value_max", "responsible", "assigned_by", "period_text", "section"})


class Decidable(Protocol):
    """One thing that people decide on."""

    def current(self, db: Database) -> str | None:
        """Its value as it stands, None for none.

        Raises:
            UsageError: there is no such thing.
        """
        ...

    def well_formed(self, value: str) -> str:
        """The value in the form in which it is stored.

        Raises:
            UsageError: it cannot be a value of this.
        """
        ...

    def put(self, db: Database, value: str) -> None:
        """Set it to what a person says."""
        ...

    def point(self, db: Database, place: Row) -> None:
        """Set where it stands, `page_no` and box, to where a person pointed.

        Raises:
            UsageError: it stands nowhere.
        """
        ...

    def restore(self, db: Database) -> None:
        """Set it and its place back to what was read."""
        ...

    def anchor(self, db: Database) -> str | None:
        """What was read there, to find the same thing in a new reading; None when its name is enough."""
        ...


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A value of the letter, by the name of its field; an empty one says that the letter has none."""

    document_id: str
    name: str

    def current(self, db: Database) -> str | None:
        """See `Decidable`."""
        query = "SELECT value FROM fields WHERE document_id = ? AND name = ? AND item = 0"
        return next((row["value"] for row in db.query(query, [self.document_id, self.name])), None)

    def well_formed(self, value: str) -> str:
        """See `Decidable`."""
        text = normal(value)
        return a_date(text) if self.name in DATES and text else text

    def put(self, db: Database, value: str) -> None:
        """See `Decidable`."""
        db.execute(
            """INSERT INTO fields (document_id, name, item, value, raw, confidence, status, method)
            VALUES (:document_id, :name, 0, :value, '', 1.0, :status, 'person')
            ON CONFLICT (document_id, name, item) DO UPDATE SET value = :value, confidence = 1.0, status = :status""",
            {"document_id": self.document_id, "name": self.name, "value": value, "status": str(Status.CONFIRMED)},
        )

    def point(self, db: Database, place: Row) -> None:
        """See `Decidable`; the first time the place that was read is kept beside it."""
        db.execute(
            """UPDATE fields SET read_ink = coalesce(read_ink, json_array(page_no, x0, y0, x1, y1)),
              page_no = :page_no, x0 = :x0, y0 = :y0, x1 = :x1, y1 = :y1
            WHERE document_id = :document_id AND name = :name AND item = 0""",
            {**place, "document_id": self.document_id, "name": self.name},
        )

    def restore(self, db: Database) -> None:
        """See `Decidable`; a value that only a person gave goes."""
        where, which = "document_id = ? AND name = ? AND item = 0", [self.document_id, self.name]
        db.table("fields").delete_where(f"{where} AND read_value IS NULL", which)
        ink = ", ".join(f"{column} = read_ink ->> {at}" for at, column in enumerate(("page_no", *BOX)))
        db.execute(f"UPDATE fields SET {ink}, read_ink = NULL WHERE {where} AND read_ink IS NOT NULL", which)
        as_read = "value = read_value, confidence = read_confidence, status = read_status"
        db.execute(f"UPDATE fields SET {as_read} WHERE {where}", which)

    def anchor(self, db: Database) -> str | None:
        """See `Decidable`."""
        return None


@dataclass(frozen=True, slots=True)
class Letterness:
    """Whether the document is a letter at all."""

    document_id: str

    def current(self, db: Database) -> str | None:
        """See `Decidable`."""
        return str(db.table("documents").get(self.document_id)["not_a_letter"])

    def well_formed(self, value: str) -> str:
        """See `Decidable`."""
        return one_of("not_a_letter", value)

    def put(self, db: Database, value: str) -> None:
        """See `Decidable`."""
        db.table("documents").update(self.document_id, {"not_a_letter": int(value)})

    def point(self, db: Database, place: Row) -> None:
        """See `Decidable`."""
        raise UsageError("a letter as a whole stands nowhere", hint="point at one of its values")

    def restore(self, db: Database) -> None:
        """See `Decidable`."""
        self.put(db, "0")

    def anchor(self, db: Database) -> str | None:
        """See `Decidable`."""
        return None


@dataclass(frozen=True, slots=True)
class RowValue:
    """A column of a row that was read: a figure's, a cell's, a recipient's."""

    document_id: str
    table: str
    place: tuple[int, ...]
    """Where the row is: `item`; for a cell the item of its table, row and column."""
    column: str

    def current(self, db: Database) -> str | None:
        """See `Decidable`."""
        value = self._row(db)[self.column]
        return stored_text(value)

    def well_formed(self, value: str) -> str:
        """See `Decidable`."""
        text = normal(value)
        if not text and self.table == "targets" and self.column not in _MAY_BE_EMPTY:
            raise UsageError(f"{self.column} may not be empty", hint="reject the figure when it is none")
        if self.column in _CHOICES:
            return one_of(self.column, text)
        return a_figure(text) if self.column in _FIGURES and text else text

    def put(self, db: Database, value: str) -> None:
        """See `Decidable`; the first decision on a row keeps beside it what was read."""
        self._change(db, self._values(value))

    def point(self, db: Database, place: Row) -> None:
        """See `Decidable`."""
        self._change(db, place)

    def restore(self, db: Database) -> None:
        """See `Decidable`; the whole row goes back, standing decisions on it are to be put again."""
        row = self._row(db)
        if row["as_read"]:
            self._write(db, {**json.loads(row["as_read"]), "as_read": None})

    def anchor(self, db: Database) -> str | None:
        """See `Decidable`."""
        row = self._row(db)
        read = json.loads(row["as_read"]) if row["as_read"] else row
        names = {"targets": ("page_no", "value_text"), "table_cells": ("raw",), "recipients": ("name",)}
        return json.dumps([read[name] for name in names[self.table]], ensure_ascii=False)

    def _values(self, value: str) -> Row:
        if self.table == "recipients":
            return {"name": value}
        if self.table == "table_cells":
            return {"text": value, "value": figure_of(value), "corrected_by": "person", "confidence": 1.0}
        stored: object = value or None
        if self.column in _FIGURES or self.column == "rejected":
            stored = float(value) if value else None
        keys = {f"{self.column}_key": key(value)} if self.column in {"indicator", "responsible"} else {}
        return {self.column: stored, "status": str(Status.CONFIRMED), "confidence": 1.0, **keys}

    def _change(self, db: Database, values: Row) -> None:
        row = self._row(db)
        kept = row["as_read"] or json.dumps({name: row[name] for name in row if name != "as_read"}, ensure_ascii=False)
        self._write(db, {**values, "as_read": kept})

    def _row(self, db: Database) -> Row:
        found = list(db.query(f"SELECT * FROM [{self.table}] WHERE {self._where}", self._which))
        if not found:
            raise UsageError(f"no {self.table} {self.place} in letter {self.document_id}")
        return found[0]

    def _write(self, db: Database, values: Row) -> None:
        names = list(values)
        assignments = ", ".join(f"[{name}] = ?" for name in names)
        db.execute(f"UPDATE [{self.table}] SET {assignments} WHERE {self._where}", [*values.values(), *self._which])

    @property
    def _where(self) -> str:
        if self.table == "table_cells":
            return "table_id = ? AND row = ? AND col = ?"
        return "document_id = ? AND item = ?"

    @property
    def _which(self) -> list[object]:
        if self.table == "table_cells":
            return [f"{self.document_id}.{self.place[0]}", *self.place[1:]]
        return [self.document_id, *self.place]


def decidable(document_id: str, field: str) -> Decidable:
    """What a word of `corrections.field` names.

    Raises:
        UsageError: it names nothing.
    """
    if field in FIELDS:
        return FieldValue(document_id, field)
    match field.split("."):
        case ["letter"]:
            return Letterness(document_id)
        case ["targets", item, column] if item.isdigit() and column in TARGET_COLUMNS:
            return RowValue(document_id, "targets", (int(item),), column)
        case ["recipients", item] if item.isdigit():
            return RowValue(document_id, "recipients", (int(item),), "name")
        case ["tables", item, row, col] if item.isdigit() and row.isdigit() and col.isdigit():
            return RowValue(document_id, "table_cells", (int(item), int(row), int(col)), "text")
    raise UsageError(f"no field {field!r}", hint=f"fields: {', '.join(FIELDS)}")


def moved(db: Database, document_id: str, field: str, anchor: str | None) -> Decidable | None:
    """The same thing in the reading that is stored now, which may have moved; None when it was not read again."""
    named = decidable(document_id, field)
    if not isinstance(named, RowValue) or anchor is None:
        return named
    if named.table == "targets":
        query = """SELECT item FROM targets WHERE document_id = ? AND page_no = ? AND value_text = ?
            ORDER BY abs(item - ?) LIMIT 1"""
    elif named.table == "recipients":
        query = """SELECT item FROM recipients WHERE document_id = ? AND coalesce(as_read ->> 'name', name) = ?
            ORDER BY abs(item - ?) LIMIT 1"""
    else:
        query = "SELECT 1 FROM table_cells WHERE document_id = ? AND raw = ? AND table_id = ? AND row = ? AND col = ?"
        where = [f"{document_id}.{named.place[0]}", *named.place[1:]]
        return named if list(db.query(query, [document_id, *json.loads(anchor), *where])) else None
    found = list(db.query(query, [document_id, *json.loads(anchor), *named.place]))
    return RowValue(document_id, named.table, (found[0]["item"],), named.column) if found else None


def a_date(text: str) -> str:
    """A date as `YYYY-MM-DD`, from that, from `31/12/2023`, or as a letter spells it out.

    Raises:
        UsageError: it is not a date.
    """
    spelt = spelt_date(text)
    written = [found for found in stamped_dates(text) if found.end - found.start == len(text)]
    found = spelt if spelt and not spelt.slips else next(iter(written), None)
    try:
        return ((found and found.date) or dt.date.fromisoformat(text)).isoformat()
    except ValueError as e:
        raise UsageError(f"{text!r} is not a date", hint="write it as 31/12/2023 or 2023-12-31") from e


def one_of(column: str, value: str) -> str:
    """The value, when the column may hold it.

    Raises:
        UsageError: it may not.
    """
    if value not in _CHOICES[column]:
        raise UsageError(f"{column} cannot be {value!r}", hint=f"one of: {', '.join(_CHOICES[column])}")
    return value
