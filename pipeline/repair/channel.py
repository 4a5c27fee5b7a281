"""The error model: how likely an OCR engine reads a printed syllable as what it did, and which syllables those may be.

A syllable is its onset and its rime; each is explained by chunks of up to three printed and three read letters, whose
probabilities were counted on text that was set, degraded and read (`scripts.learn_channel`). Candidates for a token
come from joining the onsets that explain its head with the rimes that explain its tail, so the search meets some 30
onsets and some 700 rimes instead of all syllables.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pipeline.errors import ConfigError
from pipeline.repair.pieces import ENGINE_STEPS
from pipeline.repair.spelling import Inverse, Shape, Speller
from pipeline.vietnamese import TONES, fold, strip_marks

LENGTH_COST = (0.0, 0.0, 1.5, 3.0)
"""Natural-log cost of a chunk by its printed letters: a longer chunk must earn its place."""
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
_LONGEST_READ = 10
"""Letters read that a syllable (at most 7 printed) may have become."""
_LONGEST_ONSET = 5
"""Letters read that an onset may have become."""

_ONSET = re.compile(r"(ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?(.*)")


@dataclass(frozen=True, slots=True)
class Channel:
    """An engine's error model over one vocabulary; the memos fill as tokens are met."""

    onset_speller: Speller
    rime_speller: Speller
    onsets: dict[str, dict[str, int]]
    """Onset to its rimes to the word's id."""
    space_lost: float
    space_added: float
    distrust: tuple[float, ...]
    """For each step of trust, how much likelier a word is wrong than one of which nothing is known (log odds)."""
    twins: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Words by how they look without marks, where all are to be looked at."""
    slip: float = 0.0
    """Log probability of such a word, where the search found nothing that makes it likelier."""
    memo_rime: dict[tuple[str, Shape], list[tuple[str, float]]] = field(default_factory=dict)
    memo_word: dict[tuple[str, Shape], list[tuple[int, float]]] = field(default_factory=dict)

    def candidates(self, core: str, shape: Shape) -> list[tuple[int, float]]:
        """Word ids that may have been printed where `core` was read, with log P(core | word), best first."""
        if len(core) > _LONGEST_READ:
            return []
        known = self.memo_word.get((core, shape))
        if known is None:
            if len(self.memo_word) > _MEMO:
                self.memo_word.clear()
            known = self.memo_word[core, shape] = self._search(core, shape)
        return known

    def _search(self, core: str, shape: Shape) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        beam = self.rime_speller.beam
        top = -math.inf
        for head_score, words, tails in self._halves(core, shape):
            least = top - beam - head_score
            for rime, tail_score in tails:
                if tail_score < least:
                    break
                word = words.get(rime)
                if word is not None and head_score + tail_score > best.get(word, -math.inf):
                    best[word] = head_score + tail_score
                    top = max(top, best[word])
        found = {word: score for word, score in best.items() if score >= top - beam}
        for twin in self.twins.get(fold(core), ()):
            found.setdefault(twin, self.slip)
        return sorted(found.items(), key=lambda c: (-c[1], c[0]))

    def _halves(self, core: str, shape: Shape) -> list[tuple[float, dict[str, int], list[tuple[str, float]]]]:
        """Onset scores, the onset's rimes, and the rimes that explain the rest; the most promising first."""
        halves = []
        for cut, onsets in enumerate(self.onset_speller.explain(core[:_LONGEST_ONSET], shape)):
            for onset, score in onsets:
                started = shape if shape != Shape.TITLE or not onset else Shape.LOWER
                tails = self._rimes(core[cut:], started)
                if tails:
                    halves.append((score, self.onsets[onset], tails))
        halves.sort(key=lambda half: -half[0] - half[2][0][1])
        return halves

    def _rimes(self, read: str, shape: Shape) -> list[tuple[str, float]]:
        known = self.memo_rime.get((read, shape))
        if known is None:
            if len(self.memo_rime) > _MEMO:
                self.memo_rime.clear()
            explained = self.rime_speller.whole(read, shape)
            known = self.memo_rime[read, shape] = sorted(explained, key=lambda rime: (-rime[1], rime[0]))
        return known


