"""Targets and results in the sentences of a letter: every figure with its meaning, its period, its owner and its ink.

What counts as a figure, and what its columns hold, is told in docs/targets.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.config import ExtractConfig
from pipeline.extract.cited import find_cited
from pipeline.extract.clauses import Clause, clauses
from pipeline.extract.conditions import conditions
from pipeline.extract.context import Placed, placed
from pipeline.extract.figures import Figure, find_figures
from pipeline.extract.indicator_parts import is_generic, is_rate
from pipeline.extract.indicator_words import indicator_words
from pipeline.extract.indicators import Told, indicators, with_verb_of_list
from pipeline.extract.kinds import RESULT, TARGET, Evidence, kind_of, tells_kind
from pipeline.extract.markers import after_inline_mark, marker_of
from pipeline.extract.notfigures import Span
from pipeline.extract.periods import Period, find_periods, in_a_name, relative_periods
from pipeline.extract.responsible import assigned_by, body_of_headings, subject_of
from pipeline.extract.running import Paragraph, paragraphs
from pipeline.extract.table_plain import without_plain_tables
from pipeline.nouns import Field, Letter, Status, Target
from pipeline.vietnamese import squeeze

_LIKELY = 0.9
"""A word read with this confidence or more is nearly always right."""
_BASIS = re.compile(r"[-–~\s]*(?:căn cứ|xét đề nghị|theo đề nghị)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\s(?:\([^)]*\)\s)?(?:V/v|về|quy định|hướng dẫn|ban hành|sửa đổi|phê duyệt)\b[^;.,]*")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MOST_HEADING = 10
_YEAR_DAYS = 366
_ANY_YEAR = 2000
"""With it periods without a year are seen, too."""
_FEW_BEFORE = 4
"""Words before the time that a sentence opens with: `Phấn đấu đến năm 2025, …`."""
_RATIO = "tỷ lệ hoàn thành "
_OF_ELSE = re.compile(r"(?<!\w)(?:đề|sinh|cấp|ký|lập|so với(?:\s(?:trung bình|bình quân|mức|cùng kỳ))?(?:\scủa)?)\s$")
"""Before the date of a petition, of a birth, of a paper, and before a time that is compared with."""
_UNTIL_DONE = re.compile(r"(?:hoàn thành|xong|báo cáo|kết thúc|tổng kết|thực hiện)(?!\w)")
"""`tổ chức 05 lớp, hoàn thành trước ngày 30/6`: the time is that of the figure before."""
_PER_TIME = re.compile(r"\s(?P<time>một\s(?:năm|quý|tháng|tuần|ngày))(?!\s(?:học|làm|qua|nay)|\w)")


@dataclass(frozen=True, slots=True)
class _About:
    """What the letter as a whole says of its figures."""

    doc_type: str | None
    issued_on: dt.date | None
    year: int | None
    subject: str
    periods: tuple[Period, ...]
    """Those of its subject."""

    @property
    def span(self) -> Period | None:
        """The years that the letter is of, where its subject names them: `nhiệm kỳ 2020 - 2025`."""
        return next((p for p in self.periods if p.first and p.last and p.last.year > p.first.year + 1), None)


def read_targets(letter: Letter, fields: tuple[Field, ...], config: ExtractConfig | None = None) -> tuple[Target, ...]:
    """The figures of the letter's body, in reading order.

    Args:
        letter: the letter, read and repaired.
        fields: its fields; kind, date and subject tell what the sentences leave out.
        config: from which confidence a figure needs no review.
    """
    about = _about(fields)
    accept_at = (config or ExtractConfig()).accept_at
    running = replace(letter, pages=tuple(map(without_plain_tables, letter.pages)))
    rows = [row for place in placed(paragraphs(running)) for row in _paragraph_rows(place, about)]
    return tuple(replace(row, status=Status.ACCEPTED if row.confidence >= accept_at else row.status) for row in rows)


def _about(fields: Sequence[Field]) -> _About:
    values = {field.name: field.value for field in reversed(fields)}
    try:
        issued_on = dt.date.fromisoformat(values.get("issued_on", ""))
    except ValueError:
        issued_on = None
    subject = values.get("subject", "")
    named = [int(year) for year in _YEAR.findall(subject)]
    year = issued_on.year if issued_on else (named[-1] if named else None)
    periods = find_periods(subject, named[-1] if named else year)
    own = [period for period in periods if not in_a_name(subject, period)]
    named_after = [period for period in periods if not period.text.lower().startswith("nhiệm kỳ")]
    return _About(values.get("doc_type"), issued_on, year, subject, tuple(own or named_after))


def _paragraph_rows(place: Placed, about: _About) -> Iterator[Target]:
    text = place.paragraph.text
    cited = [(c.start, c.end) for c in find_cited(text)]
    if _BASIS.match(text) and text.endswith((";", ",")):
        return
    titled = tuple(_with_title(text, span) for span in cited)
    figures = find_figures(text, titled)
    uncited = _filled(text, titled)
    told: list[Told] = []
    for clause in clauses(text):
        inside = [f for f in figures if clause.start <= f.number_start < clause.end]
        if inside:
            first = next(f.start for f in figures if f.number_start >= clause.sentence)
            scene = _Scene(place, clause, about, first - clause.sentence, uncited)
            yield from _clause_rows(scene, inside, told)


def _filled(text: str, spans: Sequence[Span]) -> str:
    for start, end in spans:
        text = text[:start] + "¤" * (end - start) + text[end:]
    return text


def _with_title(text: str, span: Span) -> Span:
    """A citation with what it says the document is about."""
    about = _ABOUT.match(text, span[1])
    return (span[0], about.end()) if about else span


@dataclass(frozen=True, slots=True)
class _Scene:
    """A clause and its surroundings."""

    place: Placed
    clause: Clause
    about: _About
    opening: int
    """Characters of the sentence before its first figure: a period there holds for all of it."""
    uncited: str
    """The paragraph with its citations blanked: their dates are no periods of its figures."""

    @property
    def paragraph(self) -> Paragraph:
        return self.place.paragraph

    @property
    def earlier(self) -> str:
        """What the sentence said before the clause."""
        return self.paragraph.text[self.clause.sentence : self.clause.start]

    @property
    def quote(self) -> str:
        return squeeze(self.clause.text(self.paragraph.text))


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure of a clause with all that its words tell."""

    figure: Figure
    until: int
    """Where the next figure starts, or the clause ends."""
    since: int
    """Where the figure before ends, or the clause starts."""
    indicator: str
    qualifier: str | None
    responsible: str | None


