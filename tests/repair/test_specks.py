"""Words that a point joined are parted; everything that is written with a point stays whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.models import lexicon
from pipeline.repair.specks import parted


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("tỉnh.có", "tỉnh có"),
        ("chẽ.100%", "chẽ 100%"),
        ("(huyện.xã,", "(huyện xã,"),
        ("I.MỤC", "I. MỤC"),
        ("III.NHIỆM", "III. NHIỆM"),
    ],
)
def test_two_words_are_parted(read: str, printed: str) -> None:
    assert parted(read, lexicon()) == printed


@pytest.mark.parametrize(
    "token",
    [
        "1.1.",
        "tp.hcm",
        "ths.nguyễn",
        "tr.đồng",
        "định.1",
        "2.500",
        "Sở.Ban",
        "bao.cao",
        "baocao.vn",
        "I.2",
        "II.III",
        "V.v",
        "TP.HCM",
        "tỉnh.Có",
        "...",
    ],
)
def test_abbreviations_numbers_and_sentences_stay(token: str) -> None:
    assert parted(token, lexicon()) == token


@given(st.text(max_size=20))
def test_only_space_comes_and_only_points_go(token: str) -> None:
    assert parted(token, lexicon()).replace(" ", "").replace(".", "") == token.replace(" ", "").replace(".", "")
