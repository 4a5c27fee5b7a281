"""Every kind of file that may come: what it is, or why it cannot be read and what to do."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from pipeline import errors
from pipeline.config import IntakeConfig
from pipeline.intake import open_scan
from pipeline.nouns import MediaType
from tests.intake.files import LETTER, Picture, assemble, pdf, scan_image, write

CONFIG = IntakeConfig()


def encrypted(data: bytes, *, user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password="chu-so-huu", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def tiff(path: Path, frames: int) -> Path:
    first, *rest = [Image.new("L", (60 + i, 80), 255) for i in range(frames)]
    first.save(path, save_all=True, append_images=rest)
    return path


def test_a_scanned_pdf_is_read_at_the_resolution_of_its_scan(tmp_path: Path) -> None:
    data = pdf(pictures=[Picture(scan_image(1240, 1754), 0, 0, 595, 842)], pages=2)
    scan = open_scan(write(tmp_path / "a.pdf", data), CONFIG)
    assert (scan.media_type, scan.page_count, scan.page_dpi) == (MediaType.PDF, 2, (150, 150))
    assert scan.sha256 == hashlib.sha256(data).hexdigest()
    assert (scan.size, scan.text_layers) == (len(data), ())


def test_a_scan_without_colour_is_known_before_it_is_rendered(tmp_path: Path) -> None:
    sheet, seal = scan_image(), Picture(Image.new("RGB", (90, 90), (200, 30, 40)), 380, 300, 80, 80, coloured=True)
    pictures = {
        "gray": [Picture(sheet, 0, 0, 595, 842)],
        "in colour": [Picture(sheet, 0, 0, 595, 842, coloured=True)],
        "with a seal": [Picture(sheet, 0, 0, 595, 842), seal],
        "with an emblem on top": [Picture(sheet, 0, 0, 595, 842), dataclasses.replace(seal, see_through=True)],
        "typed": [],
    }
    files = {name: write(tmp_path / f"{name}.pdf", pdf(LETTER, pictures=shown)) for name, shown in pictures.items()}
    assert [name for name, path in files.items() if open_scan(path, CONFIG).page_gray == (True,)] == ["gray"]


def test_a_finer_scan_is_read_at_the_usual_resolution(tmp_path: Path) -> None:
    data = pdf(pictures=[Picture(scan_image(4960, 7016), 0, 0, 595, 842)])
    assert open_scan(write(tmp_path / "a.pdf", data), CONFIG).page_dpi == (CONFIG.text_layer_dpi,)


def test_the_bytes_decide_and_not_the_name(tmp_path: Path) -> None:
    Image.new("L", (80, 60)).save(tmp_path / "a.png")
    scan = open_scan((tmp_path / "a.png").rename(tmp_path / "a.pdf"), CONFIG)
    assert scan.media_type is MediaType.PNG


def test_all_frames_of_a_tiff_are_pages(tmp_path: Path) -> None:
    assert open_scan(tiff(tmp_path / "a.tif", 3), CONFIG).page_count == 3


def test_form_feeds_part_the_pages_of_a_text(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Trang một\fTrang hai\f".encode())
    assert open_scan(path, CONFIG).page_count == 2


def test_a_pdf_that_only_limits_its_use_opens(tmp_path: Path) -> None:
    scan = open_scan(write(tmp_path / "a.pdf", encrypted(pdf(LETTER), user="")), CONFIG)
    assert (scan.page_count, scan.password_free) == (1, False)


BAD: dict[str, tuple[bytes, type[errors.CongvanError]]] = {
    "empty.pdf": (b"", errors.EmptyFile),
    "noise.pdf": (bytes(range(256)) * 4, errors.UnknownFormat),
    "text_named.pdf": (b"just some words", errors.UnknownFormat),
    "web_page.txt": (b"<!DOCTYPE html><html><body>404</body></html>", errors.UnknownFormat),
    "office.docx": (b"PK\x03\x04" + b"\x00" * 64, errors.UnknownFormat),
    "old_office.doc": (b"\xd0\xcf\x11\xe0" + b"\x00" * 64, errors.UnknownFormat),
    "photo.heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, errors.UnknownFormat),
    "cut.pdf": (pdf(LETTER, pages=4)[:-300], errors.DamagedFile),
    "header_only.pdf": (b"%PDF-1.7\n", errors.DamagedFile),
    "locked.pdf": (encrypted(pdf(LETTER), user="bi-mat"), errors.PasswordNeeded),
    "no_pages.pdf": (pdf(pages=0), errors.NoPages),
    "huge_page.pdf": (pdf(LETTER, size=(500_000, 500_000)), errors.PageTooLarge),
    "long_page.pdf": (pdf(LETTER, size=(595, 8_000)), errors.PageTooLarge),
    "many_pixels.pdf": (pdf(LETTER, size=(3_000, 3_000)), errors.PageTooLarge),
    "flat_page.pdf": (pdf(LETTER, size=(595, 0)), errors.CongvanError),
    "spaces.txt": (b"  \n\t \n", errors.NothingToRead),
    "cut.png": (b"\x89PNG\r\n\x1a\n\x00\x00", errors.DamagedFile),
    "cut.tif": (b"II*\x00\xff\xff\xff\x7f", errors.DamagedFile),
    "bare.jpg": (b"\xff\xd8\xff\xe0", errors.DamagedFile),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_advice(tmp_path: Path, name: str) -> None:
    data, expected = BAD[name]
    path = write(tmp_path / name, data)
    with pytest.raises(expected) as caught:
        open_scan(path, CONFIG)
    assert str(path) in (caught.value.where or str(path))
    assert caught.value.message
    assert caught.value.hint


def test_a_name_cannot_reach_the_command_line(tmp_path: Path) -> None:
    path = write(tmp_path / "-f 1\n$(touch pwned); '.pdf", pdf(LETTER))
    assert open_scan(path, CONFIG).page_count == 1
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(errors.NotReadable, match="No such file"):
        open_scan(tmp_path / "gone.pdf", CONFIG)


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(errors.NotReadable, match="pipe or a device"):
        open_scan(tmp_path / "pipe.pdf", CONFIG)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf(LETTER))
    path.chmod(0)
    with pytest.raises(errors.NotReadable, match="Permission denied"):
        open_scan(path, CONFIG)


LIMITS: dict[str, tuple[dict[str, int], type[errors.CongvanError]]] = {
    "bytes": ({"max_bytes": 100}, errors.FileTooLarge),
    "pages": ({"max_pages": 2}, errors.TooManyPages),
    "pixels": ({"max_page_pixels": 1_000}, errors.PageTooLarge),
    "inches": ({"max_page_inches": 5}, errors.PageTooLarge),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_limits_are_settings(tmp_path: Path, limit: str) -> None:
    changed, expected = LIMITS[limit]
    path = write(tmp_path / "a.pdf", pdf(LETTER, pages=3))
    with pytest.raises(expected):
        open_scan(path, replace(CONFIG, **changed))


def test_the_frames_of_a_tiff_are_limited(tmp_path: Path) -> None:
    with pytest.raises(errors.TooManyPages):
        open_scan(tiff(tmp_path / "a.tif", 4), replace(CONFIG, max_pages=3))


def test_the_pixels_of_an_image_are_limited_before_decoding(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "bomb.png")
    with pytest.raises(errors.PageTooLarge):
        open_scan(tmp_path / "bomb.png", CONFIG)


def test_a_page_tree_that_bites_its_tail_is_refused(tmp_path: Path) -> None:
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]
    with pytest.raises(errors.InputError):
        open_scan(write(tmp_path / "loop.pdf", assemble(objects)), CONFIG)


def test_a_program_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.pdf", pdf(LETTER))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(errors.MissingDependency) as caught:
        open_scan(path, CONFIG)
    assert "poppler-utils" in caught.value.hint


def test_the_made_pdfs_are_sound(tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", pdf(LETTER, pictures=[Picture(scan_image(), 10, 10, 50, 50)]))
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    assert LETTER[0] in done.stdout
