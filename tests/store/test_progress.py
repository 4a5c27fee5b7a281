"""A result stands beside the target that it answers, and beside no other."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from pipeline.nouns import Target
from pipeline.store import Store
from tests.store.invented import a_record, a_target


def progress(store: Store, target: Target, result: Target, **values: str) -> list[dict[str, Any]]:
    store.save((dataclasses.replace(a_record("plan"), targets=(target,)),))
    later = {"number": "90/BC-LĐLĐ", "issued_on": "2023-12-20"} | values
    store.save((dataclasses.replace(a_record("report", **later), targets=(result,)),))  # type: ignore[arg-type]
    return list(store.db.query("SELECT * FROM v_progress"))


def a_result(**changes: object) -> Target:
    return a_target(**{"kind": "result", "comparator": "=", "value": 231.0, "value_text": "231 đoàn viên"} | changes)


def test_the_same_indicator_unit_and_year_make_a_pair(store: Store) -> None:
    (row,) = progress(store, a_target(), a_result(indicator="phát triển MỚI đoàn viên"))
    assert (row["target"], row["result"], row["ratio"], row["reached"]) == (210, 231, pytest.approx(1.1), 1)
    assert (row["target_number"], row["result_number"]) == ("47/KH-LĐLĐ", "90/BC-LĐLĐ")


@pytest.mark.parametrize(
    "result",
    [a_result(unit="%"), a_result(indicator="Kết nạp đảng viên"), a_result(period_end=None, responsible="Huyện khác"),
     a_result(responsible="Huyện Bình Sơn")],
)  # fmt: skip
def test_what_measures_something_else_makes_no_pair(store: Store, result: Target) -> None:
    assert progress(store, a_target(), result) == []


def test_a_result_from_before_the_target_answers_nothing(store: Store) -> None:
    assert progress(store, a_target(), a_result(), issued_on="2023-01-05") == []


def test_a_report_of_the_body_that_answers_makes_a_pair(store: Store) -> None:
    target = a_target(responsible="LĐLĐ huyện Bình Sơn")
    (row,) = progress(store, target, a_result(), issuer="LĐLĐ huyện Bình Sơn")
    assert row["reported_by"] == "LĐLĐ huyện Bình Sơn"


@pytest.mark.parametrize(
    ("comparator", "value", "reached"),
    [(">=", 210.0, 1), (">=", 209.0, 0), (">", 210.0, 0), (">", 211.0, 1), ("<=", 210.0, 1), ("<=", 211.0, 0),
     ("<", 210.0, 0), ("=", 210.0, 1), ("~", 210.0, None)],
)  # fmt: skip
def test_whether_a_target_is_reached_depends_on_its_comparator(
    store: Store, comparator: str, value: float, reached: int | None
) -> None:
    (row,) = progress(store, a_target(comparator=comparator), a_result(value=value))
    assert row["reached"] == reached


def test_a_letter_that_was_scanned_twice_counts_once(store: Store) -> None:
    store.save((a_record("copy"),))
    assert len(progress(store, a_target(), a_result())) == 1
    assert len(list(store.targets())) == 2
