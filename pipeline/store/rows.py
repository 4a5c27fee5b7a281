"""From nouns to rows: what each table of the database holds of a record."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from pipeline.nouns import Box, Cell, Field, PageText, Record, Status, Target, Word
from pipeline.vietnamese import fold, normal

Row = dict[str, Any]
"""A row by column name."""

REQUIRED = ("doc_type", "number", "issued_on", "issuer", "subject", "place")
"""A letter is accepted when each of these values is."""

LETTERHEAD = (
    *REQUIRED, "parent_issuer", "signer", "signer_title", "signed_for", "urgency", "secrecy", "language",
)  # fmt: skip
"""The fields that fill a column of `documents` of the same name."""

STAMPED = ("incoming_number", "incoming_on")
"""What the stamp of the body that received the letter says; these fields fill no column of `documents`."""

FILED = ("filed_under", "drafter", "copies", "draft", "copy", "copied_by", "copied_on")
"""What a letter says of its filing and of copies of it; these fields fill no column of `documents` either."""

BOX = ("x0", "y0", "x1", "y1")
"""The columns of ink."""

DATES = frozenset({"issued_on", "incoming_on", "copied_on"})
"""Fields that hold a day."""

ASKED = frozenset({*LETTERHEAD, *STAMPED}) - {"language"}
"""The fields that a person is asked about; the parts of a number, for instance, wait with the number."""


def document_id(sha256: str, part: int) -> str:
    """The name of a letter, from its content: 16 hex digits, and `-2` for the second letter of a bundle."""
    return sha256[:16] if part == 1 else f"{sha256[:16]}-{part}"


def key(text: str | None) -> str:
    """The form in which names and indicators are compared: without marks, case or punctuation; empty for None."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(normal(text or ""))).split())


def number_key(number: str | None) -> str | None:
    """The form in which document numbers are compared: without marks, case, spaces and leading zeros."""
    folded = "".join(fold(number or "").split()).lstrip("0")
    return folded or None


def standing(fields: tuple[Field, ...] | list[Row]) -> tuple[float, Status]:
    """Confidence and status of a letter from its fields: the weakest of the required ones decides."""
    found = {row["name"]: row for row in map(_as_row, fields) if row["name"] in REQUIRED and not row["item"]}
    if len(found) < len(REQUIRED):
        return 0.0, Status.NEEDS_REVIEW
    confidence = min(row["confidence"] for row in found.values())
    statuses = {row["status"] for row in found.values()}
    if Status.NEEDS_REVIEW in statuses:
        return confidence, Status.NEEDS_REVIEW
    return confidence, Status.CONFIRMED if statuses == {Status.CONFIRMED} else Status.ACCEPTED


def _as_row(field: Field | Row) -> Row:
    if isinstance(field, Field):
        return {"name": field.name, "item": 0, "confidence": field.confidence, "status": field.status}
    return field


def document_row(record: Record) -> Row:
    """The row of `documents`, without what only the store knows: time, version, run, links."""
    letter, scan = record.letter, record.letter.scan
    values: Row = dict.fromkeys(LETTERHEAD)
    for field in reversed(record.fields):
        if field.name in values:
            values[field.name] = field.value or None
    values["issued_on"] = iso_date(values["issued_on"])
    confidence, status = standing(_first_of_each(record.fields))
    return {
        "id": document_id(scan.sha256, letter.part),
        "source_name": scan.name,
        "source_path": str(scan.path),
        "sha256": scan.sha256,
        "part": letter.part,
        "media_type": str(scan.media_type),
        "size": scan.size,
        "pages": len(letter.pages),
        **values,
        "language": values["language"] or record.details.get("language"),
        "confidence": confidence,
        "status": str(status),
        "problems": _json(record.problems),
        "details": _json(record.details),
        "number_key": number_key(values["number"]),
        "issuer_key": key(values["issuer"]) or None,
    }


