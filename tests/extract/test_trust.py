"""How far a word that was read can be trusted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import RepairConfig
from pipeline.extract.trust import TYPED, features, trust, trust_all
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.repair import repair_pages

_INK = Box(10, 10, 60, 30)
_PHRASE = "thực hiện kế hoạch phát triển kinh tế xã hội"


def word(text: str, confidence: float, odds: float | None, raw: str | None = None) -> Word:
    return Word(raw or text, text, _INK, confidence, odds)


def test_what_the_language_vouches_for_is_trusted_though_the_engine_hesitates() -> None:
    assert trust(word("hiểm", 0.85, 14.0)) > 0.95
    assert trust(word("hiểm", 0.85, 1.0)) < 0.9


def test_another_word_that_fits_as_well_is_a_doubt_though_the_engine_is_sure() -> None:
    assert trust(word("hiếm", 0.96, 2.0)) < trust(word("hiếm", 0.96, 9.0))
    assert trust(word("hiếm", 0.96, 9.0)) > 0.995


def test_typed_words_are_not_read() -> None:
    assert trust(word("hiếm", TYPED, 0.0)) == 1.0


def test_plain_digits_mean_what_they_say() -> None:
    assert trust(word("45", 0.485, None)) == 0.5


@given(
    st.floats(0, 1),
    st.one_of(st.none(), st.floats(-30, 30)),
    st.text(min_size=1),
)
def test_trust_is_a_probability(confidence: float, odds: float | None, text: str) -> None:
    assert 0 <= trust(word(text, confidence, odds)) <= 1


@given(st.floats(0, 0.98), st.floats(0, 5), st.floats(5, 19))
def test_more_odds_never_make_a_word_less_sure(confidence: float, less: float, more: float) -> None:
    assert trust(word("bảng", confidence, less)) <= trust(word("bảng", confidence, more))


def test_all_words_together_and_none() -> None:
    one = word("bảng", 0.8, 3.0)
    assert trust_all((one, one, word("-", 0.1, None))) == trust(one) ** 2
    assert trust_all(()) == 0.0


def test_a_roman_number_is_known_by_its_strokes() -> None:
    assert features(word("III,", 0.9, None))[-1] == 1.0
    assert features(word("HỘI", 0.9, None))[-1] == 0.0


def test_repair_tells_its_odds_on_every_word() -> None:
    read = tuple(Word(text, text, _INK, 0.93) for text in _PHRASE.split())
    page = PageText(1, (Line(read),), 100, 100, 300)
    (mended,), _ = repair_pages((page,), RepairConfig())
    assert all(found.odds is not None and found.odds > 3 for found in mended.words)
