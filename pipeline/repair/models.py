"""The models of repair, loaded once a process."""

from __future__ import annotations

from functools import lru_cache

from pipeline.config import models_dir
from pipeline.repair.channel import load_channel
from pipeline.repair.lattice import Reader
from pipeline.repair.lexicon import Lexicon, load_lexicon
from pipeline.repair.ngrams import Ngrams, load_ngrams


@lru_cache(maxsize=4)
def reader(engine: str) -> Reader:
    """Lexicon, language model and the error model of an engine (`eng`: Tesseract without Vietnamese; `vie`).

    Raises:
        ConfigError: a model file is missing or damaged.
    """
    lexicon = _lexicon()
    syllables = ((i, w) for i, w in enumerate(lexicon.words) if lexicon.is_syllable[i])
    return Reader(lexicon, load_channel(models_dir() / f"channel_{engine}.tsv", syllables), _ngrams())


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return load_lexicon(models_dir() / "words.tsv", models_dir() / "abbreviations.tsv")


@lru_cache(maxsize=1)
def _ngrams() -> Ngrams:
    return load_ngrams(models_dir() / "ngrams.bin")
