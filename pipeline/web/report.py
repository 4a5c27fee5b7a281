"""One page about a year, about everything or about one batch, that needs no server: all in a single HTML file."""

from __future__ import annotations

from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.store import Store, TargetFilter, overview
from pipeline.store import dashboard as figures
from pipeline.store.decidable import FIELDS
from pipeline.store.figures import figure_text
from pipeline.web.dashboard import counted, pages_a_minute, panels
from pipeline.web.language import speaker
from pipeline.web.reasons import in_words
from pipeline.web.showing import amount, day, moment

_HERE = Path(__file__).parent
_MOST_FIGURES = 2_000
"""Figures that are listed; a spreadsheet suits more."""


def report(store: Store, year: int | None, language: str) -> str:
    """The report of a year, or of everything, as HTML; everything is in it, nothing is loaded.

    Args:
        store: the database.
        year: the year of the figures and letters; None for all.
        language: `vi` or `en`.
    """
    found = figures.dashboard(store.db, year)
    return _rendered(
        "congvan_report.html",
        language,
        year=year,
        counts=overview.counts(store.db),
        panels=panels(found, speaker(language)),
        progress=found["progress"],
        figures=_figures(store, TargetFilter(year=year)),
    )


def report_of_run(store: Store, run_id: int, language: str) -> str:
    """The report of one batch: what was read, what waits for people and why, what failed, and the figures.

    Raises:
        UsageError: there is no such batch.
    """
    run, found = figures.of_run(store.db, run_id)
    say = speaker(language)
    columns = ("letters", "to_review")
    charts = (
        counted(found["by_kind"], ("kind", *columns), say("report.by_kind"), say, lying=True),
        counted(found["by_issuer"], ("issuer", *columns), say("dashboard.by_issuer"), say, lying=True),
    )
    return _rendered(
        "congvan_report_run.html",
        language,
        run=run,
        speed=pages_a_minute(run),
        counts={row["status"]: row["letters"] for row in found["by_status"]},
        panels=[panel for panel in charts if panel],
        review=found["review"],
        failures=found["failures"],
        figures=_figures(store, TargetFilter(run_id=run_id)),
    )


def _figures(store: Store, where: TargetFilter) -> list[dict[str, Any]]:
    return list(islice(store.targets(where), _MOST_FIGURES))


def _rendered(template: str, language: str, **context: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(
        context,
        say=speaker(language),
        language=language,
        known=FIELDS,
        because=partial(in_words, language=language),
        day=partial(day, language=language),
        moment=partial(moment, language=language),
        figure=figure_text,
        amount=amount,
        style=(_HERE / "static" / "congvan.css").read_text(encoding="utf-8").partition("\n")[2],
    )
