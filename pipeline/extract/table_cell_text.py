"""The words of a cell as they were printed, without what specks, rules and narrow columns make of them.

Marks at the edges of labels go; headers that are known words get the spaces back that the engine lost. Figures are left
alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.extract.phrases import figure_words
from pipeline.tabular.roles import role_words
from pipeline.tabular.words import STEP, table_words
from pipeline.vietnamese import fold

_MARKS = ".'’‘\u02c6^`\u00b4,;_~"
_LEADING = re.compile(rf"^[{_MARKS}:\u00a8-]+(?=[^\W\d])")
"""Marks that touch the first letter; a dash with a space after it heads a list and stays."""
_TRAILING = re.compile(rf"(?<=[^\W\d]{{2}})[{_MARKS}]+$")
_SHORT_CELL = 8
"""Words; longer cells are sentences, and end with their full stop."""
_LIKE = 88
"""Likeness (0 to 100) of a header without spaces to the words that it was."""
_SHORTEST = 6
"""Letters of a header that may be known by likeness."""


def label_text(text: str) -> str:
    """The words of a label without stray marks at their edges."""
    if len(text.split()) > _SHORT_CELL:
        return text
    bare = _LEADING.sub("", text)
    return bare if "." in bare[:-1] else _TRAILING.sub("", bare)


def header_text(text: str) -> str:
    """The words of a header cell; one without spaces that is a known header is written as that."""
    bare = label_text(text)
    if " " in bare or len(bare) < _SHORTEST - 1:
        return bare
    glued, known = fold(bare), _known()
    if glued in known:
        return known[glued]
    if len(glued) < _SHORTEST or not any(c.isalpha() for c in glued):
        return bare
    score, best = max((fuzz.ratio(glued, name), name) for name in known if ("%" in name) == ("%" in glued))
    return known[best] if score >= _LIKE else bare


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
