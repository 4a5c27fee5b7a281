"""What people do: decide, undo, confirm, part letters, retry. Each needs somebody who has logged in."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline import batch, parting
from pipeline.errors import CongvanError, UsageError
from pipeline.store import REQUIRED, Boundary, Decision, Row, Store, StoredLetter, overview, parts
from pipeline.store.row_values import COLUMNS, FIRST_ADDED
from pipeline.web.access import LOGIN
from pipeline.web.pointing import box_text, pointed_at
from pipeline.web.showing import shown
from pipeline.web.site import failure, language_of, our_site, tell, wants_json, words_of

_ID = re.compile(r"[0-9a-f]{16}(-[0-9]+)?")
log = logging.getLogger(__name__)
_retrying: set[asyncio.Task[batch.BatchResult]] = set()
"""Keeps running tasks alive: the event loop only holds them weakly."""


async def decide(datasette: Datasette, request: Request) -> Response:
    """Set or confirm one value."""

    def change(store: Store, posted: Row, by: str) -> Row:
        document, field = posted["document"], posted["field"]
        pointed = pointed_at(posted["ink"]) if posted.get("ink") else None
        number = store.decide(Decision(document, field, posted.get("value", ""), posted.get("seen"), pointed), by)
        return {"decision": number, **_state(store, document, field, language_of(request))}

    return await _changed(datasette, request, change)


async def add(datasette: Datasette, request: Request) -> Response:
    """Add a figure, a citation or a recipient that was not read; leads to it, for its ink to be pointed at."""

    def change(store: Store, posted: Row, by: str) -> Row:
        table = posted["table"]
        said = {name: posted[name].strip() for name in COLUMNS.get(table, ()) if posted.get(name, "").strip()}
        item = FIRST_ADDED + int(store.add(posted["document"], table, said, by).rpartition(".")[2])
        first = "value" if table == "targets" else "number"
        ink = f"recipients-{item}" if table == "recipients" else f"{table}-{item}-{first}"
        shown_whole = f"?figure={item}" if table == "targets" else ""
        return {"back": f"/-/letter/{posted['document']}{shown_whole}#f-{ink}"}

    return await _changed(datasette, request, change)


async def undo(datasette: Datasette, request: Request) -> Response:
    """Take back one decision, or the last one on a letter."""

    def change(store: Store, posted: Row, by: str) -> Row:
        document = posted["document"]
        made = _to_undo(store, document, int(posted["decision"]) if posted.get("decision") else None)
        if parts.is_boundary(made["field"]):
            return {"undone": made["id"], "go": parting.take_back(store, made["id"], by, our_site(datasette).config)}
        return {"undone": made["id"], **_state(store, document, store.undo(made["id"], by), language_of(request))}

    return await _changed(datasette, request, change)


def _to_undo(store: Store, document: str, number: int | None) -> Row:
    """The decision of that number, or the last one that stands of those on a letter.

    Raises:
        UsageError: there is none.
    """
    made = overview.decisions(store.db, document_id=document, limit=-1)
    for row in made:
        if row["id"] == number or (number is None and not row["undoes"] and not row["undone_by"]):
            return row
    raise UsageError("there is nothing to undo in this letter")


async def part(datasette: Datasette, request: Request) -> Response:
    """Part a letter before a page, or join it with the letter before."""

    def change(store: Store, posted: Row, by: str) -> Row:
        boundary = Boundary(int(posted["page"]), begins=posted["begins"] == "1")
        return {"go": parting.part(store, posted["document"], boundary, by, our_site(datasette).config)}

    return await _changed(datasette, request, change)


def _state(store: Store, document: str, field: str, language: str) -> Row:
    """How a value and its letter stand after a change: the value as stored and as the page shows it, and its ink."""
    letter = store.show(document)
    rows = _rows(letter)
    row = rows.get(field) or rows.get(field.rpartition(".")[0])
    status = row.get("status", "") if row else "missing" if field in REQUIRED else ""
    value = store.current(document, field) or ""
    return {"field": field, "value": value, "shown": shown(field, value, language), "status": status,
            "letter_status": letter.document["status"], "page": row and row["page_no"],
            "box": box_text(row) if row else ""}  # fmt: skip


def _rows(letter: StoredLetter) -> dict[str, Row]:
    """The rows that can be decided on, by the words of `corrections.field`, a figure's without its column."""
    rows = {row["name"]: row for row in letter.fields if not row["item"]}
    rows |= {f"targets.{row['item']}": row for row in letter.targets}
    rows |= {f"recipients.{row['item']}": row for row in letter.recipients}
    cells = ((table["item"], cell) for table in letter.tables for cell in table["cells"])
    return rows | {f"tables.{item}.{cell['row']}.{cell['col']}": cell for item, cell in cells}


