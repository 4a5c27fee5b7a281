"""One page about a year, or about everything, that needs no server: charts and figures in a single HTML file."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.store import Store, TargetFilter, overview
from pipeline.store.figures import figure_text
from pipeline.web.dashboard import panels
from pipeline.web.language import speaker

_HERE = Path(__file__).parent
_MOST_FIGURES = 2_000
"""Figures that are listed; a spreadsheet suits more."""


def report(store: Store, year: int | None, language: str) -> str:
    """The report as HTML; everything is in it, nothing is loaded.

    Args:
        store: the database.
        year: the year of the figures and letters; None for all.
        language: `vi` or `en`.
    """
    found = overview.dashboard(store.db, year)
    say = speaker(language)
    figures = list(zip(range(_MOST_FIGURES), store.targets(TargetFilter(year=year)), strict=False))
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("congvan_report.html").render(
        say=say,
        language=language,
        year=year,
        counts=overview.counts(store.db),
        panels=panels(found, say),
        progress=found["progress"],
        figures=[row for _, row in figures],
        figure=figure_text,
        style=(_HERE / "static" / "congvan.css").read_text(encoding="utf-8").partition("\n")[2],
    )
