"""What people do: decide, undo, confirm, retry. Each needs somebody who has logged in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline import batch
from pipeline.errors import CongvanError, UsageError
from pipeline.store import Row, Store, overview
from pipeline.web.access import LOGIN
from pipeline.web.site import failure, our_site, page, tell, wants_json, words_of

log = logging.getLogger(__name__)
_retrying: set[asyncio.Task[batch.BatchResult]] = set()
"""Keeps running tasks alive: the event loop only holds them weakly."""


async def decide(datasette: Datasette, request: Request) -> Response:
    """Set or confirm one value."""

    def change(store: Store, posted: Row, by: str) -> Row:
        document, field = posted["document"], posted["field"]
        number = store.correct(document, field, posted.get("value", ""), by, seen=posted.get("seen"))
        return {"decision": number, **_state(store, document, field)}

    return await _changed(datasette, request, change)


async def undo(datasette: Datasette, request: Request) -> Response:
    """Take back one decision, or the last one on a letter."""

    def change(store: Store, posted: Row, by: str) -> Row:
        document = posted["document"]
        number = int(posted["decision"]) if posted.get("decision") else _last(store, document)
        field = store.undo(number, by)
        return {"undone": number, **_state(store, document, field)}

    return await _changed(datasette, request, change)


def _last(store: Store, document: str) -> int:
    made = (d for d in overview.decisions(store.db, document_id=document) if not d["undoes"] and not d["undone_by"])
    last = next(made, None)
    if last is None:
        raise UsageError("there is nothing to undo in this letter")
    return int(last["id"])


def _state(store: Store, document: str, field: str) -> Row:
    """How a value and its letter stand after a change."""
    letter = store.show(document)
    rows = {row["name"]: row for row in letter.fields if not row["item"]}
    value = store.current(document, field)
    status = rows[field]["status"] if field in rows else ""
    return {"field": field, "value": value or "", "status": status, "letter_status": letter.document["status"]}


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
        told = {"message": "the form is incomplete", "hint": ""}
        return await page(datasette, request, "congvan_error.html", told, status=400)
    if wants_json(request):
        return Response.json({"ok": True, **done})
    return Response.redirect(_back(request, posted))


def _back(request: Request, posted: Row) -> str:
    if posted.get("back", "").startswith("/-/") and "\\" not in posted["back"]:
        return str(posted["back"])
    return f"/-/letter/{posted['document']}" if posted.get("document", "").isalnum() else "/-/review"
