"""Lines of text seen as set on a page: the steps between them, and which carry no text at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.nouns import Line

DIRT = " .,:;*'`\"|_~-–—=«»<>[]{}()!?/\\"
"""Marks that are dirt at the edges of a name, a place or an office."""
_WIDE_STEP = 1.5
"""A step this much larger than the ones before it starts something new."""
_TALL_STEP = 2.6
"""The same against the height of the lines, where there is only one step to judge by."""


def with_text(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without rules, ornaments and dirt: two letters or digits at least."""
    return (line for line in lines if sum(map(str.isalnum, line.text)) >= 2)


def as_block(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines from the first on that follow each other without a gap; all of them where no boxes are known."""
    before: Line | None = None
    steps: list[float] = []
    for line in lines:
        if before is not None:
            step = _middle(line) - _middle(before)
            if line.box.area and _is_gap(step, steps, line):
                return
            steps.append(step)
        yield line
        before = line


def _middle(line: Line) -> float:
    return line.box.centre[1]


def _is_gap(step: float, steps: list[float], line: Line) -> bool:
    height = sorted(word.box.height for word in line.words)[-1 - len(line.words) // 4]
    if step < 0:
        return True
    usual = max(steps, default=0.0)
    return step > _WIDE_STEP * usual if usual > 0 else step > _TALL_STEP * height
