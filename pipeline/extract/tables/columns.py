"""The columns of a table that hold figures, and what each tells: role, unit, period, and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.tables.cell_figure import figure_in
from pipeline.extract.tables.head_words import (
    group_of,
    indicator_of,
    named,
    names_source,
    piece_with,
    small,
    sums_up,
    topic_of,
    without_measure,
)
from pipeline.extract.tables.periods import names_only_a_period
from pipeline.extract.tables.units import (
    TableUnit,
    is_unit,
    money_of,
    noun_of_title,
    unit_of,
    unit_of_title,
)
from pipeline.extract.words.phrases import figure_words
from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.roles import Role, is_change, role_of
from pipeline.tabular.words import STEP, is_label_header, is_total, names_bodies, plain, table_words, tokens
from pipeline.vietnamese import squeeze

NEIGHBOUR = 0.8
"""What is left of a certainty when the unit is that of the column before (`Tổng số hộ`, `Nghèo đầu năm`) or of the
title."""
_MOST, _FEWER = 0.5, 0.3
"""The part of a column's cells that must hold figures; fewer where its header names a unit, money or a role."""
_MOST_LABEL = 12
"""Words of a label that names what is measured."""
_BRACKETS = re.compile(r"\([^)]*\)")

Rows = Mapping[int, Sequence[Cell]]
"""The cells below the head by row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures and what it tells."""

    col: int
    path: str
    role: Role | None
    certainty: float
    """That its unit is right."""
    indicator: str
    group: str
    """What the headers above its own say."""
    unit: TableUnit
    change: bool = False
    """Whether it holds shares of a whole, or changes."""
    told: bool = True
    """Whether the column or its table names the unit."""
    topic: str = ""
    """What the title says is counted, for rows and headers that do not say it."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The words over a column."""

    path: str
    title: str
    """What the table is about, where headers may leave it out."""
    topic: str
    """The same, for rows that say what is measured."""
    shared: str
    """What the headers above all columns before say."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read the rows of a table: which column says what; None where no column does."""

    thing: int | None
    """What is measured in a row."""
    body: int | None
    """Who answers for its figures."""
    time: int | None
    unit: int | None
    columns: tuple[Column, ...]

    @property
    def asks(self) -> bool:
        """Whether a column holds what was asked."""
        return any(column.role is Role.TARGET for column in self.columns)


def plan_of(table: Table, rows: Rows, note: str = "") -> Plan | None:
    """How to read a table; None where it has no figures, or nothing tells what they are of.

    Args:
        table: the table.
        rows: its cells below the head.
        note: the sentence that leads to it, which may tell the unit of the whole.
    """
    leaves = [header.rpartition(STEP)[2] for header in table.columns]
    kinds = [_kind(rows, col, leaf) for col, leaf in enumerate(leaves)]
    figures = [col for col, kind in enumerate(kinds) if kind == "figures"]
    if not figures:
        return None
    words = [col for col, kind in enumerate(kinds) if kind == "words"]
    bodies = [col for col in words if names_bodies(leaves[col], _texts(rows, col))]
    said = [col for col in words if col < figures[0] and not (bodies and _sentences(_texts(rows, col)))]
    thing = _thing(leaves, [col for col in said if col not in bodies])
    time = next((col for col, kind in enumerate(kinds) if kind == "times"), None)
    unit = next((col for col, kind in enumerate(kinds) if kind == "units"), None)
    labelled = " ".join(leaves[col] for col in words if col < figures[0])
    whole = next((found for text in (table.title, note, labelled) if (found := unit_of_title(text)) is not None), None)
    columns = tuple(_columns(table, figures, whole, titled=thing is None))
    plan = Plan(thing, next(iter(bodies), None), time, unit, columns)
    speaking = any(column.indicator for column in plan.columns)
    return plan if speaking or thing is not None or plan.body is not None or time is not None else None


def _sentences(labels: Sequence[str]) -> bool:
    """Whether cells tell in sentences what to do, and do not name what is measured."""
    return 2 * sum(";" in label or len(label.split()) > _MOST_LABEL for label in labels) > len(labels)


def _thing(leaves: Sequence[str], words: Sequence[int]) -> int | None:
    """The column of words that says what is measured: by its header, else the first that is no remark."""
    told = [col for col in words if plain(leaves[col]) not in table_words().remark_headers]
    return next(iter([*(col for col in told if is_label_header(leaves[col])), *told]), None)


def _texts(rows: Rows, col: int) -> list[str]:
    return [cell.text for cells in rows.values() for cell in cells if cell.col == col and cell.text.strip()]


