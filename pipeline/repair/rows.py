"""Pieces of a text in the runs that the language model sees: sentences, across line ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.repair.pieces import Kind, Piece
from pipeline.repair.tokens import STOP
from pipeline.vietnamese import is_capitals

_LONGEST = 60


class Setting(StrEnum):
    """Where a piece stands, which decides what its capitals tell."""

    START = "start"
    """First in a sentence or a line: a capital tells nothing."""
    INSIDE = "inside"
    CAPITALS = "capitals"
    """On a line set in capitals."""


Place = tuple[int, int, int]
"""Where a piece stands: line, token and part of the token, all from 0."""
Cut = Sequence[Sequence[Sequence[Piece]]]
"""Lines of tokens of pieces."""


@dataclass(slots=True)
class Row:
    """Pieces that the language model sees as one run, with where they stand."""

    places: list[Place] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    joinable: list[bool] = field(default_factory=list)
    """Whether the piece follows the one before so closely that the two may be one word."""
    settings: list[Setting] = field(default_factory=list)


def rows_of(cut: Cut) -> Iterator[Row]:
    """The pieces with a meaning for the language model, in rows that end at a full stop or at a fair length."""
    row, joinable = Row(), False
    for n, line in enumerate(cut):
        joinable = False
        capitals = is_capitals(" ".join(piece.text for pieces in line for piece in pieces))
        for t, pieces in enumerate(line):
            for p, piece in enumerate(pieces):
                if piece.kind == Kind.MARK and piece.stands_for is None:
                    joinable = False
                    continue
                row.places.append((n, t, p))
                row.joinable.append(joinable and (p == 0) == (piece.kind == Kind.WORD))
                row.settings.append(_setting(row, capitals=capitals, first=t == 0 and p == 0))
                row.pieces.append(piece)
                joinable = piece.kind == Kind.WORD
                if piece.stands_for == STOP or len(row.pieces) >= _LONGEST:
                    yield row
                    row, joinable = Row(), False
    if row.pieces:
        yield row


def _setting(row: Row, *, capitals: bool, first: bool) -> Setting:
    if capitals:
        return Setting.CAPITALS
    return Setting.START if first or not row.pieces else Setting.INSIDE
