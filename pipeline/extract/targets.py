"""Targets and results in the sentences of a letter: every figure with its meaning, its period, its owner and its ink.

What counts as a figure, and what its columns hold, is told in docs/targets.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.config import ExtractConfig
from pipeline.extract.citations.cited import find_cited
from pipeline.extract.figures.conditions import conditions
from pipeline.extract.figures.figure_periods import period_of, told_period
from pipeline.extract.figures.figures import Figure, find_figures
from pipeline.extract.figures.indicator_parts import BLANKED, is_generic
from pipeline.extract.figures.indicators import Told, indicators, with_verb_of_list
from pipeline.extract.figures.kinds import RESULT, TARGET, Evidence, kind_of, tells_kind
from pipeline.extract.figures.notfigures import Span
from pipeline.extract.figures.periods import Period, find_periods
from pipeline.extract.figures.responsible import assigned_by, body_of_headings, subject_of
from pipeline.extract.figures.scene import About, Row, Scene, about_letter, filled
from pipeline.extract.passages.clauses import clauses
from pipeline.extract.passages.context import Placed, placed
from pipeline.extract.passages.markers import after_inline_mark, marker_of
from pipeline.extract.passages.running import paragraphs
from pipeline.extract.tables.plain import without_plain_tables
from pipeline.nouns import Field, Letter, Status, Target
from pipeline.vietnamese import squeeze

_LIKELY = 0.9
"""A word read with this confidence or more is nearly always right."""
_BASIS = re.compile(r"[-–~\s]*(?:căn cứ|xét đề nghị|theo đề nghị)\b", re.IGNORECASE)
_ABOUT = re.compile(r"\s(?:\([^)]*\)\s)?(?:V/v|về|quy định|hướng dẫn|ban hành|sửa đổi|phê duyệt)\b[^;.,]*")
_MOST_HEADING = 10
_ANY_YEAR = 2000
"""With it periods without a year are seen, too."""
_RATIO = "tỷ lệ hoàn thành "


def read_targets(letter: Letter, fields: tuple[Field, ...], config: ExtractConfig | None = None) -> tuple[Target, ...]:
    """The figures of the letter's body, in reading order.

    Args:
        letter: the letter, read and repaired.
        fields: its fields; kind, date and subject tell what the sentences leave out.
        config: from which confidence a figure needs no review.
    """
    about = about_letter(fields)
    accept_at = (config or ExtractConfig()).accept_at
    running = replace(letter, pages=tuple(map(without_plain_tables, letter.pages)))
    rows = [row for place in placed(paragraphs(running)) for row in _paragraph_rows(place, about)]
    return tuple(replace(row, status=Status.ACCEPTED if row.confidence >= accept_at else row.status) for row in rows)


def _paragraph_rows(place: Placed, about: About) -> Iterator[Target]:
    text = place.paragraph.text
    if _BASIS.match(text) and text.endswith((";", ",")):
        return
    titled = tuple(_with_title(text, (cited.start, cited.end)) for cited in find_cited(text))
    figures = find_figures(text, titled)
    if not figures:
        return
    uncited = filled(text, titled)
    told: list[Told] = []
    for clause in clauses(text):
        inside = [f for f in figures if clause.start <= f.number_start < clause.end]
        if inside:
            first = next(f.start for f in figures if f.number_start >= clause.sentence)
            scene = Scene(place, clause, about, first - clause.sentence, uncited)
            yield from _clause_rows(scene, inside, told)


def _with_title(text: str, span: Span) -> Span:
    """A citation with what it says the document is about."""
    about = _ABOUT.match(text, span[1])
    return (span[0], about.end()) if about else span


def _clause_rows(scene: Scene, figures: Sequence[Figure], told: list[Told]) -> Iterator[Target]:
    """The rows of a clause; what its figures count is added to what was told before."""
    text, clause = scene.paragraph.text, scene.clause
    begin = after_inline_mark(text, _after_mark(scene), figures[0].start)
    limits = conditions(text, begin, figures)
    kept = [f for i, f in enumerate(figures) if i not in limits.conditions]
    if not kept:
        return
    qualifiers = [limits.qualifiers.get(i) for i in range(len(figures)) if i not in limits.conditions]
    unlimited = filled(scene.uncited, limits.spans)
    subject, start = _subject(filled(text, limits.spans), begin, kept[0].start)
    subject = squeeze(subject.replace(BLANKED, "")) if subject else None
    named = indicators(unlimited, start, clause.end, kept, tuple(told))
    if told and clause.start > clause.sentence and not text[start : kept[0].start].strip(" -–"):
        named = with_verb_of_list(named, kept, told[-1])
    told += zip(named, kept, strict=True)
    responsible = subject or body_of_headings([h.text for h in scene.place.above])
    after_ratio = False
    for i, figure in enumerate(kept):
        until = kept[i + 1].start if i + 1 < len(kept) else clause.end
        since = kept[i - 1].end if i else begin
        row = Row(figure, until, since, _standing_alone(named[i], figure, scene), qualifiers[i], responsible)
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


def _standing_alone(indicator: str, figure: Figure, scene: Scene) -> str:
    """The indicator; with the heading's words where it says no more than the unit."""
    if indicator and indicator.lower() != figure.unit.name.lower():
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


def _after_mark(scene: Scene) -> int:
    clause, text = scene.clause, scene.paragraph.text
    marker = marker_of(text) if clause.start == 0 else None
    return max(clause.start, scene.place.start, marker.length if marker else 0)


def _targets(scene: Scene, row: Row, *, over_before: bool) -> Iterator[Target]:
    """The row of a figure; for a result over its target both."""
    figure = row.figure
    period = told_period(scene, row)
    kind, chance = kind_of(_evidence(scene, row, period))
    if over_before:
        kind, chance = RESULT, max(chance if kind == RESULT else 0.0, 0.9)
    one = _target(scene, row, kind, chance)
    yield one
    if figure.goal is not None and kind == RESULT:
        yield replace(one, kind=TARGET, comparator="=", value=figure.goal, value_max=None)


def _evidence(scene: Scene, row: Row, period: Period | None) -> Evidence:
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


def _target(scene: Scene, row: Row, kind: str, chance: float) -> Target:
    figure, text = row.figure, scene.paragraph.text
    period = period_of(scene, row, kind)
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
