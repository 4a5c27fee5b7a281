"""From what was read to lattices: for each piece of text the words it may have been."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.repair.casing import dress
from pipeline.repair.channel import Channel, Shape, shape_of
from pipeline.repair.decode import Edge, Lattice
from pipeline.repair.lexicon import Lexicon
from pipeline.repair.ngrams import Ngrams
from pipeline.repair.pieces import Kind, Piece
from pipeline.repair.tokens import MIXED, STOP, UNKNOWN

CHANNEL_WEIGHT = 0.8
MOST_EDGES = 14
_KEEP_UNKNOWN = -9.0
_KEEP_UNKNOWN_LETTER = -1.0
_KEEP_MIXED = -9.0
_EXACT = -0.3
_SPLIT_MIN = 4
_SPLITS = 6
_GOOD_ENOUGH = -9.0
_JOIN_MAX = 8


@dataclass(slots=True)
class Reader:
    """The models together, with a memo of the edges each distinct piece has."""

    lexicon: Lexicon
    channel: Channel
    model: Ngrams
    memo: dict[str, list[Edge]] = field(default_factory=dict)

    def edges(self, piece: Piece) -> list[Edge]:
        """The readings of one piece on its own."""
        if piece.kind != Kind.WORD:
            return [Edge((self.lexicon.ids[piece.stands_for or UNKNOWN],), 0.0, piece.text)]
        known = self.memo.get(piece.text)
        if known is None:
            known = self.memo[piece.text] = self._word_edges(piece.text)
        return known

    def as_known(self, piece: Piece) -> Edge | None:
        """The piece as it was read, when it is a known word."""
        word = self.lexicon.ids.get(piece.text.lower())
        return None if word is None or piece.kind != Kind.WORD else Edge((word,), 0.0, piece.text)

    def _word_edges(self, text: str) -> list[Edge]:
        shape = shape_of(text)
        edges = [self._edge(word, score, shape) for word, score in self.channel.candidates(text, shape)]
        edges += self._exact(text, shape)
        edges.sort(key=self._promise, reverse=True)
        best = self._promise(edges[0]) if edges else -99.0
        if len(text) >= _SPLIT_MIN and best < _GOOD_ENOUGH - 8:
            edges += self._splits(text, shape)
        return [*edges[:MOST_EDGES], self._as_read(text)]

    def _edge(self, word: int, score: float, shape: Shape) -> Edge:
        return Edge((word,), score * CHANNEL_WEIGHT, dress(self.lexicon.words[word], shape))

    def _promise(self, edge: Edge) -> float:
        return edge.score + sum(float(self.model.unigram[w]) for w in edge.words)

    def _exact(self, text: str, shape: Shape) -> list[Edge]:
        """Words that are no syllables (abbreviations, foreign words) as read, and abbreviations that lost marks."""
        ids, unknown = self.lexicon.ids, self.lexicon.ids[UNKNOWN]
        found = []
        word = ids.get(text.lower())
        if word is not None and not self.lexicon.is_syllable[word]:
            found.append(Edge((word,), _EXACT, text))
        if shape == Shape.UPPER:
            for abbreviation, score in self.lexicon.abbreviations_like(text):
                found.append(Edge((ids.get(abbreviation.lower(), unknown),), score, abbreviation))
        return found

    def _as_read(self, text: str) -> Edge:
        ids = self.lexicon.ids
        if any(c.isdigit() for c in text):
            return Edge((ids[MIXED],), _KEEP_MIXED, text)
        return Edge((ids[UNKNOWN],), _KEEP_UNKNOWN + _KEEP_UNKNOWN_LETTER * len(text), text)

    def _splits(self, text: str, shape: Shape) -> list[Edge]:
        """Two words that ran together."""
        found = []
        for cut in range(2, len(text) - 1):
            head, tail = text[:cut], text[cut:]
            tail_shape = Shape.UPPER if shape == Shape.UPPER else shape_of(tail)
            for left, left_score in self.channel.candidates(head, shape)[:4]:
                for right, right_score in self.channel.candidates(tail, tail_shape)[:4]:
                    score = (left_score + right_score + self.channel.space_lost) * CHANNEL_WEIGHT
                    words = self.lexicon.words
                    shown = f"{dress(words[left], shape)} {dress(words[right], tail_shape)}"
                    found.append(Edge((left, right), score, shown))
        found.sort(key=self._promise, reverse=True)
        return found[:_SPLITS]

    def joined(self, left: Piece, right: Piece) -> list[Edge]:
        """Readings of two neighbouring pieces as one word, when one of them is hardly a word by itself."""
        if left.kind != Kind.WORD or right.kind != Kind.WORD or len(left.text) + len(right.text) > _JOIN_MAX:
            return []
        if all(self._promise(self.edges(p)[0]) > _GOOD_ENOUGH for p in (left, right)):
            return []
        text = left.text + right.text
        shape = shape_of(text)
        return [
            Edge(
                (word,), (score + self.channel.space_added) * CHANNEL_WEIGHT, dress(self.lexicon.words[word], shape), 2
            )
            for word, score in self.channel.candidates(text, shape)[:4]
        ]

    @property
    def start(self) -> int:
        """The word that stands before every lattice."""
        return self.lexicon.ids[STOP]


def build_lattice(pieces: list[Piece], breaks_before: list[bool], reader: Reader, *, fresh: bool) -> Lattice:
    """The columns of a row of pieces; `breaks_before` tells which pieces may not be joined to the one before."""
    lattice: Lattice = []
    for i, piece in enumerate(pieces):
        known = reader.as_known(piece) if fresh else None
        column = [known] if known else reader.edges(piece)
        if i and not breaks_before[i]:
            column = column + reader.joined(pieces[i - 1], piece)
        lattice.append(column)
    return lattice
