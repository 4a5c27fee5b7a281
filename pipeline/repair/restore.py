"""Running text through the decoder: lines to pieces, pieces to lattices, the best readings back into lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.repair.decode import NONE, Edge, decode
from pipeline.repair.lattice import Reader, Setting, build_lattice
from pipeline.repair.pieces import Kind, Piece, cut_token
from pipeline.repair.tokens import STOP
from pipeline.vietnamese import is_capitals

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: line and token count from 0, `part` is its place in the token."""

    line: int
    token: int
    part: int


@dataclass(slots=True)
class Row:
    """Pieces that the language model sees as one run, with where they stand."""

    places: list[Place]
    pieces: list[Piece]
    joinable: list[bool]
    """Whether the piece follows the one before so closely that the two may be one word."""
    settings: list[Setting]


def restore(tokens: Sequence[Sequence[str]], reader: Reader) -> list[list[str]]:
    """Each token of each line as it was most likely printed; an empty string where it was joined to the next one."""
    cut = [[cut_token(token) for token in line] for line in tokens]
    rows = list(rows_of(cut))
    lattices = [build_lattice(row.pieces, row.joinable, row.settings, reader) for row in rows]
    paths = decode(lattices, reader.model, reader.start)
    texts: dict[Place, Edge | None] = {}
    for row, lattice, path in zip(rows, lattices, paths, strict=True):
        for place, column, edge in zip(row.places, lattice, path, strict=True):
            texts[place] = None if edge == NONE else column.edges[edge]
    return [[_token_text(n, t, pieces, texts) for t, pieces in enumerate(line)] for n, line in enumerate(cut)]


def _token_text(line: int, token: int, pieces: list[Piece], texts: dict[Place, Edge | None]) -> str:
    parts = []
    for part, piece in enumerate(pieces):
        place = Place(line, token, part)
        edge = texts.get(place)
        parts.append(piece.text if place not in texts else edge.text if edge else "")
    return "".join(parts)


def rows_of(cut: list[list[list[Piece]]]) -> Iterator[Row]:
    """The pieces with a meaning for the language model, in rows that end at a full stop or at a fair length."""
    row = Row([], [], [], [])
    joinable = False
    for n, line in enumerate(cut):
        capitals = is_capitals(" ".join(piece.text for pieces in line for piece in pieces))
        for t, pieces in enumerate(line):
            for p, piece in enumerate(pieces):
                if piece.kind == Kind.MARK and piece.stands_for is None:
                    joinable = False
                    continue
                row.places.append(Place(n, t, p))
                row.joinable.append(joinable and (p == 0) == (piece.kind == Kind.WORD))
                row.settings.append(_setting(row, capitals=capitals, first=t == 0 and p == 0))
                row.pieces.append(piece)
                joinable = piece.kind == Kind.WORD
                if piece.stands_for == STOP or len(row.pieces) >= _LONGEST:
                    yield row
                    row, joinable = Row([], [], [], []), False
    if row.pieces:
        yield row


def _setting(row: Row, *, capitals: bool, first: bool) -> Setting:
    if capitals:
        return Setting.CAPITALS
    return Setting.START if first or not row.pieces else Setting.INSIDE
