"""Misprints in text to be counted: found where both neighbours say so, nothing else taken for one."""

from __future__ import annotations

import numpy as np
import pytest

from scripts.build_ngrams import choose_words, count_tokens, sift, stream
from scripts.misprints import misprints, well_printed

USUAL = ["các tổ chức kinh tế của tỉnh"] * 400 + ["màu tô của bản vẽ, tô màu"] * 20
WORN = ["các tô chức kinh tế của tỉnh", *["hồ sơ gồm có đơn và bản sao"] * 300, "tô màu, các tổ chức"]


def _text(worn: list[str], fresh: list[str]) -> tuple[np.ndarray, dict[str, int], int]:
    tokens = count_tokens([*worn, *fresh])
    ids = choose_words(tokens, 1, 1000)
    text, _ = stream([*worn, *fresh], tokens, ids)
    return text, ids, len(stream(worn, tokens, ids)[0])


def test_a_misprint_is_found_and_the_same_word_in_its_place_is_not() -> None:
    text, ids, worn = _text(WORN, USUAL)
    places = misprints(text, list(ids), worn)
    assert [list(ids)[i] for i in text[places]] == ["tô"]
    assert places[0] < 5


def test_text_that_is_known_to_be_well_printed_is_not_searched() -> None:
    text, ids, _ = _text([], [*USUAL, *WORN])
    assert not len(misprints(text, list(ids), 0))


@pytest.mark.parametrize("line", ["tô, tô", "5 tô 6", "tô"])
def test_a_word_without_neighbours_is_no_misprint(line: str) -> None:
    text, ids, worn = _text([line], USUAL)
    assert not len(misprints(text, list(ids), worn))


def test_what_stands_around_a_misprint_is_left_out_and_what_is_far_is_counted() -> None:
    text, ids, worn = _text(WORN, USUAL)
    counted = well_printed(text, list(ids), worn)
    assert not counted[:200].any()
    assert counted[worn - 20 :].all()


def test_words_that_are_rare_without_the_misprinted_pages_are_unknown() -> None:
    text, ids, worn = _text([*WORN, *["điều khoản"] * 300, "các tô chức kinh tế, quyét định của tỉnh"], USUAL)
    sifted, fewer = sift(text, ids, worn, 1)
    assert "quyét" in ids
    assert "quyét" not in fewer
    assert sifted.max() < len(fewer)
    assert np.count_nonzero(sifted == fewer["vẽ"]) == 20