def _first_of_each(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple({field.name: field for field in reversed(fields)}.values())


def field_rows(record: Record) -> Iterator[Row]:
    """The rows of `fields`; a name that comes again (a second signer) counts on in `item`."""
    seen: dict[str, int] = {}
    for field in record.fields:
        seen[field.name] = item = seen.get(field.name, -1) + 1
        yield {
            "name": field.name,
            "item": item,
            "value": field.value,
            "raw": field.raw,
            "confidence": field.confidence,
            "status": str(field.status),
            "page_no": field.page,
            **_ink(field.box),
            "method": field.method,
            "reason": field.reason,
            "read_value": field.value,
            "read_confidence": field.confidence,
            "read_status": str(field.status),
        }


def page_rows(pages: tuple[PageText, ...]) -> Iterator[Row]:
    """The rows of `pages`; the order given is that of reading."""
    for position, page in enumerate(pages, start=1):
        yield {
            "page_no": page.number,
            "position": position,
            "text": page.text,
            "raw_text": page.raw_text,
            "ocr_confidence": page.confidence,
            "width": page.width,
            "height": page.height,
            "dpi": page.dpi,
            "rotation": page.rotation,
            "skew": page.skew,
            "blank": int(page.blank),
            "repeats_page": page.repeats_page,
            "judgement": _json(dataclasses.asdict(page.judgement)) if page.judgement else None,
            "steps": _json(page.steps),
        }


def line_rows(page: PageText) -> Iterator[Row]:
    """The rows of `lines`: the words of a line as one compact JSON array of arrays."""
    for number, line in enumerate(page.lines, start=1):
        words = [_compact(word) for word in line.words]
        yield {"page_no": page.number, "line_no": number, "zone": str(line.zone), "words": _json(words)}


def _compact(word: Word) -> list[Any]:
    text = None if word.text == word.raw else word.text
    box = word.box
    odds = [] if word.odds is None else [round(word.odds, 1)]
    return [word.raw, text, box.x0, box.y0, box.x1, box.y1, round(word.confidence, 3), *odds]


def mark_rows(page: PageText) -> Iterator[Row]:
    """The rows of `marks`."""
    for mark in page.marks:
        ink = _ink(mark.box)
        yield {"page_no": page.number, "kind": str(mark.kind), "text": mark.text, "confidence": mark.confidence, **ink}


def recipient_rows(record: Record) -> Iterator[Row]:
    """The rows of `recipients`, in the order of the letter."""
    for item, recipient in enumerate(record.recipients):
        who = {"item": item, "role": recipient.role, "name": recipient.name}
        yield {**who, "page_no": recipient.page, **_ink(recipient.box)}


def entity_rows(record: Record) -> Iterator[Row]:
    """The rows of `entities`, by kind and first mention."""
    for item, entity in enumerate(record.entities):
        yield {
            "item": item,
            "kind": entity.kind,
            "name": entity.name,
            "mentions": entity.mentions,
            "found_by": entity.found_by,
            "page_no": entity.page,
            "confidence": entity.confidence,
            "name_key": key(entity.name),
            **_ink(entity.box),
        }


def citation_rows(record: Record) -> Iterator[Row]:
    """The rows of `citations`, not yet linked."""
    for item, citation in enumerate(record.citations):
        yield {
            "item": item,
            "number": citation.number,
            "doc_type": citation.doc_type,
            "issuer": citation.issuer,
            "issued_on": citation.issued_on.isoformat() if citation.issued_on else None,
            "relation": citation.relation,
            "page_no": citation.page,
            "quote": citation.quote,
            "confidence": citation.confidence,
            **_ink(citation.box),
            "number_key": number_key(citation.number) or "",
        }


def target_rows(record: Record) -> Iterator[Row]:
    """The rows of `targets`; the year is that of the period's end, else of the letter."""
    issued = record.field("issued_on")
    for item, target in enumerate(record.targets):
        start, end = target.period_start, target.period_end
        year = _year(end or start, issued.value if issued else None)
        yield {
            **_plain(target),
            "item": item,
            "period_start": start.isoformat() if start else None,
            "period_end": end.isoformat() if end else None,
            "page_no": target.page,
            **_ink(target.box),
            "status": str(target.status),
            "year": year,
            "indicator_key": key(target.indicator),
            "responsible_key": key(target.responsible),
        }


_AS_THEY_ARE = (
    "source", "kind", "indicator", "qualifier", "comparator", "value", "value_max", "unit", "value_text",
    "responsible", "assigned_by", "period_text", "section", "quote", "confidence",
)  # fmt: skip


def _plain(target: Target) -> Row:
    return {name: getattr(target, name) for name in _AS_THEY_ARE}


def _year(period: dt.date | None, issued_on: str | None) -> int | None:
    issued = iso_date(issued_on)
    if period is None and issued is None:
        return None
    return period.year if period else int(str(issued)[:4])


def iso_date(text: str | None) -> str | None:
    """The text when it is a date of the calendar, `YYYY-MM-DD`; None for anything else: no column holds half a date."""
    try:
        return dt.date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


def table_rows(record: Record) -> Iterator[tuple[Row, list[Row]]]:
    """Each row of `tables` with its rows of `table_cells`."""
    for item, table in enumerate(record.tables):
        cells = [{**_cell(cell), "page_no": cell.page or table.page, **_ink(cell.box)} for cell in table.cells]
        yield (
            {
                "item": item,
                "page_no": table.page,
                "title": table.title,
                "columns": _json(table.columns),
                "header_rows": table.header_rows,
                "rows": table.rows,
                "checks_passed": table.checks_passed,
                "checks_failed": table.checks_failed,
                **_ink(table.box),
            },
            cells,
        )


def _cell(cell: Cell) -> Row:
    names = ("row", "col", "text", "raw", "value", "corrected_by", "confidence")
    return {name: getattr(cell, name) for name in names}


def repair_rows(record: Record) -> Iterator[Row]:
    """The rows of `repairs`."""
    for repair in record.repairs:
        yield {
            "page_no": repair.page,
            "line_no": repair.line,
            "word_no": repair.word,
            "raw": repair.raw,
            "text": repair.text,
            "score": repair.score,
            "reason": repair.reason,
        }


def _ink(box: Box | None) -> Row:
    if box is None:
        return {"x0": None, "y0": None, "x1": None, "y1": None}
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1}


def _json(value: object) -> str:
    return _ENCODER.encode(value)


def _to_json(value: object) -> object:
    """What JSON does not know by itself: dates and numpy's numbers.

    Raises:
        TypeError: the value is of no kind that may be stored.
    """
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be stored as JSON")


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_to_json)
"""Made once: a line of words is a value of its own."""
