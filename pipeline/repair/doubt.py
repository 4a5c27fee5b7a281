"""How sure each reading is: weighed against its rivals in the same place, the neighbours held fast."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.decode import Column, Lattice
from pipeline.repair.likelihood import NONE, REACH, along, extend
from pipeline.repair.ngrams import Ids, Ngrams, Scores
from pipeline.repair.runs import ranks, runs

MOST_RIVALS = 6
"""Rivals that have a say in how sure a reading is: the most promising."""
CERTAIN = 20.0
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
        return float(_odds(self.score[None, :])[0])


@dataclass(frozen=True, slots=True, eq=False)
class Rivalries:
    """Many places, as arrays: `row` and `column` of each, and a row of edges with their scores, the chosen one first.

    Where a place has fewer edges than another, NONE with a score of minus infinity stands at the end.
    """

    row: Ids
    column: Ids
    edges: Ids
    score: Scores

    def odds(self) -> Scores:
        """For each place the log odds that the chosen edge is right, as far as these models know."""
        return _odds(self.score[:, : MOST_RIVALS + 1])

    def margin(self) -> Scores:
        """For each place by how much the chosen edge does better than the best of all others."""
        margin: Scores = self.score[:, 0] - self.score[:, 1:].max(axis=1, initial=-np.inf)
        return margin

    def within(self, kept: NDArray[np.bool_]) -> Rivalries:
        """These places alone."""
        return Rivalries(self.row[kept], self.column[kept], self.edges[kept], self.score[kept])

    def place(self, number: int) -> Rivalry:
        """One place by itself."""
        edges = self.edges[number, : MOST_RIVALS + 1]
        real = edges != NONE
        score = self.score[number, : MOST_RIVALS + 1][real]
        return Rivalry(int(self.row[number]), int(self.column[number]), edges[real], score)


def _odds(score: Scores) -> Scores:
    if score.shape[1] < 2:
        return np.full(len(score), CERTAIN, np.float32)
    others = np.logaddexp.reduce(score[:, 1:], axis=1)
    return np.where(np.isneginf(others), np.float32(CERTAIN), score[:, 0] - others)


def rivalries(
    lattices: list[Lattice], paths: list[list[int]], model: Ngrams, start: int, rows: Iterable[int] | None = None
) -> Rivalries:
    """For each place where one word was chosen among several, how the others would have done there.

    `rows` are the lattices to be looked at; None for all.
    """
    words, places = _spelt(lattices, paths, start, range(len(lattices)) if rows is None else rows)
    row, column, at, taken = np.array(places, np.int64).reshape(-1, 4).T
    entries = _Entries.of([lattices[r][c] for r, c, _, _ in places], taken)
    shape = (len(places), int(entries.rank.max(initial=0)) + 1)
    edges, score = np.full(shape, NONE, np.int64), np.full(shape, -np.inf, np.float32)
    edges[entries.place, entries.rank] = entries.edge
    score[entries.place, entries.rank] = entries.score + _with_others(words, at[entries.place], entries.word, model)
    return Rivalries(row, column, edges, score)


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """The edges that compete, of all places: of one word and one piece."""

    place: Ids
    edge: Ids
    """Index into the column."""
    rank: Ids
    """0 for the chosen edge, then as they stand in the column."""
    word: Ids
    score: Scores
    """What the error model says."""

    @classmethod
    def of(cls, options: list[Column], taken: Ids) -> _Entries:
        """Of the column of each place, of whose edges one was taken."""
        sizes = np.array([len(column.edges) for column in options], np.int64)
        place, edge = runs(np.zeros(len(sizes), np.int64), sizes)
        single = np.flatnonzero((_flat(options, "second") < 0) & (_flat(options, "span") == 1))
        place, edge = place[single], edge[single]
        rank = ranks(place, len(options))
        rank_of_chosen = rank[edge == taken[place]][place]
        rank = np.where(rank == rank_of_chosen, 0, rank + (rank < rank_of_chosen))
        kept = np.flatnonzero(rank <= MOST_RIVALS)
        word, score = (_flat(options, name)[single[kept]] for name in ("first", "score"))
        return cls(place[kept], edge[kept], rank[kept], word, score)


def _flat(options: list[Column], name: str) -> NDArray[Any]:
    """One array of all columns, end to end."""
    return np.concatenate([getattr(column, name) for column in options]) if options else np.zeros(0)


def _with_others(words: Ids, at: Ids, word: Ids, model: Ngrams) -> Scores:
    """Log probabilities of a text around each place `at`, were `word` there: of that word and the three after it."""
    contexts, backoffs, _ = along(words, model)
    total = np.zeros(len(word), np.float32)
    for begin in range(0, len(word), _BATCH):
        part = slice(begin, begin + _BATCH)
        before = at[part] - 1
        context, backoff, total[part] = extend(contexts[before], backoffs[before], word[part], model)
        for step in range(1, REACH + 1):
            after = words[at[part] + step]
            here = np.flatnonzero(after >= 0)
            context[here], backoff[here], gain = extend(context[here], backoff[here], after[here], model)
            total[begin + here] += gain
    return total


def _spelt(
    lattices: list[Lattice], paths: list[list[int]], start: int, rows: Iterable[int]
) -> tuple[Ids, list[tuple[int, int, int, int]]]:
    """The words of the paths one after the other, `REACH` times NONE before each path and at the end.

    And each place where one word of several was chosen: row, column, place among the words, edge.
    """
    words: list[int] = []
    places = []
    for row in rows:
        words += [*[NONE] * REACH, start]
        for column, (options, edge) in enumerate(zip(lattices[row], paths[row], strict=True)):
            if edge == NONE:
                continue
            taken = options.edges[edge]
            if len(options.edges) > 1 and len(taken.words) == 1 and taken.span == 1:
                places.append((row, column, len(words), edge))
            words += taken.words
    return np.array(words + [NONE] * REACH, np.int64), places
