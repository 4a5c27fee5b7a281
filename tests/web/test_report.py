"""The report of a batch: one page that needs nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.__main__ import run
from pipeline.config import StoreConfig
from pipeline.errors import DamagedFile
from pipeline.store import open_store
from tests.store.invented import a_record


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_of_a_batch_says_what_waits_and_what_failed(database: Path, language: str) -> None:
    with open_store(database, StoreConfig()) as store:
        store.save((a_record("later", number="77/TB-LĐLĐ"),), run_id=store.start_run([Path("more")]))
        store.fail(
            Path("scans/hong.pdf"), None, DamagedFile("the page cannot be drawn", hint="scan it again"), run_id=1
        )
    out = database.with_name("run.html")
    assert run(["report", "--run", "1", "--language", language, "-o", str(out), "--db", str(database)]) == 0
    page = out.read_text(encoding="utf-8")
    said = {"vi": ("Đợt đọc số 1", "không vẽ được trang"), "en": ("Batch 1", "the page cannot be drawn")}
    for text in (*said[language], "scans/hong.pdf", "5/QĐ-LĐLĐ", "two readings differ", "Phát triển mới đoàn viên"):
        assert text in page
    assert "77/TB-LĐLĐ" not in page
    assert page.count("<svg") == 2
    assert not any(loading in page for loading in ("<script", "<link", "<img", "@import", "url("))


@pytest.mark.parametrize(
    ("asked", "told"), [(("--run", "99"), "no batch 99"), (("--run", "1", "--year", "2023"), "not both")]
)
def test_what_cannot_be_reported_is_said(
    database: Path, asked: tuple[str, ...], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", *asked, "-o", str(database.with_name("run.html")), "--db", str(database)]) == 2
    assert told in capfd.readouterr().err
