from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check.digits import is_likely, likelihood, readings
from pipeline.check.tables import CORRECTED, DOUBTED, check_table, check_tables
from pipeline.nouns import Table
from scripts.bench.planted import make_table, plant
from scripts.bench.tables import measure
from tests.check.cells import Value, table_of

COLUMNS = ("Đơn vị", "Chỉ tiêu", "Kết quả", "Tỷ lệ %")
ROWS: list[list[Value]] = [
    ["Phòng A", 250.0, 245.0, 98.0],
    ["Phòng B", 120.0, 150.0, 125.0],
    ["Phòng C", 310.0, 217.0, 70.0],
    ["Phòng D", 175.0, 161.0, 92.0],
    ["Phòng E", 90.0, 63.0, 70.0],
    ["Cộng", 945.0, 836.0, 88.0],
]


def with_cell(row: int, col: int, value: float) -> Table:
    rows = [list(r) for r in ROWS]
    rows[row][col] = value
    return table_of(rows, COLUMNS)


def cell_of(table: Table, row: int, col: int) -> tuple[str, float | None, str | None]:
    cell = next(c for c in table.cells if (c.row, c.col) == (row, col))
    return cell.text, cell.value, cell.corrected_by


def test_a_right_table_is_vouched_for() -> None:
    checked = check_table(table_of(ROWS, COLUMNS))
    assert (checked.checks_passed, checked.checks_failed) == (8, 0)
    assert all(c.corrected_by is None for c in checked.cells)
    assert all(c.confidence > 0.9 for c in checked.cells if c.value is not None)


@pytest.mark.parametrize(
    ("row", "col", "read", "printed"), [(0, 3, 8.0, 98.0), (3, 2, 181.0, 161.0), (2, 1, 810.0, 310.0)]
)
def test_one_misread_digit_is_mended_and_raw_is_kept(row: int, col: int, read: float, printed: float) -> None:
    table = with_cell(row, col, read)
    if (row, col) == (0, 3):
        cells = tuple(replace(c, text="08", raw="08") if (c.row, c.col) == (0, 3) else c for c in table.cells)
        table = replace(table, cells=cells)
    raw = next(c.raw for c in table.cells if (c.row, c.col) == (row, col))
    checked = check_table(table)
    assert cell_of(checked, row, col) == (str(int(printed)), printed, CORRECTED)
    assert next(c.raw for c in checked.cells if (c.row, c.col) == (row, col)) == raw
    assert checked.checks_failed == 0


def test_two_misread_digits_in_one_column_are_mended_together() -> None:
    rows = [list(r) for r in ROWS]
    rows[0][2], rows[2][2] = 845.0, 211.0
    checked = check_table(table_of(rows, COLUMNS))
    assert cell_of(checked, 0, 2) == ("245", 245.0, CORRECTED)
    assert cell_of(checked, 2, 2) == ("217", 217.0, CORRECTED)


def test_an_error_that_several_figures_could_explain_is_marked_and_left() -> None:
    rows: list[list[Value]] = [["Xã A", 31.0], ["Xã B", 47.0], ["Xã C", 22.0], ["Tổng", 120.0]]
    checked = check_table(table_of(rows))
    assert all(c.corrected_by is None for c in checked.cells)
    assert checked.checks_failed == 1
    assert any(c.confidence <= DOUBTED for c in checked.cells)


def test_a_total_that_is_wrong_by_more_than_a_digit_is_not_made_right() -> None:
    checked = check_table(with_cell(5, 1, 1002.0))
    assert all(c.corrected_by is None for c in checked.cells)
    assert checked.checks_failed >= 1


def test_a_table_of_words_passes_unchanged() -> None:
    table = table_of([["Thời gian", "Nội dung"], ["Quý I", "Tập huấn"]])
    assert check_tables((table,)) == (table,)


def test_an_empty_table_passes_unchanged() -> None:
    table = Table(1, "", (), 0, 0, ())
    assert check_tables((table,)) == (table,)


def test_the_numbering_of_rows_is_no_figure() -> None:
    rows: list[list[Value]] = [[float(i), *row] for i, row in enumerate(ROWS, start=1)]
    checked = check_table(table_of(rows, ("TT", *COLUMNS)))
    assert all(c.confidence == 0.9 for c in checked.cells if c.col == 0)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), likely=st.booleans())
def test_one_planted_error_is_found_and_never_mended_wrongly(seed: int, likely: bool) -> None:  # noqa: FBT001
    rng = random.Random(seed)
    case = plant(rng, make_table(rng), 1, likely=likely)
    checked = {(c.row, c.col): c for c in check_table(case.table).cells}
    (place,) = case.wrong
    assert checked[place].corrected_by == CORRECTED or checked[place].confidence <= DOUBTED
    assert all(checked[at].value == value for at, value in case.truth.items() if checked[at].corrected_by)


@pytest.mark.parametrize(("errors", "mended"), [(1, 0.9), (2, 0.85)])
def test_most_planted_errors_are_mended(errors: int, mended: float) -> None:
    got = measure(40, errors, seed=7, likely=True)
    assert got.wrong == 0
    assert got.found >= 0.95 * got.planted
    assert got.mended >= mended * got.planted


@given(st.integers(0, 10**9))
def test_readings_differ_in_one_digit_and_say_their_value(number: int) -> None:
    text = f"{number:,}".replace(",", ".")
    for reading in readings(text, float(number)):
        assert sum(a != b for a, b in zip(text, reading.text, strict=True)) == 1
        assert int(reading.text.replace(".", "")) == reading.value


def test_readings_of_decimals_and_of_negative_numbers() -> None:
    values = {reading.text: reading.value for reading in readings("-12,5", -12.5)}
    assert values["-12,6"] == -12.6
    assert values["-72,5"] == -72.5


def test_a_text_that_does_not_say_its_value_has_no_readings() -> None:
    assert not list(readings("khoảng 5", 7.0))


def test_likely_confusions_are_symmetric() -> None:
    assert likelihood("3", "8") == likelihood("8", "3")
    assert is_likely(likelihood("0", "9"))
    assert not is_likely(likelihood("1", "8"))


@pytest.mark.parametrize(
    ("read", "mended"),
    [
        (["1", "2", "S", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["II", "2", "3", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["1", "2", "8", "4", "5"], ["1", "2", "3", "4", "5"]),
        (["1", "2", "3", "4", "S"], ["1", "2", "3", "4", "S"]),
        (["1", "2", "1", "2", "3"], ["1", "2", "1", "2", "3"]),
        (["1", "2", "", "3", "4"], ["1", "2", "", "3", "4"]),
    ],
)
def test_the_numbering_of_rows_is_mended_between_its_neighbours(read: list[str], mended: list[str]) -> None:
    rows: list[list[Value]] = [[float(n) if n.isdecimal() else n, "Xã"] for n in read]
    checked = check_table(table_of(rows, ("TT", "Đơn vị")))
    assert [c.text for c in checked.cells if c.col == 0] == mended
    assert [c.raw for c in checked.cells if c.col == 0] == read
