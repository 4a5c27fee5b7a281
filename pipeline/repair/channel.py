"""The error model: how likely an OCR engine reads a printed syllable as what it did, and which syllables those may be.

A syllable is its onset and its rime; each is explained by chunks of up to three printed and three read letters, whose
probabilities were counted on text that was set, degraded and read (`scripts.learn_channel`). Candidates for a token
come from joining the onsets that explain its head with the rimes that explain its tail, so the search meets some 30
onsets and some 700 rimes instead of all syllables.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.vietnamese import fold, strip_marks

MAX_CHUNK = 3
LENGTH_COST = (0.0, 0.0, 1.5, 3.0)
"""Natural-log cost of a chunk by its printed letters: a longer chunk must earn its place."""
BEAM = 11.0
"""Candidates less likely than the best by more than this (natural log) are not looked at."""
_DERIVED_COST = 1.0
_LETTER_FLOOR = -4.0
_LOST_FLOOR = -7.0
_ADDED_LETTER = -6.5
_ADDED_SIGN = -5.5
_SIGN_FLOOR = -7.5
_CAPITAL_FLOOR = -5.0
_SIGNS = "0123456789&@€¢¥£§%$?’'‘`!|/\\<>«»®©°*^~"
"""What is no letter, and yet read where one stood."""
_MEMO = 20_000

_ONSET = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(.*)")

Inverse = dict[str, list[tuple[str, float]]]
"""Chunk read to the chunks that may have been printed, each with its log probability."""


class Shape(IntEnum):
    """How a token is set."""

    LOWER = 0
    TITLE = 1
    UPPER = 2


@dataclass(frozen=True, slots=True)
class Channel:
    """An engine's error model over one vocabulary; the memos fill as tokens are met."""

    inner: tuple[Inverse, Inverse]
    """For letters in small type and in capitals."""
    first: Inverse
    """For a capital that begins a word in small type."""
    onsets: dict[str, dict[str, int]]
    """Onset to its rimes to the word's id."""
    rime_prefixes: frozenset[str]
    rimes: frozenset[str]
    space_lost: float
    space_added: float
    memo_onset: dict[tuple[str, Shape], list[tuple[str, float]]] = field(default_factory=dict)
    memo_rime: dict[tuple[str, Shape], list[tuple[str, float]]] = field(default_factory=dict)
    memo_word: dict[tuple[str, Shape], list[tuple[int, float]]] = field(default_factory=dict)

    def candidates(self, core: str, shape: Shape) -> list[tuple[int, float]]:
        """Word ids that may have been printed where `core` was read, with log P(core | word), best first."""
        known = self.memo_word.get((core, shape))
        if known is None:
            if len(self.memo_word) > _MEMO:
                self.memo_word.clear()
            known = self.memo_word[core, shape] = self._search(core, shape)
        return known

    def _search(self, core: str, shape: Shape) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        for cut in range(min(len(core), 5) + 1):
            heads = self._onsets(core[:cut], shape)
            if not heads:
                continue
            tails = self._rimes(core[cut:], Shape.UPPER if shape == Shape.UPPER else Shape.LOWER)
            for onset, head_score in heads:
                words = self.onsets[onset]
                titled = shape == Shape.TITLE and not onset
                for rime, tail_score in self._rimes(core[cut:], Shape.TITLE) if titled else tails:
                    word = words.get(rime)
                    score = head_score + tail_score
                    if word is not None and score > best.get(word, -math.inf):
                        best[word] = score
        if not best:
            return []
        least = max(best.values()) - BEAM
        return sorted(((w, s) for w, s in best.items() if s >= least), key=lambda c: -c[1])

    def _onsets(self, read: str, shape: Shape) -> list[tuple[str, float]]:
        known = self.memo_onset.get((read, shape))
        if known is None:
            scored = ((onset, self.explain(onset, read, shape)) for onset in self.onsets)
            known = [(onset, score) for onset, score in scored if score > -BEAM]
            self.memo_onset[read, shape] = known
        return known

    def _rimes(self, read: str, shape: Shape) -> list[tuple[str, float]]:
        inner = Shape.LOWER if shape == Shape.TITLE else shape
        known = self.memo_rime.get((read, shape))
        if known is None:
            if len(self.memo_rime) > _MEMO:
                self.memo_rime.clear()
            known = self.memo_rime[read, shape] = self._search_rimes(read, shape, inner)
        return known

    def _search_rimes(self, read: str, shape: Shape, inner: Shape) -> list[tuple[str, float]]:
        table = self.inner[inner == Shape.UPPER]
        reached: list[dict[str, float]] = [{} for _ in range(len(read) + 1)]
        reached[0][""] = 0.0
        for at, here in enumerate(reached):
            if not here:
                continue
            least = max(here.values()) - BEAM
            titled = shape == Shape.TITLE and at == 0
            if not titled:
                self._extend(list(here.items()), table.get("", []), here)
            frontier = [(p, s) for p, s in here.items() if s >= least]
            for size in range(1, min(MAX_CHUNK, len(read) - at) + 1):
                options = (self.first if titled else table).get(read[at : at + size])
                if options:
                    self._extend(frontier, options, reached[at + size])
        return [(p, s) for p, s in reached[-1].items() if p in self.rimes]

    def _extend(
        self, frontier: list[tuple[str, float]], options: list[tuple[str, float]], into: dict[str, float]
    ) -> None:
        prefixes = self.rime_prefixes
        for prefix, score in frontier:
            for printed, cost in options:
                longer = prefix + printed
                if longer in prefixes and score + cost > into.get(longer, -math.inf):
                    into[longer] = score + cost

    def explain(self, printed: str, read: str, shape: Shape) -> float:
        """Log probability of reading `read` where `printed` (small letters) stood in that shape; -inf for never."""
        best = {(0, 0): 0.0}
        for i in range(len(printed) + 1):
            for j in range(len(read) + 1):
                here = best.get((i, j))
                if here is None:
                    continue
                table = self.first if shape == Shape.TITLE and i == 0 else self.inner[shape == Shape.UPPER]
                for size in range(min(MAX_CHUNK, len(read) - j) + 1):
                    for chunk, cost in table.get(read[j : j + size], ()):
                        after = (i + len(chunk), j + size)
                        if printed.startswith(chunk, i) and here + cost > best.get(after, -math.inf):
                            best[after] = here + cost
        return best.get((len(printed), len(read)), -math.inf)


