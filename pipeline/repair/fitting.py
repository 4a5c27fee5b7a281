"""What is left alone in fresh text: words that the engine was sure of and that fit where they stand."""

from __future__ import annotations

import numpy as np

from pipeline.repair.decode import NONE
from pipeline.repair.doubt import REACH, window_scores
from pipeline.repair.lattice import Reader
from pipeline.repair.ngrams import Ids
from pipeline.repair.pieces import SURE, Kind, Piece
from pipeline.repair.rows import Row
from pipeline.repair.tokens import UNKNOWN
from pipeline.vietnamese import fold

_FITS = -3.5
"""Mean log probability of a word and the three after it from which it fits.

Of the words that the engine was sure of and misread, one in fifty does so well; of those that it read right, two in
three (held-out pairs)."""


def fitting(rows: list[Row], reader: Reader) -> list[list[bool]]:
    """For each piece of each row whether it needs no second look."""
    texts = [_as_read(row, reader) for row in rows]
    windows = np.concatenate([np.lib.stride_tricks.sliding_window_view(text, 2 * REACH + 1) for text in texts])
    mean = window_scores(windows, reader.model) / (windows[:, REACH:] >= 0).sum(axis=1)
    fits = np.split(mean >= _FITS, np.cumsum([len(row.pieces) for row in rows])[:-1])
    return [
        [bool(well) and _is_trusted(piece, reader) for piece, well in zip(row.pieces, well_there, strict=True)]
        for row, well_there in zip(rows, fits, strict=True)
    ]


def _as_read(row: Row, reader: Reader) -> Ids:
    """The words of a row as they were read, with what a window needs at both ends."""
    ids, unknown = reader.lexicon.ids, reader.lexicon.ids[UNKNOWN]
    words = [ids.get(piece.stands_for or piece.text.lower(), unknown) for piece in row.pieces]
    return np.array([*[NONE] * (REACH - 1), reader.start, *words, *[NONE] * REACH], np.int64)


def _is_trusted(piece: Piece, reader: Reader) -> bool:
    known = piece.kind == Kind.WORD and piece.trust >= SURE and piece.text.lower() in reader.lexicon.ids
    return known and not reader.lexicon.has_twin(piece.text.lower()) and fold(piece.text) not in reader.local
