"""The best words for many lattices at once: a beam search over n-grams of order 4, every step one array operation.

A lattice is a row of columns, one for each piece of text; each column offers edges. An edge ends at its column and
starts one or two columns before (two pieces joined), and says one or two words (a piece split). Lattices are searched
in lockstep, so the price of a step is shared by all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.repair.likelihood import NONE, REACH, extend
from pipeline.repair.ngrams import BITS, Ids, Ngrams, Scores
from pipeline.repair.runs import ranks, runs

_BEHIND = 16.0
"""Log odds by which a state may be behind the best one and still be followed: the words to come never made up more."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One reading of one piece, or of two joined: its words' ids, the score the error model gives it, how it looks."""

    words: tuple[int, ...]
    score: float
    text: str
    span: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The edges that end at one piece, also as arrays; in fresh text the first is the piece as it was read."""

    edges: tuple[Edge, ...]
    first: Ids
    second: Ids
    score: Scores
    span: Ids
    plain: bool
    """Whether each edge is one word from one piece."""

    @classmethod
    def of(cls, edges: list[Edge]) -> Column:
        """The column of these edges; it must hold one that spans one piece."""
        return cls(
            tuple(edges),
            np.array([e.words[0] for e in edges], np.int64),
            np.array([e.words[1] if len(e.words) > 1 else NONE for e in edges], np.int64),
            np.array([e.score for e in edges], np.float32),
            np.array([e.span for e in edges], np.int64),
            all(len(e.words) == e.span == 1 for e in edges),
        )

    def as_read(self) -> Column:
        """Its first edge and nothing else."""
        return Column(self.edges[:1], self.first[:1], self.second[:1], self.score[:1], self.span[:1], self.plain)


Lattice = list[Column]
"""For each piece its column."""


@dataclass(frozen=True, slots=True, eq=False)
class _States:
    """The beams of all lattices at one column, end to end: in the order of the lattices, the best state first."""

    row: Ids
    """The lattice that each state is of."""
    words: Ids
    """States x 3, the newest last; NONE where nothing came before."""
    backoff: Scores
    """States x 3: of the contexts of 1, 2 and 3 words."""
    score: Scores
    came_from: Ids
    """State in the column that the edge started from."""
    edge: Ids
    """Index of the edge that was taken into this column."""

    def at(self, index: Ids) -> _States:
        """Some of the states."""
        return _States(*(getattr(self, name)[index] for name in _States.__slots__))


@dataclass(frozen=True, slots=True)
class _Step:
    """The edges of one column over all lattices, end to end, and how many each lattice has."""

    first: Ids
    second: Ids
    score: Scores
    span: Ids
    sizes: Ids
    begins: Ids
    """Where the edges of each lattice begin."""


def decode(lattices: list[Lattice], model: Ngrams, start: int, beam: int = 16) -> list[list[int]]:
    """For each lattice the edge taken into each column, NONE for a column that a joining edge passed over.

    Every lattice begins after the word `start`. Only the stretches around columns of several edges are searched: three
    words that are certain tell the model all that it can know of what stands before them.
    """
    paths = [[0] * len(lattice) for lattice in lattices]
    stretches = [
        _Stretch(row, first, end, start if first == 0 else int(lattice[first - 1].first[0]))
        for row, lattice in enumerate(lattices)
        for first, end in _stretches(lattice)
    ]
    stretches.sort(key=lambda stretch: stretch.first - stretch.end)  # the longest first: those that ended drop off
    parts = [lattices[stretch.row][stretch.first : stretch.end] for stretch in stretches]
    columns = [_start(np.array([stretch.before for stretch in stretches], np.int64), model)]
    for at in range(len(parts[0]) if parts else 0):
        step = _step([part[at] for part in parts if len(part) > at])
        columns.append(_advance(columns, step, model, beam))
    steps = [_Taken.of(states, len(parts)) for states in columns]
    for number, (stretch, part) in enumerate(zip(stretches, parts, strict=True)):
        paths[stretch.row][stretch.first : stretch.end] = _trace(part, number, steps)
    return paths


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Columns `first` to `end` (exclusive) of a lattice, and the word before them."""

    row: int
    first: int
    end: int
    before: int


