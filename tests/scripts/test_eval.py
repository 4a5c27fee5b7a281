"""The benchmark: its split, its table, what it calls worse, and the subset that may not get worse."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.metrics import Report
from pipeline.metrics.compare import Counts
from pipeline.metrics.text import ErrorRate
from scripts.eval import MEASURES, Measures, Row, kept_lines, measured_by, measures_of, page, regressions, table
from scripts.letters import CORPUS, split
from scripts.make_scans.on_demand import LETTERS, fingerprint, scans
from scripts.make_scans.source import read_source

GOOD = Measures(
    fields=0.98, wer=0.01, targets=0.9, citations=1.0, recipients=1.0, tables=0.97, trusted=1.0, accepted=0.9
)
TOLERANCE = dict.fromkeys(MEASURES, 0.02)


def test_every_letter_is_on_one_side_and_no_issuer_on_both() -> None:
    sides = tomllib.loads((CORPUS / "split.toml").read_text(encoding="utf-8"))
    assert sorted(sides["dev"] + sides["test"]) == sorted(path.stem for path in LETTERS.glob("*.md"))
    issuers = [
        {
            (head.issuer, head.parent_issuer)
            for head in (read_source(LETTERS / f"{name}.md").head for name in sides[side])
        }
        for side in ("dev", "test")
    ]
    assert not issuers[0] & issuers[1]


def test_a_side_is_a_part_of_the_whole() -> None:
    assert set(split("dev")) | set(split("test")) == set(split("all"))
    assert split("dev") != split("test")


def test_measures_are_those_of_the_report() -> None:
    report = Report(
        letters=2,
        fields={"number": Counts(3, 1, 0), "place": Counts(2, 0, 1)},
        handwritten={"number": Counts(1, 0, 0)},
        accepted=Counts(5, 0, 1),
        targets=Counts(8, 1, 1),
        words=ErrorRate(3, 300),
    )
    found = measures_of(report)
    assert found.fields == 6 / 8
    assert found.wer == 0.01
    assert found.targets == pytest.approx(8 / 9)
    assert (found.trusted, found.accepted) == (1.0, 5 / 6)


@pytest.mark.parametrize("name", MEASURES)
def test_a_loss_beyond_the_tolerance_is_a_regression(name: str) -> None:
    kept = {measure: getattr(GOOD, measure) for measure in MEASURES}
    worse = 0.03 if name == "wer" else -0.03
    loss = regressions(replace(GOOD, **{name: getattr(GOOD, name) + worse}), kept, TOLERANCE)
    assert [told.split(":")[0] for told in loss] == [MEASURES[name].split(":")[0]]
    assert not regressions(replace(GOOD, **{name: getattr(GOOD, name) + worse / 3}), kept, TOLERANCE)
    assert not regressions(replace(GOOD, **{name: getattr(GOOD, name) - worse}), kept, TOLERANCE)


OFFICE = Row("office", "test", 2, 5, GOOD, 31.2)


def test_the_table_has_a_line_for_each_quality() -> None:
    lines = table([replace(OFFICE, quality="bad", rate=20.0), OFFICE], "1.0").splitlines()
    shares = "98.0% | 1.0% | 90.0% | 100.0% | 100.0% | 97.0% | 100.0% | 90.0%"
    assert lines[2] == f"| office | test | 2 | 5 | {shares} | 31 | 1.0 |"
    assert lines[3].startswith("| bad | test |")
    assert len(lines) == 4
    assert len({line.count("|") for line in lines}) == 1


def test_what_is_not_measured_again_stays_in_the_table() -> None:
    before = page(table([OFFICE, replace(OFFICE, quality="fax"), replace(OFFICE, side="all")], "1.0"))
    after = table([replace(OFFICE, rate=40.0)], "1.1", kept_lines(before)).splitlines()[2:]
    assert [(line.split(" | ")[:2], line.split(" | ")[-2:]) for line in after] == [
        (["| office", "all"], ["31", "1.0 |"]),
        (["| office", "test"], ["40", "1.1 |"]),
        (["| fax", "test"], ["31", "1.0 |"]),
    ]


def test_lines_of_a_table_with_other_columns_are_not_kept() -> None:
    before = page(table([OFFICE], "1.0"))
    assert len(kept_lines(before)) == 1
    assert not kept_lines(before.replace("word errors |", "words |"))


def test_a_row_tells_version_engine_and_day() -> None:
    told = measured_by(dt.date(2026, 5, 1))
    assert told.endswith(", 2026-05-01")
    assert "tesseract" in told


def test_a_scan_is_made_once_and_again_when_the_letter_changed(tmp_path: Path) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    source = letters / "gp.md"
    source.write_text((LETTERS / "ttyt_giarai_2024_ggt.md").read_text(encoding="utf-8"), encoding="utf-8")
    (scan,) = scans(["gp"], "fax", tmp_path / "made", letters)
    first = scan.stat().st_mtime_ns
    assert scans(["gp"], "fax", tmp_path / "made", letters) == [scan]
    assert scan.stat().st_mtime_ns == first
    source.write_text(source.read_text(encoding="utf-8") + "Trân trọng./.\n", encoding="utf-8")
    scans(["gp"], "fax", tmp_path / "made", letters)
    assert scan.stat().st_mtime_ns > first
    assert fingerprint(source, "fax") != fingerprint(source, "bad")


@pytest.mark.slow
def test_the_subset_is_read_as_well_as_it_was(tmp_path: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "scripts.eval", "--subset", "--work", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CORPUS.parent,
    )
    assert told.returncode == 0, told.stdout + told.stderr
