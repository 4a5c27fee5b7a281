"""What a record says about itself: repeated pages, dates, totals against text, digits that arithmetic mended."""

from __future__ import annotations

from dataclasses import replace

from pipeline.check.dates import check_dates
from pipeline.check.log import arithmetic_repairs
from pipeline.check.order import order_problem
from pipeline.check.repeats import mark_repeats
from pipeline.check.totals import check_totals, table_problems
from pipeline.nouns import Record


def check_record(record: Record) -> Record:
    """The record after every check that needs more than one value of it; checking it again changes nothing.

    Statuses only fall: a value that something contradicts needs review. What was found is told in `problems`, in plain
    English; corrections by arithmetic join `repairs`.
    """
    checked = check_totals(check_dates(_without_repeats(record)))
    out_of_order = order_problem(checked.letter)
    found = (*((out_of_order,) if out_of_order else ()), *table_problems(checked.tables))
    repairs = tuple(arithmetic_repairs(checked))
    return replace(
        checked,
        problems=(*checked.problems, *(problem for problem in found if problem not in checked.problems)),
        repairs=(*checked.repairs, *(repair for repair in repairs if repair not in checked.repairs)),
    )


def _without_repeats(record: Record) -> Record:
    """The record without what was read a second time from pages scanned twice."""
    pages = mark_repeats(record.letter.pages)
    again = {page.number: page.repeats_page for page in pages if page.repeats_page is not None}
    if not again:
        return record
    told = tuple(f"page {number} is another scan of page {first}" for number, first in again.items())
    return replace(
        record,
        letter=replace(record.letter, pages=pages),
        targets=tuple(t for t in record.targets if t.page not in again),
        tables=tuple(t for t in record.tables if t.page not in again),
        citations=tuple(c for c in record.citations if c.page not in again),
        problems=(*record.problems, *(problem for problem in told if problem not in record.problems)),
    )
