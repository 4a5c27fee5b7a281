"""The stretch of time that a figure of a sentence is of: what its clause says, else its sentence, headings, or letter.

The order is told in docs/targets.md, *The columns*.
"""

from __future__ import annotations

import datetime as dt
import re

from pipeline.extract.citations.cited import find_cited
from pipeline.extract.figures.indicator_parts import is_rate
from pipeline.extract.figures.indicator_words import indicator_words
from pipeline.extract.figures.kinds import RESULT, TARGET
from pipeline.extract.figures.periods import Period, find_periods, in_a_name, relative_periods
from pipeline.extract.figures.scene import About, Row, Scene, filled
from pipeline.extract.passages.clauses import clauses

_YEAR_DAYS = 366
_FEW_BEFORE = 4
"""Words before the time that a sentence opens with: `Phấn đấu đến năm 2025, …`."""
_OF_ELSE = re.compile(r"(?<!\w)(?:đề|sinh|cấp|ký|lập|so với(?:\s(?:trung bình|bình quân|mức|cùng kỳ))?(?:\scủa)?)\s$")
"""Before the date of a petition, of a birth, of a paper, and before a time that is compared with."""
_UNTIL_DONE = re.compile(r"(?:hoàn thành|xong|báo cáo|kết thúc|tổng kết|thực hiện)(?!\w)")
"""`tổ chức 05 lớp, hoàn thành trước ngày 30/6`: the time is that of the figure before."""
_PER_TIME = re.compile(r"\s(?P<time>một\s(?:năm|quý|tháng|tuần|ngày))(?!\s(?:học|làm|qua|nay)|\w)")


def told_period(scene: Scene, row: Row) -> Period | None:
    """The time that the clause or a heading tells, by which target and result are told apart."""
    return _clause_period(scene, row) or _heading_period(scene)


def period_of(scene: Scene, row: Row, kind: str) -> Period | None:
    """The time of a figure: what its clause says, unless a result cannot be of it, else what stands farther out."""
    own = _clause_period(scene, row)
    if own and kind == RESULT and _reaches_beyond(own, scene.about.issued_on):
        own = None
    return own or _opening_period(scene, kind) or _heading_period(scene) or _letter_period(scene.about, kind)


def _clause_period(scene: Scene, row: Row) -> Period | None:
    """The period that the clause gives the figure: beside it, else before it, else after it, else in the sentence."""
    text, clause, year = scene.uncited, scene.clause, scene.about.year
    words = text[clause.start : clause.end]
    number = row.figure.number_start - clause.start
    inside = [p for p in find_periods(words, year) if not _no_period(text, clause.start, p)]
    inside = [p for p in inside if not p.at <= number < p.end]
    inside = sorted([*inside, *relative_periods(words, scene.about.span)], key=lambda p: p.at)
    at, until, since = (n - clause.start for n in (row.figure.start, row.until, row.since))
    if per := _PER_TIME.match(words, row.figure.end - clause.start):
        return Period(None, None, per["time"], *per.span("time"), 0.9)
    inside = [p for p in inside if _reaches(words, row.figure.end - clause.start, until, p)]
    last = until == clause.end - clause.start
    beside = [p for p in inside if since <= p.at < until]
    beside = [p for p in beside if p.at < at or last or not words[: p.at].rstrip().endswith(",")]
    before = [p for p in inside if p.at < at]
    if beside:
        return min(beside, key=lambda p: abs(p.at - at))
    if before or inside:
        return before[-1] if before else inside[0]
    sentence = [p for p in find_periods(text[clause.sentence : clause.start], year) if p.at < scene.opening]
    sentence = [p for p in sentence if (p.first or p.last) and not in_a_name(text[clause.sentence :], p)]
    return sentence[-1] if sentence else None


def _no_period(text: str, start: int, period: Period) -> bool:
    """Whether a stretch of time belongs to another thing than the figure: a rate per month, the date of a petition."""
    before = text[start : start + period.at]
    if in_a_name(text[start:], period):
        return True
    return is_rate(before) if not (period.first or period.last) else bool(_OF_ELSE.search(before))


def _reaches(words: str, figure_end: int, until: int, period: Period) -> bool:
    """Whether a stretch of time behind the figure may be its own: not behind a comma, where another deed begins.

    `until` is where the next figure starts: a rate behind it is of that one.
    """
    between = words[figure_end : period.at]
    comma = between.rfind(", ")
    if period.at < figure_end or comma < 0:
        return True
    deed = indicator_words().verb.match(between, comma + 2)
    rate_of_next = not (period.first or period.last) and until < len(words)
    return not rate_of_next and not (deed and not _UNTIL_DONE.match(between, comma + 2))


def _opening_period(scene: Scene, kind: str) -> Period | None:
    """The time that an earlier sentence of the paragraph begins with, and that later ones go on to speak of.

    `Tính đến ngày 28/02/2018, …`, `Năm 2023, …`; the nearest sentence counts.
    """
    text, start = scene.uncited, scene.place.start
    starts = [start, *(c.sentence for c in clauses(text) if start < c.sentence <= scene.clause.sentence)]
    for at in reversed(starts):
        opening = re.split(r"[,;:.]\s", text[at:], maxsplit=1)[0]
        found = [p for p in find_periods(opening, scene.about.year) if p.first or p.last]
        found = [p for p in found if not _OF_ELSE.search(opening[: p.at])]
        if found and len(opening[: found[0].at].strip(" -–•+").split()) <= _FEW_BEFORE:
            beyond = kind == RESULT and _reaches_beyond(found[0], scene.about.issued_on)
            return None if beyond else found[0]
    return None


def _reaches_beyond(period: Period, issued_on: dt.date | None) -> bool:
    """Whether a result cannot be of this period: a term of office, say, that the letter lies at the beginning of."""
    return bool(issued_on and period.first and period.last and (period.last - issued_on).days > _YEAR_DAYS)


def _heading_period(scene: Scene) -> Period | None:
    """The period of the innermost heading, or sentence leading the list, that names one."""
    for heading in reversed(scene.place.above):
        text = filled(heading.text, [(c.start, c.end) for c in find_cited(heading.text)])
        text = re.split(r"[.;]\s", text)[-1] if heading.leads else text
        found = [p for p in find_periods(text, scene.about.year) if p.first is None or p.first != p.last]
        found = [p for p in found if not in_a_name(text, p)] or list(relative_periods(text, scene.about.span))
        if found:
            return found[-1] if heading.leads else found[0]
    return None


def _letter_period(about: About, kind: str) -> Period | None:
    """The period of the letter's subject, which names what was before what is to come; else the letter's year."""
    periods = [
        p for p in about.periods if kind == TARGET or p is not about.span or not _reaches_beyond(p, about.issued_on)
    ]
    if periods:
        return periods[-1] if kind == TARGET else periods[0]
    if about.year is None:
        return None
    return Period(dt.date(about.year, 1, 1), dt.date(about.year, 12, 31), f"năm {about.year}", 0, 0, 0.5)
