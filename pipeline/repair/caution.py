"""What fresh text is not changed into, and where more evidence is asked for: Roman numerals, parts of names."""

from __future__ import annotations

import re

from pipeline.repair.channel import shape_of
from pipeline.repair.pieces import Kind
from pipeline.repair.rows import Row, Setting
from pipeline.repair.spelling import Shape

_ROMAN = re.compile(r"[IVXLCDM]+|[ivx]+")


def is_roman(text: str) -> bool:
    """Whether it is a Roman numeral: how many strokes an `H` or `HI` was, no language model can tell."""
    return _ROMAN.fullmatch(text) is not None


def is_part_of_name(row: Row, column: int) -> bool:
    """Whether a capitalised word has a capitalised neighbour.

    Names of people and places have two words and more; a lone capital (`Tổng số`, `Tổ chức`) begins an item of a list,
    a cell or a sentence.
    """
    if not _is_capitalised(row, column):
        return False
    before = column > 0 and row.settings[column] != Setting.START and _is_capitalised(row, column - 1)
    after = column + 1 < len(row.pieces) and row.settings[column + 1] != Setting.START
    return before or (after and _is_capitalised(row, column + 1))


def _is_capitalised(row: Row, column: int) -> bool:
    piece = row.pieces[column]
    known = piece.kind == Kind.WORD and row.settings[column] != Setting.CAPITALS
    return known and shape_of(piece.text) == Shape.TITLE
