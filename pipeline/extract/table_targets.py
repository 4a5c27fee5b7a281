"""Targets and results from tables: one row a figure, its meaning from the headers over it and the label beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.config import ExtractConfig
from pipeline.extract.figures.indicator_parts import is_generic
from pipeline.extract.figures.kinds import RESULT, TARGET, tells_kind
from pipeline.extract.passages.context import Heading, Placed, placed, standing_over
from pipeline.extract.passages.markers import marker_of
from pipeline.extract.passages.running import Paragraph
from pipeline.extract.tables.cell_figure import CellFigure, figure_in
from pipeline.extract.tables.columns import Column, Plan, plan_of
from pipeline.extract.tables.head_words import speaks_of_money, subject_of_title
from pipeline.extract.tables.kinds import Surroundings, kind_of_figures, surroundings
from pipeline.extract.tables.periods import TablePeriod, a_year_before, period_named, whole_year
from pipeline.extract.tables.units import TableUnit, is_unit, parse_unit
from pipeline.extract.words.phrases import figure_words
from pipeline.nouns import Cell, Field, Letter, Status, Table, Target
from pipeline.tabular.roles import Role, is_of_year_before
from pipeline.tabular.words import is_total
from pipeline.vietnamese import fold, squeeze

NO_UNIT = 0.6
"""What is left of a certainty when nothing tells the unit."""
_UNIT_ASIDE = re.compile(r"\s*\((?:ĐVT|đơn vị(?: tính)?)?\s*:?\s*([^()]*)\)", re.IGNORECASE)
_PART = re.compile(r"^(?:[-–+*•]\s*)?(?:(?:trong đó|trđ|tđ)\b[\s.:]*)?", re.IGNORECASE)
_ABOUT = re.compile(r"^(?:v/v|về việc|về)\s*:?\s*", re.IGNORECASE)
_TOTAL = "tổng cộng"
"""What the label of a row of totals says that is printed `Cộng`."""
_FEW = 2
"""Words of a label that is a mere attribute of the one above: `- Nữ`."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row below the head: its cells and what its labels say."""

    cells: tuple[Cell, ...]
    thing: str
    """What is measured, in words that stand alone."""
    body: str
    unit: TableUnit | None
    unit_printed: bool
    """Whether a column of units tells it; else brackets in the label do, which may hold an attribute: `(tập thể)`."""
    period: TablePeriod | None


@dataclass(frozen=True, slots=True)
class _Scene:
    """A table and its surroundings."""

    table: Table
    around: Surroundings
    asks: bool
    """Whether one of its columns holds what was asked."""


def table_targets(
    letter: Letter,
    body: Sequence[Paragraph],
    tables: Sequence[Table],
    fields: Sequence[Field],
    config: ExtractConfig | None = None,
) -> tuple[Target, ...]:
    """The figures of the letter's tables as targets and results, row by row.

    A column is a target, a result or a share by its header; where headers are silent the time that the figures are of,
    the table's title, the headings above it and the kind of the letter tell, with less confidence. Figures of columns
    with no meaning (codes, years) give none.

    Args:
        letter: the letter, read and repaired.
        body: its paragraphs.
        tables: its tables.
        fields: its fields; kind, date and subject tell what headers and titles leave out.
        config: from which confidence a figure needs no review.
    """
    if not tables:
        return ()
    known = {field.name: field.value for field in reversed(fields)}
    repeated = {page.number for page in letter.pages if page.repeats_page is not None}
    places = tuple(placed(body))
    accept_at = (config or ExtractConfig()).accept_at
    return tuple(
        replace(target, status=Status.ACCEPTED) if target.confidence >= accept_at else target
        for table in tables
        if table.page not in repeated
        for target in _of_table(table, surroundings(table.title, _above(places, table), known))
    )


def _above(places: Sequence[Placed], table: Table) -> tuple[Heading, ...]:
    return standing_over(places, table.page, table.box.y0) if table.box is not None else ()


def _of_table(table: Table, around: Surroundings) -> Iterator[Target]:
    cells: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= table.header_rows:
            cells.setdefault(cell.row, []).append(cell)
    said = subject_of_title(table.title)
    named = table if said else replace(table, title=squeeze(f"{table.title} {_topic(around)}"))
    plan = plan_of(named, cells, next((h.text for h in reversed(around.above) if h.leads), ""))
    if plan is None:
        return
    for row in _rows(plan, cells, around):
        at = {cell.col: cell for cell in row.cells}
        for column in plan.columns:
            found = at.get(column.col)
            figure = figure_in(found) if found is not None else None
            if found is not None and figure is not None:
                yield from _targets(_Scene(table, around, plan.asks), column, row, (found, figure))


def _topic(around: Surroundings) -> str:
    """What a table is about whose title says nothing: what the heading above it names, else the letter."""
    for heading in reversed(around.above):
        marker = marker_of(heading.text)
        words = heading.text[marker.length if marker else 0 :].strip(" .:")
        if not heading.leads and not tells_kind(words) and not is_generic(words):
            return words
    return _ABOUT.sub("", around.subject)


