"""Tables and records made by hand for the checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pipeline.nouns import (
    Box,
    Cell,
    Citation,
    Field,
    Letter,
    Line,
    Mark,
    MarkKind,
    MediaType,
    PageText,
    Record,
    Scan,
    Status,
    Table,
    Target,
    Word,
)

Value = float | str | None


def table_of(rows: Sequence[Sequence[Value]], columns: Sequence[str] = (), confidence: float = 0.9) -> Table:
    """A table whose numbers are figures as printed and whose strings are words."""
    cells = [
        Cell(r, c, _printed(v), _printed(v), None if isinstance(v, str) else v, confidence)
        for r, row in enumerate(rows)
        for c, v in enumerate(row)
    ]
    return Table(1, "", tuple(columns) or ("",) * len(rows[0]), 0, len(rows), tuple(cells))


def _printed(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")


def page_of(lines: Sequence[str], number: int = 1, marks: Sequence[Mark] = ()) -> PageText:
    """A page of these lines, every word in a box of its own."""
    made = []
    for y, line in enumerate(lines):
        words = line.split()
        boxes = [Box(100 * x, 50 * y, 100 * x + 80, 50 * y + 30) for x in range(len(words))]
        made.append(Line(tuple(Word(w, w, b, 0.9) for w, b in zip(words, boxes, strict=True))))
    return PageText(number, tuple(made), 2480, 3508, 300, marks=tuple(marks))


def stamp(text: str) -> Mark:
    return Mark(MarkKind.INCOMING, Box(0, 0, 10, 10), text)


def field_of(name: str, value: str) -> Field:
    return Field(name, value, value, 0.95, Status.ACCEPTED, 1, None, "test")


def target_of(value: float, page: int = 1, *, indicator: str = "cây", unit: str = "cây") -> Target:
    text = _printed(value)
    return Target("result", "text", indicator, "=", value, unit, text, page, None, text, 0.95, Status.ACCEPTED)


def cited_on(day: dt.date, page: int = 1) -> Citation:
    return Citation("1/QĐ", None, None, day, page, None, "", 0.9)


def record_of(pages: Sequence[PageText], **parts: tuple[object, ...]) -> Record:
    """A record over these pages with the parts given by name."""
    scan = Scan(Path("x.pdf"), "0" * 64, MediaType.PDF, 1, len(pages))
    return Record(Letter(scan, tuple(pages)), **{"fields": (), **parts})  # type: ignore[arg-type]
