"""The models of repair, loaded once a process."""

from __future__ import annotations

import dataclasses
from functools import lru_cache

from pipeline.config import models_dir
from pipeline.repair.calibration import Calibration, load_calibrations
from pipeline.repair.channel import load_channel, stripped_channel
from pipeline.repair.confidence import load_confidences
from pipeline.repair.lattice import Reader, Weights
from pipeline.repair.lexicon import Lexicon, load_lexicon
from pipeline.repair.local import LocalLexicon
from pipeline.repair.ngrams import Ngrams, load_ngrams
from pipeline.repair.recognise import Mode

_RUINED_BEAM = 7.5
_FRESH_BEAM = 6.5
"""How far below the best candidate others are looked for: fresh text is nearly right."""
_RUINED = Weights(channel=1.1, shape=0.4, unknown=-10.0, most_edges=20)
_STRIPPED = Weights(shape=0.3, most_edges=24)
_FRESH = Weights(channel=1.0, unknown=-8.0, unknown_letter=-0.5, most_edges=5)


@lru_cache(maxsize=4)
def reader(mode: Mode) -> Reader:
    """Lexicon, language model and the error model that fits the mode.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    words = lexicon()
    syllables = [(i, w) for i, w in enumerate(words.words) if words.is_syllable[i]]
    if mode == Mode.STRIPPED:
        return Reader(words, stripped_channel(syllables), _ngrams(), _STRIPPED)
    if mode == Mode.RUINED:
        ruined = load_channel(models_dir() / "channel_eng.tsv", syllables, _RUINED_BEAM)
        confidences = load_confidences(models_dir() / "confidence_eng.tsv")
        return Reader(words, ruined, _ngrams(), _RUINED, confidences=confidences)
    channel = load_channel(models_dir() / "channel_vie.tsv", syllables, _FRESH_BEAM, blurred=True)
    return Reader(words, channel, _ngrams(), _FRESH, cautious=True)


@lru_cache(maxsize=2)
def taught_reader(mode: Mode, local: LocalLexicon) -> Reader:
    """As `reader`, with what people taught; kept for the letters of one batch.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    return dataclasses.replace(reader(mode), local=local.words(), memo={})


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words that are known.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    return load_lexicon(models_dir() / "words.tsv", models_dir() / "abbreviations.tsv")


@lru_cache(maxsize=1)
def _ngrams() -> Ngrams:
    return load_ngrams(models_dir() / "ngrams.bin")


@lru_cache(maxsize=1)
def _calibrations() -> dict[Mode, Calibration]:
    return load_calibrations(models_dir() / "repair_scores.tsv")


def probability(odds: float, mode: Mode) -> float:
    """The probability that a change is right, from the models' log odds.

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    return _calibrations()[mode](odds)
