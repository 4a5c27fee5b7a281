"""Rows that the program missed and a person added: a figure, a citation, a recipient."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Status
from pipeline.store.figures import figure_text
from pipeline.store.row_values import COLUMNS, FIRST_ADDED, RowValue, stored
from pipeline.store.rows import BOX, Row

ADDABLE = {"targets": ("kind", "indicator", "value", "unit"), "citations": ("number",), "recipients": ("role", "name")}
"""Tables that people add rows to, and what such a row must say."""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """A row that a person added; its value is a JSON object of what the row says, by column."""

    document_id: str
    table: str
    count: int
    """How many were added to this table of the letter before."""

    @property
    def item(self) -> int:
        """Its place in the letter, behind all rows that were read."""
        return FIRST_ADDED + self.count

    def current(self, db: Database) -> str | None:
        """See `Decidable`."""
        row = next(iter(db.query(f"SELECT * FROM [{self.table}] WHERE {_WHICH}", self._which)), None)
        return _told({name: str(row[name]) for name in ADDABLE[self.table]}) if row else None

    def well_formed(self, value: str) -> str:
        """See `Decidable`."""
        try:
            said = json.loads(value)
        except json.JSONDecodeError as e:
            raise UsageError("what is added is no JSON object") from e
        if not isinstance(said, dict) or not set(said) <= set(COLUMNS[self.table]):
            raise UsageError(f"a row of {self.table} says: {', '.join(COLUMNS[self.table])}")
        formed = {name: self._column(name).well_formed(str(text)) for name, text in said.items() if text}
        for name in ADDABLE[self.table]:
            if not formed.get(name):
                raise UsageError(f"{name} may not be empty", hint="say what is added")
        return _told(formed)

    def put(self, db: Database, value: str) -> None:
        """See `Decidable`."""
        self.restore(db)
        said = json.loads(value)
        row: Row = {"document_id": self.document_id, "item": self.item, "page_no": self._first_page(db)}
        for name, text in said.items():
            row |= stored(self.table, name, text)
        if self.table == "targets":
            row = {**_FIGURE, **row, "id": f"{self.document_id}.{self.item}",
                   "value_text": f"{figure_text(row['value'])} {row['unit']}"}  # fmt: skip
        if self.table == "citations":
            row = {"relation": "mentions", "quote": "", **row}
        db.table(self.table).insert(row)

    def point(self, db: Database, place: Row) -> None:
        """See `Decidable`."""
        names = ("page_no", *BOX)
        ink = ", ".join(f"{name} = ?" for name in names)
        db.execute(f"UPDATE [{self.table}] SET {ink} WHERE {_WHICH}", [*(place[name] for name in names), *self._which])

    def restore(self, db: Database) -> None:
        """See `Decidable`; nothing was read, so the row goes."""
        db.table(self.table).delete_where(_WHICH, self._which)

    def anchor(self, db: Database) -> str | None:
        """See `Decidable`."""
        return None

    @property
    def _which(self) -> list[object]:
        return [self.document_id, self.item]

    def _column(self, name: str) -> RowValue:
        return RowValue(self.document_id, self.table, (self.item,), name)

    def _first_page(self, db: Database) -> int:
        query = "SELECT page_no FROM pages WHERE document_id = ? ORDER BY position LIMIT 1"
        return int(next((row["page_no"] for row in db.query(query, [self.document_id])), 1))


_WHICH = "document_id = ? AND item = ?"
_FIGURE: Row = {
    "source": "text", "comparator": "=", "quote": "", "confidence": 1.0, "status": str(Status.CONFIRMED),
    "responsible_key": "",
}  # fmt: skip
"""What a figure says that a person gave no more of."""


def _told(said: dict[str, str]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def next_added(db: Database, document_id: str, table: str) -> str:
    """The word in `corrections.field` for the next row that is added; one that was taken back leaves its place empty.

    Raises:
        UsageError: people add no rows to that table.
    """
    if table not in ADDABLE:
        raise UsageError(f"nothing can be added to {table}", hint=f"one of: {', '.join(ADDABLE)}")
    query = "SELECT count(DISTINCT field) AS n FROM corrections WHERE document_id = ? AND field GLOB ?"
    return f"added.{table}.{next(db.query(query, [document_id, f'added.{table}.*']))['n']}"
