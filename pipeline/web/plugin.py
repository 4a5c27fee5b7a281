"""What we add to Datasette: pages, words, links from rows to letters, the door. Other Datasettes are left alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlencode

from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]
from markupsafe import Markup, escape

from pipeline.store.asking import teach
from pipeline.store.decidable import FIELDS
from pipeline.store.figures import figure_text
from pipeline.web import (
    astray,
    compare,
    dashboard,
    decisions,
    exports,
    figures,
    finding,
    images,
    letter,
    pointing,
    queue,
    visitors,
)
from pipeline.web.access import App, guarded
from pipeline.web.language import LANGUAGES
from pipeline.web.naming import named
from pipeline.web.reasons import in_words
from pipeline.web.showing import amount, day, moment, shown
from pipeline.web.site import language_of, site_of, words_of

_ID = r"(?P<id>[0-9a-f]{16}(?:-[0-9]+)?)"
ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"/$", dashboard.show),
    (r"/-/review$", queue.show),
    (r"/-/(?P<name>review)\.(?P<form>xlsx)$", exports.send_letters),
    (r"/-/failures$", queue.show_failures),
    (r"/-/log$", queue.show_log),
    (rf"/-/letter/{_ID}$", letter.show),
    (rf"/-/compare/{_ID}/{_ID.replace('<id>', '<other>')}$", compare.show),
    (rf"/-/page/{_ID}/(?P<number>[0-9]{{1,5}})\.jpg$", images.show),
    (rf"/-/words/{_ID}$", pointing.show_words),
    (r"/-/search$", finding.show),
    (r"/-/figures$", figures.show),
    (r"/-/(?P<name>figures)\.(?P<form>csv|jsonl|xlsx)$", exports.send_figures),
    (r"/-/export$", exports.show),
    (r"/-/export/(?P<name>[a-z_]+)\.(?P<form>csv|jsonl|xlsx)$", exports.send),
    (r"/-/decide$", decisions.decide),
    (r"/-/add$", decisions.add),
    (r"/-/undo$", decisions.undo),
    (r"/-/confirm$", decisions.confirm),
    (r"/-/part$", decisions.part),
    (r"/-/match$", decisions.match),
    (r"/-/matches$", queue.show_matches),
    (r"/-/confirm-run$", decisions.confirm_run),
    (r"/-/retry$", decisions.retry),
    (r"/-/login$", visitors.login),
    (r"/-/logout$", visitors.logout),
]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Any]]]:
    """Our pages."""
    return ROUTES if site_of(datasette) else []


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Functions of ours for SQL: marks and case do not matter to who looks for a name."""
    teach(conn)


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """The door in front of all pages."""

    def wrap(app: App) -> App:
        site = site_of(datasette)
        return guarded(app, site.access, datasette.unsign) if site else app

    return wrap


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Coroutine[Any, Any, Response | None] | None:
    """A page of ours for what went wrong."""
    return astray.answer(datasette, request, exception) if site_of(datasette) else None


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """The words of the visitor's language, on Datasette's pages too."""
    if site_of(datasette) is None or request is None:
        return {}
    language = language_of(request)
    kept = [(k, v) for k, values in parse_qs(request.query_string).items() if k != "lang" for v in values]
    other = next(name for name in LANGUAGES if name != language)
    return {
        "say": words_of(request),
        "language": language,
        "other_language": other,
        "in_other_language": "?" + urlencode([*kept, ("lang", other)]),
        "our_database": datasette.get_database().name,
        "known": FIELDS,
        "figure": figure_text,
        "amount": amount,
        "named": named,
        "because": partial(in_words, language=language),
        "day": partial(day, language=language),
        "moment": partial(moment, language=language),
        "shown": partial(shown, language=language),
    }


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Ids of letters as links to their pages."""
    if site_of(datasette) is None or not isinstance(value, str):
        return None
    is_letter = column.endswith("document_id") or column == "duplicate_of" or (table == "documents" and column == "id")
    if not is_letter or len(value) < 16:
        return None
    return Markup('<a href="/-/letter/{0}">{0}</a>').format(escape(value))
