"""The beam search on lattices small enough to be judged by eye."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.repair.decode import NONE, Column, Edge, decode
from pipeline.repair.doubt import rivalries
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
    first = rivalries([lattice], [[1, 1]], model, START)[0]
    assert first.odds > 0


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


def test_nothing_gives_nothing(model: Ngrams) -> None:
    assert decode([], model, START) == []
