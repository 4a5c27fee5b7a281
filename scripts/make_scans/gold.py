"""What a perfect reader would answer for a letter: derived from its source and its typeset sheets, never written twice.

Keys are the columns of the database; values are as printed, with one placement of tones (`hòa`, `ủy`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pipeline.nouns import Zone
from pipeline.vietnamese import normal
from scripts.make_scans.figures import Figure, parse_figure, parse_period
from scripts.make_scans.markup import Mark
from scripts.make_scans.numerals import cell_number, parse_number
from scripts.make_scans.sheet import Sheet
from scripts.make_scans.source import Head, LetterSource, Paragraph
from scripts.make_scans.tables import Meaning, TableCell, TableSource

Row = dict[str, Any]
_NOT_TEXT = frozenset({Zone.MARK, Zone.PAGE_NUMBER})
_POWER = re.compile(r"(TM|T/M)\b\.?")


def gold_of(source: LetterSource, sheets: tuple[Sheet, ...]) -> Row:
    """The whole gold of a letter; what depends on one scan of it is added by the scan."""
    head = source.head
    pages = page_of_tags(sheets)
    return {
        **_fields(head),
        "pages": len(sheets),
        "recipients": [*_recipients("to", head.to), *_recipients("copy", head.copies)],
        "citations": list(_citations(source, pages)),
        "targets": [*_text_targets(source, pages), *_table_targets(source, pages)],
        "tables": [_table(table, pages[f"t{i}.0.0"]) for i, table in enumerate(_tables(source))],
        "text": [page_text(sheet) for sheet in sheets],
    }


def page_of_tags(sheets: tuple[Sheet, ...]) -> dict[str, int]:
    """The first page that each tagged piece of gold stands on."""
    found: dict[str, int] = {}
    for sheet in sheets:
        for glyphs in sheet.glyphs:
            for tag in glyphs.tags:
                found.setdefault(tag, sheet.number)
    return found


_COLUMNS = ({Zone.HEADER_LEFT: 0, Zone.HEADER_RIGHT: 1}, {Zone.CLOSING_LEFT: 0, Zone.CLOSING_RIGHT: 1})
"""The two columns of header and of closing block, in the order in which they are read."""


def page_text(sheet: Sheet) -> str:
    """The page in reading order, a typeset line a line, a table row a line; stamps and page numbers left out.

    The columns of header and closing block are read one after the other, left before right; the foot of the page
    comes last, wherever it was set.
    """
    kept = [g for g in sheet.glyphs if g.zone not in _NOT_TEXT]
    for columns in _COLUMNS:
        places = [n for n, g in enumerate(kept) if g.zone in columns]
        turned = sorted((kept[n] for n in places), key=lambda g: columns[g.zone])
        for n, glyphs in zip(places, turned, strict=True):
            kept[n] = glyphs
    kept.sort(key=lambda g: "footer" in g.tags)
    lines = []
    for _, line in groupby(kept, key=lambda g: _row_tag(g.tags) or g.line):
        lines.append(" ".join(g.text for g in line))
    return "\n".join(lines)


def _row_tag(tags: tuple[str, ...]) -> str:
    """`t0.3` for a word of a cell in row 3 of the first table."""
    cells = [tag.rsplit(".", 1)[0] for tag in tags if re.fullmatch(r"t\d+\.\d+\.\d+", tag)]
    return cells[0] if cells else ""


def _fields(head: Head) -> Row:
    powers = [line for line in head.closing if _POWER.match(line)]
    fields = {
        "number": head.number,
        "date": head.date.isoformat(),
        "place": normal(head.place),
        "issuer": normal(head.issuer),
        "parent_issuer": normal(head.parent_issuer),
        "doc_type": head.doc_type,
        "subject": normal(head.subject),
        "signer": head.signer,
        "signer_title": " ".join(line for line in head.closing if line not in powers),
        "signed_for": " ".join(powers),
        "urgency": head.urgency,
        "secrecy": head.secrecy,
    }
    return {name: value for name, value in fields.items() if value}


def _recipients(role: str, names: tuple[str, ...]) -> Iterator[Row]:
    """Bodies and people; `Như trên` and the file copy (`Lưu: VT`) name nobody."""
    for name in names:
        if not name.startswith(("Như ", "Lưu")):
            yield {"role": role, "name": normal(name)}


def _marks(source: LetterSource) -> Iterator[tuple[str, Mark, Paragraph]]:
    paragraphs = (b for b in source.blocks if isinstance(b, Paragraph))
    pairs = ((mark, paragraph) for paragraph in paragraphs for mark in paragraph.inline.marks)
    for i, (mark, paragraph) in enumerate(pairs):
        yield f"m{i}", mark, paragraph


NUMBER = re.compile(r"(?<![\w/])(?!\d{1,2}/\d{1,2}/\d{4}\b)\d+[/-][A-ZĐa-z0-9][\w/ĐƯ-]*(?:-\w+)*")
_DATE = re.compile(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})")


def _citations(source: LetterSource, pages: dict[str, int]) -> Iterator[Row]:
    for tag, mark, _ in _marks(source):
        if mark.kind != "cite":
            continue
        number, day = NUMBER.search(mark.text), _DATE.search(mark.text)
        kind, issuer = re.match(r"(.+?)(?: số)? \d", mark.text), re.search(r" của (.+)$", mark.text)
        yield {
            "number": mark.keys.get("number") or (number.group() if number else ""),
            "doc_type": mark.keys.get("doc_type") or (kind.group(1).capitalize() if kind else None),
            "issuer": mark.keys.get("issuer") or (normal(issuer.group(1)) if issuer else None),
            "issued_on": dt.date(*(int(g) for g in reversed(day.groups()))).isoformat() if day else None,
            "page_no": pages[tag],
            "quote": mark.text,
        }


def _text_targets(source: LetterSource, pages: dict[str, int]) -> Iterator[Row]:
    for tag, mark, paragraph in _marks(source):
        if mark.kind == "cite":
            continue
        figure = parse_figure(mark.text)
        place = {"page_no": pages[tag], "section": paragraph.section or None, "quote": mark.sentence}
        settings = _defaults(source.head) | paragraph.settings | mark.keys
        if mark.kind == "both":
            assert figure.goal is not None, mark.text
            yield _target("result", "text", figure, settings, mark.text) | place
            yield _target("target", "text", Figure("=", figure.goal, figure.unit), settings, mark.text) | place
        else:
            yield _target(mark.kind, "text", figure, settings, mark.text) | place


def _defaults(head: Head) -> dict[str, str]:
    return {"period": head.period or f"năm {head.date.year}"}


def _target(kind: str, source: str, figure: Figure, keys: dict[str, str], value_text: str) -> Row:
    start, end = parse_period(keys["period"]) if keys.get("period") else (None, None)
    high = keys.get("value_max")
    return {
        "source": source,
        "kind": kind,
        "indicator": keys["indicator"],
        "qualifier": keys.get("qualifier"),
        "comparator": keys.get("comparator", figure.comparator),
        "value": _plain(parse_number(keys["value"]) if "value" in keys else figure.value),
        "value_max": _plain(parse_number(high) if high else figure.value_max),
        "unit": keys.get("unit", figure.unit),
        "value_text": value_text,
        "responsible": keys.get("responsible"),
        "assigned_by": keys.get("assigned_by"),
        "period_start": start.isoformat() if start else None,
        "period_end": end.isoformat() if end else None,
        "period_text": keys.get("period"),
    }


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _tables(source: LetterSource) -> list[TableSource]:
    return [block for block in source.blocks if isinstance(block, TableSource)]


def _table(table: TableSource, page: int) -> Row:
    return {
        "page_no": page,
        "title": table.title,
        "columns": list(table.columns),
        "header_rows": table.header_rows,
        "rows": table.rows,
        "cells": _grid(table),
        "merged": [
            [c.row, c.col, c.row_end, c.col_end] for c in table.cells if c.row_end - c.row + c.col_end - c.col > 2
        ],
    }


def _grid(table: TableSource) -> list[list[str]]:
    """Rows of texts, header included; a merged cell's text stands in its first place, the rest of it is empty."""
    grid = [[""] * len(table.widths) for _ in range(table.rows)]
    for cell in table.cells:
        grid[cell.row][cell.col] = cell.text
    return grid


