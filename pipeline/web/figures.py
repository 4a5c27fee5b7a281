"""Targets and results, listed or side by side, narrowed down; each figure leads to its ink, the list to a file."""

from __future__ import annotations

from itertools import islice

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]
from markupsafe import Markup

from pipeline.errors import CongvanError
from pipeline.store import Row, Store, TargetFilter
from pipeline.store.dashboard import years
from pipeline.store.queries import MOST_COUNTED, TARGET_ORDERS, count_targets, targets
from pipeline.web import charts
from pipeline.web.language import Say
from pipeline.web.site import ask, failure, number_in, page, words_of

_PAGE = 100
_WORDS = ("issuer", "indicator", "responsible", "unit")
_ASKED = ("year", "kind", "usable", *_WORDS, "order", "view")
_MOST_DRAWN = 20
"""Pairs of bars that can still be told apart."""
KINDS = ("target", "result")
USABLE = {"yes": True, "no": False}
"""Whether figures that may be used as they stand are wanted, or those that wait; anything else lets both through."""


async def show(datasette: Datasette, request: Request) -> Response:
    """One page of the figures that are asked for; or of results beside the targets they answer."""
    where, start, beside = wanted(request), number_in(request, "from"), is_beside(request)

    def question(store: Store) -> tuple[list[Row], int | None, list[int]]:
        every = store.progress(where) if beside else targets(store.db, where, order_of(request), start + _PAGE + 1)
        count = None if beside else count_targets(store.db, where)
        return list(islice(every, start, start + _PAGE + 1)), count, years(store.db)

    try:
        found, total, all_years = await ask(datasette, question)
    except CongvanError as error:
        return await failure(datasette, request, error)
    rows = found[:_PAGE]
    context = {
        "rows": rows, "more": len(found) > _PAGE, "start": start, "step": _PAGE, "where": where, "total": total,
        "most": MOST_COUNTED, "years": all_years, "kinds": KINDS, "usable": request.args.get("usable") or "",
        "choices": tuple(USABLE), "orders": tuple(TARGET_ORDERS), "order": order_of(request), "beside": beside,
        "chart": drawn(rows, words_of(request)) if beside else None,
        "asked": {name: request.args[name] for name in _ASKED if request.args.get(name)},
    }  # fmt: skip
    return await page(datasette, request, "congvan_progress.html" if beside else "congvan_figures.html", context)


def wanted(request: Request) -> TargetFilter:
    """The figures that an address asks for."""
    asked: Row = {name: (request.args.get(name) or "").strip() or None for name in ("kind", *_WORDS)}
    if asked["kind"] not in KINDS or is_beside(request):
        asked["kind"] = None
    usable = USABLE.get(request.args.get("usable") or "")
    return TargetFilter(year=number_in(request, "year") or None, usable=usable, **asked)


def is_beside(request: Request) -> bool:
    """Whether results are asked for beside their targets."""
    return bool(request.args.get("view") == "progress")


def order_of(request: Request) -> str:
    """The order that an address asks for."""
    asked = request.args.get("order")
    return asked if asked in TARGET_ORDERS else next(iter(TARGET_ORDERS))


def drawn(rows: list[Row], say: Say) -> Markup | None:
    """Targets and results as bars, where they measure in one unit and there is room for them."""
    units = {row["unit"] for row in rows}
    if len(units) != 1 or len(rows) > _MOST_DRAWN:
        return None
    labels = [" · ".join(str(row[n]) for n in ("year", "indicator", "responsible") if row[n]) for row in rows]
    series = {say("dashboard.set"): [row["target"] for row in rows],
              say("dashboard.reached"): [row["result"] for row in rows]}  # fmt: skip
    return charts.bars(f"{say('figures.beside')} ({units.pop()})", labels, series, lying=True)
