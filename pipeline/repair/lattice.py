"""From what was read to lattices: for each piece of text the words it may have been."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

from pipeline.repair.casing import dress
from pipeline.repair.channel import Channel, shape_of
from pipeline.repair.confidence import Confidences
from pipeline.repair.decode import Column, Edge, Lattice
from pipeline.repair.lexicon import Lexicon
from pipeline.repair.likelihood import NONE
from pipeline.repair.ngrams import Ngrams
from pipeline.repair.pieces import Kind, Piece
from pipeline.repair.rows import Row, Setting
from pipeline.repair.spelling import Shape
from pipeline.repair.tokens import MIXED, STOP, UNKNOWN
from pipeline.vietnamese import fold


@dataclass(frozen=True, slots=True)
class Look:
    """Letters as they were read, how they are taken to be set, and where."""

    text: str
    shape: Shape
    setting: Setting


@dataclass(frozen=True, slots=True)
class Weights:
    """What the scores are weighed with (natural logarithms); tuned on held-out pairs."""

    channel: float = 0.8
    shape: float = 0.5
    capitals: float = 0.8
    """As `shape`, for words in capitals, which are rare inside a sentence."""
    unknown: float = -9.0
    """Keeping a word that no lexicon knows, and for each of its letters:"""
    unknown_letter: float = -1.0
    mixed: float = -9.0
    """Keeping letters mixed with digits."""
    exact: float = -0.3
    """A word that is no syllable, as read."""
    taught: float = -6.0
    """A word that people taught where another one was read with the same letters, marks aside."""
    split: float = -2.0
    """Two words from one, beside what the error model says of a lost space."""
    evidence: bool = True
    """Whether the rest of the letter has a say."""
    most_edges: int = 14
    change: float = 3.0
    """Least log odds for changing a word of fresh text; more for a part of a name:"""
    change_name: float = 3.0


_TWIN_EDGES = 14
"""Rivals of a known word of fresh text that has another one with `d` for `đ`: with its marks it may be any of many."""
_SPLIT_MIN = 4
_SPLITS = 6
_POOR = -17.0
"""A piece whose best reading promises less than this may be two words, or half of one."""
_GLUED = -5.0
"""Two words, spelt right and their marks on, in one that is no word: a lost space is likelier than an unknown word."""
_JOIN_MAX = 8
_OPEN = frozenset({Kind.WORD, Kind.CODE})
_LETTERLIKE = frozenset("?:")
"""Marks that the tail of a letter is often read as: `xử` as `xt?`."""
_SHORT = 3
_MEMO = 50_000


@dataclass(slots=True)
class Reader:
    """The models together, with a memo of the columns of pieces that were met."""

    lexicon: Lexicon
    channel: Channel
    model: Ngrams
    weights: Weights = field(default_factory=Weights)
    cautious: bool = False
    """Fresh text: what is known stays unless the evidence against it is strong, and digits stay always."""
    confidences: Confidences | None = None
    """Ruined text: what the engine's confidence tells."""
    local: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that people taught, by how they look without marks."""
    memo: dict[tuple[Piece, Setting | None], Column] = field(default_factory=dict)
    often: list[float] = field(init=False)
    """Log probability of each word by itself."""

    def __post_init__(self) -> None:
        self.often = self.model.unigram.tolist()

    def closed(self, piece: Piece) -> Column:
        """A known word, or what is no word, as it was read and nothing else."""
        known = self.memo.get((piece, None))
        if known is None:
            word = self.lexicon.ids[piece.text.lower() if piece.kind in _OPEN else piece.stands_for or UNKNOWN]
            known = self._remember((piece, None), Column.of([Edge((word,), 0.0, piece.text)]))
        return known

    def column(self, piece: Piece, setting: Setting) -> Column:
        """The readings of one piece on its own."""
        if piece.kind not in _OPEN:
            return self.closed(piece)
        trust = piece.trust if self.cautious else 0
        known = self.memo.get((piece, setting))
        if known is None:
            column = Column.of(self._weighed(self._edges(piece, setting), piece))
            column.score[0] -= self.channel.distrust[trust]
            known = self._remember((piece, setting), column)
        return known

    def _remember(self, key: tuple[Piece, Setting | None], column: Column) -> Column:
        if len(self.memo) > _MEMO:
            self.memo.clear()
        self.memo[key] = column
        return column

    def joined(self, left: Piece, right: Piece, setting: Setting) -> list[Edge]:
        """Readings of two neighbouring pieces as one word, when one of them is hardly a word by itself.

        In fresh text only the space goes, no letter changes.
        """
        if left.kind != Kind.WORD or len(left.text) + len(right.text) > _JOIN_MAX:
            return []
        if right.kind == Kind.MARK and right.text not in _LETTERLIKE:
            return []
        space = 0.0
        if right.kind == Kind.WORD:
            if not any(self._is_poor(p, setting) for p in (left, right)):
                return []
            space = self.channel.space_added
        text = left.text + right.text
        look = Look(text, shape_of(text), setting)
        if self.cautious:
            word = self.lexicon.ids.get(text.lower(), NONE) if text.isalpha() else NONE
            candidates = [(word, 0.0)] if word != NONE and self.lexicon.is_syllable[word] else []
        else:
            candidates = self.channel.candidates(text, look.shape)[:4]
        return [self._edge(word, score + space, look, span=2) for word, score in candidates]

    def _is_poor(self, piece: Piece, setting: Setting) -> bool:
        """Whether it is hardly a word by itself."""
        if self.cautious:
            return piece.text.isalpha() and piece.text.lower() not in self.lexicon.ids
        return self.promise(self.column(piece, setting).edges[0]) < _POOR

    def promise(self, edge: Edge) -> float:
        """The score of an edge without its neighbours."""
        return edge.score + sum(self.often[w] for w in edge.words)

    def _edges(self, piece: Piece, setting: Setting) -> list[Edge]:
        edges = self._untaught_edges(piece, setting)
        taught = self.local.get(fold(piece.text), ()) if piece.kind == Kind.WORD else ()
        names = [self._taught_edge(word, piece.text) for word in taught]
        seen = {edge.text for edge in edges}
        return [edges[0], *(name for name in names if name.text not in seen), *edges[1:]]

    def _taught_edge(self, word: str, text: str) -> Edge:
        """A word that people taught and that looks like what was read, marks aside: likely only where it belongs."""
        known = self.lexicon.ids.get(word)
        score = self.weights.taught if known is not None else 0.0
        return Edge((self.lexicon.ids[UNKNOWN] if known is None else known,), score, dress(word, shape_of(text)))

    def _weighed(self, edges: list[Edge], piece: Piece) -> list[Edge]:
        """The edges with what the engine's confidence says of each, the most promising first."""
        if self.confidences is None or not piece.trust:
            return edges
        gain, text, step = self.confidences.gain, piece.text, piece.trust
        told = [Edge(e.words, e.score + gain(e.text, text, step), e.text) for e in edges]
        return sorted(told, key=self.promise, reverse=True)

    def _untaught_edges(self, piece: Piece, setting: Setting) -> list[Edge]:
        text = piece.text
        word = self.lexicon.ids.get(text.lower())
        certain = self._as_read(text) if word is None else Edge((word,), 0.0, text)
        if piece.kind == Kind.CODE:
            return [certain, *self._abbreviations(text)]
        if not self.cautious:
            return self._word_edges(text, setting)
        if text in self.lexicon.known_abbreviations or not text.isalpha():
            return [certain]
        return self._unknown_edges(text, setting) if word is None else self._known_edges(text, word, setting)

    def _unknown_edges(self, text: str, setting: Setting) -> list[Edge]:
        """Fresh text, a word that no lexicon knows: in capitals only its marks are open to question."""
        edges = [e for e in self._word_edges(text, setting) if e.text != text]
        if shape_of(text) == Shape.UPPER:
            looks = {fold(text), *(fold(a) for a, _ in self.lexicon.given_twice(text))}
            edges = [e for e in edges if fold(e.text).replace(" ", "") in looks]
        return [self._as_read(text), *edges[: self.weights.most_edges]]

    def _known_edges(self, text: str, word: int, setting: Setting) -> list[Edge]:
        """Fresh text, a known word: as read first, then the words it is likely to be a misreading of."""
        shape = shape_of(text)
        candidates = self.channel.candidates(text, shape)
        own = next((score for number, score in candidates if number == word), self.weights.exact)
        look = Look(text, shape, setting)
        as_read = Edge((word,), own * self.weights.channel + self._shape_score(word, shape, setting), text)
        most = _TWIN_EDGES if self.lexicon.has_twin(text.lower()) else self.weights.most_edges
        return [as_read, *self._best([(score, n, look) for n, score in candidates if n != word], most)]

    def _word_edges(self, text: str, setting: Setting) -> list[Edge]:
        edges = self._likeliest(_looks(text, setting)) + self._exact(text, setting)
        edges.sort(key=self.promise, reverse=True)
        if self._lost_marks(text):
            return edges[: self.weights.most_edges]
        if len(text) >= _SPLIT_MIN and self._may_be_two(text, edges):
            edges = (self._spelt_splits(text) if self.cautious else self._splits(text, setting)) + edges
        return [*edges[: self.weights.most_edges], self._as_read(text)]

    def _may_be_two(self, text: str, edges: list[Edge]) -> bool:
        """Whether it is hardly one word; in fresh text a word with marks that is none may always be two."""
        marked = self.cautious and not text.isascii() and text.lower() not in self.lexicon.ids
        return marked or not edges or self.promise(edges[0]) < _POOR

    def _likeliest(self, looks: tuple[Look, ...]) -> list[Edge]:
        """The most promising syllables that may have been read so."""
        found = [
            (score, word, look) for look in looks for word, score in self.channel.candidates(look.text, look.shape)
        ]
        return self._best(found, self.weights.most_edges)

    def _best(self, candidates: list[tuple[float, int, Look]], most: int) -> list[Edge]:
        """The most promising of words that may have been printed, with what the error model says of each."""
        channel, words = self.weights.channel, self.lexicon.words
        scored = [
            (score * channel + self._shape_score(word, look.shape, look.setting), word, look)
            for score, word, look in candidates
        ]
        best = heapq.nlargest(most, scored, key=lambda found: found[0] + self.often[found[1]])
        return [Edge((word,), score, dress(words[word], look.shape, look.text)) for score, word, look in best]

    def _lost_marks(self, text: str) -> bool:
        """Whether it is no abbreviation itself, but one without its marks."""
        lexicon = self.lexicon
        if text in lexicon.known_abbreviations or shape_of(text) != Shape.UPPER:
            return False
        return any(fold(a) == fold(text) for a, _ in lexicon.abbreviations_like(text, compounds=False))

    def _edge(self, word: int, score: float, look: Look, span: int = 1) -> Edge:
        total = score * self.weights.channel + self._shape_score(word, look.shape, look.setting)
        return Edge((word,), total, dress(self.lexicon.words[word], look.shape, look.text), span)

    def _shape_score(self, word: int, shape: Shape, setting: Setting) -> float:
        if setting == Setting.CAPITALS or (setting == Setting.START and shape != Shape.UPPER):
            return 0.0
        weight = self.weights.capitals if shape == Shape.UPPER else self.weights.shape
        return self.lexicon.shapes[word][shape] * weight

    def _exact(self, text: str, setting: Setting) -> list[Edge]:
        """Words that are no syllables (abbreviations, foreign words) as read, and abbreviations that lost marks."""
        ids = self.lexicon.ids
        found = []
        word = ids.get(text.lower())
        if word is not None and not self.lexicon.is_syllable[word]:
            score = self.weights.exact + self._shape_score(word, shape_of(text), setting)
            found.append(Edge((word,), score, text))
        return found + self._abbreviations(text) if text == text.upper() or shape_of(text) == Shape.UPPER else found

    def _abbreviations(self, text: str) -> list[Edge]:
        """Known abbreviations that lost their marks; in fresh text no compounds and nothing but marks."""
        ids, unknown = self.lexicon.ids, self.lexicon.ids[UNKNOWN]
        likely = self.lexicon.abbreviations_like(text, compounds=not self.cautious)
        if self.cautious:
            likely = [(a, score) for a, score in likely if fold(a) == fold(text)] or self.lexicon.given_twice(text)
        return [Edge((ids.get(a.lower(), unknown),), score, a) for a, score in likely if a != text]

    def _as_read(self, text: str) -> Edge:
        ids = self.lexicon.ids
        if any(c.isdigit() for c in text):
            return Edge((ids[MIXED],), self.weights.mixed, text)
        return Edge((ids[UNKNOWN],), self.weights.unknown + self.weights.unknown_letter * len(text), text)

    def _spelt_splits(self, text: str) -> list[Edge]:
        """Two known syllables that ran together, or one and an abbreviation (`MãTTHC`), each spelt right."""
        found = []
        lost = self.channel.space_lost if text.isascii() else max(self.channel.space_lost, _GLUED)
        for cut in range(1, len(text)):
            if any(len(part) == 1 and part.isascii() for part in (text[:cut], text[cut:])):
                continue  # of the words of one letter only those with marks are common: ý, ở
            left, right = (self.lexicon.ids.get(part.lower()) for part in (text[:cut], text[cut:]))
            if left is None or right is None or not self.lexicon.is_syllable[left]:
                continue
            short = text[cut - 1].islower() and text[cut:] in self.lexicon.known_abbreviations
            if short or self.lexicon.is_syllable[right]:
                found.append(Edge((left, right), lost, f"{text[:cut]} {text[cut:]}"))
        return found

    def _splits(self, text: str, setting: Setting) -> list[Edge]:
        """Two words that ran together."""
        found = []
        shape = shape_of(text)
        lost = self.channel.space_lost * self.weights.channel + self.weights.split
        for cut in range(2, len(text) - 1):
            before = Look(text[:cut], shape, setting)
            after = Look(text[cut:], Shape.UPPER if shape == Shape.UPPER else shape_of(text[cut:]), setting)
            for left, left_score in self.channel.candidates(before.text, before.shape)[:4]:
                head = self._edge(left, left_score, before)
                for right, right_score in self.channel.candidates(after.text, after.shape)[:4]:
                    tail = self._edge(right, right_score, after)
                    score = head.score + tail.score + lost
                    found.append(Edge((left, right), score, f"{head.text} {tail.text}"))
        found.sort(key=self.promise, reverse=True)
        return found[:_SPLITS]

    @property
    def start(self) -> int:
        """The word that stands before every lattice."""
        return self.lexicon.ids[STOP]


