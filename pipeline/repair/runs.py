"""Runs of numbers as one array: many small lists of different lengths handled at once, without padding."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def runs(starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For each run, `sizes` many, the numbers from its start on, all end to end; and which run each is of."""
    which = np.repeat(np.arange(len(sizes)), sizes)
    return which, np.arange(len(which)) + (starts - np.cumsum(sizes) + sizes)[which]


def ranks(which: Numbers, count: int) -> Numbers:
    """The place of each in its run, from 0, where `which` of `count` runs it is of rises."""
    sizes = np.bincount(which, minlength=count)
    return np.arange(len(which)) - (np.cumsum(sizes) - sizes)[which]
