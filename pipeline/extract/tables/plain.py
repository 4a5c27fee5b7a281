"""Tables in plain text, where an old OCR left lines of words and numbers: columns inferred, arithmetic deciding.

A line of a table ends in numbers. Rows with all their numbers tell how many columns there are and which laws hold among
them; a row that lacks some is laid out the way in which most of those laws come true.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.tables.alignment import Laid, laid_out
from pipeline.extract.tables.numbers import figure_of, looks_numeric, style_of
from pipeline.extract.tables.plain_head import column_names, head_lines, title_lines
from pipeline.extract.tables.shape import Shape, Slot
from pipeline.nouns import Line, PageText, Word, Zone
from pipeline.tabular.words import is_total

FEWEST_ROWS = 3
FEWEST_NUMBERS = 2
LONGEST_BREAK = 2
"""Lines without numbers that may stand between two rows: labels that were wrapped, headings of groups."""
_STROKE = re.compile(r"^[|¦_\[\]{}!:;.,'‘’`~=]+$")
_NUMBERING = re.compile(r"^\(?(?:\d{1,3}|[IVXivx]{1,5}|[a-zđ])[.)]?$")
_NOTHING = re.compile(r"^[-–—x]$")


@dataclass(frozen=True, slots=True)
class PlainRow:
    """A line of a table: its number in the list, what it is about, its figures."""

    numbering: tuple[Word, ...]
    label: tuple[Word, ...]
    figures: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The label."""
        return " ".join(word.text for word in self.label)


def plain_shapes(page: PageText) -> Iterator[Shape]:
    """The tables of a page that has words but no ink."""
    for shape, _ in _found(page):
        yield shape


def without_plain_tables(page: PageText) -> PageText:
    """The page with the lines of such tables, their heads too, in the zone of tables: they are no running text."""
    if page.dpi:
        return page
    inside = {id(line) for _, lines in _found(page) for line in lines}
    lines = tuple(replace(line, zone=Zone.TABLE) if id(line) in inside else line for line in page.lines)
    return replace(page, lines=lines) if inside else page


def _found(page: PageText) -> Iterator[tuple[Shape, Sequence[Line]]]:
    """Each table with its lines, head first."""
    lines = [line for line in page.lines if line.zone.is_text]
    end = 0
    for start, stop in _blocks(lines):
        above = lines[end:start]
        shape = _shape(page, lines[start:stop], above)
        if shape is not None:
            yield shape, [*head_lines(above), *lines[start:stop]]
            end = stop


def row_of(line: Line) -> PlainRow:
    """The line as a row: figures at its end, a list number at its start, the label between; stray strokes dropped."""
    words = [word for word in line.words if not _STROKE.match(word.text)]
    at = len(words)
    while at and (looks_numeric(words[at - 1].raw) or (_NOTHING.match(words[at - 1].raw) and at < len(words))):
        at -= 1
    if at == 0 and len(words) > FEWEST_NUMBERS and _NUMBERING.match(words[0].text):
        return PlainRow((words[0],), (), tuple(words[1:]))
    numbered = at > 1 and _NUMBERING.match(words[0].text) is not None
    start = 1 if numbered else 0
    return PlainRow(tuple(words[:start]), tuple(words[start:at]), tuple(words[at:]))


def _blocks(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines that are mostly rows of a table."""
    hits = [i for i, line in enumerate(lines) if _is_row(row_of(line))]
    run: list[int] = []
    for at in [*hits, len(lines) + 2 * LONGEST_BREAK]:
        if run and at - run[-1] > LONGEST_BREAK + 1:
            if len(run) >= FEWEST_ROWS:
                yield run[0], run[-1] + 1
            run = []
        run.append(at)


def _is_row(row: PlainRow) -> bool:
    """Whether a line is a row: numbers enough at its end, and no sentence before them."""
    real = [word for word in row.figures if looks_numeric(word.raw)]
    return len(real) >= FEWEST_NUMBERS and len(row.label) <= 14


def _shape(page: PageText, lines: Sequence[Line], above: Sequence[Line]) -> Shape | None:
    rows = _gathered([row_of(line) for line in lines])
    counts = Counter(len(row.figures) for row in rows if row.figures)
    width = max(counts, key=lambda n: (counts[n], n))
    if width < FEWEST_NUMBERS or sum(n for count, n in counts.items() if count == width) < max(2, 0.4 * len(rows)):
        return None
    rows = [_narrowed(row, width) for row in rows]
    style = style_of([word.text for row in rows for word in row.figures])
    values = [[figure_of(word.text, style) for word in row.figures] for row in rows]
    laid, laws = laid_out(values, width, [is_total(row.text) for row in rows])
    head = head_lines(above)
    columns = column_names(" ".join(line.text for line in head), laws, width)
    numbered = sum(bool(row.numbering) for row in rows) * 2 > len(rows)
    at = [(i, page.number) for i in range(len(rows))]
    slots = [slot for i, row in enumerate(rows) for slot in _row_slots(row, laid[i], at[i], numbered=numbered)]
    return Shape(
        page.number,
        len(rows),
        width + (2 if numbered else 1),
        tuple(slots),
        title=title_lines(above, len(head)),
        columns=columns if numbered else columns[1:],
        header_rows=0,
    )


def _narrowed(row: PlainRow, width: int) -> PlainRow:
    """The row with figures that are too many given back to the label: `Trường Tiểu học số 2`."""
    extra = len(row.figures) - width
    if extra <= 0:
        return row
    return replace(row, label=(*row.label, *row.figures[:extra]), figures=row.figures[extra:])


def _gathered(rows: Sequence[PlainRow]) -> list[PlainRow]:
    """The rows with wrapped labels joined: a line without figures belongs to the row it leaves unfinished."""
    gathered: list[PlainRow] = []
    waiting: tuple[Word, ...] = ()
    for row in rows:
        if row.figures:
            gathered.append(replace(row, label=(*waiting, *row.label)))
            waiting = ()
        elif gathered and not row.numbering and row.text[:1].islower():
            gathered[-1] = replace(gathered[-1], label=(*gathered[-1].label, *row.label))
        elif row.numbering:
            gathered.append(row)
        else:
            waiting = (*waiting, *row.label)
    return gathered


def _row_slots(row: PlainRow, laid: Laid, at: tuple[int, int], *, numbered: bool) -> Iterator[Slot]:
    i, page = at
    if numbered:
        yield Slot(i, 0, i + 1, 1, row.numbering, page)
    first = 1 if numbered else 0
    label = row.label if numbered else (*row.numbering, *row.label)
    yield Slot(i, first, i + 1, first + 1, label, page)
    for col, nth in enumerate(laid.order):
        words = () if nth is None else (row.figures[nth],)
        yield Slot(i, first + 1 + col, i + 1, first + 2 + col, words, page, doubt=laid.sure)
