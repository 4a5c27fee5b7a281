"""What a person can decide on: a value of the letter, a figure, a cell, a row that was missed, the letter as a whole.

Each is named by a word in `corrections.field`: `number`, `targets.3.value`, `citations.0.number`, `tables.0.title`,
`tables.0.2.1` (a cell), `recipients.0`, `added.targets.0`, `letter`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Status
from pipeline.store.added import ADDABLE, AddedRow
from pipeline.store.row_values import COLUMNS, RowValue, again
from pipeline.store.rows import BOX, DATES, FILED, LETTERHEAD, STAMPED, Row
from pipeline.store.written import a_date, one_of
from pipeline.vietnamese import normal

FIELDS = (*LETTERHEAD, *STAMPED, *FILED)
"""The fields of a letter that are decided on by their names."""


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
        case ["recipients", item] if item.isdigit():
            return RowValue(document_id, "recipients", (int(item),), "name")
        case [table, item, column] if column in COLUMNS.get(table, ()) and item.isdigit():
            return RowValue(document_id, table, (int(item),), column)
        case ["tables", item, row, col] if item.isdigit() and row.isdigit() and col.isdigit():
            return RowValue(document_id, "table_cells", (int(item), int(row), int(col)), "text")
        case ["added", table, count] if table in ADDABLE and count.isdigit():
            return AddedRow(document_id, table, int(count))
    raise UsageError(f"no field {field!r}", hint=f"fields: {', '.join(FIELDS)}")


def moved(db: Database, document_id: str, field: str, anchor: str | None) -> Decidable | None:
    """The same thing in the reading that is stored now, which may have moved; None when it was not read again."""
    named = decidable(document_id, field)
    return named if anchor is None or not isinstance(named, RowValue) else again(db, named, anchor)
