"""Tables without rules: rows whose figures stand under each other, columns parted by white that runs down the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.extract.tables.numbers import looks_numeric
from pipeline.extract.tables.shape import Shape, Slot, in_reading_order
from pipeline.extract.tables.titles import begins_title, is_unit_note
from pipeline.nouns import Box, PageText, Word, union
from pipeline.tabular.words import is_total

FEWEST_ROWS = 3
FEWEST_FIGURES = 2
WHITE = 0.9
"""Narrowest white between columns, in heights of a word: a space between words is a third of that."""
PITCH = 3.6
"""Greatest step from row to row, in heights of a word."""
MOST_WRAPPED = 2
"""Rows without figures between two rows with some."""
HIGHEST_HEAD = 8
"""Lines that a head has at most."""
_NUMBERING = re.compile(r"^\(?(?:\d{1,3}|[IVX]{1,5})[.)]?$")


@dataclass(frozen=True, slots=True)
class _Row:
    """Words at one height of the page, from the left."""

    words: tuple[Word, ...]
    box: Box


Interval = tuple[int, int]
"""Where a column begins and ends, in pixels."""


def aligned_shapes(page: PageText, fenced: Sequence[Box]) -> Iterator[Shape]:
    """The tables of a page that no rules fence in; `fenced` are the ruled ones."""
    lines = [line for line in page.lines if line.zone.is_text and not line.zone.in_header]
    words = [w for line in lines for w in line.words if _is_free(w, fenced)]
    if not words:
        return
    height = median(word.box.height for word in words) or 1
    rows = _rows(words, height)
    for start, end in _blocks(rows, height):
        shape = _shape(page.number, rows[:start], rows[start:end], height)
        if shape is not None:
            yield shape


def _is_free(word: Word, fenced: Sequence[Box]) -> bool:
    return word.box.area > 0 and not any(word.box.overlap(box) > 0.5 * word.box.area for box in fenced)


def _rows(words: Sequence[Word], height: float) -> list[_Row]:
    """The words by height on the page: whatever lines and columns the engine saw, a row is a row."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.centre[1]):
        if groups and word.box.centre[1] - groups[-1][-1].box.centre[1] < 0.45 * height:
            groups[-1].append(word)
        else:
            groups.append([word])
    rows = []
    for group in groups:
        around = union([word.box for word in group])
        if around is not None:
            rows.append(_Row(tuple(sorted(group, key=lambda w: w.box.x0)), around))
    return rows


def _blocks(rows: Sequence[_Row], height: float) -> Iterator[tuple[int, int]]:
    """Runs of rows most of which hold figures with white before them."""
    run: list[int] = []
    for at, row in enumerate(rows):
        if not _has_figures(row, height):
            continue
        step = row.box.y0 - rows[run[-1]].box.y0 if run else 0
        if run and (at - run[-1] > MOST_WRAPPED + 1 or step > PITCH * height * (at - run[-1])):
            if len(run) >= FEWEST_ROWS:
                yield run[0], _end(rows, run, height)
            run = []
        run.append(at)
    if len(run) >= FEWEST_ROWS:
        yield run[0], _end(rows, run, height)


def _end(rows: Sequence[_Row], run: Sequence[int], height: float) -> int:
    """Where a run ends: with the total under it, though that has a figure in one column only."""
    after = run[-1] + 1
    if after == len(rows) or rows[after].box.y0 - rows[run[-1]].box.y0 > PITCH * height:
        return after
    return after + (is_total(rows[after].words[0].text) and _has_figures(rows[after], height, fewest=1))


def _has_figures(row: _Row, height: float, fewest: int = FEWEST_FIGURES) -> bool:
    apart = [b for a, b in pairwise(row.words) if b.box.x0 - a.box.x1 >= WHITE * height and looks_numeric(b.raw)]
    return len(apart) >= fewest


def _columns(rows: Sequence[_Row], height: float) -> list[Interval]:
    """The columns: what is left between white that runs down all rows (but for a few that cross it)."""
    crossing = len(rows) // 12
    change: Counter[int] = Counter()
    for word in (word for row in rows for word in row.words):
        change[word.box.x0] += 1
        change[word.box.x1] -= 1
    columns: list[Interval] = []
    depth, begun = 0, 0
    for x in sorted(change):
        inside = depth > crossing
        depth += change[x]
        if depth > crossing and not inside:
            begun = x
        elif inside and depth <= crossing:
            if columns and begun - columns[-1][1] < WHITE * height:
                columns[-1] = (columns[-1][0], x)
            else:
                columns.append((begun, x))
    return columns


def _shape(page: int, before: Sequence[_Row], rows: Sequence[_Row], height: float) -> Shape | None:
    full = [row for row in rows if _has_figures(row, height) or is_total(row.words[0].text)]
    columns = _columns(full, height)
    if len(columns) < FEWEST_FIGURES + 1 or _looks_like_prose(full, columns):
        return None
    columns = _numbering_apart(full, columns)
    head = _head(before, rows[0], columns, height)
    slots = [*_head_slots(page, head, columns, height)]
    top = max((slot.row_end for slot in slots), default=0)
    body = _joined_rows(rows, height)
    for at, words in enumerate(body, start=top):
        slots += _body_slots(page, at, words, columns)
    around = union([row.box for row in (*head, *rows)])
    return Shape(page, top + len(body), len(columns), tuple(slots), box=around, header_rows=top)


