"""People's names: a wrong one that looks right is worse than one that is plainly misread."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from pipeline.config import models_dir, read_model
from pipeline.repair.decode import Lattice
from pipeline.repair.likelihood import NONE
from pipeline.repair.pieces import Kind
from pipeline.repair.rows import Row, Setting

SURE = 5.0
"""Log odds from which a piece of a person's name may be changed."""
_SHORTEST, _LONGEST = 2, 5


def names_in(row: Row, lattice: Lattice, path: list[int]) -> Iterator[range]:
    """The columns of each run of capitalised words that begins with a family name."""
    start = 0
    for column in range(len(path) + 1):
        if column < len(path) and _is_capitalised(row, lattice, path, column):
            continue
        run = range(start, column)
        if _SHORTEST <= len(run) <= _LONGEST and _reading(lattice, path, start).lower() in family_names():
            yield run
        start = column + 1


def _is_capitalised(row: Row, lattice: Lattice, path: list[int], column: int) -> bool:
    if row.pieces[column].kind != Kind.WORD or row.settings[column] == Setting.CAPITALS:
        return False
    text = _reading(lattice, path, column)
    return text[:1].isupper() and text[1:].islower()


def _reading(lattice: Lattice, path: list[int], column: int) -> str:
    return lattice[column].edges[path[column]].text if path[column] != NONE else ""


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Common family names in small letters.

    Raises:
        ConfigError: the list is missing.
    """
    return frozenset(read_model(models_dir() / "family_names.txt").split())
