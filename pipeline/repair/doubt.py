"""How sure each reading is: weighed against its rivals in the same place, the neighbours held fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.decode import NONE, Column, Lattice, extend
from pipeline.repair.ngrams import Ids, Ngrams, Scores

REACH = 3
"""Words before and after that n-grams of order 4 can see."""
MOST_RIVALS = 6
_BATCH = 50_000


@dataclass(frozen=True, slots=True)
class Rivalry:
    """One place of a path with the edges that compete for it, the chosen one first."""

    row: int
    column: int
    edges: Ids
    """Indices into the column."""
    score: Scores
    """Total log score of each."""

    @property
    def odds(self) -> float:
        """Log odds that the chosen edge is right, as far as these models know."""
        if len(self.score) < 2:
            return CERTAIN
        return float(self.score[0] - np.logaddexp.reduce(self.score[1:]))


CERTAIN = 20.0


def rivalries(lattices: list[Lattice], paths: list[list[int]], model: Ngrams, start: int) -> list[Rivalry]:
    """For each place where one word was chosen among several, how the others would have done there."""
    windows: list[NDArray[np.int64]] = []
    places: list[tuple[int, int, Ids]] = []
    for row, (lattice, path) in enumerate(zip(lattices, paths, strict=True)):
        words, at = _words(lattice, path, start)
        for column, (options, edge) in enumerate(zip(lattice, path, strict=True)):
            if edge == NONE or len(options.edges) < 2 or options.second[edge] >= 0 or options.span[edge] > 1:
                continue
            rivals = _rivals(options, edge)
            window = np.repeat(words[at[column] : at[column] + 2 * REACH + 1][None, :], len(rivals), axis=0)
            window[:, REACH] = options.first[rivals]
            windows.append(window)
            places.append((row, column, rivals))
    if not windows:
        return []
    stacked = np.concatenate(windows)
    totals = np.concatenate([window_scores(stacked[at : at + _BATCH], model) for at in range(0, len(stacked), _BATCH)])
    ends = np.cumsum([len(w) for w in windows])[:-1]
    return [
        Rivalry(row, column, rivals, total + lattices[row][column].score[rivals])
        for (row, column, rivals), total in zip(places, np.split(totals, ends), strict=True)
    ]


def _rivals(options: Column, chosen: int) -> Ids:
    """The chosen edge and the best others of one word and one piece."""
    others = np.flatnonzero((options.second < 0) & (options.span == 1))
    others = others[others != chosen][:MOST_RIVALS]
    return np.concatenate([[chosen], others])


def _words(lattice: Lattice, path: list[int], start: int) -> tuple[Ids, list[int]]:
    """The words of a path, padded at both ends, and for each column where its word's window begins."""
    words = [NONE] * (REACH - 1) + [start]
    at = []
    for column, edge in zip(lattice, path, strict=True):
        at.append(len(words) - REACH)
        if edge != NONE:
            words += column.edges[edge].words
    return np.array(words + [NONE] * REACH, np.int64), at


def window_scores(windows: Ids, model: Ngrams) -> Scores:
    """For each row of 7 word ids (3 before, the word, 3 after; NONE for nothing): log probability of the last 4."""
    count = len(windows)
    words = np.full((count, 3), NONE, np.int64)
    backoff = np.zeros((count, 3), np.float32)
    total = np.zeros(count, np.float32)
    for at in range(windows.shape[1]):
        here = np.flatnonzero(windows[:, at] >= 0)
        words[here], backoff[here], gain = extend(words[here], backoff[here], windows[here, at], model)
        if at >= REACH:
            total[here] += gain
    return total
