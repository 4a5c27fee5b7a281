from __future__ import annotations

from pipeline.tabular.equations import EXACT, Equation, Kind, figures, one_digit_off
from pipeline.tabular.laws import Law, column_laws, part_sets

STAGES = [
    [300.0, 120.0, 150.0, 125.0, 180.0, 90.0, 50.0],
    [210.0, 90.0, 81.0, 90.0, 120.0, 132.0, 110.0],
    [175.0, 75.0, 60.0, 80.0, 100.0, 47.0, 47.0],
    [260.0, 130.0, 143.0, 110.0, 130.0, 39.0, 30.0],
    [145.0, 55.0, 21.0, 38.0, 90.0, 66.0, 73.0],
]
"""Both targets, then target, result and share of two stages."""


def found(rows: list[list[float]]) -> set[tuple[Kind, int, tuple[int, ...]]]:
    return {(law.kind, law.whole, law.parts) for law in column_laws(figures(rows))}


def test_the_sum_and_the_shares_are_found_and_nothing_else() -> None:
    assert found([list(row) for row in STAGES]) == {
        (Kind.SUM, 0, (1, 4)),
        (Kind.RATIO, 3, (2, 1)),
        (Kind.RATIO, 6, (5, 4)),
    }


def test_a_misread_digit_does_not_hide_a_law() -> None:
    rows = [list(row) for row in STAGES]
    rows[1][4] = 170.0
    laws = {(law.kind, law.whole): law for law in column_laws(figures(rows))}
    assert (laws[Kind.SUM, 0].held, laws[Kind.SUM, 0].broken) == (4, 1)
    assert (Kind.RATIO, 6) in laws


def test_numbers_without_a_law_have_none() -> None:
    rows = [[17.0, 4.0, 88.0], [23.0, 19.0, 5.0], [6.0, 71.0, 40.0], [95.0, 2.0, 13.0], [31.0, 58.0, 9.0]]
    assert found(rows) == set()


def test_small_counts_that_add_up_by_luck_prove_nothing() -> None:
    assert found([[2.0, 1.0, 1.0], [3.0, 2.0, 1.0]]) == set()


def test_price_and_number_make_the_amount() -> None:
    rows = [[3.0, 250000.0, 750000.0], [12.0, 45000.0, 540000.0], [7.0, 130000.0, 910000.0], [2.0, 99000.0, 198000.0]]
    assert found(rows) == {(Kind.PRODUCT, 2, (0, 1))}


def test_growth_is_told_from_share() -> None:
    rows = [[130.0, 100.0, 30.0], [84.0, 80.0, 5.0], [330.0, 240.0, 37.5], [57.0, 60.0, -5.0]]
    laws = column_laws(figures(rows, decimals=(0, 0, 1)))
    assert [(law.kind, law.whole, law.parts) for law in laws] == [(Kind.GROWTH, 2, (0, 1))]


def test_what_the_header_promises_needs_less_proof() -> None:
    rows = [[50.0, 40.0, 80.0]]
    hint = Law(Kind.RATIO, 2, (1, 0))
    assert not column_laws(figures(rows))
    assert [law.whole for law in column_laws(figures(rows), [hint])] == [2]


def test_a_promised_law_is_as_strict_as_one_that_was_found() -> None:
    rows = [[50.0, 40.0, 80.0], [60.0, 45.0, 75.0], [80.0, 20.0, 25.0], [90.0, 81.0, 91.0]]
    (law,) = column_laws(figures(rows), [Law(Kind.RATIO, 2, (1, 0))])
    assert (law.held, law.broken) == (3, 1)
    assert law.at(3).holds(figures(rows)) is False


def test_a_broken_promise_is_not_believed() -> None:
    rows = [[50.0, 40.0, 12.0], [30.0, 33.0, 7.0]]
    assert not column_laws(figures(rows), [Law(Kind.RATIO, 2, (1, 0))])


def test_empty_cells_count_as_nothing_in_a_sum_and_hide_a_share() -> None:
    data = figures([[80.0, None, 80.0], [5.0, None, None]])
    assert Equation(Kind.SUM, (0, 2), ((0, 0), (0, 1))).holds(data) is True
    assert Equation(Kind.RATIO, (0, 2), ((0, 0), (0, 1))).holds(data) is None
    assert Equation(Kind.SUM, (1, 2), ((1, 0), (1, 1))).holds(data) is None


def test_a_share_of_nothing_is_unknown() -> None:
    assert Equation(Kind.RATIO, (0, 2), ((0, 0), (0, 1)), 0.5).holds(figures([[5.0, 0.0, 0.0]])) is None


def test_one_digit_off() -> None:
    data = figures([[125.0, 180.0, 385.0], [125.0, 180.0, 411.0]])
    assert one_digit_off(Equation(Kind.SUM, (0, 2), ((0, 0), (0, 1)), EXACT), data)
    assert not one_digit_off(Equation(Kind.SUM, (1, 2), ((1, 0), (1, 1)), EXACT), data)


def test_part_sets_hold_neighbours_and_every_third_column() -> None:
    sets = part_sets(20)
    assert (0, 1) in sets
    assert (1, 4, 7, 10) in sets
    assert tuple(range(3, 11)) in sets


def test_rounded_parts_neither_prove_nor_refute_a_sum() -> None:
    data = figures([[39.17, 45.56, 84.74], [39.17, 45.56, 84.73], [39.17, 45.56, 84.53]], decimals=(2, 2, 2))
    sums = [Equation(Kind.SUM, (row, 2), ((row, 0), (row, 1)), grace=0.016) for row in range(3)]
    assert [each.holds(data) for each in sums] == [None, True, False]
