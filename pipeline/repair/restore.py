"""Running text through the decoder: lines to pieces, pieces to lattices, the best readings back into lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.repair.decode import NONE, Edge, decode
from pipeline.repair.lattice import Reader, build_lattice
from pipeline.repair.pieces import Kind, Piece, cut_token
from pipeline.repair.tokens import STOP

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: line and token count from 0, `part` is its place in the token."""

    line: int
    token: int
    part: int


@dataclass(slots=True)
class _Row:
    places: list[Place]
    pieces: list[Piece]
    breaks: list[bool]


def restore(tokens: Sequence[Sequence[str]], reader: Reader, *, fresh: bool) -> list[list[str]]:
    """Each token of each line as it was most likely printed; an empty string where it was joined to the next one.

    In `fresh` text a word that is known is taken as read.
    """
    cut = [[cut_token(token) for token in line] for line in tokens]
    rows = list(_rows(cut))
    lattices = [build_lattice(row.pieces, row.breaks, reader, fresh=fresh) for row in rows]
    paths = decode(lattices, reader.model, reader.start)
    texts = {}
    for row, lattice, path in zip(rows, lattices, paths, strict=True):
        for place, column, edge in zip(row.places, lattice, path, strict=True):
            texts[place] = None if edge == NONE else column[edge]
    return [[_token_text(n, t, pieces, texts) for t, pieces in enumerate(line)] for n, line in enumerate(cut)]


def _token_text(line: int, token: int, pieces: list[Piece], texts: dict[Place, Edge | None]) -> str:
    parts = []
    for part, piece in enumerate(pieces):
        place = Place(line, token, part)
        edge = texts.get(place)
        parts.append(piece.text if place not in texts else edge.text if edge else "")
    return "".join(parts)


def _rows(cut: list[list[list[Piece]]]) -> list[_Row]:
    """The pieces with a meaning for the language model, in rows that end at a full stop or at a fair length."""
    rows: list[_Row] = []
    row = _Row([], [], [])
    joinable = False
    for n, line in enumerate(cut):
        for t, pieces in enumerate(line):
            for p, piece in enumerate(pieces):
                if piece.kind == Kind.MARK and piece.stands_for is None:
                    joinable = False
                    continue
                row.places.append(Place(n, t, p))
                row.pieces.append(piece)
                row.breaks.append(not joinable or p > 0)
                joinable = piece.kind == Kind.WORD
                if piece.stands_for == STOP or len(row.pieces) >= _LONGEST:
                    rows.append(row)
                    row, joinable = _Row([], [], []), False
    return [*rows, row] if row.pieces else rows
