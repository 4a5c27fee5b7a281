"""The memory: letters, their values with ink and confidence, what people changed, what could not be read.

`open_store` gives a `Store`; everything else is its methods. This is the only room that knows SQLite; it
speaks in nouns on the way in, and in rows (dictionaries named like the public tables) and frozen views on the way out.
"""

from __future__ import annotations

from pipeline.store.database import RunCounts, Store, open_store
from pipeline.store.export import EXPORTS, write_csv, write_jsonl
from pipeline.store.originals import Original, Verified
from pipeline.store.overview import LISTS, ListFilter
from pipeline.store.parts import Boundary
from pipeline.store.pointing import Pointed
from pipeline.store.queries import StoredLetter, TargetFilter
from pipeline.store.review import Decision
from pipeline.store.rows import ASKED, FILED, LETTERHEAD, REQUIRED, STAMPED, Row
from pipeline.store.search import Hit, SearchFilter

__all__ = [
    "ASKED",
    "EXPORTS",
    "FILED",
    "LETTERHEAD",
    "LISTS",
    "REQUIRED",
    "STAMPED",
    "Boundary",
    "Decision",
    "Hit",
    "ListFilter",
    "Original",
    "Pointed",
    "Row",
    "RunCounts",
    "SearchFilter",
    "Store",
    "StoredLetter",
    "TargetFilter",
    "Verified",
    "open_store",
    "write_csv",
    "write_jsonl",
]
