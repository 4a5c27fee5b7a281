"""What is left alone in fresh text: words that the engine was sure of and that fit where they stand."""

from __future__ import annotations

import numpy as np

from pipeline.repair.lattice import Reader
from pipeline.repair.likelihood import NONE, REACH, along
from pipeline.repair.ngrams import Ids, Ngrams
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
    words: list[int] = []
    begins = []
    for row in rows:
        words += [*[NONE] * REACH, reader.start]
        begins.append(len(words))
        words += _as_read(row, reader)
    well = _fits(np.array(words + [NONE] * REACH, np.int64), reader.model)
    return [
        [well[at] and _is_trusted(piece, reader) for at, piece in enumerate(row.pieces, start=begin)]
        for row, begin in zip(rows, begins, strict=True)
    ]


def _as_read(row: Row, reader: Reader) -> list[int]:
    ids, unknown = reader.lexicon.ids, reader.lexicon.ids[UNKNOWN]
    return [ids.get(piece.stands_for or piece.text.lower(), unknown) for piece in row.pieces]


def _fits(words: Ids, model: Ngrams) -> list[bool]:
    """For each word of a text, the last `REACH` of which are NONE, but those: whether it fits."""
    _, _, gain = along(words, model)
    ahead = np.arange(len(words) - REACH)[:, None] + np.arange(REACH + 1)
    mean = gain[ahead].sum(axis=1) / np.maximum((words[ahead] >= 0).sum(axis=1), 1)
    fits: list[bool] = (mean >= _FITS).tolist()
    return fits


def _is_trusted(piece: Piece, reader: Reader) -> bool:
    known = piece.kind == Kind.WORD and piece.trust >= SURE and piece.text.lower() in reader.lexicon.ids
    return known and not reader.lexicon.has_twin(piece.text.lower()) and fold(piece.text) not in reader.local
