"""Findings as fields: what is said of a doubt."""

from __future__ import annotations

from pipeline.extract.findings import Finding, Spot, as_field
from pipeline.nouns import Box, Field, Status, Word


def field(*words: tuple[str, float]) -> Field:
    ink = tuple(Word(text, text, Box(60 * i, 0, 60 * i + 50, 20), sure) for i, (text, sure) in enumerate(words))
    value = " ".join(text for text, _ in words)
    return as_field(Finding("subject", value, Spot(1, ink), 0.98, "subject: under the title"), 0.9)


def test_a_value_that_was_read_well_has_no_reason() -> None:
    found = field(("Về", 0.99), ("việc", 0.99))
    assert (found.status, found.reason) == (Status.ACCEPTED, "")


def test_the_words_that_were_read_badly_are_named_in_their_order() -> None:
    found = field(("trồng,", 0.5), ("cây", 0.99), ("phân", 0.3), ("tán", 0.99))
    assert found.status is Status.NEEDS_REVIEW
    assert found.reason == "it was read with low confidence: trồng, phân"


def test_the_worst_few_are_named() -> None:
    found = field(("một", 0.1), ("hai", 0.2), ("ba", 0.3), ("bốn", 0.93), ("-", 0.0))
    assert found.reason == "it was read with low confidence: một, hai, ba"


def test_many_small_doubts_name_no_word() -> None:
    assert field(*[("bảng", 0.94)] * 80).reason == "it was read with low confidence"
