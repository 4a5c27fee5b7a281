"""Words read with confidence that fit where they stand are not looked at again; all others are."""

from __future__ import annotations

import dataclasses

from pipeline.repair.fitting import fitting
from pipeline.repair.models import reader
from pipeline.repair.pieces import SURE, cut_token
from pipeline.repair.recognise import Mode
from pipeline.repair.rows import rows_of


def left_alone(text: str, *, trust: int = SURE, taught: str = "") -> dict[str, bool]:
    model = dataclasses.replace(reader(Mode.FRESH), local={taught: (taught,)} if taught else {})
    cut = [[[dataclasses.replace(piece, trust=trust) for piece in cut_token(token)] for token in text.split()]]
    rows = list(rows_of(cut))
    alone = fitting(rows, model)
    return {
        p.text: fits for row, there in zip(rows, alone, strict=True) for p, fits in zip(row.pieces, there, strict=True)
    }


def test_usual_words_are_left_alone_and_odd_ones_are_not() -> None:
    alone = left_alone("chịu trách nhiệm thi hành quyết định nầy của Ủy ban nhân dân tỉnh")
    assert alone["trách"]
    assert alone["nhân"]
    assert not alone["nầy"]


def test_what_the_engine_doubted_is_looked_at() -> None:
    assert not any(left_alone("chịu trách nhiệm thi hành quyết định này", trust=2).values())


def test_what_people_taught_is_looked_at() -> None:
    assert not left_alone("chịu trách nhiệm thi hành", taught="nhiem")["nhiệm"]
