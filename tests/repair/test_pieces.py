"""Tokens are cut so that what must not change cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.pieces import Kind, cut_token, trust_of
from pipeline.repair.tokens import COMMA, MIXED, NUMBER, STOP, words_of


def kinds(token: str) -> list[tuple[str, Kind]]:
    return [(p.text, p.kind) for p in cut_token(token)]


@given(st.text(st.characters(exclude_categories=("Zs", "Cc", "Cs")), min_size=1).filter(lambda t: not t.isspace()))
def test_the_pieces_make_the_token_again(token: str) -> None:
    assert "".join(p.text for p in cut_token(token)) == token


@pytest.mark.parametrize(
    "token",
    ["2.152/2.300", "94%", "03/10/2022", "15h34", "30m2", "12,5%", "(332", "ubnd@laichau.gov.vn", "www.x.vn", "2a"],
)
def test_figures_dates_measures_and_addresses_hold_no_word(token: str) -> None:
    assert all(kind in {Kind.FIXED, Kind.MARK} for _, kind in kinds(token))


def test_letters_of_a_document_number_are_codes() -> None:
    assert kinds("5317/TLD-VP") == [
        ("5317", Kind.FIXED), ("/", Kind.MARK), ("TLD", Kind.CODE), ("-", Kind.MARK), ("VP", Kind.CODE),
    ]  # fmt: skip


def test_punctuation_breaks_and_brackets_stand_apart() -> None:
    assert [(p.text, p.stands_for) for p in cut_token("(CCVCLD),")] == [("(", COMMA), ("CCVCLD", None), ("),", COMMA)]
    assert cut_token("nghiệp.")[-1].stands_for == STOP


def test_a_hook_read_as_an_apostrophe_stays_with_its_word_but_quotes_do_not() -> None:
    assert kinds("tu’") == [("tu’", Kind.WORD)]
    assert kinds("‘tư’") == [("‘", Kind.MARK), ("tư", Kind.WORD), ("’", Kind.MARK)]


def test_digits_between_separators_are_one_number_to_the_model() -> None:
    classes = [p.stands_for for p in cut_token("33.4.TT.4") if p.stands_for or p.kind == Kind.CODE]
    assert classes == [NUMBER, None, NUMBER]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("Hoà,", ["hòa", COMMA]),
        ("(năm", [COMMA, "năm"]),
        ("12/2020/NĐ-CP.", [NUMBER, "nđ", "cp", STOP]),
        ("m2", [MIXED]),
        ("-", [COMMA]),
        ("và/hoặc", ["và", "hoặc"]),
    ],
)
def test_clean_text_is_counted_by_the_same_classes(token: str, words: list[str]) -> None:
    assert words_of(token) == words


def test_trust_rises_with_confidence() -> None:
    steps = [trust_of(c) for c in (0.1, 0.86, 0.91, 0.99)]
    assert steps == sorted(steps)
    assert len(set(steps)) == 4


@pytest.mark.parametrize("token", ["huan-luyen-vien-doi-tuyen-quoc-gia/", "bao-cao-ket-qua-thi-dua.html"])
def test_the_tail_of_a_broken_address_is_never_repaired(token: str) -> None:
    assert [piece.kind for piece in cut_token(token)] == [Kind.FIXED]
