"""What people decide: a value confirmed or corrected, and undone; each decision is a row that stays.

A value is what the latest decision that was not undone says; without one it is what was read. So a new reading of the
same scan, and an undo, come to the same rule.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import StaleValue, UsageError
from pipeline.store.decidable import Decidable, decidable, moved
from pipeline.store.links import link_citations, relink
from pipeline.store.pointing import Pointed, noted, place_of
from pipeline.store.queries import no_letter
from pipeline.store.row_values import is_of_added
from pipeline.store.rows import ASKED, LETTERHEAD, REQUIRED, STAMPED, Row, iso_date, key, number_key, standing
from pipeline.store.search import index, unindex

_STANDING_DECISIONS = """
SELECT id, field, new, anchor, ink FROM corrections AS c WHERE document_id = ? AND undoes IS NULL AND id IS NOT ?
  AND field NOT GLOB 'begins.*'  -- where letters begin is decided for their file, see `parts`
  AND NOT EXISTS (SELECT 1 FROM corrections AS u WHERE u.undoes = c.id)
ORDER BY id
"""

_CORRECTED = """
SELECT DISTINCT old, new FROM (SELECT old, new FROM corrections AS c
  WHERE undoes IS NULL AND new <> coalesce(old, '')
  AND field NOT IN ('number', 'issued_on', 'incoming_number', 'incoming_on', 'copies', 'copied_on', 'letter')
  AND field NOT GLOB 'begins.*' AND field NOT GLOB 'added.*'
  AND NOT EXISTS (SELECT 1 FROM corrections AS u WHERE u.undoes = c.id)
  ORDER BY id DESC LIMIT ?)
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says that a value is; the same value again confirms it, an empty one says that there is none."""

    document_id: str
    field: str
    """What is decided on, see `decidable`."""
    new: str
    seen: str | None = None
    """The value that the person saw; with None nothing is compared."""
    pointed: Pointed | None = None
    """Where the person says that it stands; with None its ink stays what it is."""


def decide(db: Database, decision: Decision, by: Row) -> int:
    """Set a value as a person says it is, and give the number of the decision.

    Args:
        db: the database, inside a transaction.
        decision: what is decided.
        by: who and when, as `by` and `at`.

    Raises:
        UsageError: there is no such letter or field, the value cannot be one of that field, or the place is none.
        StaleValue: the value is no longer the one that was seen.
    """
    document_id, field = decision.document_id, decision.field
    check_letter(db, document_id)
    about = decidable(document_id, field)
    value, old = about.well_formed(decision.new), about.current(db)
    if decision.seen is not None and decision.seen != (old or ""):
        raise StaleValue(
            f"{field} was changed meanwhile: {old or 'empty'}", hint="look at the new value and decide again"
        )
    ink = noted(db, document_id, decision.pointed) if decision.pointed else None
    row = {"document_id": document_id, "field": field, "old": old, "new": value, "anchor": about.anchor(db), "ink": ink}
    made = db.table("corrections").insert(row | by)
    _put(db, about, row)
    settle(db, document_id)
    return int(str(made.last_pk))


def _put(db: Database, about: Decidable, decision: Row) -> None:
    """Put a decision on a letter: the value, and its ink, if a person pointed there and the page is as it was."""
    about.put(db, decision["new"])
    place = place_of(db, decision["document_id"], decision["ink"]) if decision["ink"] else None
    if place:
        about.point(db, place)


def confirm_letter(db: Database, document_id: str, by: Row) -> None:
    """Confirm all accepted values of a letter that stand in `documents` or in the receiver's stamp.

    Raises:
        UsageError: there is no such letter, or a required value still needs review.
    """
    check_letter(db, document_id)
    fields = {row["name"]: row for row in db.table("fields").rows_where("document_id = ? AND item = 0", [document_id])}
    doubtful = [name for name in REQUIRED if name not in fields or fields[name]["status"] == "needs_review"]
    if doubtful:
        raise UsageError(f"still to be looked at: {', '.join(doubtful)}", hint="decide on these values first")
    for name in (*LETTERHEAD, *STAMPED):
        if name in fields and fields[name]["status"] == "accepted":
            decide(db, Decision(document_id, name, fields[name]["value"]), by)


def confirm_run(db: Database, run_id: int, by: Row) -> int:
    """Confirm all accepted letters of a batch, and give their number."""
    where = "run_id = ? AND status = 'accepted' AND not_a_letter = 0"
    ids = [row["id"] for row in db.table("documents").rows_where(where, [run_id], select="id", order_by="id")]
    for document_id in ids:
        confirm_letter(db, document_id, by)
    return len(ids)


def undo(db: Database, decision_id: int, by: Row) -> str:
    """Take back a decision: the value becomes what the decision before it says, or what was read. Gives the field.

    Raises:
        UsageError: there is no such decision, or it was undone already.
    """
    found = list(db.query("SELECT * FROM corrections WHERE id = ? AND undoes IS NULL", [decision_id]))
    undone = list(db.query("SELECT 1 FROM corrections WHERE undoes = ?", [decision_id]))
    if not found or undone:
        raise UsageError(f"correction {decision_id} cannot be undone", hint="it is not there, or was undone already")
    document_id, field = found[0]["document_id"], found[0]["field"]
    check_letter(db, document_id)
    about = moved(db, document_id, field, found[0]["anchor"])
    if about is None:
        raise UsageError(f"correction {decision_id} is of an older reading", hint="the letter was read again since")
    old = about.current(db)
    about.restore(db)
    apply_decisions(db, document_id, but=decision_id)
    back = {"document_id": document_id, "field": field, "old": old, "new": about.current(db), "undoes": decision_id}
    db.table("corrections").insert(back | by)
    settle(db, document_id)
    return str(field)


def corrected_texts(db: Database, most: int) -> tuple[tuple[str, str], ...]:
    """What stood and what people put in its place, of texts and names alone, where that still stands: the latest."""
    return tuple((row["old"] or "", row["new"]) for row in db.query(_CORRECTED, [most]))


def check_letter(db: Database, document_id: str) -> None:
    """Make sure that the letter is there.

    Raises:
        UsageError: it is not.
    """
    if not db.table("documents").count_where("id = ?", [document_id]):
        raise no_letter(document_id)


def apply_decisions(db: Database, document_id: str, *, but: int | None = None) -> None:
    """Put all standing decisions on a letter, oldest first; those that no longer fit what was read become a problem."""
    lost = []
    for decision in list(db.query(_STANDING_DECISIONS, [document_id, but])):
        about = moved(db, document_id, decision["field"], decision["anchor"])
        if about is None and is_of_added(decision["field"]):
            continue  # the row that it changed was itself taken back
        if about is None:
            lost.append(f"a decision on {decision['field']} ({decision['new']}) does not fit this reading")
        else:
            _put(db, about, decision | {"document_id": document_id})
    if lost:
        problems = json.loads(db.table("documents").get(document_id)["problems"])
        told = json.dumps([*problems, *(p for p in lost if p not in problems)], ensure_ascii=False)
        db.table("documents").update(document_id, {"problems": told})


def settle(db: Database, document_id: str) -> None:
    """Bring everything that hangs on a letter's values up to date."""
    before = db.table("documents").get(document_id)["number_key"]
    refresh(db, document_id)
    after = db.table("documents").get(document_id)["number_key"]
    unindex(db, document_id)
    index(db, document_id)
    for number in {before, after} - {None}:
        relink(db, number)
    link_citations(db, document_id)


