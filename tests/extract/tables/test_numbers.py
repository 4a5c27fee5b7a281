"""Numbers in cells: what is one, and what it is in Vietnamese and in English writing."""

import pytest

from pipeline.extract.tables.numbers import ENGLISH, VIETNAMESE, figure_of, style_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.200", 1200.0),
        ("1,5", 1.5),
        ("98.5", 98.5),
        ("(12)", -12.0),
        ("| 1.245,75 %", 1245.75),
        ("3.000181", None),
        ("1,245", 1.245),
        ("12/5", None),
    ],
)
def test_the_number_of_a_cell(text: str, value: float | None) -> None:
    assert figure_of(text) == value


def test_codes_are_no_evidence_of_english_writing() -> None:
    assert style_of(["3.000181", "2.001914", "1.005095"]) is VIETNAMESE
    assert style_of(["98.5", "12.75", "1,200"]) is ENGLISH
