"""What a column of numbers is before anything is known of its meaning: figures, or the numbering of the rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.tabular.words import is_index_header

MOSTLY = 0.7
"""The part of a numbering that must count on by one; the rest may be misread or start again in the next group."""


def is_numbering(header: str, values: Sequence[float | None], col: int) -> bool:
    """Whether a column numbers the rows: its header says so, or it is the first and counts 1, 2, 3.

    Args:
        header: the lowest header over the column.
        values: its numbers from the top, None where a cell holds none.
        col: which column it is, from 0.
    """
    if is_index_header(header):
        return True
    known = [value for value in values if value is not None]
    if col != 0 or len(known) < 2:
        return False
    counted = sum(value == at for at, value in enumerate(known, start=1))
    onward = sum(b == a + 1 or b == 1 for a, b in pairwise(known))
    return counted >= MOSTLY * len(known) or (onward >= MOSTLY * (len(known) - 1) and max(known) <= len(values))
