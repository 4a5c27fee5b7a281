"""Where a person says that a value stands: a box drawn on a page, kept so that a new reading finds the place again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from pipeline.errors import UsageError
from pipeline.nouns import Box
from pipeline.store.rows import Row

_SAME_SHAPE = 0.02
"""By how much the sides of a page may have grown differently from one reading to the next: pixels are whole."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A box on a page of the file, in pixels of that page as it is stored."""

    page: int
    box: Box


def noted(db: Database, document_id: str, pointed: Pointed) -> str:
    """What `corrections.ink` keeps of a box: page, box, and the size of the page at the time, a JSON list.

    Raises:
        UsageError: the letter has no such page, or the box is empty or lies outside it.
    """
    size, box = _size(db, document_id, pointed.page), pointed.box
    if size is None:
        raise UsageError(f"letter {document_id} has no page {pointed.page}", hint="point at a page of this letter")
    if not box.area or box.x0 < 0 or box.y0 < 0 or box.x1 > size[0] or box.y1 > size[1]:
        raise UsageError("this is no place on the page", hint="draw a box around the ink")
    return json.dumps([pointed.page, box.x0, box.y0, box.x1, box.y1, *size])


def place_of(db: Database, document_id: str, note: str) -> Row | None:
    """Page and box of a note, as columns, on the pages as they are stored now.

    None when the letter has the page no longer, or was turned since: then nobody knows where the ink is.
    """
    page, x0, y0, x1, y1, width, height = json.loads(note)
    size = _size(db, document_id, page)
    if size is None:
        return None
    across, down = size[0] / width, size[1] / height
    if abs(across / down - 1) > _SAME_SHAPE:
        return None
    return {"page_no": page, "x0": round(x0 * across), "y0": round(y0 * down), "x1": round(x1 * across),
            "y1": round(y1 * down)}  # fmt: skip


_UNDER = """
SELECT text FROM {table} WHERE document_id = ? AND page_no = ?
  AND (x0 + x1) / 2 BETWEEN ? AND ? AND (y0 + y1) / 2 BETWEEN ? AND ? ORDER BY {order}
"""
_READ = (_UNDER.format(table="words", order="line_no, word_no"), _UNDER.format(table="marks", order="y0, x0"))
"""The letter's own words; and stamps, which may have been lifted off before it was read."""


def text_under(db: Database, document_id: str, pointed: Pointed) -> str:
    """What was read of the words whose middles lie in a box, in reading order; empty where nothing was read."""
    box = pointed.box
    place = [document_id, pointed.page, box.x0, box.x1, box.y0, box.y1]
    for query in _READ:
        if text := " ".join(row["text"] for row in db.query(query, place) if row["text"]):
            return text
    return ""


def _size(db: Database, document_id: str, page: int) -> tuple[int, int] | None:
    query = "SELECT width, height FROM pages WHERE document_id = ? AND page_no = ?"
    return next(((row["width"], row["height"]) for row in db.query(query, [document_id, page])), None)