_BY_YEAR = """
INSERT INTO letters_by_year
SELECT d.id, t.year, sum(t.kind = 'target'), sum(t.kind = 'result'), d.issuer_key, d.issued_on,
  d.not_a_letter = 0 AND d.duplicate_of IS NULL
FROM targets AS t JOIN documents AS d ON d.id = t.document_id
WHERE d.id = :id AND t.rejected = 0 AND t.year IS NOT NULL GROUP BY t.year
"""


def refresh_all(db: Database) -> None:
    """Fill the rows of all letters anew, after columns were added."""
    for row in list(db.query("SELECT id FROM documents")):
        refresh(db, row["id"])


def refresh(db: Database, document_id: str) -> None:
    """Fill the row of `documents`, and the years of its targets, from its fields."""
    fields = list(db.table("fields").rows_where("document_id = ? AND item = 0", [document_id]))
    found = {row["name"]: row["value"] or None for row in fields}
    values: Row = {name: found.get(name) for name in LETTERHEAD if name != "language" or found.get(name)}
    confidence, status = standing(fields)
    keys: Row = {"number_key": number_key(values["number"]), "issuer_key": key(values["issuer"]) or None}
    values["issued_on"] = iso_date(values["issued_on"])
    doubts = sum(row["status"] == "needs_review" for row in fields if row["name"] in ASKED)
    doubts += len(set(REQUIRED) - {row["name"] for row in fields})
    issued, number = values["issued_on"], re.match(r"\d{1,9}", values["number"] or "")
    keys |= {"year": int(issued[:4]) if issued else None, "serial": int(number[0]) if number else None}
    standing_now = {"confidence": confidence, "status": str(status), "doubts": doubts}
    db.table("documents").update(document_id, {**values, **keys, **standing_now})
    about = {"issued_on": values["issued_on"], "id": document_id}
    year = "CAST(substr(coalesce(period_end, period_start, :issued_on), 1, 4) AS INTEGER)"
    db.execute(f"UPDATE targets SET year = {year} WHERE document_id = :id AND year IS NOT {year}", about)
    db.execute("DELETE FROM letters_by_year WHERE document_id = :id", about)
    db.execute(_BY_YEAR, about)
