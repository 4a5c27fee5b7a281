"""The head of a table: how many rows it has, and the path of headers over each column."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extract.tables.numbers import looks_numeric
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.tabular.words import STEP, is_index_header, is_label_header, is_total
from pipeline.vietnamese import squeeze

DEEPEST = 5
"""Rows that a head has at most."""
_INDEX = re.compile(r"^\(?(?:[A-Za-z]|\d{1,2})\)?\s*(?:=.*)?$")
_YEAR = re.compile(r"^(?:năm\s*)?(?:19|20)\d\d$", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVX]+\.?$")


def header_rows(shape: Shape) -> int:
    """How many rows at the top are headers; 0 for a table that goes on from the page before."""
    if shape.header_rows is not None:
        return shape.header_rows
    if not _is_head(shape, 0):
        return 0
    count = 1
    while count < min(DEEPEST, shape.rows - 1):
        reach = max((slot.row_end for slot in _starting(shape, 0, count)), default=count)
        split = any(1 < slot.col_end - slot.col < shape.cols for slot in _starting(shape, count - 1, count))
        if reach > count:
            count = min(reach, shape.rows - 1)
        elif (split and _is_head(shape, count)) or _is_index_row(shape, count):
            count += 1
        else:
            break
    return count


def header_paths(shape: Shape, rows: int) -> tuple[str, ...]:
    """For each column the headers over it from the top, joined by ` › `; rows that number the columns left out."""
    named = [row for row in range(rows) if not _is_index_row(shape, row)]
    return tuple(_path(shape, named, col) for col in range(shape.cols))


def _path(shape: Shape, rows: list[int], col: int) -> str:
    levels: list[str] = []
    last: Slot | None = None
    for row in rows:
        slot = shape.at(row, col)
        if slot is None or slot is last or (slot.col_end - slot.col == shape.cols and shape.cols > 1):
            continue
        last = slot
        text = squeeze(slot.text)
        if text and (not levels or levels[-1] != text):
            levels.append(text)
    return STEP.join(levels)


def _starting(shape: Shape, start: int, end: int) -> list[Slot]:
    return [slot for slot in shape.slots if start <= slot.row < end]


def _is_head(shape: Shape, row: int) -> bool:
    """Whether a row names columns: words that headers use, or words over what are figures further down."""
    texts = [squeeze(slot.text) for slot in _starting(shape, row, row + 1) if slot.text.strip()]
    if not texts:
        return row == 0 and any(slot.col_end - slot.col > 1 for slot in _starting(shape, 0, 1))
    if any(is_index_header(text) or is_label_header(text) for text in texts) or _is_index_row(shape, row):
        return True
    if is_total(texts[0]) or _ROMAN.match(texts[0]):
        return False
    over = [
        squeeze(s.text) for s in _starting(shape, row, row + 1) if s.col in _figure_columns(shape) and s.text.strip()
    ]
    worded = [text for text in over or texts if not looks_numeric(text) or _YEAR.match(text)]
    if over:
        return 2 * len(worded) > len(over)
    return row == 0 and len(texts) > 1 and 2 * len(worded) > len(texts) and not looks_numeric(texts[0])


def _figure_columns(shape: Shape) -> set[int]:
    """Columns after the first most of whose cells below the first row are numbers."""
    found = set()
    for col in range(1, shape.cols):
        filled = [slot for slot in shape.slots if slot.col == col and slot.row > 0 and slot.text.strip()]
        if filled and sum(looks_numeric(slot.text) for slot in filled) > 0.6 * len(filled):
            found.add(col)
    return found


def _is_index_row(shape: Shape, row: int) -> bool:
    """Whether a row numbers the columns: `A B 1 2 3=1+2`, `(1) (2) (3)`."""
    texts = [squeeze(slot.text) for slot in _starting(shape, row, row + 1) if slot.text.strip()]
    if len(texts) < max(2, shape.cols - 2) or not all(_INDEX.match(text) for text in texts):
        return False
    counted = [int(m.group()) for text in texts if (m := re.search(r"\d+", text))]
    return len(counted) >= 2 and all(b - a == 1 for a, b in pairwise(counted))
