"""The trials themselves: what is broken is broken the same way again, and hostile files are refused with advice."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.config import Config
from pipeline.errors import CongvanError
from pipeline.reading import read_scan
from scripts.bench.hostile import write_hostile
from scripts.soak.mutate import broken
from scripts.soak.processes import below, peak
from tests.intake.files import pdf

KINDS = 9
WIDE_IMAGE = 0  # it opens, and drawing it takes long


@given(st.binary(min_size=1, max_size=3000), st.integers(0, 10_000))
def test_a_file_is_broken_the_same_way_again_and_never_empty(data: bytes, seed: int) -> None:
    once, again = (broken(data, random.Random(seed)) for _ in range(2))
    assert once == again
    assert once


def test_processes_below_are_those_that_were_started() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert child.pid in {process.pid for process in below(os.getpid())}
    finally:
        child.communicate(b"\n")
    assert child.pid not in {process.pid for process in below(os.getpid())}
    assert peak(os.getpid()) > 1


@pytest.mark.parametrize("number", sorted(set(range(KINDS)) - {WIDE_IMAGE}))
def test_hostile_files_are_refused_with_advice(tmp_path: Path, number: int) -> None:
    scan = tmp_path / "sound.pdf"
    scan.write_bytes(pdf(["THÔNG BÁO"]))
    write_hostile(tmp_path, number, scan)
    (hostile,) = set(tmp_path.iterdir()) - {scan}
    with pytest.raises(CongvanError) as caught:
        read_scan(hostile, Config())
    assert caught.value.hint
    assert caught.value.stage in {"intake", "rasterise"}
