"""Target or result: what clause, heading, kind of letter and date say of a figure, weighed as log odds.

The weights are data (evidence.toml); the sum becomes a probability, which is part of the figure's confidence.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.words.phrases import any_of, data

TARGET, RESULT = "target", "result"
_LAST_WORDS = 14
_HAS = re.compile(r"^(?!.*(?:phấn đấu|mục tiêu|chỉ tiêu|phải|mỗi|để|có thêm))[^,;:]*\w+\s\w+\s(?:có|gồm)\s$", re.DOTALL)
"""A body, or a place, and that it has so many."""
_OF_PLAN = re.compile(r"%\s(?:so với\s)?(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|mục tiêu)(?!\w)")
"""A share of what was asked speaks of what was reached."""
_NEAR_WORDS = 6
"""Words behind a figure that speak of it; those farther off speak of what else is said of its noun."""
_PLANNED = re.compile(
    r"^\W*(?:tổng\s)?(?:kế hoạch|chỉ tiêu|dự toán|nhu cầu)(?!\w)"
    r"(?!.*(?<!\w)(?:đã|đạt|giải ngân|hoàn thành|thu được|thực hiện được)(?!\w))[^,;:]*\s(?:là|được giao)\s"
    r"(?:$|[^;]*(?<!\w)(?:gồm|trong đó|chia ra)(?!\w)[^;]*$)",
    re.DOTALL,
)
"""`Kế hoạch vốn năm 2023 của huyện là …`: what was planned is what is told, and so are its parts."""
_SOON = 10
"""Days: a deadline may be the day up to which a report counts."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known around a figure; texts in lower case."""

    before: str
    """The clause up to the figure."""
    after: str
    """From the figure to the next one or the end of the clause."""
    earlier: str
    """The clauses before, of the same sentence."""
    above: tuple[tuple[str, bool], ...]
    """Headings and the sentences that lead lists, innermost last, each with whether it leads."""
    doc_type: str | None
    issued_on: dt.date | None
    days: tuple[dt.date | None, dt.date | None]
    """First and last day of the period that the clause itself names."""
    subject: str
    """What the letter is about."""
    limited: bool
    """Whether it is at least or at most so much."""
    over: bool
    """Whether it is a result over its target, `1.482/1.350`."""


@dataclass(frozen=True, slots=True)
class _Weights:
    before: dict[str, float]
    after: dict[str, float]
    subjects: dict[str, float]
    before_pattern: re.Pattern[str]
    subject_pattern: re.Pattern[str]
    after_pattern: re.Pattern[str]
    beside: re.Pattern[str]
    """Words at the end of the text before a figure that make it a target."""
    headings: re.Pattern[str]
    heading_weights: dict[str, float]
    """What a word of a heading says; those under the full weight of a heading leave room for those farther out."""
    kinds: dict[str, float]
    weights: dict[str, float]


@lru_cache(maxsize=1)
def _weights() -> _Weights:
    given = data("evidence")
    weights, headings = given["weights"], given["headings"]
    full, weak = weights["heading"], weights["weak_heading"]
    signs = {"target": full, "result": -full, "weak_target": weak, "weak_result": -weak}
    heads = {phrase: sign for name, sign in signs.items() for phrase in headings[name]}
    return _Weights(
        before=given["before"],
        after=given["after"],
        subjects=given["subjects"],
        subject_pattern=re.compile(rf"(?<!\w)(?:{any_of(given['subjects'])})(?!\w)"),
        before_pattern=re.compile(rf"(?<!\w)(?:{any_of(given['before'])})(?!\w)"),
        after_pattern=re.compile(rf"(?<!\w)(?:{any_of(given['after'])})(?!\w)"),
        beside=re.compile(
            rf"(?<!\w)(?<!so với )(?<!đạt )(?<!vượt )(?<!hơn )(?:{any_of(given['beside']['target'])})\s*[:(]?\s*$"
        ),
        headings=re.compile(rf"(?<!\w)(?:{any_of(heads)})(?!\w)"),
        heading_weights=heads,
        kinds=given["kinds"],
        weights=weights,
    )


