"""Each reading against its rivals, its neighbours as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.repair.decode import Column, Edge
from pipeline.repair.doubt import CERTAIN, rivalries
from pipeline.repair.likelihood import NONE, REACH, along
from pipeline.repair.ngrams import Ngrams, load_ngrams, pack_levels

START, HOI, NGHI, QUYET, DINH = range(5)


@pytest.fixture
def model(tmp_path: Path) -> Ngrams:
    """`NGHI QUYET` and `QUYET DINH` are habits, `START NGHI QUYET` even more so."""
    unigrams = (np.arange(5, dtype=np.uint64), np.full(5, 0.2), np.full(5, 0.5))
    bigrams = ([START << 16 | NGHI, NGHI << 16 | QUYET, QUYET << 16 | DINH], np.array([0.3, 0.7, 0.6]), np.full(3, 0.4))
    trigrams = (np.array([NGHI << 16 | QUYET], np.uint64), np.array([0.9]), np.array([0.5]))
    fourgrams = (np.array([1 << 40], np.uint64), np.array([1e-6]), np.array([1.0]))
    levels = [unigrams, (np.array(bigrams[0], np.uint64), *bigrams[1:]), trigrams, fourgrams]
    path = tmp_path / "ngrams.bin"
    pack_levels(path, 5, levels, {})
    return load_ngrams(path)


def column(*words: int) -> Column:
    return Column.of([Edge((word,), -float(number), str(word)) for number, word in enumerate(words)])


def of_text(lattice: list[Column], path: list[int], model: Ngrams) -> float:
    words = [START, *(int(column.first[edge]) for column, edge in zip(lattice, path, strict=True)), *[NONE] * REACH]
    _, _, gain = along(np.array(words), model)
    scores = [column.score[edge] for column, edge in zip(lattice, path, strict=True)]
    return float(gain[1:].sum() + sum(scores))


words = st.integers(HOI, DINH)


@given(st.lists(st.lists(words, min_size=1, max_size=3, unique=True), min_size=1, max_size=9), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rivals_differ_as_the_whole_texts_do(model: Ngrams, offered: list[list[int]], data: st.DataObject) -> None:
    lattice = [column(*there) for there in offered]
    path = [data.draw(st.integers(0, len(there) - 1)) for there in offered]
    found = rivalries([lattice], [path], model, START)
    assert found.column.tolist() == [at for at, there in enumerate(offered) if len(there) > 1]
    for number, at in enumerate(found.column.tolist()):
        rivalry = found.place(number)
        whole = [of_text(lattice, [*path[:at], edge, *path[at + 1 :]], model) for edge in rivalry.edges.tolist()]
        assert rivalry.edges[0] == path[at]
        assert (rivalry.score - rivalry.score[0]).tolist() == pytest.approx(np.subtract(whole, whole[0]), abs=1e-4)


def test_the_margin_is_over_the_best_rival_and_the_odds_over_all(model: Ngrams) -> None:
    found = rivalries([[column(HOI, NGHI, QUYET)]], [[0]], model, START)
    others = found.score[0, 1:]
    assert found.margin()[0] == pytest.approx(found.score[0, 0] - others.max())
    assert found.odds()[0] == pytest.approx(found.score[0, 0] - np.log(np.exp(others).sum()))
    assert found.odds()[0] == pytest.approx(found.place(0).odds)


def test_a_word_whose_only_rival_is_two_words_has_none_of_its_kind(model: Ngrams) -> None:
    lattice = [Column.of([Edge((HOI,), 0.0, "hội"), Edge((NGHI, QUYET), -1.0, "nghị quyết")])]
    assert rivalries([lattice], [[0]], model, START).odds().tolist() == [CERTAIN]
    assert len(rivalries([lattice], [[1]], model, START).row) == 0


def test_only_the_rows_asked_for_are_looked_at(model: Ngrams) -> None:
    lattices = [[column(HOI, NGHI)], [column(QUYET), column(DINH, HOI)]]
    found = rivalries(lattices, [[0], [0, 1]], model, START, rows=[1])
    assert list(zip(found.row, found.column, found.edges[:, 0], strict=True)) == [(1, 1, 1)]
