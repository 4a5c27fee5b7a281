"""Whether the figures of a column were asked or reached: by its header, else by all that stands around the table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.kinds import RESULT, TARGET, Evidence, log_odds, weighed
from pipeline.extract.passages.context import Heading
from pipeline.extract.tables.periods import TablePeriod
from pipeline.tabular.roles import Role, leaning_of_title

BY_HEADER = 0.97
"""Certainty of a kind that the column's own header tells."""
_TITLE = 3.2
"""What a table's title says at most, in log odds: more than the kind of the letter."""
_OVER = 2.0
"""What it says that the time of a single column or row is over, beside what a time that is over says anyway."""
_RESULT_HEADER = 3.0
"""What `Thực hiện` over a column says where no other holds what was asked: in plans it may be what is to be done."""
_DOUBT = 0.97
"""What is left of the certainty when no header tells, for a table may hold both."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a letter says around one of its tables."""

    title: str
    above: tuple[Heading, ...]
    doc_type: str | None
    issued_on: dt.date | None
    subject: str


def surroundings(title: str, above: Sequence[Heading], known: dict[str, str]) -> Surroundings:
    """From the fields of the letter: kind, date, subject."""
    try:
        issued_on = dt.date.fromisoformat(known.get("issued_on", ""))
    except ValueError:
        issued_on = None
    return Surroundings(title, tuple(above), known.get("doc_type"), issued_on, known.get("subject", ""))


def kind_of_figures(
    role: Role | None, around: Surroundings, period: TablePeriod, *, own: bool, asks: bool
) -> tuple[str, float]:
    """`target` or `result`, and the probability that it is.

    Args:
        role: what the header tells.
        around: what stands around the table.
        period: the stretch of time that the header, the row or the title names.
        asks: whether the table has a column of what was asked, too.
        own: whether header or row names it, so that other columns or rows are of other times.
    """
    if role is Role.TARGET:
        return TARGET, BY_HEADER
    if role is Role.RESULT and asks and not _is_to_come(period, around.issued_on):
        return RESULT, BY_HEADER
    header = _RESULT_HEADER if role is Role.RESULT else 0.0
    kind, chance = weighed(_log_odds(around, period, own=own) - header)
    if role is Role.RESULT and kind == RESULT:
        return kind, BY_HEADER
    return kind, chance * _DOUBT


def _is_to_come(period: TablePeriod, issued_on: dt.date | None) -> bool:
    """Whether the time is yet to come: `Thực hiện năm 2026` in a plan of 2025."""
    return issued_on is not None and period.start is not None and period.start > issued_on


def _log_odds(around: Surroundings, period: TablePeriod, *, own: bool) -> float:
    score = _TITLE * leaning_of_title(around.title)
    past = around.issued_on is not None and period.end is not None and period.end < around.issued_on
    return (
        score
        - (_OVER if own and past else 0.0)
        + log_odds(
            Evidence(
                before="",
                after="",
                earlier="",
                above=tuple((heading.text.lower(), heading.leads) for heading in around.above),
                doc_type=around.doc_type,
                issued_on=around.issued_on,
                days=(period.start, period.end),
                subject=around.subject.lower(),
                limited=False,
                over=False,
            )
        )
    )