async def confirm(datasette: Datasette, request: Request) -> Response:
    """Confirm all values of a letter."""

    def change(store: Store, posted: Row, by: str) -> Row:
        store.confirm(posted["document"], by)
        return {"letter_status": store.show(posted["document"]).document["status"]}

    return await _changed(datasette, request, change)


async def confirm_run(datasette: Datasette, request: Request) -> Response:
    """Confirm all accepted letters of a batch."""

    def change(store: Store, posted: Row, by: str) -> Row:
        return {"confirmed": store.confirm_run(int(posted["run"]), by)}

    return await _changed(datasette, request, change)


async def match(datasette: Datasette, request: Request) -> Response:
    """Say whether two wordings of an indicator mean the same."""

    def change(store: Store, posted: Row, by: str) -> Row:
        store.decide_match(int(posted["match"]), by, same=posted["same"] == "1")
        return {"match": int(posted["match"])}

    return await _changed(datasette, request, change)


async def retry(datasette: Datasette, request: Request) -> Response:
    """Read the files again that failed, behind the visitor's back."""
    if request.method != "POST" or not request.actor:
        return Response.redirect(LOGIN)
    if running():
        return Response.redirect("/-/failures")
    site = our_site(datasette)
    task = asyncio.create_task(asyncio.to_thread(batch.retry, site.store_path, site.config, lambda _: None))
    _retrying.add(task)
    task.add_done_callback(_retried)
    return Response.redirect("/-/failures")


def running() -> bool:
    """Whether failed files are being read again."""
    return bool(_retrying)


def _retried(task: asyncio.Task[batch.BatchResult]) -> None:
    _retrying.discard(task)
    error = None if task.cancelled() else task.exception()
    if error is not None:
        log.error("reading failed files again ended early: %s", error)


async def _changed(datasette: Datasette, request: Request, change: Callable[[Store, Row, str], Row]) -> Response:
    """Answer a change: JSON for scripts, the page one came from for people."""
    if request.method != "POST":
        return Response.text("POST only", status=405)
    if not request.actor:
        told = {"ok": False, "message": words_of(request)("login.needed"), "hint": LOGIN}
        return Response.json(told, status=403) if wants_json(request) else Response.redirect(LOGIN)
    posted = await request.post_vars()
    try:
        done = await tell(datasette, lambda store: change(store, posted, request.actor["id"]))
    except CongvanError as error:
        return await failure(datasette, request, error)
    except (KeyError, ValueError):
        return await failure(datasette, request, UsageError("the form is incomplete"))
    if wants_json(request):
        return Response.json({"ok": True, **done})
    return Response.redirect(_back({**posted, **done, "document": done.get("go", posted.get("document", ""))}))


def _back(posted: Row) -> str:
    """The page of ours to go to after a change."""
    if posted.get("back", "").startswith("/-/") and "\\" not in posted["back"]:
        return str(posted["back"])
    return f"/-/letter/{posted['document']}" if _ID.fullmatch(posted["document"]) else "/-/review"
