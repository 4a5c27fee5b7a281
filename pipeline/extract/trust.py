"""How far a word that was read can be trusted: what engine and language say of it, weighed as they proved right.

Neither means what it says: the engine is right far more often than it tells above 0.95 and far less below 0.9, and the
language doubts rare words. A logistic model weighs both; its weights (models/word_trust.tsv) are learnt by
scripts/calibrate_words.py on scans with gold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from pipeline.config import models_dir, read_model
from pipeline.errors import ConfigError
from pipeline.nouns import Word

TYPED = 0.99
"""The engine is never as sure: such a word was typed, not read."""
_DIGITS = 0.97
"""The best confidence that the engine gives digits; theirs means what it says."""
_BEST, _GOOD, _POOR = 0.96, 0.9, 0.5
"""Where the engine's confidence changes its meaning."""
_RIVALLED = 5.0
"""Log odds below which another word fits nearly as well: even one that the engine is sure of may have lost its mark."""
_MOST_ODDS = 14.0
"""Log odds beyond this make nothing surer."""
_NO_RIVAL = 19.5
"""Log odds of a word that the language knows no other for: it has nothing to say."""
_ROMAN = re.compile(r"\W*[IVXLHTl1|]{1,5}\W*")
"""A Roman number, or what becomes of its strokes."""
FEATURES = (
    "always", "poor", "below best", "below good", "odds", "rivalled", "no rival", "no rival below best", "changed",
    "figures", "roman",
)  # fmt: skip


def features(word: Word) -> tuple[float, ...]:
    """What is known of how a word was read, in the order of `FEATURES`."""
    below_best = max(0.0, _BEST - word.confidence) * 10
    silent = word.odds is None or word.odds >= _NO_RIVAL
    odds = 0.0 if word.odds is None or silent else min(max(word.odds, 0.0), _MOST_ODDS)
    return (
        1.0,
        float(word.confidence < _POOR),
        below_best,
        max(0.0, _GOOD - word.confidence) * 10,
        odds,
        float(not silent and odds < _RIVALLED),
        float(silent),
        below_best if silent else 0.0,
        float(word.text != word.raw),
        float(any(c.isdigit() for c in word.text)),
        float(_ROMAN.fullmatch(word.text) is not None),
    )


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    """The weights, in the order of `FEATURES`.

    Raises:
        ConfigError: the file is missing or damaged.
    """
    path = models_dir() / "word_trust.tsv"
    try:
        found = dict(line.split("\t") for line in read_model(path).splitlines())
        return tuple(float(found[name]) for name in FEATURES)
    except (KeyError, ValueError) as e:
        raise ConfigError("a model file is damaged", hint="install congvan again", where=str(path)) from e


def trust(word: Word) -> float:
    """Probability that the word says what is printed, the marks around it aside."""
    if word.text.strip(".,;:").isdigit():
        return min(1.0, word.confidence / _DIGITS)
    if word.confidence >= TYPED:
        return 1.0
    doubt = sum(weight * feature for weight, feature in zip(_weights(), features(word), strict=True))
    return 1.0 / (1.0 + math.exp(doubt))


def trust_all(words: Iterable[Word]) -> float:
    """Probability that all of the words do; 0 for none. Marks without letters and digits do not count."""
    telling = [word for word in words if any(c.isalnum() for c in word.text)]
    return math.prod(map(trust, telling)) if telling else 0.0