def _rows(plan: Plan, cells: Mapping[int, Sequence[Cell]], around: Surroundings) -> Iterator[_Row]:
    """The rows; what a cell that is merged over several rows says holds for all of them."""
    last: dict[int, str] = {}
    whole, whole_unit = "", None
    year = around.issued_on.year if around.issued_on else None
    alike = Counter(_UNIT_ASIDE.sub("", _label_of(own, plan.thing)) for own in cells.values())
    for own in cells.values():
        texts = {cell.col: cell.text for cell in own}
        total = next((text for text in texts.values() if is_total(text)), "")
        for col in (plan.body, plan.time):
            if col is not None and col in texts:
                last[col] = texts[col]
        label = _label_of(own, plan.thing) or (total if plan.thing is not None else "")
        label = _TOTAL if is_total(label) and not fold(label).startswith(fold("tổng")) else label
        thing, unit = _label(label, whole, told_apart=alike[_UNIT_ASIDE.sub("", label)] > 1)
        if _PART.sub("", label) == label:
            whole, whole_unit = thing, unit
        printed = texts.get(plan.unit, "") if plan.unit is not None else ""
        time = "" if total else _of(last, plan.time)
        yield _Row(
            cells=tuple(own),
            thing=thing,
            body=total if total and plan.thing is None else _of(last, plan.body),
            unit=parse_unit(printed) or unit or whole_unit,
            unit_printed=parse_unit(printed) is not None,
            period=period_named(time, year) if time else None,
        )


def _of(last: Mapping[int, str], col: int | None) -> str:
    return last.get(col, "") if col is not None else ""


def _label_of(cells: Sequence[Cell], col: int | None) -> str:
    """The label in a column; with the dash of a part of the row above, unless the row has a number of its own."""
    cell = next((cell for cell in cells if cell.col == col), None)
    if cell is None:
        return ""
    numbered = any(other.col < cell.col and other.text.strip(" .").isalnum() for other in cells)
    return f"- {cell.text}" if cell.raw.startswith(("-", "–", "+")) and not numbered else cell.text


def _label(label: str, whole: str, *, told_apart: bool = False) -> tuple[str, TableUnit | None]:
    """What a row measures, with what it is a part of where it is told by an attribute, and the unit in its brackets.

    The words in the brackets stay where only they tell the row from others (`told_apart`): `Bằng khen (cá nhân)`.
    """
    unit = None
    aside = _UNIT_ASIDE.search(label)
    if aside is not None and is_unit(aside[1]) and (unit := parse_unit(aside[1])) is not None:
        kept = f" {aside[1]} " if told_apart else ""
        label = squeeze(label[: aside.start()] + kept + label[aside.end() :])
    words = _PART.sub("", label)
    marker = marker_of(words)
    words = words[marker.length if marker else 0 :].strip(" .:;")
    first = words.split(" ", 1)[0]
    words = words if len(first) > 1 and not first[1:].islower() else words[:1].lower() + words[1:]
    if (
        _PART.sub("", label) != label
        and whole
        and words.split()[:1] != whole.split()[:1]
        and len(words.split()) <= _FEW
    ):
        return f"{whole} {words}", unit
    return words, unit


def _targets(scene: _Scene, column: Column, row: _Row, found: tuple[Cell, CellFigure]) -> Iterator[Target]:
    """The figure of a cell; of a result over its target both."""
    (cell, figure), table, around = found, scene.table, scene.around
    own = row.period or period_named(column.path, _year(around))
    told = own or period_named(around.title, _year(around))
    kind, chance = kind_of_figures(column.role, around, told or TablePeriod(), own=own is not None, asks=scene.asks)
    if column.role is Role.RATIO or figure.goal is not None:
        kind = RESULT
    unit = _unit(column, row, figure)
    confidence = cell.confidence * column.certainty * chance * (1.0 if unit.name else NO_UNIT)
    period = told or _period_around(around, kind)
    if is_of_year_before(column.path) and row.period is None:
        period = a_year_before(period)
    one = Target(
        kind=kind,
        source="table",
        indicator=_indicator(column, row),
        comparator=figure.comparator,
        value=round(figure.value * unit.scale, 6),
        value_max=None if figure.value_max is None else round(figure.value_max * unit.scale, 6),
        unit=unit.name,
        value_text=cell.text,
        page=cell.page or table.page,
        box=cell.box,
        quote=squeeze(" ".join(c.text for c in row.cells)),
        confidence=confidence,
        status=Status.NEEDS_REVIEW,
        responsible=row.body or None,
        period_start=period.start,
        period_end=period.end,
        period_text=period.text or None,
        section=table.title or None,
    )
    yield one
    if figure.goal is not None:
        yield replace(one, kind=TARGET, comparator="=", value=round(figure.goal * unit.scale, 6), value_max=None)


def _unit(column: Column, row: _Row, figure: CellFigure) -> TableUnit:
    """What the cell says of its unit, else its row, else its column; a share is a share whatever is measured."""
    if figure.unit is not None:
        return figure.unit
    if row.unit is None or column.change or column.role is Role.RATIO:
        return column.unit
    attribute = not row.unit_printed and column.told and row.unit.name in figure_words().nouns
    return column.unit if attribute else row.unit


def _indicator(column: Column, row: _Row) -> str:
    topic = "" if speaks_of_money(row.thing) and column.unit.name == "đồng" else column.topic
    words = squeeze(f"{topic} {row.thing} {column.indicator}")
    return squeeze(f"tỷ lệ hoàn thành {words}") if column.role is Role.RATIO else words


def _year(around: Surroundings) -> int | None:
    return around.issued_on.year if around.issued_on else None


def _period_around(around: Surroundings, kind: str) -> TablePeriod:
    """The period of the innermost heading that names one, else of the subject, else the letter's year."""
    year = _year(around)
    above = (period_named(heading.text, year) for heading in reversed(around.above))
    found = next((period for period in above if period is not None and period.start != period.end), None)
    found = found or period_named(around.subject, year, last=kind == TARGET)
    return found or (whole_year(year) if year else TablePeriod())
