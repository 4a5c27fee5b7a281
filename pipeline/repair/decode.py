"""The best words for many lattices at once: a beam search over n-grams of order 4, every step one array operation.

A lattice is a row of columns, one for each piece of text; each column offers edges. An edge ends at its column and
starts one or two columns before (two pieces joined), and says one or two words (a piece split). Lattices are searched
in lockstep, so the price of a step is shared by all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.repair.ngrams import BITS, Ids, Ngrams, Scores

NONE = -1
_SEEN = 3
"""Words before, and after, that n-grams of order 4 can see."""
_NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Edge:
    """One reading of one piece, or of two joined: its words' ids, the score the error model gives it, how it looks."""

    words: tuple[int, ...]
    score: float
    text: str
    span: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The edges that end at one piece, also as arrays."""

    edges: tuple[Edge, ...]
    first: Ids
    second: Ids
    score: Scores
    span: Ids

    @classmethod
    def of(cls, edges: list[Edge]) -> Column:
        """The column of these edges; it must hold one that spans one piece."""
        return cls(
            tuple(edges),
            np.array([e.words[0] for e in edges], np.int64),
            np.array([e.words[1] if len(e.words) > 1 else NONE for e in edges], np.int64),
            np.array([e.score for e in edges], np.float32),
            np.array([e.span for e in edges], np.int64),
        )


Lattice = list[Column]
"""For each piece its column."""


@dataclass(slots=True)
class _States:
    """The beam at one column: for each lattice (row) and rank, the last three words, back-off weights and score."""

    words: Ids
    """lattices x beam x 3, the newest last; NONE where nothing came before."""
    backoff: Scores
    """lattices x beam x 3: of the contexts of 1, 2 and 3 words."""
    score: Scores
    """lattices x beam"""
    came_from: Ids
    """Rank in the column that the edge started from."""
    edge: Ids
    """Index of the edge that was taken into this column."""


@dataclass(frozen=True, slots=True)
class _Step:
    """The edges of one column over all lattices, padded: lattices x edges."""

    first: Ids
    second: Ids
    score: Scores
    span: Ids


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
        step = _step([part for part in parts if len(part) > at], at)
        columns.append(_advance(columns, step, model, beam))
    for number, (stretch, part) in enumerate(zip(stretches, parts, strict=True)):
        paths[stretch.row][stretch.first : stretch.end] = _trace(part, number, columns)
    return paths


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Columns `first` to `end` (exclusive) of a lattice, and the word before them."""

    row: int
    first: int
    end: int
    before: int


def _stretches(lattice: Lattice) -> list[tuple[int, int]]:
    """The columns, first and end (exclusive), around those of several edges, as far as these and the words can tell."""
    found: list[tuple[int, int]] = []
    for at, column in enumerate(lattice):
        if len(column.edges) == 1 and column.second[0] < 0:
            continue
        earliest = at - 1 if (column.span == 2).any() else at
        first, end = max(earliest - _SEEN + 1, 0), min(at + _SEEN + 1, len(lattice))
        if found and first - 1 <= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((first, end))
    return found


def _start(words_before: Ids, model: Ngrams) -> _States:
    rows = len(words_before)
    words = np.full((rows, 1, 3), NONE, np.int64)
    words[:, 0, 2] = words_before
    backoff = np.zeros((rows, 1, 3), np.float32)
    backoff[:, 0, 0] = model.unigram_backoff[words_before]
    zero = np.zeros((rows, 1), np.int64)
    return _States(words, backoff, np.zeros((rows, 1), np.float32), zero, zero)


def _step(lattices: list[Lattice], at: int) -> _Step:
    columns = [(row, lattice[at]) for row, lattice in enumerate(lattices)]
    shape = (len(lattices), max(len(column.edges) for _, column in columns))
    first, second = np.full(shape, NONE, np.int64), np.full(shape, NONE, np.int64)
    score, span = np.full(shape, _NEVER, np.float32), np.ones(shape, np.int64)
    for row, column in columns:
        width = len(column.edges)
        first[row, :width], second[row, :width] = column.first, column.second
        score[row, :width], span[row, :width] = column.score, column.span
    return _Step(first, second, score, span)


def _advance(columns: list[_States], step: _Step, model: Ngrams, beam: int) -> _States:
    """The next column: every state with every edge that starts at it, the best kept; of lattices that go on."""
    going = len(step.first)
    grown = [_grow(_first(columns[-1], going), step, 1, model)]
    if len(columns) > 1 and (step.span == 2).any():
        grown.append(_grow(_first(columns[-2], going), step, 2, model))
    joined = _join(grown)
    return _best(joined, beam)


def _first(states: _States, count: int) -> _States:
    """The states of the first lattices."""
    return _States(
        states.words[:count],
        states.backoff[:count],
        states.score[:count],
        states.came_from[:count],
        states.edge[:count],
    )