@lru_cache(maxsize=16384)
def shape_of(core: str) -> Shape:
    """How it is set; a lone capital counts as the start of a word."""
    letters = [c for c in core if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if capitals >= 2 and capitals >= 0.6 * len(letters):
        return Shape.UPPER
    return Shape.TITLE if core[:1].isupper() else Shape.LOWER


def load_channel(path: Path, words: Iterable[tuple[int, str]], beam: float, *, blurred: bool = False) -> Channel:
    """The error model of a file that `scripts.learn_channel` wrote, over the words (id, word) that are syllables.

    Candidates less likely than the best by more than `beam` (natural log) are not looked for. With `blurred`, any mark
    of a vowel may be taken for another, seldom as that is on the pages that the model learnt from: print, scanner and
    resolution of a letter are its own, and what they blur are the marks. So a word that differs in its marks alone is
    always a candidate.

    Raises:
        ConfigError: the file is missing or malformed.
    """
    try:
        facts, chunks = _read_table(path)
        tables = _tables(chunks)
        if not blurred:
            return _channel(_by_onset(words), tables, facts, beam)
        for table, dress in zip(tables, (str.lower, str.upper, str.upper), strict=True):
            _blur(table, dress, (facts["slip_1"], facts["slip_2"]))
        words = tuple(words)
        channel = _channel(_by_onset(words), tables, facts, beam)
        return dataclasses.replace(channel, twins=alike(words), slip=facts["slip_2"])
    except OSError as e:
        raise ConfigError(f"a model file cannot be read: {e.strerror}", where=str(path)) from e
    except (ValueError, IndexError, KeyError) as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e


def _read_table(path: Path) -> tuple[dict[str, float], list[tuple[str, str, float]]]:
    facts: dict[str, float] = {}
    chunks: list[tuple[str, str, float]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if line.startswith("# "):
            facts[cells[0][2:]] = float(cells[1])
        else:
            chunks.append((cells[0], cells[1], float(cells[2])))
    return facts, chunks


def _channel(
    onsets: dict[str, dict[str, int]], scores: tuple[Scores, Scores, Scores], facts: dict[str, float], beam: float
) -> Channel:
    small, capital, first = (_inverse(table) for table in scores)
    tables = (small, first, capital)
    return Channel(
        Speller.of(onsets, tables, beam),
        Speller.of((rime for found in onsets.values() for rime in found), tables, beam),
        onsets,
        math.log(max(facts["space_lost"], 1e-6)),
        math.log(max(facts["space_added"], 1e-6)),
        _distrust(facts),
    )


def _distrust(facts: dict[str, float]) -> tuple[float, ...]:
    """By the step of trust; typed text is believed as much as what the engine is surest of."""
    steps = [facts.get(f"distrust_{step}", 0.0) for step in range(1, ENGINE_STEPS + 1)]
    return (0.0, *steps, steps[-1])


def stripped_channel(words: Iterable[tuple[int, str]]) -> Channel:
    """The model of an error that is none: every letter loses its marks, and nothing else happens to it."""
    onsets = _by_onset(words)
    letters = {c for onset, rimes in onsets.items() for text in (onset, *rimes) for c in text}
    small = {(c, strip_marks(c)): 0.0 for c in letters}
    capital = {(c, bare.upper()): 0.0 for c, bare in small}
    return _channel(onsets, (small, capital, capital), {"space_lost": 0.0, "space_added": 0.0}, 1.0)


def alike(words: Iterable[tuple[int, str]]) -> dict[str, tuple[int, ...]]:
    """The numbers of words by how these look without marks."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, word in words:
        groups[fold(word)].append(number)
    return {bare: tuple(numbers) for bare, numbers in groups.items()}


def _by_onset(words: Iterable[tuple[int, str]]) -> dict[str, dict[str, int]]:
    onsets: dict[str, dict[str, int]] = defaultdict(dict)
    for number, word in words:
        onset, rime = cut_onset(word)
        onsets[onset][rime] = number
    return dict(onsets)


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


def is_vowel(letter: str) -> bool:
    """Whether a single letter is a vowel, marks or none."""
    return fold(letter) in set("aeiouy")


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


def _blur(table: Scores, dress: Callable[[str], str], slips: tuple[float, float]) -> None:
    """Any vowel may have been read as another one of its base, however rarely that was met."""
    vowels = sorted({printed for printed, _ in table if len(printed) == 1 and is_vowel(printed)})
    for printed, read in itertools.permutations(vowels, 2):
        if fold(printed) == fold(read):
            key = (printed, dress(read))
            table[key] = max(table.get(key, -math.inf), slips[marks_changed(printed, read) - 1])


def marks_changed(printed: str, read: str) -> int:
    """How many marks of a vowel another one of its base changes: its tone, its hat or hook, or both."""
    return sum(a != b for a, b in zip(_marks(printed), _marks(read), strict=True))


def _marks(vowel: str) -> tuple[str, str]:
    """The tone mark of a vowel, and the letter without it."""
    letters = unicodedata.normalize("NFD", vowel)
    return "".join(c for c in letters if c in TONES), "".join(c for c in letters if c not in TONES)


def _inverse(scores: Scores) -> Inverse:
    inverse: Inverse = defaultdict(dict)
    for (printed, read), score in scores.items():
        inverse[read][printed] = score
    return dict(inverse)
