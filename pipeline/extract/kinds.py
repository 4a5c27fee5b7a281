"""Target or result: what clause, heading, kind of letter and date say of a figure, weighed as log odds.

The weights are data (evidence.toml); the sum becomes a probability, which is part of the figure's confidence.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.phrases import any_of, data

TARGET, RESULT = "target", "result"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a figure; texts in lower case."""

    before: str
    """The clause up to the figure."""
    after: str
    """From the figure to the next one or the end of the clause."""
    earlier: str
    """The clauses before, of the same sentence."""
    headings: tuple[str, ...]
    """Innermost last."""
    leads: tuple[str, ...]
    """Sentences that lead the list."""
    doc_type: str | None
    issued_on: dt.date | None
    period_end: dt.date | None
    """End of the period that the clause itself names."""
    over: bool
    """Whether it is a result over its target, `1.482/1.350`."""


@dataclass(frozen=True, slots=True)
class _Weights:
    before: dict[str, float]
    after: dict[str, float]
    before_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    headings: re.Pattern[str]
    heading_signs: dict[str, int]
    kinds: dict[str, float]
    weights: dict[str, float]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    given = data("evidence")
    signs = {p: 1 for p in given["headings"]["target"]} | {p: -1 for p in given["headings"]["result"]}
    return _Weights(
        before=given["before"],
        after=given["after"],
        before_pattern=re.compile(rf"(?<!\w)(?:{any_of(given['before'])})(?!\w)"),
        after_pattern=re.compile(rf"(?<!\w)(?:{any_of(given['after'])})(?!\w)"),
        headings=re.compile(rf"(?<!\w)(?:{any_of(signs)})(?!\w)"),
        heading_signs=signs,
        kinds=given["kinds"],
        weights=given["weights"],
    )


def kind_of(evidence: Evidence) -> tuple[str, float]:
    """`target` or `result`, and the probability that it is."""
    score = _score(evidence)
    chance = 1 / (1 + math.exp(-abs(score)))
    return (TARGET if score > 0 else RESULT), chance


def _score(evidence: Evidence) -> float:
    words = _weights()
    heading = _heading(evidence.headings)
    share = words.weights["kind_under_heading"] if heading else 1.0
    score = share * words.kinds.get(evidence.doc_type or "", 0.0) + words.weights["heading"] * heading
    clause = _words_before(evidence.before)
    if clause == 0.0:
        clause = words.weights["carried"] * _words_before(evidence.earlier)
    lead = next((w for text in reversed(evidence.leads) if (w := _words_before(text))), 0.0)
    score += clause + (0.5 * lead if clause else lead)
    score += max((words.after[m] for m in words.after_pattern.findall(evidence.after)), key=abs, default=0.0)
    score += words.weights["over"] if evidence.over else 0.0
    return score + _time(evidence)


def _words_before(text: str) -> float:
    """The nearest telling word in full, the others by a share."""
    words = _weights()
    found = [words.before[m] for m in words.before_pattern.findall(text) if words.before[m]]
    if not found:
        return 0.0
    return found[-1] + words.weights["far"] * max(found[:-1], key=abs, default=0.0)


def _heading(headings: tuple[str, ...]) -> int:
    """1 for a heading that sets targets, -1 for one that tells results, of the innermost that speaks."""
    words = _weights()
    for text in reversed(headings):
        found = words.headings.search(text)
        if found:
            return words.heading_signs[found.group()]
    return 0


def _time(evidence: Evidence) -> float:
    if evidence.issued_on is None or evidence.period_end is None:
        return 0.0
    days = (evidence.period_end - evidence.issued_on).days
    weights = _weights().weights
    return weights["future"] if days > 20 else weights["past"] if days <= 0 else 0.0
