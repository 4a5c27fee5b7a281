from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pipeline.config import StoreConfig
from pipeline.store import open_store
from tests.store.conftest import noon
from tests.store.invented import a_record, a_target, doubtful


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database to change."""
    return fill(tmp_path / "letters.db")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to look at, the same for all tests of a file."""
    return fill(tmp_path_factory.mktemp("archive") / "letters.db")


def fill(path: Path) -> Path:
    """Three letters: one accepted, one doubtful, one that reports on the first."""
    report = a_record("report", "bao-cao.pdf", number="90/BC-LĐLĐ", issued_on="2023-12-20", doc_type="Báo cáo")
    with open_store(path, StoreConfig(), now=noon) as store:
        run_id = store.start_run([Path("scans")])
        store.save((a_record(),), run_id=run_id)
        store.save((doubtful(a_record("second", "quyet-dinh.pdf", number="5/QĐ-LĐLĐ"), "number"),), run_id=run_id)
        result = a_target(kind="result", comparator="=", value=231.0, value_text="231 đoàn viên")
        store.save((dataclasses.replace(report, targets=(result,)),), run_id=run_id)
    return path