def _stretches(lattice: Lattice) -> list[tuple[int, int]]:
    """The columns, first and end (exclusive), around those of several edges, as far as these and the words can tell.

    Two stretches may share columns, which are certain.
    """
    found: list[tuple[int, int]] = []
    for at, column in enumerate(lattice):
        if len(column.edges) == 1 and column.plain:
            continue
        earliest = at if column.plain or not (column.span == 2).any() else at - 1
        end = min(at + REACH + 1, len(lattice))
        if found and earliest < found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((max(earliest - REACH + 1, 0), end))
    return found


def _start(words_before: Ids, model: Ngrams) -> _States:
    rows = len(words_before)
    words = np.full((rows, REACH), NONE, np.int64)
    words[:, -1] = words_before
    backoff = np.zeros((rows, REACH), np.float32)
    backoff[:, 0] = model.unigram_backoff[words_before]
    none = np.zeros(rows, np.int64)
    return _States(np.arange(rows), words, backoff, np.zeros(rows, np.float32), none, none)


def _step(columns: list[Column]) -> _Step:
    sizes = np.array([len(column.edges) for column in columns], np.int64)
    return _Step(
        np.concatenate([column.first for column in columns]),
        np.concatenate([column.second for column in columns]),
        np.concatenate([column.score for column in columns]),
        np.concatenate([column.span for column in columns]),
        sizes,
        np.cumsum(sizes) - sizes,
    )


def _advance(columns: list[_States], step: _Step, model: Ngrams, beam: int) -> _States:
    """The next column: every state with every edge that starts at it, the best kept; of lattices that go on."""
    grown = _grow(columns[-1], step, 1, model)
    if len(columns) > 1 and (step.span == 2).any():
        joined = _grow(columns[-2], step, 2, model)
        grown = _States(*(np.concatenate([getattr(g, n) for g in (grown, joined)]) for n in _States.__slots__))
    return _best(grown, beam)


def _grow(states: _States, step: _Step, span: int, model: Ngrams) -> _States:
    """Every state of the lattices that go on, with every edge of that span."""
    going = np.flatnonzero(states.row < len(step.sizes))
    row = states.row[going]
    state, edge = runs(step.begins[row], step.sizes[row])
    fits = np.flatnonzero(step.span[edge] == span)
    state, edge = going[state[fits]], edge[fits]
    words, backoff, gain = extend(states.words[state], states.backoff[state], step.first[edge], model)
    split = np.flatnonzero(step.second[edge] >= 0)
    if len(split):
        words[split], backoff[split], more = extend(words[split], backoff[split], step.second[edge[split]], model)
        gain[split] += more
    row = states.row[state]
    score = states.score[state] + step.score[edge] + gain
    return _States(row, words, backoff, score, state, edge - step.begins[row])


def _best(states: _States, beam: int) -> _States:
    """For each lattice the best states, one for each distinct last three words, none far behind the best."""
    order = np.lexsort((-states.score, states.row))
    key = states.row << (3 * BITS)
    for at in range(REACH):
        key |= states.words[:, at] + 1 << (at * BITS)
    _, first = np.unique(key[order], return_index=True)
    kept = order[np.sort(first)]
    row, score = states.row[kept], states.score[kept]
    rank = ranks(row, int(row[-1]) + 1)
    top = score[rank == 0]
    return states.at(kept[(rank < beam) & (score >= top[row] - _BEHIND)])


@dataclass(frozen=True, slots=True)
class _Taken:
    """Of the states at one column: where those of each lattice begin, and the way that each came."""

    begin: list[int]
    came_from: list[int]
    edge: list[int]

    @classmethod
    def of(cls, states: _States, rows: int) -> _Taken:
        """Of the states of so many lattices."""
        begin = np.searchsorted(states.row, np.arange(rows))
        return cls(begin.tolist(), states.came_from.tolist(), states.edge.tolist())


def _trace(lattice: Lattice, row: int, columns: list[_Taken]) -> list[int]:
    path = [NONE] * len(lattice)
    at = len(lattice)
    state = columns[at].begin[row]
    while at > 0:
        edge, before = columns[at].edge[state], columns[at].came_from[state]
        path[at - 1] = edge
        at -= lattice[at - 1].edges[edge].span
        state = before
    return path
