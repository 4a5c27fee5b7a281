from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.figures.numerals import AMBIGUOUS, CLEAR, FOREIGN, parse_numeral, parse_spoken
from scripts.make_scans.numerals import format_number


def spell(number: int) -> str:
    """A number under a thousand billions in words, as the law writes it: 105 is `một trăm linh năm`."""
    if number == 0:
        return "không"
    parts: list[str] = []
    for size, word in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group = number // size % 1000
        if group:
            parts.append(_spell_group(group, leading=not parts) + (f" {word}" if word else ""))
    return " ".join(parts)


_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _spell_group(group: int, *, leading: bool) -> str:
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words = [_ONES[hundreds], "trăm"] if hundreds or not leading else []
    if tens == 0 and ones and words:
        words += ["linh", _ONES[ones]]
    elif tens == 0:
        words += [_ONES[ones]] if ones else []
    else:
        words += ["mười"] if tens == 1 else [_ONES[tens], "mươi"]
        words += _last_digit(tens, ones)
    return " ".join(words)


def _last_digit(tens: int, ones: int) -> list[str]:
    if ones == 0:
        return []
    return ["lăm" if ones == 5 else "mốt" if ones == 1 and tens > 1 else _ONES[ones]]


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
    found = parse_numeral(format_number(number))
    assert found is not None
    assert found.value == number


@given(st.integers(0, 10**9), st.integers(1, 2))
def test_decimals_come_back(hundredths: int, decimals: int) -> None:
    value = hundredths / 10**decimals
    found = parse_numeral(format_number(value, decimals))
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
