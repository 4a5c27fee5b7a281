"""What one running server knows: its database, its settings, who may come in; and how pages reach the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.config import Config
from pipeline.errors import CongvanError, StaleValue, UsageError
from pipeline.store import Store, open_store
from pipeline.store.faults import translated_errors
from pipeline.web.access import Access
from pipeline.web.language import COOKIE, Say, chosen, speaker
from pipeline.web.reasons import in_words

T = TypeVar("T")
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Site:
    """One server."""

    store_path: Path
    config: Config
    access: Access
    cache: Path
    """Folder of page images."""


_SITES: WeakKeyDictionary[Datasette, Site] = WeakKeyDictionary()


def settle_in(datasette: Datasette, site: Site) -> None:
    """Tie what we know to a Datasette, for as long as it lives."""
    _SITES[datasette] = site


def site_of(datasette: Datasette) -> Site | None:
    """What we know of a Datasette; None for one that is not ours."""
    return _SITES.get(datasette)


def our_site(datasette: Datasette) -> Site:
    """What we know of a Datasette that is ours."""
    return _SITES[datasette]


async def ask(datasette: Datasette, question: Callable[[Store], T]) -> T:
    """Ask the database something, in a thread of its own.

    Raises:
        CongvanError: as the question does.
    """
    return await _with_store(our_site(datasette), question, read_only=True)


async def tell(datasette: Datasette, change: Callable[[Store], T]) -> T:
    """Change something in the database, in a thread of its own.

    Raises:
        CongvanError: as the change does.
    """
    return await _with_store(our_site(datasette), change, read_only=False)


async def _with_store(site: Site, act: Callable[[Store], T], *, read_only: bool) -> T:
    def work() -> T:
        path = site.store_path
        with open_store(path, site.config.store, read_only=read_only) as store, translated_errors(str(path)):
            return act(store)

    return await asyncio.to_thread(work)


def language_of(request: Request) -> str:
    """The language that the visitor chose."""
    return chosen(request.args.get("lang"), request.cookies.get(COOKIE))


def words_of(request: Request) -> Say:
    """The words of the pages in the visitor's language."""
    return speaker(language_of(request))


async def page(
    datasette: Datasette, request: Request, template: str, context: dict[str, Any], *, status: int = 200
) -> Response:
    """A page of ours, in the visitor's language."""
    body = await datasette.render_template(template, context, request=request)
    response = Response.html(body, status=status, headers=_HEADERS)
    if request.args.get("lang"):
        response.set_cookie(COOKIE, language_of(request), max_age=31_536_000, httponly=True)
    return response


async def failure(datasette: Datasette, request: Request, error: CongvanError, *, status: int = 0) -> Response:
    """What went wrong, as a page or as JSON, as was asked for; its kind chooses the status unless one is given."""
    status = status or (409 if isinstance(error, StaleValue) else 400 if isinstance(error, UsageError) else 500)
    language = language_of(request)
    what = {"ok": False, "message": in_words(error.message, language), "hint": in_words(error.hint, language)}
    if wants_json(request):
        return Response.json(what, status=status, headers=_HEADERS)
    return await page(datasette, request, "congvan_error.html", what, status=status)


def wants_json(request: Request) -> bool:
    """Whether a script asked, and not a person's browser."""
    return "application/json" in request.headers.get("accept", "")


def number_in(request: Request, name: str, default: int = 0) -> int:
    """A whole number of the query; the default for nonsense."""
    text = request.args.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
