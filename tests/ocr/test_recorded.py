from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from pipeline.errors import DamagedFile
from pipeline.nouns import Box, Grid, GridCell, Line, Mark, MarkKind, PageText, Word, Zone
from pipeline.ocr.recorded import load_pages, save_pages

PAGE = PageText(
    number=2,
    lines=(Line((Word("S6", "Số", Box(1, 2, 30, 40), 0.5),), Zone.HEADER_LEFT),),
    width=2480,
    height=3508,
    dpi=300,
    rotation=90,
    skew=-0.5,
    steps=("median",),
    marks=(Mark(MarkKind.SEAL, Box(0, 0, 9, 9), "", 0.9),),
    grids=(Grid(Box(0, 0, 10, 10), (GridCell(0, 0, 1, 2, Box(0, 0, 10, 5)),), 2, 2),),
)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    save_pages(tmp_path / "pages.json.gz", (PAGE,))
    assert load_pages(tmp_path / "pages.json.gz") == (PAGE,)


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    save_pages(tmp_path / "one", (PAGE,))
    save_pages(tmp_path / "two", (PAGE,))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_what_is_not_compressed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pages.json.gz").write_bytes(b"plain")
    with pytest.raises(DamagedFile):
        load_pages(tmp_path / "pages.json.gz")


@pytest.mark.parametrize("text", ["", "[]", '{"format": 0, "pages": []}', '{"format": 1, "pages": [{}]}'])
def test_anything_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "pages.json.gz").write_bytes(gzip.compress(text.encode()))
    with pytest.raises(DamagedFile):
        load_pages(tmp_path / "pages.json.gz")