def _table_targets(source: LetterSource, pages: dict[str, int]) -> Iterator[Row]:
    for i, table in enumerate(_tables(source)):
        for row in range(table.header_rows, table.rows):
            given = _row_words(table, row)
            for col, meaning in enumerate(table.meanings):
                cell = table.cell(row, col)
                if meaning.role in {"target", "result"} and cell.row == row and cell_number(cell.text) is not None:
                    settings = _defaults(source.head) | table.settings | given
                    place = {"page_no": pages[f"t{i}.{row}.{col}"], "section": table.section or None}
                    yield _cell_target(table, cell, meaning, settings) | place


def _row_words(table: TableSource, row: int) -> dict[str, str]:
    """What the row's own cells say of its figures: who answers for them, indicator, unit, the year they are of."""
    cells = [(m.role, table.cell(row, col).text) for col, m in enumerate(table.meanings)]
    said = {role: text for role, text in cells if role in {"responsible", "indicator", "unit"} and text}
    years = {role: f"năm {text}" for role, text in cells if role == "period" and re.fullmatch(r"\d{4}", text)}
    return said | years


def _cell_target(table: TableSource, cell: TableCell, meaning: Meaning, settings: dict[str, str]) -> Row:
    value = cell_number(cell.text)
    assert value is not None
    keys = dict(settings)
    if meaning.period:
        keys["period"] = meaning.period
    if meaning.indicator:
        thing = settings.get("indicator", "")
        keys["indicator"] = meaning.indicator.replace("@", "tổng cộng" if thing == "Cộng" else thing)
    unit, scale = _unit_and_scale(meaning.unit or settings.get("unit", ""))
    figure = Figure("=", round(value * scale * meaning.scale, 6), unit)
    keys.pop("unit", None)
    quote = " ".join(c.text for c in table.cells if c.row <= cell.row < c.row_end)
    return _target(meaning.role, "table", figure, keys, cell.text) | {"quote": quote}


def _unit_and_scale(printed: str) -> tuple[str, float]:
    """Base unit of a unit as tables print it: `triệu đồng` counts đồng by the million."""
    words = re.fullmatch(r"(nghìn|triệu|tỷ) (.+)", printed.lower())
    if not words:
        return printed if printed in {"%", "ha", "km"} else printed[:1].lower() + printed[1:], 1.0
    return words[2], {"nghìn": 1e3, "triệu": 1e6, "tỷ": 1e9}[words[1]]
