from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.nouns import Box, Line, Word, Zone
from pipeline.ocr.twice import settled


def line(*words: tuple[str, float]) -> Line:
    return Line(
        tuple(Word(text, text, Box(60 * i, 0, 60 * i + 50, 20), sure) for i, (text, sure) in enumerate(words)),
        Zone.CLOSING_RIGHT,
    )


def as_told(read: Line) -> list[tuple[str, float]]:
    return [(word.text, word.confidence) for word in read.words]


def test_words_that_both_readings_have_are_as_sure_as_the_less_sure_of_them() -> None:
    both = settled(line(("Phan", 0.9), ("Thu", 0.97)), line(("Phan", 0.96), ("Thu", 0.8)))
    assert as_told(both) == [("Phan", 0.9), ("Thu", 0.8)]


def test_a_word_read_in_two_ways_is_the_surer_and_disputed() -> None:
    both = settled(line(("Võ", 0.96), ("Tuần", 0.85)), line(("Võ", 0.96), ("Tuấn", 0.96)))
    assert as_told(both) == [("Võ", 0.96), ("Tuấn", 0.6)]


def test_letters_go_before_letters_with_scraps_among_them() -> None:
    both = settled(line(("Trần", 0.8), ("An", 0.9)), line(("1rần", 0.9), ("An", 0.9)))
    assert as_told(both) == [("Trần", 0.6), ("An", 0.9)]


def test_what_the_other_reading_could_not_tell_disputes_nothing() -> None:
    both = settled(line(("Hà", 0.95), ("Lê", 0.97)), line(("líã", 0.2), ("Lê", 0.97)))
    assert as_told(both) == [("Hà", 0.95), ("Lê", 0.97)]


def test_scraps_around_the_words_are_left_out_and_dashes_between_them_stay() -> None:
    first = line(("_", 0.9), ("SỞ", 0.9), ("-", 0.4), ("BAN", 0.9), ("”—", 0.3))
    assert settled(first, line(("?", 0.1))).text == "SỞ - BAN"


def test_the_better_reading_stands_where_they_have_not_as_many_words() -> None:
    both = settled(line(("IS", 0.3), ("l", 0.2), ("TỊCH", 0.4)), line(("CHỦ", 0.97), ("TỊCH", 0.9)))
    assert as_told(both) == [("CHỦ", 0.97), ("TỊCH", 0.4)]


def test_what_only_one_reading_has_before_the_line_stays_for_a_seal_may_hide_a_word() -> None:
    both = settled(line(("tïÓ", 0.3), ("TRƯỞNG", 0.9), ("BAN", 0.9)), line(("TRƯỞNG", 0.96), ("BAN", 0.96)))
    assert as_told(both) == [("tïÓ", 0.3), ("TRƯỞNG", 0.9), ("BAN", 0.9)]


def test_the_line_keeps_its_zone() -> None:
    assert settled(line(("A", 0.2)), line(("B", 0.9))).zone is Zone.CLOSING_RIGHT


@given(st.lists(st.tuples(st.sampled_from(["Lê", "Trần", "-", "|"]), st.floats(0, 1)), min_size=1, max_size=5))
def test_two_equal_readings_change_no_word(words: list[tuple[str, float]]) -> None:
    read = line(*words)
    told = [word for word in settled(read, read).words if any(c.isalpha() for c in word.text)]
    assert told == [word for word in read.words if any(c.isalpha() for c in word.text)]


@given(st.floats(0, 1), st.floats(0, 1))
def test_nothing_gets_surer_than_its_surest_reading(one: float, other: float) -> None:
    for second in ("Vũ", "Vù"):
        assert settled(line(("Vũ", one)), line((second, other))).words[0].confidence <= max(one, other)


@pytest.mark.parametrize("text", ["", "—"])
def test_a_line_without_letters_stays(text: str) -> None:
    first = line((text, 0.3))
    assert settled(first, line(("|", 0.2))) == first
