"""What people decide: a value confirmed or corrected, and undone; each decision is a row that stays.

A value is what the latest decision that was not undone says; without one it is what was read. So a new reading of the
same scan, and an undo, come to the same rule.
"""

from __future__ import annotations

import datetime as dt
import re

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Status
from pipeline.store.links import relink
from pipeline.store.rows import LETTERHEAD, Row, iso_date, key, number_key, standing
from pipeline.store.search import index, unindex
from pipeline.vietnamese import normal

_VIETNAMESE_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")

_STANDING_DECISIONS = """
SELECT field, new FROM corrections AS c WHERE document_id = ? AND undoes IS NULL
  AND NOT EXISTS (SELECT 1 FROM corrections AS u WHERE u.undoes = c.id)
ORDER BY id
"""


def correct_field(db: Database, document_id: str, field: str, new: str, by: Row) -> int:
    """Set a value as a person says it is, and give the number of the correction.

    The same value again confirms it; an empty one says that the letter has none. `by` holds who and when.

    Raises:
        UsageError: there is no such letter or field, or the value cannot be one of that field.
    """
    if field not in LETTERHEAD:
        raise UsageError(f"no field {field!r}", hint=f"fields: {', '.join(LETTERHEAD)}")
    value = well_formed(field, new)
    old = current(db, document_id, field)
    made = db.table("corrections").insert({"document_id": document_id, "field": field, "old": old, "new": value, **by})
    _decide(db, document_id, field, value)
    _settle(db, document_id)
    return int(str(made.last_pk))


def undo_correction(db: Database, correction_id: int, by: Row) -> None:
    """Take back a decision: the value becomes what the decision before it says, or what was read.

    Raises:
        UsageError: there is no such correction, or it was undone already.
    """
    found = list(db.query("SELECT * FROM corrections WHERE id = ? AND undoes IS NULL", [correction_id]))
    undone = list(db.query("SELECT 1 FROM corrections WHERE undoes = ?", [correction_id]))
    if not found or undone:
        raise UsageError(f"correction {correction_id} cannot be undone", hint="it is not there, or was undone already")
    document_id, field = found[0]["document_id"], found[0]["field"]
    old = current(db, document_id, field)
    undo = {"document_id": document_id, "field": field, "old": old, "undoes": correction_id, **by}
    as_read(db, document_id, field)
    apply_decisions(db, document_id, undoing=correction_id)
    db.table("corrections").insert({**undo, "new": current(db, document_id, field)})
    _settle(db, document_id)


def well_formed(field: str, value: str) -> str:
    """The value in the form in which it is stored.

    Raises:
        UsageError: a date that is none.
    """
    text = normal(value)
    if field != "issued_on" or not text:
        return text
    if found := _VIETNAMESE_DATE.fullmatch(text):
        text = f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as e:
        raise UsageError(f"{value!r} is not a date", hint="write it as 31/12/2023 or 2023-12-31") from e


def current(db: Database, document_id: str, field: str) -> str | None:
    """The value of a field as it stands; None when the letter has none.

    Raises:
        UsageError: there is no such letter.
    """
    if not db.table("documents").count_where("id = ?", [document_id]):
        raise UsageError(f"no letter {document_id!r}", hint="`congvan search` lists ids")
    query = "SELECT value FROM fields WHERE document_id = ? AND name = ? AND item = 0"
    return next((row["value"] for row in db.query(query, [document_id, field])), None)


def as_read(db: Database, document_id: str, field: str) -> None:
    """Put a value back to what was read; a value that only a person gave goes."""
    which = [document_id, field]
    where = "document_id = ? AND name = ? AND item = 0"
    db.table("fields").delete_where(f"{where} AND read_value IS NULL", which)
    db.execute(
        f"UPDATE fields SET value = read_value, confidence = read_confidence, status = read_status WHERE {where}", which
    )


def apply_decisions(db: Database, document_id: str, *, undoing: int | None = None) -> None:
    """Set all values of a letter on which people decided to what they decided last."""
    query = _STANDING_DECISIONS.replace("ORDER", "AND c.id IS NOT ? ORDER")
    for decision in list(db.query(query, [document_id, undoing])):
        _decide(db, document_id, decision["field"], decision["new"])


def _decide(db: Database, document_id: str, field: str, value: str) -> None:
    db.execute(
        """INSERT INTO fields (document_id, name, item, value, raw, confidence, status, method)
        VALUES (:document_id, :name, 0, :value, '', 1.0, :status, 'person')
        ON CONFLICT (document_id, name, item) DO UPDATE SET value = :value, confidence = 1.0, status = :status""",
        {"document_id": document_id, "name": field, "value": value, "status": str(Status.CONFIRMED)},
    )


def _settle(db: Database, document_id: str) -> None:
    """Bring everything that hangs on a letter's fields up to date."""
    before = db.table("documents").get(document_id)["number_key"]
    refresh(db, document_id)
    after = db.table("documents").get(document_id)["number_key"]
    unindex(db, document_id)
    index(db, document_id)
    for number in {before, after} - {None}:
        relink(db, number)


def refresh(db: Database, document_id: str) -> None:
    """Fill the row of `documents`, and the years of its targets, from its fields."""
    fields = list(db.table("fields").rows_where("document_id = ? AND item = 0", [document_id]))
    found = {row["name"]: row["value"] or None for row in fields}
    values: Row = {name: found.get(name) for name in LETTERHEAD if name != "language" or found.get(name)}
    confidence, status = standing(fields)
    keys = {"number_key": number_key(values["number"]), "issuer_key": key(values["issuer"]) or None}
    values["issued_on"] = iso_date(values["issued_on"])
    db.table("documents").update(document_id, {**values, **keys, "confidence": confidence, "status": str(status)})
    db.execute(
        """UPDATE targets SET year = substr(coalesce(period_end, period_start, :issued_on), 1, 4)
        WHERE document_id = :id""",
        {"issued_on": values["issued_on"], "id": document_id},
    )
