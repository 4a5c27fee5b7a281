"""A whole database against a folder of gold."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.metrics.gold import load_gold
from pipeline.metrics.report import Reading, Report, compare
from pipeline.store import Store, StoredLetter


def evaluate(store: Store, folder: Path, names: Collection[str] | None = None) -> Report:
    """Every letter that has gold in the folder (of those named), as the database holds it; gold has its scan's name.

    Raises:
        NothingToRead: the folder holds no gold.
        StoreError: the database cannot be read.
    """
    ids = {Path(row["source_name"]).stem: row["id"] for row in store.export("documents") if row["part"] == 1}
    report = Report()
    wanted = {name: gold for name, gold in load_gold(folder).items() if names is None or name in names}
    for name, gold in wanted.items():
        report += compare(name, reading_of(store.show(ids[name])) if name in ids else None, gold)
    return report


def reading_of(letter: StoredLetter) -> Reading:
    """What the database holds of a letter, in the form that gold is compared with."""
    return Reading(
        fields={row["name"]: row for row in reversed(letter.fields)},
        targets=list(letter.targets),
        citations=list(letter.citations),
        recipients=list(letter.recipients),
        cells=[cell | {"table_no": number} for number, table in enumerate(letter.tables) for cell in table["cells"]],
        pages={row["page_no"]: row["text"] for row in letter.pages},
    )
