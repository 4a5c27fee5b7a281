"""Exports from the browser: the same files as `congvan export` writes."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import EXPORTS, Row, Store, overview, write_csv, write_jsonl
from pipeline.store.queries import targets
from pipeline.store.workbook import write_figures, write_letters, write_progress, write_workbook
from pipeline.web import figures, queue
from pipeline.web.site import ask, failure, page

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_PIECE = 1 << 16

Writing = Callable[[Store, str, Path], None]
"""Writes something of a database in a form (csv, jsonl, xlsx) into a file."""


async def show(datasette: Datasette, request: Request) -> Response:
    """What can be exported."""
    return await page(datasette, request, "congvan_exports.html", {"tables": [e for e in EXPORTS if e != "letters"]})


async def send(datasette: Datasette, request: Request, send: Any) -> Response | None:  # noqa: ANN401 - ASGI
    """One export as a file."""
    name = request.url_vars["name"]
    return await _made(datasette, request, send, lambda store, form, path: _write(store, name, form, path))


async def send_figures(datasette: Datasette, request: Request, send: Any) -> Response | None:  # noqa: ANN401 - ASGI
    """The figures that are asked for as a file."""
    where, beside, order = figures.wanted(request), figures.is_beside(request), figures.order_of(request)

    def writing(store: Store, form: str, path: Path) -> None:
        rows = store.progress(where) if beside else targets(store.db, where, order)
        if form != "xlsx":
            _write_text(rows, form, path)
            return
        with path.open("wb") as out:
            (write_progress if beside else write_figures)(rows, out)

    return await _made(datasette, request, send, writing)


async def send_letters(datasette: Datasette, request: Request, send: Any) -> Response | None:  # noqa: ANN401 - ASGI
    """A list of letters, whole, as the register."""
    try:
        which = replace(queue.wanted(request), limit=-1, offset=0)
    except CongvanError as error:
        return await failure(datasette, request, error)

    def writing(store: Store, _form: str, path: Path) -> None:
        with path.open("wb") as out:
            write_letters(overview.letters(store.db, which)[0], out)

    return await _made(datasette, request, send, writing)


async def _made(datasette: Datasette, request: Request, send: Any, writing: Writing) -> Response | None:  # noqa: ANN401
    """A file that is written to disk first, so that memory does not grow with the database."""
    name, form = request.url_vars["name"], request.url_vars["form"]
    with contextlib.ExitStack() as files:
        folder = Path(files.enter_context(tempfile.TemporaryDirectory(prefix="congvan-")))
        try:
            await ask(datasette, lambda store: writing(store, form, folder / "export"))
        except CongvanError as error:
            return await failure(datasette, request, error)
        await _stream(folder / "export", send, _TYPES[form], f"{name}.{form}")
    return None


def _write(store: Store, name: str, form: str, path: Path) -> None:
    """Write one export into a file.

    Raises:
        UsageError: there is no export of that name.
    """
    if form == "xlsx":
        with path.open("wb") as out:
            write_workbook(store.db, out)
    else:
        _write_text(store.export(name), form, path)


def _write_text(rows: Iterable[Row], form: str, path: Path) -> None:
    """CSV begins with a mark without which Excel takes Vietnamese for another encoding."""
    with path.open("w", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as out:
        (write_csv if form == "csv" else write_jsonl)(rows, out)


async def _stream(path: Path, send: Any, content_type: str, name: str) -> None:  # noqa: ANN401 - ASGI
    headers = {
        "content-type": content_type,
        "content-disposition": f'attachment; filename="{name}"',
        "content-length": str(path.stat().st_size),
        "x-content-type-options": "nosniff",
    }
    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
