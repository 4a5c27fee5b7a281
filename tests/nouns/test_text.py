"""A page's text as it is written, whatever words the engine and the frames gave."""

import pytest

from pipeline.nouns import Box, Line, PageText, Word, Zone


def page_of(*words: str, zone: Zone = Zone.HEADER_LEFT) -> PageText:
    line = Line(tuple(Word(text, text, Box(0, 0, 9, 9), 1.0) for text in words), zone)
    return PageText(1, (line,), 100, 100, 300)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("Số:", "349", "/QĐ-UBND"), "Số: 349/QĐ-UBND"),
        (("Số", "42", "-CT/TU"), "Số 42-CT/TU"),
        (("Số", ":", "27", "/2020/HĐ-XD"), "Số : 27/2020/HĐ-XD"),
        (("Số:", "106", "-", "QĐ/HND"), "Số: 106 - QĐ/HND"),
        (("Số:", "/QĐ-UBND"), "Số: /QĐ-UBND"),
        (("PHÒNG", "3", "-SỞ", "Y", "TẾ"), "PHÒNG 3 -SỞ Y TẾ"),
    ],
)
def test_digits_and_symbol_are_one_number(words: tuple[str, ...], expected: str) -> None:
    assert page_of(*words).text == expected


def test_elsewhere_words_stay_apart() -> None:
    assert page_of("Số", "42", "-CT/TU", zone=Zone.BODY).text == "Số 42 -CT/TU"


def test_the_raw_text_shows_every_word() -> None:
    assert page_of("Số:", "349", "/QĐ-UBND").raw_text == "Số: 349 /QĐ-UBND"
