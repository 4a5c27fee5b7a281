"""Figures in the order that is asked for, and how many there are."""

from __future__ import annotations

import dataclasses

import pytest

from pipeline.store import Store, TargetFilter
from pipeline.store.queries import TARGET_ORDERS, count_targets, targets
from tests.store.invented import a_record, a_target

FIGURES = (
    a_target(indicator="Kết nạp", value=5.0, confidence=0.7),
    a_target(indicator="Ăn ca", value=40.0, confidence=0.9),
    a_target(indicator="Đoàn viên", value=30.0, confidence=0.5),
)


@pytest.fixture
def filled(store: Store) -> Store:
    for year in (2022, 2021, 2023):
        record = a_record(str(year), number=f"{year % 100}/KH-LĐLĐ", issued_on=f"{year}-01-05")
        figures = (dataclasses.replace(figure, period_end=None) for figure in FIGURES)
        store.save((dataclasses.replace(record, targets=tuple(figures)),))
    return store


@pytest.mark.parametrize(
    ("order", "column", "values"),
    [
        ("year", "year", [2021] * 3 + [2022] * 3 + [2023] * 3),
        ("latest", "year", [2023] * 3 + [2022] * 3 + [2021] * 3),
        ("greatest", "value", [40] * 3 + [30] * 3 + [5] * 3),
        ("doubtful", "confidence", [0.5] * 3 + [0.7] * 3 + [0.9] * 3),
        ("indicator", "indicator", ["Ăn ca"] * 3 + ["Đoàn viên"] * 3 + ["Kết nạp"] * 3),
    ],
)  # fmt: skip
def test_figures_come_in_the_order_asked_for(filled: Store, order: str, column: str, values: list[object]) -> None:
    assert [row[column] for row in targets(filled.db, TargetFilter(), order)] == values
    assert [row[column] for row in targets(filled.db, TargetFilter(), order, 4)] == values[:4]


def test_every_order_is_tried() -> None:
    marks = test_figures_come_in_the_order_asked_for.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == set(TARGET_ORDERS)


def test_figures_are_counted(filled: Store) -> None:
    assert count_targets(filled.db, TargetFilter()) == 9
    assert count_targets(filled.db, TargetFilter(year=2022, indicator="doan vien")) == 1
    assert count_targets(filled.db, TargetFilter(issuer="khong co")) == 0
