"""Searching letters by their words."""

from __future__ import annotations

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import Hit, SearchFilter
from pipeline.web.site import ask, failure, number_in, page

_PAGE = 20


async def show(datasette: Datasette, request: Request) -> Response:
    """The form, and what was found, best first, in its context."""
    words = (request.args.get("q") or "").strip()
    where = SearchFilter(**{name: request.args.get(name) or None for name in ("issuer", "doc_type", "since", "until")})
    start = number_in(request, "from")
    found: tuple[Hit, ...] = ()
    if words:
        try:
            found = await ask(datasette, lambda store: store.search(words, where, limit=_PAGE + 1, offset=start))
        except CongvanError as error:
            return await failure(datasette, request, error)
    context = {
        "words": words,
        "where": where,
        "hits": found[:_PAGE],
        "start": start,
        "step": _PAGE,
        "more": len(found) > _PAGE,
    }
    return await page(datasette, request, "congvan_search.html", context)
