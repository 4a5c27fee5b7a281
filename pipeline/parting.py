"""Letters split or joined otherwise than they were read, because a person says where one begins.

A person sees at once that two letters went through the scanner as one, or that an annex was taken for a letter. Each
such decision is logged, is taken back like any other, and holds when the file is read again.
"""

from __future__ import annotations

from functools import partial

from pipeline.config import Config
from pipeline.layout.boundaries import with_boundary
from pipeline.nouns import Letter, PageText, Record, Table
from pipeline.reading import understand_letter
from pipeline.store import Boundary, Store


def part(store: Store, document_id: str, boundary: Boundary, by: str, config: Config) -> str:
    """Part a stored letter before a page, or join it with the one before; gives the letter that now holds the page.

    Raises:
        UsageError: there is no such letter, or nothing lies before the page.
        StaleValue: the page is no longer this letter's, or it is so already.
    """
    return store.set_boundary(document_id, boundary, partial(_again, config=config), by)


def take_back(store: Store, correction_id: int, by: str, config: Config) -> str:
    """Undo such a decision; gives the letter that now holds the page.

    Raises:
        UsageError, StaleValue: there is no such decision, or it was undone already.
    """
    return store.take_boundary_back(correction_id, partial(_again, config=config), by)


def as_decided(records: tuple[Record, ...], boundaries: tuple[Boundary, ...], config: Config) -> tuple[Record, ...]:
    """Letters that were read just now, parted as people said before of the same file."""
    for boundary in boundaries:
        records = _again(records, boundary, config)
    return records


def _again(records: tuple[Record, ...], boundary: Boundary, config: Config) -> tuple[Record, ...]:
    """The letters of a file with that boundary; those that it does not concern are handed back as they are."""
    pages = tuple(record.letter.pages for record in records)
    after = with_boundary(pages, boundary.page, begins=boundary.begins)
    known = dict(zip(pages, records, strict=True))
    spare = max((record.letter.part for record in records), default=0)
    made: list[Record] = []
    for own in after:
        if own in known:
            made.append(known[own])
            continue
        part = next((r.letter.part for r in records if r.letter.pages[:1] == own[:1]), None)
        spare += part is None
        made.append(_understood(records, own, part or spare, config))
    return tuple(made)


def _understood(records: tuple[Record, ...], pages: tuple[PageText, ...], part: int, config: Config) -> Record:
    numbers = {page.number for page in pages}
    tables: tuple[Table, ...] = tuple(t for record in records for t in record.tables if t.page in numbers)
    repairs = tuple(repair for record in records for repair in record.repairs)
    return understand_letter(Letter(records[0].letter.scan, pages, part), repairs, config, tables)
