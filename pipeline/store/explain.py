"""Why a letter's values are what they are: what was read where, by which rule, what was repaired, what is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.store.queries import StoredLetter
from pipeline.store.rows import Row
from pipeline.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Explained:
    """One value of a letter, or one that is missing: then all but `name` and `why` is empty."""

    name: str
    value: str
    status: str
    """As in `fields`, or `missing`."""
    confidence: float | None
    read: str
    """What the engine read there; empty where that is the value."""
    where: str
    """Page and box: `page 1, x 120 to 480, y 90 to 130`."""
    rule: str
    repaired: tuple[str, ...]
    """Words that were changed there: `hiêm to hiểm (0.97)`."""
    why: str
    """Why it needs a look; of what is missing, where it was looked for."""


@lru_cache(maxsize=1)
def sought() -> dict[str, str]:
    """Where each value is looked for, in words, in the order of the letter."""
    return tomllib.loads((Path(__file__).parent / "sought.toml").read_text(encoding="utf-8"))


def explained(letter: StoredLetter) -> tuple[Explained, ...]:
    """Every value of the letter and every one that was looked for in vain, in the order of the letter."""
    order = {name: at for at, name in enumerate(sought())}
    found = sorted(letter.fields, key=lambda row: (order.get(row["name"], len(order)), row["name"], row["item"]))
    names = {row["name"] for row in found}
    missing = (Explained(name, "", "missing", None, "", "", "", (), f"looked for: {where}")
               for name, where in sought().items() if name not in names)  # fmt: skip
    told = [_explained(row, letter) for row in found]
    return tuple(sorted((*told, *missing), key=lambda one: order.get(one.name, len(order))))


def _explained(row: Row, letter: StoredLetter) -> Explained:
    raw = row["raw"] or ""
    decided = [c for c in letter.corrections if c["field"] == row["name"] and not row["item"]]
    return Explained(
        name=row["name"],
        value=row["value"] or "",
        status=row["status"],
        confidence=row["confidence"],
        read="" if raw == row["value"] else raw,
        where=_where(row),
        rule="; ".join((row["method"], *(f"{c['by']} said {c['new']!r} on {c['at']}" for c in decided))),
        repaired=tuple(_repaired(row, letter.repairs)),
        why=row["reason"],
    )


def _where(row: Row) -> str:
    if row["page_no"] is None:
        return ""
    page = f"page {row['page_no']}"
    return page if row["x0"] is None else f"{page}, x {row['x0']} to {row['x1']}, y {row['y0']} to {row['y1']}"


def _repaired(row: Row, repairs: tuple[Row, ...]) -> Iterator[str]:
    """The repairs on the value's page that made a word of it out of one that was read there."""
    read, value = set((row["raw"] or "").split()), fold(row["value"] or "")
    for repair in repairs:
        if repair["page_no"] == row["page_no"] and repair["raw"] in read and fold(repair["text"]) in value:
            yield f"{repair['raw']} to {repair['text']} ({repair['score']:.2f})"
