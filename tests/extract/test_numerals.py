from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numerals import AMBIGUOUS, CLEAR, FOREIGN, format_numeral, parse_numeral, parse_spoken, spell


@pytest.mark.parametrize(
    ("text", "value", "certainty"),
    [
        ("1.535.400.000", 1_535_400_000, CLEAR),
        ("2.350", 2350, CLEAR),
        ("1,5", 1.5, CLEAR),
        ("1.245,75", 1245.75, CLEAR),
        ("01", 1, CLEAR),
        ("12 000", 12000, CLEAR),
        ("90.6", 90.6, FOREIGN),
        ("1,245,000", 1_245_000, FOREIGN),
        ("1,245.75", 1245.75, FOREIGN),
        ("1,500", 1.5, AMBIGUOUS),
        ("0,125", 0.125, CLEAR),
    ],
)
def test_numerals_by_the_rules_and_by_habit(text: str, value: float, certainty: float) -> None:
    found = parse_numeral(text)
    assert found is not None
    assert (found.value, found.certainty) == (value, certainty)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3.4", "12/3", "1,2,3", "1.23.456", "5-6", "1..5"])
def test_what_is_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@given(st.integers(0, 10**13))
def test_whole_numbers_come_back(number: int) -> None:
    found = parse_numeral(format_numeral(number))
    assert found is not None
    assert found.value == number


@given(st.integers(0, 10**9), st.integers(1, 2))
def test_decimals_come_back(hundredths: int, decimals: int) -> None:
    value = hundredths / 10**decimals
    found = parse_numeral(format_numeral(value, decimals))
    assert found is not None
    assert found.value == pytest.approx(value)
    assert found.certainty == CLEAR


@given(st.integers(0, 10**12 - 1))
def test_numbers_in_words_come_back(number: int) -> None:
    assert parse_spoken(spell(number)) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("hai mươi lăm", 25), ("một trăm lẻ năm", 105), ("Mười", 10), ("hai nghìn ba trăm", 2300), ("một tỷ", 10**9)],
)
def test_numbers_in_words(text: str, value: int) -> None:
    assert parse_spoken(text) == value


@pytest.mark.parametrize("text", ["", "hai ba", "mươi hai", "linh năm", "một số", "triệu phú", "hai nghìn triệu nghìn"])
def test_words_that_are_no_number(text: str) -> None:
    assert parse_spoken(text) is None


@pytest.mark.parametrize("number", [-1, 10**12])
def test_numbers_without_words(number: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        spell(number)
