"""What a record says about itself: repeated pages, dates, totals against text, digits that arithmetic mended."""

from __future__ import annotations

from dataclasses import replace

from pipeline.check.dates import check_dates
from pipeline.check.page_order import order_problem
from pipeline.check.repairs import arithmetic_repairs
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
    new = tuple(repair for repair in repairs if repair not in checked.repairs)
    return replace(checked, repairs=(*checked.repairs, *new)).with_problems(found)


def _without_repeats(record: Record) -> Record:
    """The record without what was read a second time from pages scanned twice, as `repeats_page` marks them."""
    pages = record.letter.pages
    again = {page.number: page.repeats_page for page in pages if page.repeats_page is not None}
    if not again:
        return record
    once = replace(
        record,
        targets=tuple(t for t in record.targets if t.page not in again),
        tables=tuple(t for t in record.tables if t.page not in again),
        citations=tuple(c for c in record.citations if c.page not in again),
    )
    return once.with_problems(f"page {number} is another scan of page {first}" for number, first in again.items())
