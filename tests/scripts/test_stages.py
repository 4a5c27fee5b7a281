"""What a stage takes counts once: for itself, and not for the stage around it."""

from __future__ import annotations

import pytest

from scripts.bench.stages import ENGINE, STAGES, Ledger, table


def test_a_stage_inside_another_counts_for_itself_alone() -> None:
    times = iter([(1.0, 0.0), (3.0, 0.5), (7.0, 0.5), (8.0, 2.0)])
    ledger = Ledger(clock=lambda: next(times))
    with ledger.stage("clean"), ledger.stage("layout"):
        pass
    assert ledger.spent == {"clean": pytest.approx(2.0 + 0.5 + 1.0 + 1.5), "layout": pytest.approx(4.0)}
    assert ledger.programs == pytest.approx(2.0)


def test_the_engine_is_what_it_was_handed_over_to() -> None:
    times = iter([(1.0, 1.0), (1.5, 5.0)])
    ledger = Ledger(clock=lambda: next(times))
    with ledger.stage("handing over"):
        pass
    assert ledger.spent == {"handing over": pytest.approx(0.5), ENGINE: pytest.approx(4.0)}


def test_all_that_is_no_engine_is_ours() -> None:
    ledger = Ledger()
    for stage in STAGES:
        ledger.spent[stage] = 0.1
    ledger.spent[ENGINE] = 10.0
    last = list(table(2, ledger.spent))[-1]
    assert f"{0.1 * len(STAGES) / 2:.3f}" in last
    assert f"{0.01 * len(STAGES):.1%}" in last