def _grow(states: _States, step: _Step, span: int, model: Ngrams) -> _States:
    rows, ranks = states.score.shape
    width = step.first.shape[1]
    score = states.score[:, :, None] + np.where(step.span == span, step.score, _NEVER)[:, None, :]
    at = np.nonzero((score > _NEVER / 2) & (step.first >= 0)[:, None, :])
    row, rank, edge = at
    words, backoff = states.words[row, rank], states.backoff[row, rank]
    words, backoff, gain = extend(words, backoff, step.first[row, edge], model)
    split = np.flatnonzero(step.second[row, edge] >= 0)
    if len(split):
        second = step.second[row[split], edge[split]]
        words[split], backoff[split], more = extend(words[split], backoff[split], second, model)
        gain[split] += more
    score[at] += gain
    all_words = np.full((rows, ranks, width, 3), NONE, np.int64)
    all_backoff = np.zeros((rows, ranks, width, 3), np.float32)
    all_words[at], all_backoff[at] = words, backoff
    shape = (rows, ranks * width)
    return _States(
        all_words.reshape(*shape, 3),
        all_backoff.reshape(*shape, 3),
        score.reshape(shape),
        np.broadcast_to(np.arange(ranks)[None, :, None], (rows, ranks, width)).reshape(shape),
        np.broadcast_to(np.arange(width)[None, None, :], (rows, ranks, width)).reshape(shape),
    )


def _join(grown: list[_States]) -> _States:
    if len(grown) == 1:
        return grown[0]
    return _States(
        *(np.concatenate([getattr(g, name) for g in grown], axis=1) for name in ("words", "backoff", "score")),
        *(np.concatenate([getattr(g, name) for g in grown], axis=1) for name in ("came_from", "edge")),
    )


def _best(states: _States, beam: int) -> _States:
    """The best states, one for each distinct last three words."""
    wide = min(3 * beam, states.score.shape[1])
    top = np.argpartition(-states.score, wide - 1, axis=1)[:, :wide] if wide < states.score.shape[1] else None
    picked = _take(states, top) if top is not None else states
    order = np.argsort(-picked.score, axis=1, kind="stable")
    picked = _take(picked, order)
    w = picked.words
    key = (w[..., 0] << (2 * BITS)) ^ (w[..., 1] << BITS) ^ w[..., 2]
    same = np.argsort(key, axis=1, kind="stable")
    row = np.arange(len(key))[:, None]
    sorted_key = key[row, same]
    repeat = np.zeros_like(sorted_key, dtype=bool)
    repeat[:, 1:] = sorted_key[:, 1:] == sorted_key[:, :-1]
    worse = np.zeros_like(repeat)
    worse[row, same] = repeat
    picked.score[worse] = _NEVER
    keep = np.argsort(-picked.score, axis=1, kind="stable")[:, :beam]
    return _take(picked, keep)


def _take(states: _States, index: Ids) -> _States:
    row = np.arange(len(index))[:, None]  # numpy's own way, take_along_axis, costs three times as much on small arrays
    return _States(
        states.words[row, index],
        states.backoff[row, index],
        states.score[row, index],
        states.came_from[row, index],
        states.edge[row, index],
    )


def extend(words: Ids, backoff: Scores, word: Ids, model: Ngrams) -> tuple[Ids, Scores, Scores]:
    """The states (n x 3 words, n x 3 back-off weights) after one more word each, and that word's log probability."""
    gain = model.unigram[word] + backoff.sum(axis=1)
    after = np.zeros_like(backoff)
    after[:, 0] = model.unigram_backoff[word]
    seen = np.arange(len(word))
    packed = word.astype(np.uint64)
    known = np.ones(len(word), bool)
    for order, level in enumerate(model.levels, start=2):
        known = words[seen, 4 - order] >= 0
        seen = seen[known]
        packed = packed[known] | (words[seen, 4 - order].astype(np.uint64) << np.uint64(BITS * (order - 1)))
        rows = level.find(packed)
        hit = rows >= 0
        seen, packed, rows = seen[hit], packed[hit], rows[hit]
        if not len(seen):
            break
        gain[seen] = level.log_prob[level.prob[rows]] + backoff[seen, order - 1 :].sum(axis=1)
        if level.backoff is not None:
            after[seen, order - 1] = level.log_backoff[level.backoff[rows]]
    return np.concatenate([words[:, 1:], word[:, None]], axis=1), after, gain


def _trace(lattice: Lattice, row: int, columns: list[_States]) -> list[int]:
    path = [NONE] * len(lattice)
    at, rank = len(lattice), 0
    while at > 0:
        states = columns[at]
        edge, before = int(states.edge[row, rank]), int(states.came_from[row, rank])
        path[at - 1] = edge
        at -= lattice[at - 1].edges[edge].span
        rank = before
    return path
