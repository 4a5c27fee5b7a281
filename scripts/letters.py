"""Our own letters: where they lie, which side of the benchmark they are on, their scans, samples of them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from scripts.make_scans.on_demand import scans

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SIDES = ("dev", "test", "all")
"""What letters a program of this folder can be asked to read."""
Thing = TypeVar("Thing")


def split(side: str) -> list[str]:
    """The names of the letters of one side of corpus/split.toml, or of `all`."""
    sides = tomllib.loads((CORPUS / "split.toml").read_text(encoding="utf-8"))
    return sorted(name for one in (sides if side == "all" else (side,)) for name in sides[one])


def scans_of(names: Iterable[str], quality: str) -> list[Path]:
    """The scans of these letters at one quality, with gold beside them; what is missing is made now.

    It is made in a process of its own: drawing takes memory, and Linux tells the peak of what a process starts later as
    no lower than its own.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as apart:
        return apart.submit(scans, tuple(names), quality, CORPUS / "made" / quality).result()


def spread(things: Sequence[Thing], most: int | None) -> list[Thing]:
    """So many of the things, from the first on and evenly spread; all for None."""
    count = min(most or len(things), len(things))
    return [things[at * len(things) // count] for at in range(count)]
