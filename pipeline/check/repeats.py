"""Pages that went through the scanner twice: the same words and the same figures, read a second time."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from pipeline.nouns import PageText
from pipeline.vietnamese import fold

SHORTEST = 120
"""Characters below which two pages are alike by nature: a heading, a signature."""
SAME_TEXT = 88.0
"""Likeness (0 to 100) of the words of two readings of one page."""
SAME_FIGURES = 85.0
"""Likeness of the numbers in order: a form filled in again has the same words and other numbers."""
SKETCH = 24
"""Smallest hashes of a page's word pairs that are kept to find pages worth comparing."""
IN_COMMON = 4
_NUMBER = re.compile(r"\d+")


def mark_repeats(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """The pages, each that repeats an earlier one with `repeats_page` set to it.

    Pages are compared only when their sketches meet, so a file of a thousand pages takes no more than seconds.
    """
    texts = {page.number: fold(page.text) for page in pages}
    seen: dict[int, list[int]] = defaultdict(list)
    marked: list[PageText] = []
    for page in pages:
        sketch = _sketch(texts[page.number]) if page.repeats_page is None else []
        meetings: dict[int, int] = defaultdict(int)
        for value in sketch:
            for number in seen[value]:
                meetings[number] += 1
        rivals = sorted(number for number, met in meetings.items() if met >= IN_COMMON)
        same = next((n for n in rivals if is_repeat(texts[n], texts[page.number])), page.repeats_page)
        if same is None:
            for value in sketch:
                seen[value].append(page.number)
        marked.append(replace(page, repeats_page=same))
    return tuple(marked)


def is_repeat(one: str, other: str) -> bool:
    """Whether two folded texts are two readings of one page."""
    if min(len(one), len(other)) < SHORTEST or fuzz.ratio(one, other, score_cutoff=SAME_TEXT) == 0:
        return False
    figures = [" ".join(_NUMBER.findall(text)) for text in (one, other)]
    return figures[0] == figures[1] or fuzz.ratio(*figures) >= SAME_FIGURES


def _sketch(text: str) -> list[int]:
    """The smallest hashes of the pairs of neighbouring words: alike for texts that are alike."""
    words = re.findall(r"[a-z]{2,}", text)
    pairs = {zlib.crc32(f"{a} {b}".encode()) for a, b in pairwise(words)}
    return sorted(pairs)[:SKETCH]
