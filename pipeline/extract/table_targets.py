"""Targets and results from tables: one row a figure, its meaning from the headers over it and the label beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.phrases import figure_words
from pipeline.extract.table_periods import TablePeriod, period_of, without_periods
from pipeline.extract.table_units import TableUnit, money_of, noun_of_title, spaced, unit_of, unit_of_title
from pipeline.nouns import Cell, Field, Letter, Status, Table, Target
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.words import (
    STEP,
    Role,
    is_label_header,
    is_neutral,
    is_total,
    kind_of_table,
    names_bodies,
    plain,
    role_of,
    table_words,
    tokens,
    without_roles,
)
from pipeline.vietnamese import is_capitals, squeeze

ACCEPTED_FROM = 0.9
"""Probability from which a figure is used without review."""
BY_HEADER = 0.97
"""Certainty of a kind that the column's own header tells."""
BY_TITLE = 0.85
BY_LETTER = 0.7
UNTOLD = 0.4
"""Certainty when nothing tells whether figures were asked or reached."""
NEIGHBOUR = 0.8
"""What is left of it when the unit is that of the column before (`Tổng số hộ`, `Nghèo đầu năm`) or of the title."""
NO_UNIT = 0.6
"""What is left of it when nothing tells the unit."""
_SHORT_FORM = 2
"""Letters; longer ones may be short for the words of a title: `CĐCS`."""
_BRACKETS = re.compile(r"\([^)]*\)")
_YEAR = re.compile(r"(?:năm\s)?(?:19|20)\d\d", re.IGNORECASE)
_QUANTITY = re.compile(r"^(?:số lượng|số)\s+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^(?:biểu|bảng|phụ lục|phụ biểu|mẫu)\b[\s.:]*(?:số\s*)?(?:[\dIVX]+(?:[./]\d+)*\b[.:]?\s*)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of figures and what it tells."""

    col: int
    role: Role
    certainty: float
    indicator: str
    group: str
    """What the headers above its own say."""
    unit: TableUnit
    period: TablePeriod


@dataclass(frozen=True, slots=True)
class _Plan:
    """How to read the rows of a table."""

    label: int
    unit: int | None
    bodies: bool
    """Whether the labels say whose the figures are, as where the headers name what is measured; else the labels do."""
    columns: tuple[_Column, ...]


def table_targets(letter: Letter, tables: Sequence[Table], fields: Sequence[Field]) -> tuple[Target, ...]:
    """The figures of the letter's tables as targets and results, row by row.

    A column is a target, a result or a share by its header; where headers are silent the table's title and the kind of
    the letter tell, with less confidence. Figures of columns with no meaning (codes, years) give none.
    """
    known = {field.name: field.value for field in fields}
    repeated = {page.number for page in letter.pages if page.repeats_page is not None}
    return tuple(t for table in tables if table.page not in repeated for t in _of_table(table, known))


def _of_table(table: Table, known: Mapping[str, str]) -> Iterator[Target]:
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.row >= table.header_rows:
            rows.setdefault(cell.row, []).append(cell)
    plan = _plan(table, rows, known)
    if plan is None:
        return
    for cells in rows.values():
        label = _label(cells, plan)
        at = {cell.col: cell for cell in cells}
        for column in plan.columns:
            figure = at.get(column.col)
            if figure is not None and figure.value is not None:
                yield _target(table, plan, column, (label, figure), cells)


def _plan(table: Table, rows: Mapping[int, Sequence[Cell]], known: Mapping[str, str]) -> _Plan | None:
    leaves = [header.rpartition(STEP)[2] for header in table.columns]
    kinds = [_column_kind(rows, col, leaf) for col, leaf in enumerate(leaves)]
    words = [col for col, kind in enumerate(kinds) if kind == "words"]
    units = [col for col in words if plain(leaves[col]) in table_words().unit_before and plain(leaves[col]) != "don vi"]
    named = [col for col in words if is_label_header(leaves[col])]
    years = [col for col, kind in enumerate(kinds) if kind == "years"]
    label = next(iter([*(named or [col for col in words if col not in units]), *years]), None)
    figures = [col for col, kind in enumerate(kinds) if kind == "figures"]
    if label is None or not figures:
        return None
    labels = [cell.text for cells in rows.values() for cell in cells if cell.col == label and cell.text]
    named_so = names_bodies(leaves[label], labels)
    speaking = sum(bool(_indicator(table.columns[col], "")) for col in figures)
    bodies = label in years or (not units and (named_so or 2 * speaking > len(figures)))
    return _Plan(label, units[0] if units else None, bodies, tuple(_columns(table, figures, known, bodies=bodies)))


def _column_kind(rows: Mapping[int, Sequence[Cell]], col: int, header: str) -> str:
    """`numbering`, `years`, `figures` or `words`."""
    own = [cell for cells in rows.values() for cell in cells if cell.col == col and cell.text.strip()]
    if is_numbering(header, [cell.value for cell in own], col):
        return "numbering"
    if own and 2 * sum(_YEAR.fullmatch(cell.text.strip()) is not None for cell in own) > len(own):
        return "years"
    return "figures" if 2 * sum(cell.value is not None for cell in own) > len(own) else "words"


def _columns(table: Table, figures: Sequence[int], known: Mapping[str, str], *, bodies: bool) -> Iterator[_Column]:
    whole = unit_of_title(table.title)
    before: _Column | None = None
    groups: set[str] = set()
    for col in (c for c in figures if not is_neutral(table.columns[c])):
        path = table.columns[col]
        role, certainty = _role(path, table.title, known.get("doc_type", ""))
        unit = TableUnit("%") if role is Role.RATIO else unit_of(path) or whole or money_of(path)
        indicator = _indicator(path, table.title if bodies else "")
        if _sums_up(path) and before is not None and role is before.role:
            group = _group(path) or (before.group if len(groups) == 1 else "")
            unit, indicator = unit or before.unit, f"tổng số {group}".strip()
        unit = unit or unit_of(indicator)
        counted = before.unit if before is not None and role is Role.RATIO else unit
        if bodies and counted is not None and _says_no_more(indicator, counted):
            indicator = _piece_with(table.title, counted.name) or indicator
        if unit is None and before is not None and before.unit.name in figure_words().nouns:
            unit, certainty = before.unit, certainty * NEIGHBOUR
        elif unit is None and (noun := noun_of_title(table.title)) is not None:
            unit, certainty = noun, certainty * NEIGHBOUR
        unit = unit or TableUnit("")
        period = period_of((path, table.title, known.get("subject", "")), known.get("issued_on"))
        groups.add(_group(path))
        before = _Column(col, role, certainty, _without_measure(indicator, unit), _group(path), unit, period)
        yield before


def _says_no_more(indicator: str, unit: TableUnit) -> bool:
    """Whether a header only names the unit: `Đoàn viên`."""
    return tokens(indicator) == tokens(unit.name)


def _piece_with(title: str, unit: str) -> str:
    """The piece of a title that speaks of a unit: of `phát triển đoàn viên, thành lập công đoàn cơ sở` for `CĐCS`."""
    for piece in re.split(r",\s|\svà\s", _subject(title)):
        words = tokens(piece)
        initials = "".join(word[0] for word in words.split())
        short = len(unit) > _SHORT_FORM and " " not in unit and tokens(unit) in initials
        if len(words.split()) > len(unit.split()) and (f" {tokens(unit)} " in f" {words} " or short):
            return piece.lower() if is_capitals(piece) else piece
    return ""


def _sums_up(path: str) -> bool:
    """Whether a column is the total of its neighbours and says no more: `Tổng số`, `Cộng`."""
    return tokens(_BRACKETS.sub(" ", path.rpartition(STEP)[2])) in table_words().total_whole


def _group(path: str) -> str:
    """What the headers above the lowest say that a column counts."""
    return _indicator(path.rpartition(STEP)[0], "")


def _without_measure(indicator: str, unit: TableUnit) -> str:
    """The indicator without the measure that it begins with, when something is left: `suất học bổng` is `học bổng`."""
    rest = indicator.removeprefix(f"{unit.name} ")
    return rest if unit.name in figure_words().measures and rest else indicator


def _role(path: str, title: str, doc_type: str) -> tuple[Role, float]:
    own = role_of(path)
    if own is not None:
        return own, BY_HEADER
    told = kind_of_table(title, "")
    if told is not None:
        return told, BY_TITLE
    by_letter = kind_of_table("", doc_type)
    return (by_letter, BY_LETTER) if by_letter is not None else (Role.RESULT, UNTOLD)


def _indicator(path: str, title: str) -> str:
    """What a column counts, in words that stand alone: its headers without roles, units and groups, else the title."""
    levels = [without_roles(without_periods(_BRACKETS.sub(" ", spaced(level)))) for level in path.split(STEP)]
    levels = [level for level in levels if level and not _is_group(level)]
    words = " ".join(_lower(squeeze(_QUANTITY.sub("", level))) for level in levels)
    return words or _subject(title)


def _subject(title: str) -> str:
    """What a table is about: its title without number, genre and brackets."""
    text = squeeze(_NUMBERING.sub("", without_periods(_BRACKETS.sub(" ", title))))
    for genre in ("tổng hợp", "giao chỉ tiêu", "kết quả", "tình hình", "thống kê", "phân bổ"):
        if text.lower().startswith(f"{genre} "):
            text = text[len(genre) + 1 :]
    return _lower(text)


def _is_group(level: str) -> bool:
    words = tokens(level)
    return (
        any(re.fullmatch(rf"{tokens(group)} [0-9ivx]+", words) for group in table_words().group_words)
        or words == "tong"
    )


def _label(cells: Sequence[Cell], plan: _Plan) -> str:
    """The words of a row: its label, or what stands before it when the cells are merged there, as in a total."""
    own = next((cell.text for cell in cells if cell.col == plan.label and cell.text), "")
    return own or next((cell.text for cell in cells if cell.col < plan.label and is_total(cell.text)), "")


def _target(table: Table, plan: _Plan, column: _Column, found: tuple[str, Cell], cells: Sequence[Cell]) -> Target:
    label, cell = found
    unit = column.unit
    if plan.unit is not None and column.role is not Role.RATIO:
        printed = next((c.text for c in cells if c.col == plan.unit), "")
        unit = unit_of(f"({printed})") or unit
    indicator = column.indicator if plan.bodies else squeeze(f"{label} {column.indicator}")
    of_year = _YEAR.fullmatch(label) is not None
    period = period_of((label,), None) if of_year else column.period
    confidence = cell.confidence * column.certainty * (1.0 if unit.name else NO_UNIT)
    return Target(
        kind=(Role.TARGET if column.role is Role.TARGET else Role.RESULT).value,
        source="table",
        indicator=f"tỷ lệ hoàn thành {indicator}" if column.role is Role.RATIO else indicator,
        comparator="=",
        value=round((cell.value or 0.0) * unit.scale, 6),
        unit=unit.name,
        value_text=cell.text,
        page=cell.page or table.page,
        box=cell.box,
        quote=squeeze(" ".join(c.text for c in cells)),
        confidence=confidence,
        status=Status.ACCEPTED if confidence >= ACCEPTED_FROM else Status.NEEDS_REVIEW,
        responsible=(label or None) if plan.bodies and not of_year else None,
        period_start=period.start,
        period_end=period.end,
        period_text=period.text or None,
        section=table.title or None,
    )


def _lower(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() and len(first) <= 6 else text[:1].lower() + text[1:]
