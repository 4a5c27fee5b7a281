"""Pieces of number and date that belong on one line."""

from __future__ import annotations

import pytest

from pipeline.intake.frames import join_frames
from pipeline.nouns import Box, Line, Word


def line(text: str, x: int, y: int = 400) -> Line:
    """A line of words 20 pixels a letter, 50 high."""
    words, at = [], x
    for token in text.split():
        words.append(Word(token, token, Box(at, y, at + 20 * len(token), y + 50), 1.0))
        at += 20 * len(token) + 15
    return Line(tuple(words))


def joined(*lines: Line) -> list[str]:
    return [piece.text for piece in join_frames(lines, bottom=1000)]


@pytest.mark.parametrize(
    ("pieces", "whole"),
    [
        ((line("Số:", 100), line("354 /QĐ-UBND", 230)), "Số: 354 /QĐ-UBND"),
        ((line("Số: 184", 100), line("/QĐ-UBND", 320)), "Số: 184 /QĐ-UBND"),
        ((line("Số:", 100), line("/QĐ-UBND", 400, 405), line("27", 220)), "Số: 27 /QĐ-UBND"),
        ((line("Sông Ngọc, ngày", 100), line("19", 450), line("tháng 02 năm 2023", 520)),
         "Sông Ngọc, ngày 19 tháng 02 năm 2023"),
    ],
)  # fmt: skip
def test_pieces_are_joined_in_their_order(pieces: tuple[Line, ...], whole: str) -> None:
    assert joined(*pieces) == [whole]


@pytest.mark.parametrize(
    "pieces",
    [
        (line("TỈNH SÔNG NGỌC", 100), line("Độc lập - Tự do", 450)),
        (line("Số:", 100), line("354 /QĐ-UBND", 600)),
        (line("Số:", 100), line("354 /QĐ-UBND", 230, 480)),
        (line("Số:", 100, 1100), line("354 /QĐ-UBND", 230, 1100)),
    ],
    ids=["two columns", "too far", "another row", "not in the letterhead"],
)
def test_others_stay_apart(pieces: tuple[Line, ...]) -> None:
    assert joined(*pieces) == [piece.text for piece in pieces]
