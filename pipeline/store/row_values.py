"""A column of a row of a letter that people decide on: of a figure, a citation, a recipient, a table, a cell."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Status
from pipeline.store.figures import a_figure, figure_of, stored_text
from pipeline.store.rows import DATES, Row, key, number_key
from pipeline.store.written import a_date, a_day_of, choices, one_of
from pipeline.vietnamese import normal

TARGET_COLUMNS = (
    "kind", "indicator", "qualifier", "comparator", "value", "value_max", "unit", "responsible", "assigned_by",
    "period_text", "period_start", "period_end", "section", "rejected",
)  # fmt: skip
"""What can be decided on a figure; `rejected` is 1 when it is none."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "targets": TARGET_COLUMNS,
    "citations": ("number", "doc_type", "issuer", "issued_on"),
    "recipients": ("name", "role"),
    "tables": ("title",),
}
"""What can be decided on a row of a table; of cells it is their text."""
FIRST_ADDED = 1000
"""Items from here on are rows that people added; no letter has so many."""
_KNOWN_BY = {
    "targets": ("page_no", "value_text"), "citations": ("page_no", "quote"), "recipients": ("name",),
    "tables": ("page_no", "title"), "table_cells": ("raw",),
}  # fmt: skip
"""By what a row is known again in a new reading."""
_NEVER_EMPTY = frozenset({"indicator", "value", "unit", "kind", "comparator", "role"})
_FIGURES = frozenset({"value", "value_max"})
PERIOD = frozenset({"period_start", "period_end"})
"""The first and the last day that a figure is about."""
_NEVER_NULL = frozenset({"number", "name", "title"})


def is_of_added(field: str) -> bool:
    """Whether a word of `corrections.field` names a column of a row that a person added."""
    parts = field.split(".")
    return parts[0] in COLUMNS and len(parts) > 1 and parts[1].isdigit() and int(parts[1]) >= FIRST_ADDED


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
        if not text and self.column in _NEVER_EMPTY:
            raise UsageError(f"{self.column} may not be empty", hint="reject the figure when it is none")
        if choices(self.column):
            return one_of(self.column, text)
        if self.column in PERIOD and text:
            return a_day_of(text, self.column)
        if self.column in DATES and text:
            return a_date(text)
        return a_figure(text) if self.column in _FIGURES and text else text

    def put(self, db: Database, value: str) -> None:
        """See `Decidable`; the first decision on a row keeps beside it what was read."""
        self._change(db, stored(self.table, self.column, value))

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
        return json.dumps([read[name] for name in _KNOWN_BY[self.table]], ensure_ascii=False)

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


def stored(table: str, column: str, value: str) -> Row:
    """The columns that a value, well formed, fills: its own, and those that follow from it."""
    if table == "table_cells":
        return {"text": value, "value": figure_of(value), "corrected_by": "person", "confidence": 1.0}
    own: object = value if column in _NEVER_NULL else value or None
    if column in _FIGURES or column == "rejected":
        own = float(value) if value else None
    follows: Row = {f"{column}_key": key(value)} if column in {"indicator", "responsible"} else {}
    if table == "targets":
        follows |= {"status": str(Status.CONFIRMED), "confidence": 1.0}
    if table == "citations":
        follows |= {"confidence": 1.0} | ({"number_key": number_key(value) or ""} if column == "number" else {})
    return {column: own, **follows}


def again(db: Database, named: RowValue, anchor: str) -> RowValue | None:
    """The same value in the reading that is stored now, whose rows may have moved; None when it was not read again."""
    item, *cell = named.place
    if item >= FIRST_ADDED:
        there = db.table(named.table).count_where("document_id = ? AND item = ?", [named.document_id, item])
        return named if there else None
    known = " AND ".join(f"coalesce(as_read ->> '{name}', {name}) IS ?" for name in _KNOWN_BY[named.table])
    where: list[object] = [named.document_id, *json.loads(anchor)]
    if cell:
        query = f"SELECT 1 FROM table_cells WHERE document_id = ? AND {known} AND table_id = ? AND row = ? AND col = ?"
        return named if list(db.query(query, [*where, f"{named.document_id}.{item}", *cell])) else None
    query = f"SELECT item FROM [{named.table}] WHERE document_id = ? AND {known} ORDER BY abs(item - ?) LIMIT 1"
    found = next(iter(db.query(query, [*where, item])), None)
    return replace(named, place=(found["item"],)) if found else None
