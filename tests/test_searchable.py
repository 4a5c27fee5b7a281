"""Searchable PDFs: words lie on their ink, and what cannot be made is said."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from pipeline.__main__ import run
from pipeline.config import Config, StoreConfig
from pipeline.errors import DamagedFile, MissingDependency, UsageError
from pipeline.intake import content_hash
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.searchable import PdfSource, on_scan, write_pdf
from pipeline.store import open_store
from pipeline.web.images import set_upright
from tests.store.invented import a_record

HAS_OCRMYPDF = importlib.util.find_spec("ocrmypdf") is not None
needs_ocrmypdf = pytest.mark.skipif(not HAS_OCRMYPDF, reason="pip install 'congvan[pdf]'")


@given(st.floats(-4, 4), st.integers(50, 250), st.integers(50, 330))
def test_a_box_lies_where_its_ink_was_before_levelling(skew: float, x: int, y: int) -> None:
    scan = np.full((400, 300), 255, dtype=np.uint8)
    scan[y - 4 : y + 4, x - 4 : x + 4] = 0
    ink = np.argwhere(np.asarray(set_upright(scan, 0, skew)) < 128)
    (top, left), (bottom, right) = ink.min(axis=0), ink.max(axis=0) + 1
    box = Box(int(left), int(top), int(right), int(bottom))
    x0, y0, x1, y1 = on_scan(box, PageText(1, (), 300, 400, 100, skew=skew), (600, 800))
    assert (x0 + x1) / 2 == pytest.approx(2 * x, abs=4)
    assert (y0 + y1) / 2 == pytest.approx(2 * y, abs=4)


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ocrmypdf", None)  # as where it is not installed
    database = tmp_path / "letters.db"
    with open_store(database, StoreConfig()) as store:
        store.save((a_record(),))
    assert run(["export", "--format", "pdf", "-o", str(tmp_path / "out"), "--db", str(database)]) == 4
    assert "congvan[pdf]" in capfd.readouterr().err
    with pytest.raises(MissingDependency):
        write_pdf(PdfSource(tmp_path / "a.pdf", ""), (), Config(), tmp_path / "b.pdf")


def a_scan(folder: Path, name: str) -> tuple[PdfSource, PageText]:
    """A page that says four words, as it lies in the file: turned a quarter."""
    upright = np.full((1600, 1100), 255, dtype=np.uint8)
    words = []
    for i, text in enumerate(("Phấn", "đấu", "210", "đoàn")):
        box = Box(120 + 200 * i, 300, 260 + 200 * i, 350)
        upright[box.y0 : box.y1, box.x0 : box.x1] = 0
        words.append(Word(text, text, box, 0.9))
    path = folder / name
    Pillow.fromarray(np.rot90(upright)).save(path, dpi=(130, 130))
    page = PageText(1, (Line(tuple(words)),), 1100, 1600, 130, rotation=90)
    return PdfSource(path, content_hash(path), "47/KH-LĐLĐ", "Liên đoàn Lao động"), page


@needs_ocrmypdf
@pytest.mark.parametrize("name", ["scan.png", "scan.jpg", "scan.tif", "scan.pdf"])
def test_the_repaired_text_lies_on_the_scan(tmp_path: Path, name: str) -> None:
    original, page = a_scan(tmp_path, name)
    assert write_pdf(original, (page,), Config(), tmp_path / "out.pdf")
    (sheet,) = pypdf.PdfReader(tmp_path / "out.pdf").pages
    assert sheet.extract_text().split() == ["Phấn", "đấu", "210", "đoàn"]
    body = (tmp_path / "out.pdf").read_bytes()
    assert b"pdfaid:part>2<" in body or "pdfaid" in str(pypdf.PdfReader(tmp_path / "out.pdf").xmp_metadata)


@needs_ocrmypdf
def test_a_changed_original_and_plain_text_are_refused(tmp_path: Path) -> None:
    original, page = a_scan(tmp_path, "scan.png")
    Pillow.new("L", (300, 400), 255).save(original.path, dpi=(100, 100))
    with pytest.raises(DamagedFile, match="changed"):
        write_pdf(original, (page,), Config(), tmp_path / "out.pdf")
    text = tmp_path / "van-ban.txt"
    text.write_text("Kính gửi các đơn vị", encoding="utf-8")
    with pytest.raises(UsageError, match="plain text"):
        write_pdf(PdfSource(text, content_hash(text)), (page,), Config(), tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()
