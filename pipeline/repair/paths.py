"""The best path through each lattice. Most words of fresh text stand as they were read, and are not searched for."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pipeline.repair.decode import Lattice, decode
from pipeline.repair.doubt import Rivalries, rivalries
from pipeline.repair.lattice import Reader
from pipeline.repair.likelihood import REACH

_ALONE = 6.0
"""Log odds over each rival that a word of fresh text must have to stand as it was read without a search."""
_TOGETHER = 28.0
"""The same for the word and either neighbour, added up.

Two misread neighbours hold each other up: in `thâm quyên` each word by itself is likelier, by 8 and by 10, than `thẩm`
and `quyền`. From 28 on the search came to no other word, on good scans or in text with runs of errors made on purpose;
so three pieces in four need none."""
_BATCH = 256
"""Rows that are searched in lockstep: enough to share the price of a step, few enough for the memory of a PC."""


def best_paths(lattices: list[Lattice], reader: Reader) -> tuple[list[list[int]], list[Rivalries]]:
    """The best path through each lattice, and how sure each of its steps is."""
    if not reader.cautious:
        paths = _paths(lattices, reader)
        return paths, [rivalries(lattices, paths, reader.model, reader.start)]
    as_read = [[0] * len(lattice) for lattice in lattices]
    first = rivalries(lattices, as_read, reader.model, reader.start)
    paths = _paths(_narrowed(lattices, first), reader)
    moved = [n for n, path in enumerate(paths) if any(path)]
    again = rivalries(lattices, paths, reader.model, reader.start, moved)
    return paths, [first.within(~np.isin(first.row, moved)), again]


def _narrowed(lattices: list[Lattice], rivals: Rivalries) -> list[Lattice]:
    """Fresh text: the lattices without the rivals of words that stand as they were read, whatever their neighbours."""
    margins = [[math.inf if len(column.edges) == 1 else -math.inf for column in lattice] for lattice in lattices]
    places = zip(rivals.row.tolist(), rivals.column.tolist(), rivals.margin().tolist(), strict=True)
    for row, at, margin in places:
        if lattices[row][at].plain:
            margins[row][at] = margin
    return [
        [column.as_read() if stands else column for column, stands in zip(lattice, _stand(lattice, over), strict=True)]
        for lattice, over in zip(lattices, margins, strict=True)
    ]


def _stand(lattice: Lattice, margins: list[float]) -> Iterator[bool]:
    """For each column whether it had rivals and stands without them.

    Nothing stands among words without marks: where an engine lost those of a whole line, its words are likely together.
    """
    marked = [not column.edges[0].text.isascii() for column in lattice]
    for at, (column, margin) in enumerate(zip(lattice, margins, strict=True)):
        if len(column.edges) == 1 or margin < _ALONE:
            yield False
            continue
        nearest = min(margins[max(at - 1, 0) : at] + margins[at + 1 : at + 2], default=math.inf)
        yield margin + nearest >= _TOGETHER and any(marked[max(at - REACH, 0) : at + REACH + 1])


def _paths(lattices: list[Lattice], reader: Reader) -> list[list[int]]:
    return [
        path
        for at in range(0, len(lattices), _BATCH)
        for path in decode(lattices[at : at + _BATCH], reader.model, reader.start)
    ]
