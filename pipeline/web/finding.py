"""Searching letters by their words."""

from __future__ import annotations

from urllib.parse import urlencode

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import Hit, SearchFilter
from pipeline.store.written import beginning_of_date
from pipeline.web.naming import kinds
from pipeline.web.site import ask, failure, number_in, page

_PAGE = 20


async def show(datasette: Datasette, request: Request) -> Response:
    """The form, and what was found, best first, in its context; without words, the list of letters, narrowed down."""
    words = (request.args.get("q") or "").strip()
    asked = {name: (request.args.get(name) or "").strip() for name in ("issuer", "doc_type", "since", "until")}
    if not words and any(asked.values()):
        return Response.redirect(f"/-/review?{urlencode({'list': 'all', **asked})}")
    start = number_in(request, "from")
    found: tuple[Hit, ...] = ()
    if words:
        try:
            where = wanted(asked)
            found = await ask(datasette, lambda store: store.search(words, where, limit=_PAGE + 1, offset=start))
        except CongvanError as error:
            return await failure(datasette, request, error)
    context = {
        "words": words,
        "asked": asked,
        "kinds": kinds(),
        "hits": found[:_PAGE],
        "start": start,
        "step": _PAGE,
        "more": len(found) > _PAGE,
    }
    return await page(datasette, request, "congvan_search.html", context)


def wanted(asked: dict[str, str]) -> SearchFilter:
    """The letters that the form asks for.

    Raises:
        UsageError: a day of it is none.
    """
    days = {name: beginning_of_date(asked[name]) for name in ("since", "until")}
    return SearchFilter(**{name: value or None for name, value in {**asked, **days}.items()})
