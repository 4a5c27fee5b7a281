"""Tables of a letter: how they are written, and the figures that their cells hold.

    :::table widths=1,5,2,2 total=last ruled=yes size=12
    title: Kết quả phát triển đoàn viên năm 2023
    means: - | responsible | target; phát triển đoàn viên; đoàn viên | result; phát triển đoàn viên; đoàn viên
    TT | Đơn vị | Đoàn viên | <
    ^ | ^ | Chỉ tiêu | Kết quả
    ===
    1 | LĐLĐ huyện Lạc Sơn | 120 | 132
    :::

A cell may be computed: `=` is the sum of the other rows, `=s3-5` the sum of columns 3 to 5 of its row, `=r5/4.1` column
5 in percent of column 4 with one decimal (`=r5/4.1%` prints the sign), columns counted from 1.
`<` joins a cell with its left neighbour, `^` with the one above. Lines over `===` are the header. `means` says for each
column what its cells are: `-` nothing, `responsible`, `indicator` or `unit` the words of that name for the row,
`period` its year, and `target` or `result`, with indicator (`@` in it is the row's own), unit, scale and period where
the row does not give them. A cell without a numeral is no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

from scripts.make_scans.formulas import compute
from scripts.make_scans.markup import MarkupError


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the cells of one column are."""

    role: str
    indicator: str = ""
    unit: str = ""
    scale: float = 1.0
    period: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell, rows and columns from 0; ends are exclusive."""

    row: int
    col: int
    row_end: int
    col_end: int
    text: str


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table as written."""

    title: str
    cells: tuple[TableCell, ...]
    header_rows: int
    rows: int
    widths: tuple[float, ...]
    meanings: tuple[Meaning, ...]
    settings: dict[str, str]
    section: str
    ruled: bool = True
    size: float = 12
    bold_rows: frozenset[int] = frozenset()
    """Rows set bold: totals and groups."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The header path of each column, levels joined by ` › `."""
        return tuple(" › ".join(self._path(col)) for col in range(len(self.widths)))

    def _path(self, col: int) -> list[str]:
        over = (c for c in self.cells if c.row < self.header_rows and c.col <= col < c.col_end and c.text)
        return [c.text for c in sorted(over, key=lambda c: c.row)]

    def cell(self, row: int, col: int) -> TableCell:
        """The cell that covers a place of the grid."""
        return next(c for c in self.cells if c.row <= row < c.row_end and c.col <= col < c.col_end)


def parse_table(options: str, lines: list[str], settings: dict[str, str], section: str) -> TableSource:
    """The table between `:::table` and `:::`.

    Raises:
        MarkupError: rows of different lengths, no `===`, or options that are not known.
    """
    given = dict(option.split("=", 1) for option in options.split())
    named = {key: _take(lines, key) for key in ("title", "means")}
    if "===" not in lines:
        raise MarkupError("a table needs a line `===` under its header")
    header_rows = lines.index("===")
    grid = [[cell.strip() for cell in line.split("|")] for line in lines if line and line != "==="]
    compute(grid, header_rows)
    widths = tuple(float(w) for w in given.pop("widths").split(","))
    if any(len(row) != len(widths) for row in grid):
        raise MarkupError(f"each row needs {len(widths)} cells: {[row for row in grid if len(row) != len(widths)]}")
    bold = frozenset(int(r) % len(grid) for r in given.pop("bold", "").split(",") if r)
    ruled, size = given.pop("ruled", "yes") == "yes", float(given.pop("size", "12"))
    if given:
        raise MarkupError(f"unknown table options: {', '.join(given)}")
    meanings = (
        tuple(_meaning(m) for m in named["means"].split("|")) if named["means"] else (Meaning("-"),) * len(widths)
    )
    cells = tuple(_merged(grid))
    return TableSource(
        named["title"], cells, header_rows, len(grid), widths, meanings, settings, section, ruled, size, bold
    )


def _take(lines: list[str], key: str) -> str:
    for line in lines:
        if line.startswith(f"{key}:"):
            lines.remove(line)
            return line.removeprefix(f"{key}:").strip()
    return ""


def _meaning(text: str) -> Meaning:
    role, *rest = (part.strip() for part in text.split(";"))
    if role not in {"-", "responsible", "indicator", "unit", "period", "target", "result"}:
        raise MarkupError(f"unknown role of a column: {role!r}")
    indicator, unit, scale, period = (rest + [""] * 4)[:4]
    return Meaning(role, indicator, unit, float(scale or 1), period)


def _merged(grid: list[list[str]]) -> list[TableCell]:
    found = []
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            right = next((k for k in range(c + 1, len(row)) if row[k] != "<"), len(row))
            down = next((k for k in range(r + 1, len(grid)) if grid[k][c] != "^"), len(grid))
            found.append(TableCell(r, c, down, right, text))
    return found
