"""Tables checked by their own arithmetic: sums of rows and columns, ratios, stated totals; misread digits mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pipeline.check.mend import Diagnosis, diagnose
from pipeline.check.numbering import mend_numbering
from pipeline.nouns import Cell, Table
from pipeline.tabular.columns import is_numbering
from pipeline.tabular.equations import Equation, Figures, Kind, Place
from pipeline.tabular.laws import Law, column_laws
from pipeline.tabular.roles import Role, role_of
from pipeline.tabular.totals import row_totals
from pipeline.tabular.words import STEP, is_total

CORRECTED = "arithmetic"
VOUCHED = 0.2
"""What is left of the doubt about a figure for each equation that it satisfies."""
MENDED = 0.95
"""Confidence of a figure restored by one equation; each further one leaves a fifth of the doubt."""
DOUBTED = 0.3
"""Confidence of a figure that may be the wrong one in a broken equation, at most."""
_FRACTION = re.compile(r"[.,](\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The figures of a table with the way back to its cells: `rows` and `cols` are the table's own numbers."""

    data: Figures
    rows: tuple[int, ...]
    cols: tuple[int, ...]
    named: tuple[int, ...]
    """Rows of `data` that call themselves totals."""
    cells: Mapping[Place, Cell]
    """The cell of each place of `data` that holds a number."""


def check_tables(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """The tables with their checks counted, misread digits mended and doubtful figures marked by a low confidence.

    A figure is changed (`corrected_by` is `arithmetic`, `raw` is kept) only where one single digit explains everything.
    """
    return tuple(check_table(table) for table in tables)


def check_table(table: Table) -> Table:
    """One table, checked; with no more than its numbering mended when no equation is found in it."""
    table = mend_numbering(table, CORRECTED)
    sheet = sheet_of(table)
    diagnosis = diagnose_sheet(sheet, table)
    if diagnosis is None:
        return table
    changed = dict(_changed(sheet, diagnosis))
    cells = tuple(changed.get((cell.row, cell.col), cell) for cell in table.cells)
    return replace(table, cells=cells, checks_passed=diagnosis.passed, checks_failed=diagnosis.failed)


def diagnose_sheet(sheet: Sheet, table: Table) -> Diagnosis | None:
    """What the equations of a table say about its figures; None when it has no equation."""
    equations = tuple(equations_of(sheet, table))
    if not equations:
        return None
    return diagnose(sheet.data, equations, {place: cell.text for place, cell in sheet.cells.items()})


def sheet_of(table: Table) -> Sheet:
    """The figures of a table's body, without the column that numbers the rows and without columns of words."""
    body = [cell for cell in table.cells if cell.row >= table.header_rows]
    cols = tuple(col for col in range(len(table.columns)) if _is_figures(table.columns[col], body, col))
    rows = tuple(sorted({cell.row for cell in body}))
    values = np.full((len(rows), len(cols)), np.nan)
    blank = np.ones((len(rows), len(cols)), dtype=np.bool_)
    at_row, at_col = {row: i for i, row in enumerate(rows)}, {col: i for i, col in enumerate(cols)}
    cells: dict[Place, Cell] = {}
    for cell in body:
        if cell.col in at_col:
            place = at_row[cell.row], at_col[cell.col]
            blank[place] = cell.value is None and not any(c.isalnum() for c in cell.text)
            if cell.value is not None:
                values[place] = cell.value
                cells[place] = cell
    named = tuple(i for row, i in at_row.items() if any(is_total(c.text) for c in body if c.row == row))
    decimals = tuple(_decimals([c for (_, at), c in cells.items() if at == i]) for i in range(len(cols)))
    return Sheet(Figures(values, blank, decimals), rows, cols, named, cells)


def equations_of(sheet: Sheet, table: Table) -> Iterator[Equation]:
    """Every equation that the laws of the table make between its figures."""
    data = sheet.data
    laws = column_laws(data, _promised(tuple(table.columns[col] for col in sheet.cols)))
    shares = {law.whole for law in laws if law.kind in (Kind.RATIO, Kind.GROWTH)}
    summed = [col for col in range(len(sheet.cols)) if col not in shares]
    totals = row_totals(data, summed, sheet.named)
    for law in laws:
        yield from (law.at(row) for row in range(data.shape[0]) if law.at(row).holds(data) is not None)
    for total in totals:
        yield from (equation for equation in total.equations() if equation.holds(data) is not None)


def _is_figures(header: str, body: list[Cell], col: int) -> bool:
    """Whether most of a column are numbers, and they are not the numbering of the rows."""
    filled = [cell for cell in body if cell.col == col and any(c.isalnum() for c in cell.text)]
    values = [cell.value for cell in filled]
    numbers = [value for value in values if value is not None]
    return (
        bool(numbers) and 2 * len(numbers) >= len(filled) and not is_numbering(header.rpartition(STEP)[2], values, col)
    )


def _decimals(cells: list[Cell]) -> int:
    """Digits after the comma that a column shows: the most that at least two cells (or a tenth of them) agree on."""
    shown = Counter(_places_shown(cell) for cell in cells)
    enough = max(2, len(cells) // 10) if len(cells) > 2 else 1
    return max((places for places, count in shown.items() if count >= enough), default=0)


def _places_shown(cell: Cell) -> int:
    match = _FRACTION.search(cell.text)
    if match is None or cell.value is None:
        return 0
    whole = "".join(filter(str.isdigit, cell.text))
    places = len(match.group(1))
    return places if whole and abs(int(whole) / 10**places - abs(cell.value)) < 1e-6 else 0


def _promised(headers: tuple[str, ...]) -> Iterator[Law]:
    """The ratios that the headers promise: in a group with one target and one result, the share is theirs."""
    groups: dict[str, dict[Role, list[int]]] = {}
    for col, header in enumerate(headers):
        role = role_of(header)
        if role is not None:
            group = header.rpartition(STEP)[0]
            groups.setdefault(group, {}).setdefault(role, []).append(col)
    for roles in groups.values():
        if all(len(roles.get(role, ())) == 1 for role in Role):
            yield Law(Kind.RATIO, roles[Role.RATIO][0], (roles[Role.RESULT][0], roles[Role.TARGET][0]))


def _changed(sheet: Sheet, diagnosis: Diagnosis) -> Iterator[tuple[Place, Cell]]:
    """The cells that the diagnosis changes, by their place in the table."""
    doubtful = diagnosis.suspects | set(diagnosis.proposed)
    for place, cell in sheet.cells.items():
        change = diagnosis.mended.get(place)
        held = diagnosis.held.get(place, 0)
        if change is not None:
            sure = 1 - (1 - MENDED) * VOUCHED ** (diagnosis.borne_out[place] - 1)
            reading = change.reading
            new = replace(cell, text=reading.text, value=reading.value, confidence=sure, corrected_by=CORRECTED)
        elif place in doubtful:
            new = replace(cell, confidence=min(cell.confidence, DOUBTED))
        elif held:
            new = replace(cell, confidence=1 - (1 - cell.confidence) * VOUCHED**held)
        else:
            continue
        yield (cell.row, cell.col), new
