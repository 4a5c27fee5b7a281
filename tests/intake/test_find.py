"""Which files of a folder are letters."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import NotReadable
from pipeline.intake import find_scans


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7" if "pdf" in name.lower() else b"words")


def found(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in find_scans([folder])]


def test_scans_at_any_depth_in_order_of_name(tmp_path: Path) -> None:
    fill(tmp_path, "b.pdf", "a.TIF", "2023/c.jpg", "2023/quý 1/d.png", "e.txt")
    assert found(tmp_path) == ["a.TIF", "b.pdf", "e.txt", "2023/c.jpg", "2023/quý 1/d.png"]


def test_hidden_unfinished_and_foreign_files_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".a.pdf", "~b.pdf", "c.pdf.part", "d.crdownload", "Thumbs.db", ".git/e.pdf", "f.json", "g.pdf~")
    assert found(tmp_path) == []


def test_letters_of_other_formats_are_given_so_that_the_user_is_told(tmp_path: Path) -> None:
    fill(tmp_path, "a.docx", "b.zip")
    assert found(tmp_path) == ["a.docx", "b.zip"]


def test_a_scan_without_a_telling_name_is_found_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "SCAN0001").write_bytes(b"%PDF-1.7")
    (tmp_path / "NOTES").write_bytes(b"words")
    assert found(tmp_path) == ["SCAN0001"]


@pytest.mark.parametrize("companion", ["a.txt", "a.source.txt", "a_p01.txt", "a-page2.txt", "a.ocr_p3.txt"])
def test_a_text_beside_its_scan_is_no_letter_of_its_own(tmp_path: Path, companion: str) -> None:
    fill(tmp_path, "a.pdf", companion)
    assert found(tmp_path) == ["a.pdf"]


@pytest.mark.parametrize("letter", ["a2.txt", "a_reply.txt", "b.txt"])
def test_a_text_with_a_name_of_its_own_is_a_letter(tmp_path: Path, letter: str) -> None:
    fill(tmp_path, "a.pdf", letter)
    assert found(tmp_path) == ["a.pdf", letter]


def test_a_file_named_outright_is_given_whatever_it_is(tmp_path: Path) -> None:
    fill(tmp_path, ".hidden.json")
    assert list(find_scans([tmp_path / ".hidden.json"])) == [tmp_path / ".hidden.json"]


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "a.pdf")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "linked.pdf").symlink_to(tmp_path / "a.pdf")
    assert found(tmp_path) == ["a.pdf", "linked.pdf"]


def test_a_pipe_without_a_telling_name_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert found(tmp_path) == []


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReadable, match="no such file"):
        list(find_scans([tmp_path / "gone"]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_folder_that_may_not_be_listed_is_given_on(tmp_path: Path) -> None:
    fill(tmp_path, "a.pdf", "closed/b.pdf")
    (tmp_path / "closed").chmod(0)
    try:
        assert found(tmp_path) == ["a.pdf", "closed"]
    finally:
        (tmp_path / "closed").chmod(0o700)