def _clause_rows(scene: _Scene, figures: Sequence[Figure], told: list[Told]) -> Iterator[Target]:
    """The rows of a clause; what its figures count is added to what was told before."""
    text, clause = scene.paragraph.text, scene.clause
    begin = after_inline_mark(text, _after_mark(scene), figures[0].start)
    limits = conditions(text, begin, figures)
    kept = [f for i, f in enumerate(figures) if i not in limits.conditions]
    if not kept:
        return
    qualifiers = [limits.qualifiers.get(i) for i in range(len(figures)) if i not in limits.conditions]
    subject, start = _subject(text, begin, kept[0].start)
    named = indicators(_filled(scene.uncited, limits.spans), start, clause.end, kept, tuple(told))
    if told and clause.start > clause.sentence and not text[start : kept[0].start].strip(" -–"):
        named = with_verb_of_list(named, kept, told[-1])
    told += zip(named, kept, strict=True)
    responsible = subject or body_of_headings([h.text for h in scene.place.above])
    after_ratio = False
    for i, figure in enumerate(kept):
        until = kept[i + 1].start if i + 1 < len(kept) else clause.end
        since = kept[i - 1].end if i else begin
        row = _Row(figure, until, since, _standing_alone(named[i], figure, scene), qualifiers[i], responsible)
        over = after_ratio and named[i].startswith(_RATIO)
        yield from _targets(scene, row, over_before=over)
        after_ratio = figure.goal is not None or over


def _subject(text: str, begin: int, end: int) -> tuple[str | None, int]:
    """The body that a clause begins with, after the colon of a heading run in and after a period."""
    colon = text.rfind(": ", begin, end)
    starts = [begin] if colon < 0 else [colon + 1, begin]
    for start in starts:
        periods = find_periods(text[start:end], _ANY_YEAR)
        lead = next((p.end for p in periods if not text[start : start + p.at].strip()), 0)
        for at in dict.fromkeys((start + lead, start)):
            name, after = subject_of(text, at, end)
            if name is not None and ":" not in name:
                return name, after
    return None, begin


def _standing_alone(indicator: str, figure: Figure, scene: _Scene) -> str:
    """The indicator; with the heading's words where it says no more than the unit or a single word."""
    if len(indicator.split()) > max(1, len(figure.unit.name.split()) if figure.unit.counted else 1):
        return indicator
    for heading in reversed(scene.place.above):
        marker = marker_of(heading.text)
        words = heading.text[marker.length if marker else 0 :].strip(" .:")
        if (
            not heading.leads
            and not tells_kind(words)
            and not is_generic(words)
            and 0 < len(words.split()) <= _MOST_HEADING
        ):
            return squeeze(f"{indicator} {words.lower() if words.isupper() else words[:1].lower() + words[1:]}")
    return indicator


def _after_mark(scene: _Scene) -> int:
    clause, text = scene.clause, scene.paragraph.text
    marker = marker_of(text) if clause.start == 0 else None
    return max(clause.start, scene.place.start, marker.length if marker else 0)


