"""Pointing at ink: the box that a person draws on a page, and what was read in it."""

from __future__ import annotations

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.nouns import Box
from pipeline.store import Pointed, Row
from pipeline.store.pointing import text_under
from pipeline.web.site import ask


def box_text(row: Row) -> str:
    """The box of a row as pages have it, `x0,y0,x1,y1`; empty when no ink is known."""
    return "" if row["x0"] is None else f"{row['x0']},{row['y0']},{row['x1']},{row['y1']}"


def pointed_at(written: str) -> Pointed:
    """The box that a page of ours writes as `page,x0,y0,x1,y1`.

    Raises:
        ValueError: it is none.
    """
    page, x0, y0, x1, y1 = map(int, written.split(","))
    return Pointed(page, Box(x0, y0, x1, y1))


async def show_words(datasette: Datasette, request: Request) -> Response:
    """The words in a box of a page, as they were read, as JSON; empty where nothing was read."""
    try:
        pointed = pointed_at(request.args.get("ink") or "")
    except ValueError:
        return Response.json({"ok": False, "text": ""}, status=400)
    document_id = request.url_vars["id"]
    text = await ask(datasette, lambda store: text_under(store.db, document_id, pointed))
    return Response.json({"ok": True, "text": text})
