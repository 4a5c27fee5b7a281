"""The scripts that learn the models, on a few invented lines."""

from __future__ import annotations

import collections

import numpy as np
import pytest

from pipeline.repair.channel import marks_changed
from pipeline.repair.tokens import STOP
from scripts.build_ngrams import choose_words, count_levels, count_tokens, estimate, prune, renormalise, stream
from scripts.learn_channel import align, cut_words, learn, word_counts, worst_slips
from scripts.text_parts import part_of

TEXT = [
    "Ủy ban nhân dân tỉnh ban hành kế hoạch", "Ủy ban nhân dân huyện ban hành quyết định",
    "Hội đồng nhân dân tỉnh thông qua kế hoạch", "kế hoạch của tỉnh, quyết định của huyện",
    "Ủy ban nhân dân xã thực hiện kế hoạch của tỉnh", "nhân dân thực hiện quyết định",
] * 3  # fmt: skip


@pytest.mark.parametrize("limit", [10_000, 12])
def test_probabilities_after_any_context_sum_to_one_pruned_or_not(limit: int) -> None:
    tokens = count_tokens(TEXT)
    ids = choose_words(tokens, 1, 1000)
    text, _ = stream(TEXT, tokens, ids)
    levels = estimate(count_levels(text), len(ids))
    prune(levels, {2: limit, 3: limit, 4: limit})
    renormalise(levels)
    unigrams = np.full(len(ids), 0.0)
    unigrams[levels[0].keys.astype(int)] = levels[0].prob
    assert 0.9 < unigrams.sum() <= 1.0 + 1e-9  # a little is left for classes that the text has not
    bigrams = levels[1]
    for word in (ids["nhân"], ids["kế"], ids[STOP]):
        mine = bigrams.keep & (bigrams.keys >> np.uint64(16) == word)
        seen = (bigrams.keys[mine] & np.uint64(0xFFFF)).astype(int)
        backoff = levels[0].backoff[np.searchsorted(levels[0].keys, np.uint64(word))]
        rest = 1 - unigrams[seen].sum()
        assert bigrams.prob[mine].sum() + backoff * rest == pytest.approx(1.0, abs=0.02)


def test_shorter_ngrams_count_distinct_words_before_them() -> None:
    ids = np.array([0, 1, 2, 0, 1, 2, 3, 1, 2, 4, 5, 6], np.uint16)
    keys, counts = count_levels(ids)[1]
    count = dict(zip(keys.tolist(), counts.tolist(), strict=True))
    assert count[1 << 16 | 2] == 2  # after 0 and after 3, however often


def test_words_are_cut_where_a_space_was_read_as_a_space() -> None:
    assert list(cut_words("kế hoạch của tỉnh", "ké hoach ciia tinh")) == [
        ("kế", "ké"), ("hoạch", "hoach"), ("của", "ciia"), ("tỉnh", "tinh"),
    ]  # fmt: skip
    assert list(cut_words("trực tiếp", "tructiép")) == [("trực tiếp", "tructiép")]


def test_lost_spaces_are_counted_apart() -> None:
    words, spaces = word_counts([("trực tiếp với", "tructiép véi"), ("kế hoạch", "ké hoach")])
    assert spaces["space_lost"] > 0
    assert ("trực", "tructiép") not in words


def test_a_habit_of_two_letters_is_learnt() -> None:
    pairs = collections.Counter({("nữ", "nit"): 40, ("giữ", "giit"): 40, ("những", "nhitng"): 60, ("nam", "nam"): 50})
    table = learn(pairs, rounds=3, least=0.001)
    assert table["ữ", "it"] > table.get(("ữ", "i"), -99.0)
    assert align("chữ", "chit", table, slack=True)[1] == [("c", "c"), ("h", "h"), ("ữ", "it")]


def test_a_paragraph_keeps_its_part() -> None:
    parts = collections.Counter(part_of(f"Điều {n}. Phạm vi điều chỉnh") for n in range(4000))
    assert part_of("x ") == part_of("x")
    assert 50 < parts["test"] < 150
    assert 50 < parts["dev"] < 150


def test_how_often_vowels_slip_is_learnt_from_the_worst_kind_of_page() -> None:
    clean = [("bán bàn bản " * 50, "bán bàn bản " * 50)]
    blurred = [("bán bàn bản " * 50, "bán bán bản " * 50)]
    table = learn(word_counts(clean + blurred)[0], rounds=2, least=0.001)
    both = worst_slips([clean, blurred], table)
    assert both["slip_1"] > worst_slips([clean], table)["slip_1"]
    assert both["slip_1"] == worst_slips([blurred], table)["slip_1"]


@pytest.mark.parametrize(("printed", "read", "changed"), [("ấ", "ầ", 1), ("ấ", "á", 1), ("ấ", "ạ", 2), ("o", "o", 0)])
def test_marks_that_differ_are_counted(printed: str, read: str, changed: int) -> None:
    assert marks_changed(printed, read) == changed
