"""Odds become probabilities by a rising table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ConfigError
from pipeline.repair.calibration import Calibration, load_calibrations
from pipeline.repair.pieces import trust_of
from pipeline.repair.recognise import Mode
from scripts.bench.harm import ReadLetter
from scripts.calibrate_repair import judged_letters, staircase


def test_between_two_steps_lies_a_straight_line() -> None:
    calibration = Calibration((0.0, 10.0), (0.5, 0.9))
    assert calibration(5.0) == pytest.approx(0.7)
    assert calibration(-3.0) == 0.5
    assert calibration(99.0) == 0.9


@given(st.lists(st.tuples(st.floats(-5, 20), st.booleans()), min_size=1, max_size=200))
def test_the_staircase_rises_whatever_was_judged(judged: list[tuple[float, bool]]) -> None:
    steps = staircase(judged)
    assert [p for _, p in steps] == sorted(p for _, p in steps)
    assert [o for o, _ in steps] == pytest.approx(sorted(o for o, _ in steps))
    assert all(0 < p < 1 for _, p in steps)


def test_the_table_of_each_mode_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scores.tsv"
    path.write_text("fresh\t1\t0.5\nruined\t2\t0.8\nfresh\t3\t0.9\n", encoding="utf-8")
    assert load_calibrations(path)[Mode.FRESH](2.0) == pytest.approx(0.7)


@pytest.mark.parametrize("content", ["fresh\t1\n", "else\t1\t0.5\n", "fresh\tx\t0.5\n"])
def test_a_malformed_table_is_an_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "scores.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError):
        load_calibrations(path)


def test_changes_in_a_letter_are_judged_by_what_was_printed() -> None:
    read = "Ủy ban nhân đân tỉnh ban hành kế hoạch tô chức hội nghị"
    tokens = [[(word, trust_of(0.5 if word in {"đân", "tô"} else 0.96)) for word in read.split()]]
    printed = read.replace("đân", "dân").split()
    judged = list(judged_letters([ReadLetter(tokens, printed)]))
    assert sorted(right for _, right in judged) == [False, True]
    beside = [*printed[:3], "khác", "hẳn", *printed[5:]]
    assert [right for _, right in judged_letters([ReadLetter(tokens, beside)])].count(True) == 0
