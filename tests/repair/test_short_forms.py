"""A letter's own abbreviations tell what a misread one was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.models import lexicon
from pipeline.repair.short_forms import misread_short_forms

LETTER = "rà soát TTHC năm nay; TTHC nội bộ (TTHC) của UBND, HĐND, UBND và UBND"


@pytest.mark.parametrize(
    ("read", "printed"), [("TIHC", "TTHC"), ("(TTỊHC),", "(TTHC),"), ("DBND", "UBND"), ("UBNĐ;", "UBND;")]
)
def test_a_misread_one_is_put_right(read: str, printed: str) -> None:
    lines = [LETTER.split(), ["gồm", read, "khác"]]
    assert misread_short_forms(lines, lexicon()) == {(1, 1): printed}


@pytest.mark.parametrize("other", ["HĐND", "TTHT", "UBCK", "TTHC-UBND", "THC", "tihc", "UBNN", "QUYẾT", "TI-HC"])
def test_another_one_stays(other: str) -> None:
    assert misread_short_forms([LETTER.split(), [other]], lexicon()) == {}


def test_what_stands_twice_is_meant() -> None:
    assert misread_short_forms([LETTER.split(), ["TIHC", "và", "TIHC"]], lexicon()) == {}


def test_twice_is_not_often() -> None:
    assert misread_short_forms([["TTHC", "TTHC", "TIHC"]], lexicon()) == {}


@given(st.lists(st.lists(st.text(max_size=6), max_size=5), max_size=5))
def test_only_words_of_capitals_are_changed(lines: list[list[str]]) -> None:
    assert all(any(c.isupper() for c in lines[n][at]) for n, at in misread_short_forms(lines, lexicon()))