def _targets(scene: _Scene, row: _Row, *, over_before: bool) -> Iterator[Target]:
    """The row of a figure; for a result over its target both."""
    figure = row.figure
    period = _clause_period(scene, row) or _heading_period(scene)
    kind, chance = kind_of(_evidence(scene, row, period))
    if over_before:
        kind, chance = RESULT, max(chance if kind == RESULT else 0.0, 0.9)
    one = _target(scene, row, kind, chance)
    yield one
    if figure.goal is not None and kind == RESULT:
        yield replace(one, kind=TARGET, comparator="=", value=figure.goal, value_max=None)


def _evidence(scene: _Scene, row: _Row, period: Period | None) -> Evidence:
    text = scene.paragraph.text.lower()
    return Evidence(
        before=text[scene.clause.start : row.figure.number_start],
        after=text[row.figure.end : row.until],
        earlier=scene.earlier.lower(),
        above=tuple((h.text.lower(), h.leads) for h in scene.place.above),
        doc_type=scene.about.doc_type,
        issued_on=scene.about.issued_on,
        days=(period.first, period.last) if period else (None, None),
        subject=scene.about.subject.lower(),
        limited=row.figure.comparator in {">=", "<="},
        over=row.figure.goal is not None,
    )


def _target(scene: _Scene, row: _Row, kind: str, chance: float) -> Target:
    figure, text = row.figure, scene.paragraph.text
    clause_period = _clause_period(scene, row)
    if clause_period and kind == RESULT and _reaches_beyond(clause_period, scene.about.issued_on):
        clause_period = None
    period = (
        clause_period or _opening_period(scene, kind) or _heading_period(scene) or _letter_period(scene.about, kind)
    )
    page, box, worst = scene.paragraph.ink(figure.start, figure.end)
    return Target(
        kind=kind,
        source="text",
        indicator=row.indicator,
        comparator=figure.comparator,
        value=figure.value,
        value_max=figure.value_max,
        unit=figure.unit.name,
        value_text=text[figure.start : figure.end].strip(),
        page=page,
        box=box,
        quote=scene.quote,
        confidence=round(figure.certainty * chance * min(1.0, worst / _LIKELY), 4),
        status=Status.NEEDS_REVIEW,
        qualifier=row.qualifier,
        responsible=row.responsible,
        assigned_by=assigned_by(scene.quote),
        period_start=period.first if period else None,
        period_end=period.last if period else None,
        period_text=period.text if period else None,
        section=scene.place.section,
    )


def _clause_period(scene: _Scene, row: _Row) -> Period | None:
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


def _opening_period(scene: _Scene, kind: str) -> Period | None:
    """The time that an earlier sentence of the paragraph begins with, and that later ones go on to speak of.

    `Tính đến ngày 28/02/2018, …`, `Năm 2023, …`; the nearest sentence counts.
    """
    text, start = scene.uncited, scene.place.start
    starts = [start, *(c.sentence for c in clauses(text) if start < c.sentence <= scene.clause.sentence)]
    for at in reversed(starts):
        opening = re.split(r"[,;:.]\s", text[at:], maxsplit=1)[0]
        found = [p for p in find_periods(opening, scene.about.year) if p.first or p.last]
        if found and len(opening[: found[0].at].strip(" -–•+").split()) <= _FEW_BEFORE:
            beyond = kind == RESULT and _reaches_beyond(found[0], scene.about.issued_on)
            return None if beyond else found[0]
    return None


def _reaches_beyond(period: Period, issued_on: dt.date | None) -> bool:
    """Whether a result cannot be of this period: a term of office, say, that the letter lies at the beginning of."""
    return bool(issued_on and period.first and period.last and (period.last - issued_on).days > _YEAR_DAYS)


def _heading_period(scene: _Scene) -> Period | None:
    """The period of the innermost heading, or sentence leading the list, that names one."""
    for heading in reversed(scene.place.above):
        text = _filled(heading.text, [(c.start, c.end) for c in find_cited(heading.text)])
        text = re.split(r"[.;]\s", text)[-1] if heading.leads else text
        found = [p for p in find_periods(text, scene.about.year) if p.first is None or p.first != p.last]
        found = [p for p in found if not in_a_name(text, p)] or list(relative_periods(text, scene.about.span))
        if found:
            return found[-1] if heading.leads else found[0]
    return None


def _letter_period(about: _About, kind: str) -> Period | None:
    """The period of the letter's subject, which names what was before what is to come; else the letter's year."""
    periods = [
        p for p in about.periods if kind == TARGET or p is not about.span or not _reaches_beyond(p, about.issued_on)
    ]
    if periods:
        return periods[-1] if kind == TARGET else periods[0]
    if about.year is None:
        return None
    return Period(dt.date(about.year, 1, 1), dt.date(about.year, 12, 31), f"năm {about.year}", 0, 0, 0.5)
