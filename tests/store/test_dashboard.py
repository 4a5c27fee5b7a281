"""What the charts count is what stands in the tables, whatever came, went, or was decided."""

from __future__ import annotations

import dataclasses
import datetime as dt

from pipeline.store import Row, Store, dashboard
from tests.store.invented import a_record, a_target

_COUNTED = """SELECT year, sum(kind = 'target') AS targets, sum(kind = 'result') AS results FROM v_targets
    WHERE year IS NOT NULL GROUP BY year ORDER BY year"""


def counted(store: Store) -> list[Row]:
    found = dashboard.dashboard(store.db, None)
    by_issuer = sum(row["targets"] + row["results"] for row in found["by_issuer"])
    assert by_issuer == sum(row["targets"] + row["results"] for row in found["by_year"])
    assert found["by_year"] == list(store.db.query(_COUNTED))
    return found["by_year"]


def test_every_figure_is_counted_in_its_year(store: Store) -> None:
    later = a_target(period_end=dt.date(2025, 6, 30))
    store.save((dataclasses.replace(a_record(), targets=(a_target(), a_target(kind="result"), later)),))
    assert counted(store) == [{"year": 2023, "targets": 1, "results": 1}, {"year": 2025, "targets": 1, "results": 0}]


def test_a_second_scan_counts_once_and_again_when_the_first_is_no_letter(store: Store) -> None:
    second = max(store.save((a_record(),)) + store.save((a_record("second"),)))
    assert store.show(second).document["duplicate_of"]
    assert counted(store) == [{"year": 2023, "targets": 1, "results": 0}]
    store.correct(second, "number", "48/KH-LĐLĐ", by="an")
    assert counted(store) == [{"year": 2023, "targets": 2, "results": 0}]
    store.correct(second, "letter", "1", by="an")
    assert counted(store) == [{"year": 2023, "targets": 1, "results": 0}]


def test_what_a_first_scan_leaves_behind_counts(store: Store) -> None:
    (first,) = store.save((a_record(),))
    (second,) = store.save((a_record("second"),))
    assert store.show(max(first, second)).document["duplicate_of"] == min(first, second)
    with store.db.atomic():
        store.db.table("documents").delete(min(first, second))
    assert counted(store) == [{"year": 2023, "targets": 1, "results": 0}]


def test_a_rejected_figure_and_a_new_date_are_counted_at_once(store: Store) -> None:
    (name,) = store.save((dataclasses.replace(a_record(), targets=(a_target(), a_target(period_end=None))),))
    store.correct(name, "targets.0.rejected", "1", by="an")
    assert counted(store) == [{"year": 2023, "targets": 1, "results": 0}]
    store.correct(name, "issued_on", "2021-02-14", by="an")
    assert counted(store) == [{"year": 2021, "targets": 1, "results": 0}]
