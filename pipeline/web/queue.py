"""Lists that people work through: letters to review, files that failed, what was decided."""

from __future__ import annotations

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]

from pipeline.errors import CongvanError
from pipeline.store import LISTS, ListFilter, Row, Store, matching, overview
from pipeline.store.written import beginning_of_date
from pipeline.web.decisions import running
from pipeline.web.naming import kinds
from pipeline.web.site import ask, failure, number_in, page

_PAGE = 50
_ASKED = ("run", "issuer", "doc_type", "since", "until")
MATCH_STATUSES = (matching.MAYBE, matching.SAME, matching.CONFIRMED, matching.REJECTED)


async def show(datasette: Datasette, request: Request) -> Response:
    """One page of one list of letters, most useful first."""
    try:
        which = wanted(request)
    except CongvanError as error:
        return await failure(datasette, request, error)

    def question(store: Store) -> Row:
        rows, total = overview.letters(store.db, which)
        more = {"counts": overview.counts(store.db), "runs": overview.runs(store.db)}
        return {"rows": rows, "total": total, **more}

    try:
        found = await ask(datasette, question)
    except CongvanError as error:
        return await failure(datasette, request, error)
    context = {**found, "which": which, "lists": LISTS, "step": _PAGE, "kinds": kinds(),
               "asked": {name: request.args[name] for name in _ASKED if request.args.get(name)}}  # fmt: skip
    return await page(datasette, request, "congvan_queue.html", context)


def wanted(request: Request) -> ListFilter:
    """The letters that an address asks for.

    Raises:
        UsageError: a day of it is none.
    """
    asked = {name: (request.args.get(name) or "").strip() or None for name in _ASKED}
    name = request.args.get("list")
    return ListFilter(
        name if name in LISTS else "review",
        run_id=number_in(request, "run") or None,
        issuer=asked["issuer"],
        doc_type=asked["doc_type"],
        since=beginning_of_date(asked["since"]),
        until=beginning_of_date(asked["until"]),
        limit=_PAGE,
        offset=number_in(request, "from"),
    )


async def show_failures(datasette: Datasette, request: Request) -> Response:
    """The files that could not be read, with the reason and what to do."""
    rows = await ask(datasette, lambda store: store.failures())
    return await page(datasette, request, "congvan_failures.html", {"rows": rows, "running": running()})


async def show_matches(datasette: Datasette, request: Request) -> Response:
    """Which wordings of results answer which wordings of targets: those that a person should look at, or others."""
    status, start = request.args.get("status") or MATCH_STATUSES[0], number_in(request, "from")
    status = status if status in MATCH_STATUSES else MATCH_STATUSES[0]
    found = await ask(datasette, lambda store: store.matches(status)[start : start + _PAGE + 1])
    context = {"rows": found[:_PAGE], "more": len(found) > _PAGE, "start": start, "step": _PAGE,
               "status": status, "statuses": MATCH_STATUSES}  # fmt: skip
    return await page(datasette, request, "congvan_matches.html", context)


async def show_log(datasette: Datasette, request: Request) -> Response:
    """What people decided, newest first."""
    start = number_in(request, "from")
    rows = await ask(datasette, lambda store: overview.decisions(store.db, limit=_PAGE, offset=start))
    return await page(datasette, request, "congvan_log.html", {"rows": rows, "start": start, "step": _PAGE})
