"""The words of a cell as they were printed, without what specks, rules and narrow columns make of them.

Marks at the edges of labels go; headers that are known words get the spaces back that the engine lost. Figures are left
alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.extract.words.phrases import figure_words
from pipeline.tabular.roles import role_words
from pipeline.tabular.words import STEP, table_words
from pipeline.vietnamese import fold, is_syllable

_MARKS = "¿¡§|.'’‘\u02c6^`\u00b4,;_~"
_LEADING = re.compile(rf"^[{_MARKS}:\u00a8-]+(?=[^\W\d])")
"""Marks that touch the first letter; a dash with a space after it heads a list and stays."""
_TRAILING = re.compile(rf"(?<=[^\W\d]{{2}})[{_MARKS}]+$")
_STRAY_CLOSE = re.compile(r"(?<=[^\W\d_]{2})\)")
_GLUED_NUMBER = re.compile(r"(?P<word>[^\W\d_]{2,})(?P<number>\d+)")
_SHORT_CELL = 8
"""Words; longer cells are sentences, and end with their full stop."""
_LIKE = 88
"""Likeness (0 to 100) of a header without spaces to the words that it was."""
_SHORTEST = 6
"""Letters of a header that may be known by likeness."""


def label_text(text: str) -> str:
    """The words of a label without stray marks at their edges."""
    return _bare(" ".join(map(_parted, text.split())))


def _bare(text: str) -> str:
    if len(text.split()) > _SHORT_CELL:
        return text
    bare = _LEADING.sub("", text if "(" in text else _STRAY_CLOSE.sub("", text))
    return bare if "." in bare[:-1] else _TRAILING.sub("", bare)


def _parted(word: str) -> str:
    """A word of a narrow cell with the space that the engine lost: `LệThủy`, `Mầmnon`, `Tháng01`.

    Only words with Vietnamese letters are parted, where a capital begins the second half or where one way alone leaves
    two syllables; `VietGAP` and `container` stay.
    """
    if word.isascii():
        return word
    glued = _GLUED_NUMBER.fullmatch(word)
    if glued is not None and is_syllable(glued["word"]):
        return f"{glued['word']} {glued['number']}"
    if not word.isalpha() or is_syllable(word):
        return word
    ways = [at for at in range(1, len(word)) if _both_words(word[:at], word[at:])]
    capitals = [at for at in ways if word[at].isupper()]
    ways = capitals or (ways if word[1:].islower() else [])
    return f"{word[: ways[0]]} {word[ways[0] :]}" if len(ways) == 1 else word


def _both_words(left: str, right: str) -> bool:
    """Whether both are syllables, or the second an abbreviation; a foreign syllable with marks (`Đắk`) is one, too."""
    begins = is_syllable(left) or (right[0].isupper() and left[0].isupper() and not left.isascii())
    begun = left[-1].islower() or left == "Y"
    return begun and begins and (is_syllable(right) or (right.isupper() and not left.isascii()))


def header_text(text: str) -> str:
    """The words of a header cell; one without spaces that is a known header is written as that."""
    bare = _bare(text)
    if " " in bare or len(bare) < _SHORTEST - 1:
        return label_text(text)
    glued, known = fold(bare), _known()
    if glued in known:
        return known[glued]
    if len(glued) < _SHORTEST or not any(c.isalpha() for c in glued):
        return label_text(text)
    score, best = max((fuzz.ratio(glued, name), name) for name in known if ("%" in name) == ("%" in glued))
    return known[best] if score >= _LIKE else label_text(text)


def header_path(path: str) -> str:
    """A header path, each of its levels as `header_text` writes it."""
    return STEP.join(header_text(level) for level in path.split(STEP))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Headers of two words and more by their folded letters alone."""
    words = table_words()
    roles = [name for names in role_words().names.values() for name in names]
    nouns = sorted(figure_words().nouns)
    names = [*nouns, *words.label_names, *roles]
    return {fold(name).replace(" ", ""): name[:1].upper() + name[1:] for name in names if " " in name}