def _looks(text: str, setting: Setting) -> tuple[Look, ...]:
    """How it may have been set.

    A short word all in capitals may be one whose small letters were read as capitals; on a line of capitals a small
    letter is a capital that was read so.
    """
    shape = shape_of(text)
    if setting == Setting.CAPITALS and text != text.upper():
        return Look(text, Shape.UPPER, setting), Look(text.upper(), Shape.UPPER, setting)
    if shape == Shape.UPPER and setting != Setting.CAPITALS and len(text) <= _SHORT:
        return Look(text, shape, setting), Look(text, Shape.TITLE, setting)
    return (Look(text, shape, setting),)


def build_lattice(row: Row, left_alone: list[bool], reader: Reader) -> Lattice:
    """The columns of a row; pieces that are to be left alone have one reading."""
    lattice: Lattice = []
    for i, (piece, setting) in enumerate(zip(row.pieces, row.settings, strict=True)):
        if left_alone[i]:
            lattice.append(reader.closed(piece))
            continue
        column = reader.column(piece, setting)
        if row.joinable[i] and i and not left_alone[i - 1]:
            more = reader.joined(row.pieces[i - 1], piece, row.settings[i - 1])
            column = Column.of([*column.edges, *more]) if more else column
        lattice.append(column)
    return lattice
