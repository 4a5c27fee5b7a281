from __future__ import annotations

from pipeline.tabular.equations import figures
from pipeline.tabular.totals import row_totals

BODY = [[120.0, 33.0], [85.0, 41.0], [207.0, 19.0], [64.0, 78.0]]
WHOLE = [476.0, 171.0]


def found(rows: list[list[float]], named: tuple[int, ...] = ()) -> dict[int, tuple[int, ...]]:
    return {total.whole: total.parts for total in row_totals(figures(rows), (0, 1), named)}


def test_a_total_stands_below_or_above() -> None:
    assert found([*BODY, WHOLE]) == {4: (0, 1, 2, 3)}
    assert found([WHOLE, *BODY]) == {0: (1, 2, 3, 4)}


def test_subtotals_are_summed_and_their_rows_are_not_summed_twice() -> None:
    first, second = [412.0, 93.0], [271.0, 97.0]
    rows = [first, BODY[0], BODY[1], BODY[2], second, [180.0, 55.0], [91.0, 42.0], [683.0, 190.0]]
    assert found(rows, named=(7,)) == {0: (1, 2, 3), 4: (5, 6), 7: (0, 4)}


def test_a_row_that_calls_itself_total_is_one_with_a_misread_digit() -> None:
    totals = row_totals(figures([*BODY, [478.0, 171.0]]), (0, 1), (4,))
    assert [(t.whole, t.columns) for t in totals] == [(4, (0, 1))]


def test_a_column_that_is_not_summed_is_left_out() -> None:
    rows = [[120.0, 2019.0], [85.0, 2020.0], [207.0, 2021.0], [412.0, 2021.0]]
    assert [t.columns for t in row_totals(figures(rows), (0, 1), (3,))] == [(0,)]


def test_no_total_among_rows_that_do_not_add_up() -> None:
    assert found([*BODY, [999.0, 12.0]]) == {}
