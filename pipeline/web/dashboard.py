"""The first page: what was set and what came of it, how good the reading is, how fast it goes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from datasette.app import Datasette  # type: ignore[import-untyped]
from datasette.utils.asgi import Request, Response  # type: ignore[import-untyped]
from markupsafe import Markup

from pipeline.errors import CongvanError
from pipeline.store import Row, Store, overview
from pipeline.store import dashboard as figures
from pipeline.web import charts
from pipeline.web.language import Say
from pipeline.web.site import ask, failure, number_in, page, words_of


@dataclass(frozen=True, slots=True)
class Panel:
    """A chart, and the same as a table."""

    title: str
    chart: Markup
    headings: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    links: tuple[str, ...] = ()
    """Where each row leads: to the figures that it counts; empty when it counts something else."""


async def show(datasette: Datasette, request: Request) -> Response:
    """The overview of one year, or of all."""
    year = number_in(request, "year") or None

    def question(store: Store) -> tuple[dict[str, list[Row]], Row, list[int]]:
        return figures.dashboard(store.db, year), overview.counts(store.db), figures.years(store.db)

    try:
        found, counts, years = await ask(datasette, question)
    except CongvanError as error:
        return await failure(datasette, request, error)
    context = {
        "year": year,
        "years": years,
        "counts": counts,
        "panels": panels(found, words_of(request)),
        "progress": found["progress"],
        "database": datasette.get_database().name,
    }
    return await page(datasette, request, "congvan_dashboard.html", context)


def panels(found: dict[str, list[Row]], say: Say) -> list[Panel]:
    """The charts that have something to show."""
    made = (
        counted(found["by_year"], ("year", *_SET), say("dashboard.by_year"), say),
        counted(found["by_issuer"], ("issuer", *_SET), say("dashboard.by_issuer"), say, lying=True),
        counted(found["by_indicator"], ("indicator", *_SET), say("dashboard.by_indicator"), say, lying=True),
        counted(found["letters_by_year"], ("year", "letters", "to_review"), say("dashboard.letters"), say),
        _quality(found["quality"], say),
        _throughput(found["runs"], say),
    )
    return [panel for panel in made if panel]


_SET = ("targets", "results")
_WORDS = {"letters": "dashboard.all_letters"}


def counted(rows: list[Row], names: tuple[str, ...], title: str, say: Say, *, lying: bool = False) -> Panel | None:
    """Bars of counts: one group of bars a row; None when there are no rows.

    Args:
        rows: what is counted.
        names: the column that names a row, then those that are drawn.
        title: of the chart.
        say: gives the words of the columns.
        lying: whether the bars lie, which suits long names.
    """
    by, *columns = names
    if not rows:
        return None
    labels = [_label(row, by) for row in rows]
    words = [say(_WORDS.get(column, f"dashboard.{column}")) for column in columns]
    series = {name: [row[column] for row in rows] for name, column in zip(words, columns, strict=True)}
    table = tuple((label, *(row[column] for column in columns)) for label, row in zip(labels, rows, strict=True))
    links = tuple(_figures_of(row, by) for row in rows) if columns == [*_SET] else ()
    return Panel(title, charts.bars(title, labels, series, lying=lying), ("", *words), table, links)


def _label(row: Row, by: str) -> str:
    return f"{row[by]} ({row['unit']})" if "unit" in row else str(row[by])


def _figures_of(row: Row, by: str) -> str:
    """The address of the figures that a row counts."""
    return "/-/figures?" + urlencode({name: row[name] for name in (by, "unit") if name in row})


def _quality(rows: list[Row], say: Say) -> Panel | None:
    if not rows:
        return None
    title = say("dashboard.quality")
    names = (say("dashboard.accepted"), say("dashboard.confidence"))
    shares = [[round(row[column], 2) for row in rows] for column in ("accepted", "confidence")]
    table = tuple((row["month"], *pair) for row, *pair in zip(rows, *shares, strict=True))
    drawn = charts.lines if len(rows) > 1 else charts.bars  # one point makes no line
    chart = drawn(title, [row["month"] for row in rows], dict(zip(names, shares, strict=True)))
    return Panel(title, chart, ("", *names), table)


def _throughput(runs: list[Row], say: Say) -> Panel | None:
    timed = [(str(run["id"]), rate) for run in runs if (rate := pages_a_minute(run)) is not None]
    if not timed:
        return None
    title, name = say("dashboard.throughput"), say("dashboard.pages_a_minute")
    labels, rates = zip(*timed, strict=True)
    return Panel(title, charts.bars(title, labels, {name: rates}), ("", name), tuple(timed))


def pages_a_minute(run: Row) -> float | None:
    """How fast a batch was read; None for one that has not ended, or read nothing."""
    if not run["finished_at"] or not run["pages"]:
        return None
    took = dt.datetime.fromisoformat(run["finished_at"]) - dt.datetime.fromisoformat(run["started_at"])
    return float(round(60 * run["pages"] / max(took.total_seconds(), 1), 1))
