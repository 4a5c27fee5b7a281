"""congvan: scanned Vietnamese official letters as records.

    >>> import pipeline
    >>> for record in pipeline.read_letter(Path("scan.pdf")):        # doctest: +SKIP
    ...     print(record.field("number").value, [target.quote for target in record.targets])

`read_letter` reads one file, `ingest` many into a database. What they raise is a `CongvanError`; what they give is made
of the nouns below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.config import Config, load_config
from pipeline.errors import CongvanError
from pipeline.nouns import Box, Citation, Field, Letter, Page, PageText, Recipient, Record, Status, Table, Target

if TYPE_CHECKING:
    from pipeline.batch.ingest import ingest
    from pipeline.reading import read_scan as read_letter
    from pipeline.store import open_store

__all__ = [
    "Box",
    "Citation",
    "Config",
    "CongvanError",
    "Field",
    "Letter",
    "Page",
    "PageText",
    "Recipient",
    "Record",
    "Status",
    "Table",
    "Target",
    "ingest",
    "load_config",
    "open_store",
    "read_letter",
]

_HOMES = {
    "ingest": ("pipeline.batch", "ingest"),
    "open_store": ("pipeline.store", "open_store"),
    "read_letter": ("pipeline.reading", "read_scan"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any of the front door's functions
    """Open a room when it is first asked for: `congvan --help` needs neither OpenCV nor a database."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - the way to any room, needed only here

    room, attribute = _HOMES[name]
    return getattr(import_module(room), attribute)
