"""Whether text is Vietnamese read well, Vietnamese read without its marks, or something else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from pipeline.repair.lexicon import Lexicon
from pipeline.vietnamese import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_ONLY_VIETNAMESE = re.compile("[\u1ea0-\u1ef9ăĂđĐơƠưƯ]")
_MARKED_SHARE = 0.15
_SYLLABLE_SHARE = 0.5
_STRIPPED_SHARE = 0.8
_MIN_WORDS = 3


class Mode(StrEnum):
    """What kind of text is to be repaired."""

    FRESH = "fresh"
    """Read by an engine that knows Vietnamese: nearly right."""
    RUINED = "ruined"
    """Read without Vietnamese, or stripped of marks: nearly every word is wrong."""
    STRIPPED = "stripped"
    """All marks taken away and nothing else: typed without them, or folded for a file name."""
    FOREIGN = "foreign"
    """No Vietnamese: left alone."""


def recognise(lines: Sequence[str], lexicon: Lexicon) -> Mode:
    """The mode of a text, by the share of its words that carry letters only Vietnamese has.

    Two words in three of running Vietnamese do; a text with hardly any is ruined when its words, marks aside, are
    Vietnamese syllables nonetheless, and foreign otherwise.
    """
    words = [w for line in lines for w in _WORD.findall(line)]
    if len(words) < _MIN_WORDS:
        return Mode.FRESH
    marked = sum(bool(_ONLY_VIETNAMESE.search(w)) for w in words)
    if marked >= _MARKED_SHARE * len(words):
        return Mode.FRESH
    bare = sum(fold(w) in lexicon.folded_syllables for w in words)
    if bare < _SYLLABLE_SHARE * len(words):
        return Mode.FOREIGN
    plain = all(w.isascii() for w in words) and bare >= _STRIPPED_SHARE * len(words)
    return Mode.STRIPPED if plain else Mode.RUINED
