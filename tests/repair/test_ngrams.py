"""The packed model answers what was put in, and backs off for what was not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.errors import ConfigError
from pipeline.repair.likelihood import NONE, REACH, along, extend
from pipeline.repair.ngrams import Ngrams, load_ngrams, pack_levels
from pipeline.repair.packing import load_arrays, save_arrays


def packed(*words: int) -> int:
    key = 0
    for word in words:
        key = key << 16 | word
    return key


def level(entries: Mapping[tuple[int, ...], tuple[float, float]]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    rows = sorted((packed(*words), p, b) for words, (p, b) in entries.items())
    keys, prob, backoff = zip(*rows, strict=True)
    return np.array(keys, np.uint64), np.array(prob), np.array(backoff)


@pytest.fixture
def model(tmp_path: Path) -> Ngrams:
    """Words 0 to 3; `1 2` is a habit, `0 1 2` and `3 0 1 2` even more so."""
    unigrams: dict[tuple[int, ...], tuple[float, float]] = {(w,): (0.25, 0.5) for w in range(4)}
    levels = [
        level(unigrams),
        level({(1, 2): (0.5, 0.5), (0, 1): (0.5, 0.5), (3, 0): (0.5, 0.5)}),
        level({(0, 1, 2): (0.8, 0.5), (3, 0, 1): (0.6, 0.5)}),
        level({(3, 0, 1, 2): (0.9, 1.0)}),
    ]
    path = tmp_path / "ngrams.bin"
    pack_levels(path, 4, levels, {})
    return load_ngrams(path)


def log_probability(model: Ngrams, *words: int) -> float:
    """Of the last word after the others, no word before them."""
    state = np.full((1, 3), NONE, np.int64)
    backoff = np.zeros((1, 3), np.float32)
    gain: NDArray[np.float32] = np.zeros(1, np.float32)
    for word in words:
        state, backoff, gain = extend(state, backoff, np.array([word]), model)
    return float(gain[0])


def test_the_longest_known_ngram_decides(model: Ngrams) -> None:
    assert log_probability(model, 1, 2) == pytest.approx(np.log(0.5), abs=0.05)
    assert log_probability(model, 0, 1, 2) == pytest.approx(np.log(0.8), abs=0.05)
    assert log_probability(model, 3, 0, 1, 2) == pytest.approx(np.log(0.9), abs=0.05)


def test_an_unknown_ngram_pays_the_back_off_of_every_context_it_leaves(model: Ngrams) -> None:
    assert log_probability(model, 2, 0) == pytest.approx(np.log(0.5 * 0.25), abs=0.05)
    # contexts `0 1`, and `1`: both known, both left
    assert log_probability(model, 0, 1, 3) == pytest.approx(np.log(0.5 * 0.5 * 0.25), abs=0.1)


def test_running_text_is_weighed_word_by_word(model: Ngrams) -> None:
    text = np.array([3, 0, 1, 2, *[NONE] * REACH, 1, 2])
    _, _, gain = along(text, model)
    assert gain[3] == pytest.approx(np.log(0.9), abs=0.05)
    assert gain[8] == pytest.approx(log_probability(model, 1, 2))


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=8), min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_texts_side_by_side_know_nothing_of_one_another(model: Ngrams, texts: list[list[int]]) -> None:
    together = np.array([word for text in texts for word in [*text, *[NONE] * REACH]])
    alone = [log_probability(model, *text[: n + 1]) for text in texts for n in range(len(text))]
    _, _, gain = along(together, model)
    assert gain[together >= 0].tolist() == pytest.approx(alone, abs=1e-5)


def test_arrays_come_back_as_they_went(tmp_path: Path) -> None:
    arrays: dict[str, Any] = {"a": np.arange(7, dtype=np.uint16), "b": np.eye(3, dtype=np.float32)}
    save_arrays(tmp_path / "x.bin", arrays, {"size": 7})
    back, facts = load_arrays(tmp_path / "x.bin")
    assert facts == {"size": 7}
    assert all((back[name] == arrays[name]).all() for name in arrays)


@pytest.mark.parametrize("content", [b"", b"not a model", b'{"format": "other"}'])
def test_a_damaged_model_is_an_error_of_the_installation(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.bin"
    path.write_bytes(content)
    with pytest.raises(ConfigError):
        load_arrays(path)
    with pytest.raises(ConfigError):
        load_arrays(tmp_path / "missing.bin")
