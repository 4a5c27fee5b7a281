"""Diagrams, photographs and maps on a page: what an engine makes of their ink is no text.

A chart in a report comes out as dozens of lines of loose letters with the numbers of its axis among them. They stay as
lines, with their ink; the letter's text, its figures and its blocks are found without them.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence

from pipeline.nouns import Line, Word, Zone
from pipeline.vietnamese import is_syllable

_FEWEST = 8
"""Lines of loose letters that only a picture gives: a seal, a pen and a smudge give fewer."""
_POOR = 0.75
"""Mean confidence below which a line may be loose letters."""
_READ = 0.5
"""Confidence from which a syllable was read."""
_MOST_WORDS = 0.25
"""Share of a line's words that may look like words of two letters or more where they are loose letters."""
_POOR_BESIDE, _MOST_BESIDE = 0.8, 0.5
"""The same two for a line that stands in the midst of such lines."""
_STEP = 4.0
"""Heights of the page's lines between two lines of one picture."""
_FIGURE = re.compile(r"[\d.,%()–-]+")


def in_diagrams(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines, by their place in the list, are the loose letters of a picture or the bare numbers of its axis."""
    boxed = [i for i, line in enumerate(lines) if line.words and line.box.area]
    loose = sorted((i for i in boxed if _is_loose(lines[i])), key=lambda i: lines[i].box.y0)
    found: set[int] = set()
    if len(loose) < _FEWEST:
        return frozenset()
    height = statistics.median(word.box.height for i in boxed for word in lines[i].words)
    for group in _near(lines, loose, _STEP * height):
        if len(group) >= _FEWEST:
            top = min(lines[i].box.y0 for i in group) - _STEP * height
            bottom = max(lines[i].box.y1 for i in group) + _STEP * height
            found.update(group)
            found.update(i for i in boxed if top <= lines[i].box.centre[1] <= bottom and _belongs(lines[i]))
    return frozenset(found)


def _near(lines: Sequence[Line], ordered: Sequence[int], step: float) -> Iterator[list[int]]:
    """The lines in groups, from top to bottom, each with no more than a step to the next."""
    group: list[int] = []
    bottom = 0.0
    for i in ordered:
        if group and lines[i].box.y0 - bottom > step:
            yield group
            group = []
        group.append(i)
        bottom = max(bottom, lines[i].box.y1) if len(group) > 1 else lines[i].box.y1
    if group:
        yield group


def _is_loose(line: Line) -> bool:
    """Whether hardly anything in the line was read as a word, and nothing surely; figures alone may be a table's."""
    if line.confidence >= _POOR or _words(line) > _MOST_WORDS * len(line.words):
        return False
    return not all(_FIGURE.fullmatch(word.text) for word in line.words)


def _belongs(line: Line) -> bool:
    """Whether a line among loose letters is more of them, or a value on an axis: a number, no word, no table's."""
    if line.zone is not Zone.TABLE and not _words(line) and any(c.isdigit() for c in line.text):
        return True
    return line.confidence < _POOR_BESIDE and _words(line) <= _MOST_BESIDE * len(line.words)


def _words(line: Line) -> int:
    return sum(map(_is_word, line.words))


def _is_word(word: Word) -> bool:
    letters = word.text.strip(".,;:()\"'-–")
    return len(letters) > 1 and is_syllable(letters) and word.confidence >= _READ
