"""Targets and results as a list that is narrowed down; each figure leads to its ink, the list to a spreadsheet."""

from __future__ import annotations

from itertools import islice

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import Row, Store, TargetFilter
from pipeline.store.dashboard import years
from pipeline.web.site import ask, failure, number_in, page

_PAGE = 100
_WORDS = ("issuer", "indicator", "responsible", "unit")
KINDS = ("target", "result")
USABLE = {"yes": True, "no": False}
"""Whether figures that may be used as they stand are wanted, or those that wait; anything else lets both through."""


async def show(datasette: Datasette, request: Request) -> Response:
    """One page of the figures that are asked for, by year, date and place in the letter."""
    where, start = wanted(request), number_in(request, "from")

    def question(store: Store) -> tuple[list[Row], list[int]]:
        return list(islice(store.targets(where), start, start + _PAGE + 1)), years(store.db)

    try:
        found, all_years = await ask(datasette, question)
    except CongvanError as error:
        return await failure(datasette, request, error)
    context = {
        "rows": found[:_PAGE], "more": len(found) > _PAGE, "start": start, "step": _PAGE, "where": where,
        "years": all_years, "kinds": KINDS, "usable": request.args.get("usable") or "", "choices": tuple(USABLE),
        "asked": {name: request.args[name] for name in ("year", "kind", "usable", *_WORDS) if request.args.get(name)},
    }  # fmt: skip
    return await page(datasette, request, "congvan_figures.html", context)


def wanted(request: Request) -> TargetFilter:
    """The figures that an address asks for."""
    asked: Row = {name: (request.args.get(name) or "").strip() or None for name in ("kind", *_WORDS)}
    if asked["kind"] not in KINDS:
        asked["kind"] = None
    usable = USABLE.get(request.args.get("usable") or "")
    return TargetFilter(year=number_in(request, "year") or None, usable=usable, **asked)
