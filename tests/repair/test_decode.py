"""The beam search on lattices small enough to be judged by eye."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.repair.decode import Column, Edge, decode
from pipeline.repair.doubt import rivalries
from pipeline.repair.likelihood import NONE, extend
from pipeline.repair.ngrams import Ngrams, load_ngrams, pack_levels

START, KE, HOACH, KEM, HOA, CH = range(6)


@pytest.fixture
def model(tmp_path: Path) -> Ngrams:
    """All words alike, but `KE HOACH` is a habit."""
    empty = (np.array([packed(CH, CH)], np.uint64), np.array([1e-6]), np.array([1.0]))
    unigrams = (np.arange(6, dtype=np.uint64), np.full(6, 1 / 6), np.full(6, 0.5))
    bigrams = (np.array([packed(KE, HOACH)], np.uint64), np.array([0.9]), np.array([1.0]))
    path = tmp_path / "ngrams.bin"
    pack_levels(path, 6, [unigrams, bigrams, empty, empty], {})
    return load_ngrams(path)


def packed(*words: int) -> int:
    return words[0] << 16 | words[1]


def test_the_language_model_decides_between_equal_readings(model: Ngrams) -> None:
    lattice = [
        Column.of([Edge((KEM,), 0.0, "kèm"), Edge((KE,), 0.0, "kế")]),
        Column.of([Edge((HOA,), 0.0, "hoa"), Edge((HOACH,), 0.0, "hoạch")]),
    ]
    assert decode([lattice], model, START) == [[1, 1]]
    assert rivalries([lattice], [[1, 1]], model, START).odds()[0] > 0


def test_the_error_model_overrules_it_when_it_is_sure(model: Ngrams) -> None:
    lattice = [
        Column.of([Edge((KEM,), 0.0, "kèm"), Edge((KE,), -20.0, "kế")]),
        Column.of([Edge((HOACH,), 0.0, "hoạch")]),
    ]
    assert decode([lattice], model, START) == [[0, 0]]


def test_one_piece_may_be_two_words(model: Ngrams) -> None:
    lattice = [Column.of([Edge((CH,), -5.0, "kếhoạch"), Edge((KE, HOACH), -1.0, "kế hoạch")])]
    assert decode([lattice], model, START) == [[1]]


def test_two_pieces_may_be_one_word(model: Ngrams) -> None:
    lattice = [
        Column.of([Edge((KE,), 0.0, "kế")]),
        Column.of([Edge((HOA,), -8.0, "hoạ")]),
        Column.of([Edge((CH,), -8.0, "ch"), Edge((HOACH,), -1.0, "hoạch", 2)]),
    ]
    assert decode([lattice], model, START) == [[0, NONE, 1]]


def test_lattices_of_different_lengths_do_not_disturb_each_other(model: Ngrams) -> None:
    short = [Column.of([Edge((HOA,), 0.0, "hoa")])]
    long = [Column.of([Edge((KE,), 0.0, "kế")]), Column.of([Edge((HOA,), 0.0, "hoa"), Edge((HOACH,), 0.0, "hoạch")])]
    assert decode([short, long, short], model, START) == [[0], [0, 1], [0]]


def every_path(lattice: list[Column]) -> Iterator[tuple[int, ...]]:
    return itertools.product(*(range(len(column.edges)) for column in lattice))


def weight(lattice: list[Column], path: Sequence[int], model: Ngrams) -> float:
    """The score of a path of single words, every one of them weighed."""
    words, backoff, total = np.array([[NONE, NONE, START]]), np.zeros((1, 3), np.float32), 0.0
    backoff[:, 0] = model.unigram_backoff[START]
    for column, edge in zip(lattice, path, strict=True):
        words, backoff, gain = extend(words, backoff, column.first[[edge]], model)
        total += float(gain[0]) + float(column.score[edge])
    return total


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.floats(-3, 0)), min_size=1, max_size=2, unique_by=lambda e: e[0]),
        min_size=1,
        max_size=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_certain_is_passed_over_and_still_heard(model: Ngrams, columns: list[list[tuple[int, float]]]) -> None:
    spread = [column if number % 4 == 1 else column[:1] for number, column in enumerate(columns)]
    lattice = [Column.of([Edge((word,), round(score, 1), str(word)) for word, score in edges]) for edges in spread]
    (path,) = decode([lattice], model, START)
    assert weight(lattice, path, model) == pytest.approx(max(weight(lattice, p, model) for p in every_path(lattice)))


def test_nothing_gives_nothing(model: Ngrams) -> None:
    assert decode([], model, START) == []
