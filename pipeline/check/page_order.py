"""Pages that lie in the file in another order than they are read in."""

from __future__ import annotations

from pipeline.nouns import Letter


def order_problem(letter: Letter) -> str | None:
    """What to tell a person of pages out of order; None when they lie as they are read.

    Blank pages and other scans of a page lie anywhere: they are not read.
    """
    read = [page.number for page in letter.pages if page.repeats_page is None and not page.blank]
    if read == sorted(read):
        return None
    order = ", ".join(map(str, read))
    return f"pages are out of order in the file: read in the order {order}, as their printed numbers count"