def shape_of(core: str) -> Shape:
    """How it is set; a lone capital counts as the start of a word."""
    letters = [c for c in core if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals >= 2 and capitals >= 0.6 * len(letters):
        return Shape.UPPER
    return Shape.TITLE if core[:1].isupper() else Shape.LOWER


def load_channel(path: Path, words: Iterable[tuple[int, str]]) -> Channel:
    """The error model of a file that `scripts.learn_channel` wrote, over the words (id, word) that are syllables.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    facts: dict[str, float] = {}
    chunks: list[tuple[str, str, float]] = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if line.startswith("# "):
                facts[cells[0][2:]] = float(cells[1])
            else:
                chunks.append((cells[0], cells[1], float(cells[2])))
    except OSError as e:
        raise ConfigError(f"a model file cannot be read: {e.strerror}", where=str(path)) from e
    except (ValueError, IndexError) as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e
    onsets: dict[str, dict[str, int]] = defaultdict(dict)
    for number, word in words:
        onset, rime = cut_onset(word)
        onsets[onset][rime] = number
    rimes = frozenset(rime for found in onsets.values() for rime in found)
    prefixes = frozenset(rime[:n] for rime in rimes for n in range(len(rime) + 1))
    small, capital, first = _tables(chunks)
    return Channel(
        (_inverse(small), _inverse(capital)),
        _inverse(first),
        dict(onsets),
        prefixes,
        rimes,
        math.log(max(facts["space_lost"], 1e-6)),
        math.log(max(facts["space_added"], 1e-6)),
    )


def is_vowel(letter: str) -> bool:
    """Whether a single letter is a vowel, marks or none."""
    return fold(letter) in set("aeiouy")


def cut_onset(word: str) -> tuple[str, str]:
    """The onset and the rime of a syllable in small letters."""
    match = _ONSET.match(word)
    onset, rime = (match.group(1) or "", match.group(2)) if match else ("", word)
    return (onset, rime) if rime else ("", onset)


Scores = dict[tuple[str, str], float]


def _tables(chunks: list[tuple[str, str, float]]) -> tuple[Scores, Scores, Scores]:
    """The chunks for small type, for capitals and for a first capital, the printed side in small letters in all three.

    Capitals are rarer in what was learnt from, so what is known of small letters stands in at a price.
    """
    small, capital, first = {}, {}, {}
    for printed, read, score in chunks:
        cost = score - LENGTH_COST[len(printed)]
        if printed.islower():
            small[printed, read] = cost
        if printed.isupper():
            capital[printed.lower(), read] = cost
        if printed[0].isupper() and printed[1:] == printed[1:].lower():
            first[printed.lower(), read] = cost
    for printed, read in list(small):
        derived = small[printed, read] - _DERIVED_COST
        capital.setdefault((printed, read.upper()), derived)
        first.setdefault((printed, read[:1].upper() + read[1:]), derived)
    letters = {p for p, _ in small if len(p) == 1}
    _floor(small, letters, str.lower)
    _floor(capital, letters, str.upper)
    _floor(first, letters, str.upper)
    small |= {
        (printed, read.upper()): cost + _CAPITAL_FLOOR
        for (printed, read), cost in small.items()
        if read.islower() and (printed, read.upper()) not in small
    }
    for table in (small, capital):
        _floor_signs(table, letters)
    return small, capital, first


def _floor_signs(table: Scores, letters: set[str]) -> None:
    """Whatever was read may have been added to what stood there; a sign may stand for any vowel."""
    seen = {read for _, read in table if len(read) == 1}
    for read in seen | set(_SIGNS):
        table.setdefault(("", read), _ADDED_LETTER if read.isalpha() else _ADDED_SIGN)
        if read in _SIGNS:
            for printed in letters:
                if is_vowel(printed):
                    table.setdefault((printed, read), _SIGN_FLOOR)


def _floor(table: Scores, letters: set[str], dress: Callable[[str], str]) -> None:
    """However rarely it was met: any letter may be read right, without its marks, or not at all."""
    for printed in letters:
        for read in (printed, strip_marks(printed)):
            key = (printed, dress(read))
            table[key] = max(table.get(key, -math.inf), _LETTER_FLOOR)
        table.setdefault((printed, ""), _LOST_FLOOR)


def _inverse(scores: Scores) -> Inverse:
    inverse: Inverse = defaultdict(list)
    for (printed, read), score in scores.items():
        inverse[read].append((printed, score))
    return dict(inverse)