def _kind(rows: Rows, col: int, header: str) -> str:
    """`numbering`, `times`, `units`, `figures` or `words`."""
    own = [cell for cells in rows.values() for cell in cells if cell.col == col and cell.text.strip()]
    texts = [cell.text for cell in own]
    if is_numbering(header, [cell.value for cell in own], col):
        return "numbering"
    if _mostly(names_only_a_period(text) for text in texts if not is_total(text)):
        return "times"
    if plain(header) in table_words().unit_before and _mostly(is_unit(text) for text in texts):
        return "units"
    filled = [figure_in(cell) is not None for cell in own if cell.text.strip(" -–—x")]
    measured = unit_of(header) is not None or money_of(header) is not None or role_of(header) is not None
    enough = _FEWER if measured else _MOST
    return "figures" if sum(filled) > enough * len(filled) else "words"


def _mostly(signs: Iterator[bool]) -> bool:
    found = list(signs)
    return 2 * sum(found) > len(found)


def _columns(table: Table, figures: Sequence[int], whole: TableUnit | None, *, titled: bool) -> Iterator[Column]:
    """The columns of figures; `whole` is the unit of all of them; `titled` where the title says what is counted."""
    before: Column | None = None
    groups: set[str] = set()
    for col in figures:
        shared = before.group if before is not None and len(groups) == 1 else ""
        column = _column(
            _Header(table.columns[col], *((table.title, "") if titled else ("", table.title)), shared),
            col,
            before,
            whole,
        )
        groups.add(column.group)
        if column.change and before is not None and _tells_amount(column.path):
            own = small(named(column.path.rpartition(STEP)[2]))
            column = replace(column, indicator=squeeze(f"{column.group} {own}"), change=False)
        if before is not None and (column.change or _is_share(column, [role_of(path) for path in table.columns[:col]])):
            column = _of_the_one_before(column, before)
        else:
            before = column
        yield column


def _tells_amount(path: str) -> bool:
    """Whether a header of changes stands over sums of money of its own: `Điều chỉnh (triệu đồng) › Giảm`."""
    unit = unit_of(path)
    return unit is not None and unit.name == "đồng"


def _is_share(column: Column, before: Sequence[Role | None]) -> bool:
    """Whether a column of shares follows no target: its shares are of something else."""
    return column.role is Role.RATIO and Role.TARGET not in before and not _of_what_was_asked(column.path)


def _of_what_was_asked(path: str) -> bool:
    """Whether a header of shares says that they are of what was asked: `Tỷ lệ hoàn thành`, `TH/KH (%)`."""
    words = f" {tokens(path.rpartition(STEP)[2])} "
    return any(f" {sign} " in words for sign in table_words().fulfilment)


def _of_the_one_before(column: Column, before: Column) -> Column:
    """A change or a share of something else has the indicator of the column that it is of, and its own words."""
    own = small(squeeze(_BRACKETS.sub(" ", column.path.rpartition(STEP)[2]).replace("%", " ")))
    words = " ".join(filter(None, (own or "tỷ lệ", before.indicator)))
    return replace(column, indicator=words, role=before.role, change=True)


def _column(header: _Header, col: int, before: Column | None, whole: TableUnit | None) -> Column:
    path, title = header.path, header.title
    role, change, certainty = role_of(path), is_change(path), 1.0
    unit = TableUnit("%") if role is Role.RATIO else unit_of(path) or whole or money_of(path)
    unit = TableUnit("%") if change and unit is None else unit
    indicator = indicator_of(path, title)
    if sums_up(path) and before is not None and role is before.role:
        unit, indicator = unit or before.unit, f"tổng số {group_of(path) or header.shared}".strip()
    unit = unit or unit_of(indicator)
    counted = before.unit if before is not None and role is Role.RATIO else unit
    if title and counted is not None and tokens(indicator) == tokens(counted.name):
        indicator = piece_with(title, counted.name) or indicator
    told = unit is not None
    if unit is None and before is not None and before.unit.name in figure_words().nouns:
        unit, certainty = before.unit, NEIGHBOUR
    elif unit is None and (noun := noun_of_title(title)) is not None:
        unit, certainty = noun, NEIGHBOUR
    unit = unit or TableUnit("")
    return Column(
        col,
        path,
        role,
        certainty,
        indicator if _BRACKETS.search(path.rpartition(STEP)[2]) else without_measure(indicator, unit),
        group_of(path),
        unit,
        change,
        told,
        topic_of(header.topic, "" if names_source(path) else indicator, unit),
    )