def _numbering_apart(rows: Sequence[_Row], columns: list[Interval]) -> list[Interval]:
    """The columns, the first parted where most of its rows begin with a number and labels begin further right."""
    start, end = columns[0]
    inside = [[w for w in row.words if w.box.x0 < end] for row in rows]
    numbered = [words for words in inside if len(words) > 1 and _NUMBERING.match(words[0].raw)]
    if 2 * len(numbered) <= len(rows):
        return columns
    reach, labels = max(words[0].box.x1 for words in numbered), min(words[1].box.x0 for words in numbered)
    return [(start, reach), (labels, end), *columns[1:]] if reach < labels else columns


def _looks_like_prose(rows: Sequence[_Row], columns: Sequence[Interval]) -> bool:
    """Whether the figures do not stand in columns of figures."""
    numeric = 0
    for column in columns:
        held = [w for row in rows for w in row.words if _column_of(w, columns) == columns.index(column)]
        numeric += bool(held) and sum(looks_numeric(w.raw) for w in held) > 0.6 * len(held)
    return numeric < FEWEST_FIGURES


def _column_of(word: Word, columns: Sequence[Interval]) -> int:
    """The column that a word overlaps most, else the nearest."""
    x0, x1 = word.box.x0, word.box.x1
    return min(
        range(len(columns)),
        key=lambda c: (-max(0, min(x1, columns[c][1]) - max(x0, columns[c][0])), abs(sum(columns[c]) - x0 - x1)),
    )


def _joined_rows(rows: Sequence[_Row], height: float) -> list[tuple[Word, ...]]:
    """The words of each row of the table; a row without figures belongs to the nearer of its neighbours."""
    firm = [i for i, row in enumerate(rows) if _has_figures(row, height) or is_total(row.words[0].text)]
    owned: dict[int, list[Word]] = {i: [] for i in firm}
    for row in rows:
        owner = min(firm, key=lambda f: (abs(rows[f].box.centre[1] - row.box.centre[1]), f))
        owned[owner].extend(row.words)
    return [tuple(owned[i]) for i in firm]


def _body_slots(page: int, at: int, words: Sequence[Word], columns: Sequence[Interval]) -> Iterator[Slot]:
    held: dict[int, list[Word]] = {}
    for word in words:
        held.setdefault(_column_of(word, columns), []).append(word)
    for col in range(len(columns)):
        inside = in_reading_order(held.get(col, []))
        yield Slot(at, col, at + 1, col + 1, inside, page, union([w.box for w in inside]))


def _head(before: Sequence[_Row], first: _Row, columns: Sequence[Interval], height: float) -> list[_Row]:
    """The lines over the first row that stand in columns: no phrase is alone on the left or runs across the table."""
    head: list[_Row] = []
    bottom = first.box.y0
    for row in reversed(before[-HIGHEST_HEAD:]):
        text = " ".join(word.text for word in row.words)
        if bottom - row.box.y1 > 1.8 * height or begins_title(text) or is_unit_note(text):
            break
        phrases = _phrases(row.words, height)
        widest = max(p[-1].box.x1 - p[0].box.x0 for p in phrases)
        lone = len(phrases) == 1 and phrases[0][0].box.x0 < columns[0][1]
        if lone or widest > 0.6 * (columns[-1][1] - columns[0][0]):
            break
        head.insert(0, row)
        bottom = row.box.y0
    return head


def _phrases(words: Sequence[Word], height: float) -> list[tuple[Word, ...]]:
    """Words of one row that are no further apart than words are."""
    phrases: list[list[Word]] = []
    for word in words:
        if phrases and word.box.x0 - phrases[-1][-1].box.x1 < 0.8 * height:
            phrases[-1].append(word)
        else:
            phrases.append([word])
    return [tuple(phrase) for phrase in phrases]


def _head_slots(page: int, head: Sequence[_Row], columns: Sequence[Interval], height: float) -> Iterator[Slot]:
    """Headers over several columns, and in a row under them what stands over one column, line by line."""
    wide: list[tuple[int, int, tuple[Word, ...]]] = []
    leaves: dict[int, list[Word]] = {}
    for row in head:
        for phrase in _phrases(row.words, height):
            over = [c for c, span in enumerate(columns) if phrase[0].box.x0 < span[1] and phrase[-1].box.x1 > span[0]]
            if len(over) > 1:
                wide.append((over[0], over[-1] + 1, phrase))
            else:
                leaves.setdefault(over[0] if over else _column_of(phrase[0], columns), []).extend(phrase)
    for col, end, words in wide:
        yield Slot(0, col, 1, end, words, page, union([word.box for word in words]))
    level = 1 if wide else 0
    for col, held in sorted(leaves.items()):
        yield Slot(level, col, level + 1, col + 1, in_reading_order(held), page, union([word.box for word in held]))
