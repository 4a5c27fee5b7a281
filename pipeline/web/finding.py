"""Searching letters by their words."""

from __future__ import annotations

from urllib.parse import urlencode

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import Hit, SearchFilter, search
from pipeline.store.written import beginning_of_date
from pipeline.web.naming import kinds
from pipeline.web.site import ask, failure, number_in, page

_PAGE = 20
_ASKED = ("issuer", "doc_type", "since", "until", "order")


async def show(datasette: Datasette, request: Request) -> Response:
    """The form, and what was found, best first, in its context; without words, the list of letters, narrowed down."""
    words = (request.args.get("q") or "").strip()
    asked = {name: (request.args.get(name) or "").strip() for name in _ASKED}
    narrowed = {name: value for name, value in asked.items() if value and name != "order"}
    if not words and narrowed:
        return Response.redirect(f"/-/review?{urlencode({'list': 'all', **narrowed})}")
    start = number_in(request, "from")
    found: tuple[Hit, ...] = ()
    total = 0
    if words:
        try:
            where = wanted(asked)
            found, total = await ask(
                datasette,
                lambda store: (
                    store.search(words, where, limit=_PAGE + 1, offset=start),
                    search.count(store.db, words, where),
                ),
            )
        except CongvanError as error:
            return await failure(datasette, request, error)
    context = {
        "words": words,
        "asked": asked,
        "kinds": kinds(),
        "hits": found[:_PAGE],
        "total": total,
        "most": search.MOST_COUNTED,
        "orders": search.ORDERS,
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
    order = asked["order"] if asked["order"] in search.ORDERS else search.ORDERS[0]
    return SearchFilter(issuer=asked["issuer"] or None, doc_type=asked["doc_type"] or None, order=order, **days)