def kind_of(evidence: Evidence) -> tuple[str, float]:
    """`target` or `result`, and the probability that it is."""
    return weighed(log_odds(evidence))


def weighed(score: float) -> tuple[str, float]:
    """`target` or `result`, and the probability that it is, for log odds that it is a target."""
    return (TARGET if score > 0 else RESULT), 1 / (1 + math.exp(-abs(score)))


def log_odds(evidence: Evidence) -> float:
    """The log odds (natural) that a figure is a target."""
    words = _weights()
    outer = _above(evidence.above)
    share = words.weights["kind_under_heading"] if outer else 1.0
    score = share * words.kinds.get(evidence.doc_type or "", 0.0)
    clause = _words_before(evidence.before)
    if clause == 0.0:
        lead, colon, _ = evidence.earlier.partition(":")
        told = (_words_before(evidence.earlier), _words_before(lead) if colon else 0.0)
        clause = words.weights["carried"] * max(told, key=abs)
    planned = words.beside.search(evidence.before) or _PLANNED.search(evidence.before)
    beside = words.weights["beside"] if planned else 0.0
    score += outer + (beside or clause)
    score += share * _strongest(words.subject_pattern, words.subjects, evidence.subject)
    score += _strongest(words.after_pattern, words.after, " ".join(evidence.after.split()[:_NEAR_WORDS]))
    score += words.weights["limited"] if evidence.limited else 0.0
    score += words.weights["over"] if evidence.over else 0.0
    score += words.weights["has"] if not evidence.limited and _HAS.search(evidence.before) else 0.0
    return score + _time(evidence, asked=beside > 0 or clause >= words.weights["past_from"])


def _strongest(pattern: re.Pattern[str], weights: dict[str, float], text: str) -> float:
    return max((weights[word] for word in pattern.findall(text)), key=abs, default=0.0)


def _words_before(text: str) -> float:
    """The stronger of the last two telling words in full, the others by a share: `đã chuẩn bị` is done."""
    words = _weights()
    found = [words.before[m] for m in words.before_pattern.findall(_OF_PLAN.sub("%", text)) if words.before[m]]
    if not found:
        return 0.0
    near, far = found[-2:], found[:-2]
    return max(near, key=abs) + words.weights["far"] * max(far, key=abs, default=0.0)


def _above(above: tuple[tuple[str, bool], ...]) -> float:
    """What the headings and leads say, innermost first: up to the first that speaks in full."""
    words, total = _weights(), 0.0
    for text, leads in reversed(above):
        if leads and (weight := _lead(text)):
            return total + weight
        found = words.headings.search(text)
        weight = words.heading_weights[found.group()] if found and not leads else 0.0
        if abs(weight) == words.weights["heading"]:
            return total + weight
        total = total or weight
    return total


def tells_kind(heading: str) -> bool:
    """Whether a heading speaks of what was reached or is to be done, and of no matter of its own."""
    return bool(_weights().headings.search(heading.lower()))


def _lead(text: str) -> float:
    """What a sentence that leads a list says with its last words: `… thực hiện tốt các nhiệm vụ sau:`."""
    words = " ".join(re.split(r"[.;]\s", text)[-1].split()[-_LAST_WORDS:])
    found = list(_weights().headings.finditer(words))
    sign = math.copysign(1.0, _weights().heading_weights[found[-1].group()]) if found else 0.0
    return _words_before(words) or sign * _weights().weights["lead"]


def _time(evidence: Evidence, *, asked: bool) -> float:
    """What the clause's own period says: it ends before the letter, or it starts after it."""
    first, last = evidence.days
    if evidence.issued_on is None or last is None:
        return 0.0
    if last < evidence.issued_on:
        return _weights().weights["past_target" if asked else "past"]
    to_come = first > evidence.issued_on if first else (last - evidence.issued_on).days > _SOON
    later = "later_year" if last.year > evidence.issued_on.year else "future"
    return _weights().weights[later] if to_come else 0.0
