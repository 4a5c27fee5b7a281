"""Pages of pixels: size, resolution, colour, the way up, and every way it can go wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline import rasterise
from pipeline.config import Config, RasterConfig
from pipeline.errors import MissingDependency, RenderError
from pipeline.intake import open_scan
from pipeline.nouns import Page, Scan
from tests.intake.files import LETTER, Picture, pdf, scan_image, write

CONFIG = Config()


def opened(path: Path) -> Scan:
    return open_scan(path, CONFIG.intake)


def saved(path: Path, image: Image.Image, **options: Any) -> Scan:
    image.save(path, **options)
    return opened(path)


def only_page(scan: Scan) -> Page:
    (page,) = rasterise.pages(scan, CONFIG)
    return page


def a_sheet(mode: str = "L", dpi: int = 100) -> Image.Image:
    """A4 with a dark block in its upper left corner."""
    image = Image.new(mode, (827 * dpi // 100, 1169 * dpi // 100), "white")
    image.paste("black", (0, 0, 100, 50))
    return image


def corner(page: Page) -> str:
    """Where the dark block is."""
    rows, columns = np.nonzero(page.image < 128)
    down = "upper" if rows.mean() < page.height / 2 else "lower"
    return f"{down} {'left' if columns.mean() < page.width / 2 else 'right'}"


def test_a_typed_page_is_rendered_at_the_set_resolution(tmp_path: Path) -> None:
    page = only_page(opened(write(tmp_path / "a.pdf", pdf(LETTER))))
    assert (page.number, page.dpi, page.image.shape) == (1, 300, (3509, 2480))


def test_a_scan_is_not_rendered_finer_than_it_is(tmp_path: Path) -> None:
    data = pdf(pictures=[Picture(scan_image(620, 877), 0, 0, 595, 842)])
    page = only_page(opened(write(tmp_path / "a.pdf", data)))
    assert page.dpi == 75
    assert page.image.shape == pytest.approx((877, 620), abs=1)


def test_a_pdf_with_a_pixel_to_the_point_is_taken_for_a4(tmp_path: Path) -> None:
    data = pdf(size=(1654, 2339), pictures=[Picture(scan_image(1654, 2339), 0, 0, 1654, 2339)])
    page = only_page(opened(write(tmp_path / "a.pdf", data)))
    assert (page.dpi, page.image.shape) == (200, (2339, 1654))


def test_pages_come_one_at_a_time_and_only_those_asked_for(tmp_path: Path) -> None:
    scan = opened(write(tmp_path / "a.pdf", pdf(LETTER, pages=5)))
    assert [page.number for page in rasterise.pages(scan, CONFIG, numbers=(4, 2))] == [2, 4]
    scan.path.unlink()
    later = rasterise.pages(scan, CONFIG)
    with pytest.raises(RenderError, match="page 1"):
        next(later)


def test_what_is_cropped_away_is_not_seen(tmp_path: Path) -> None:
    scan = opened(write(tmp_path / "a.pdf", pdf(LETTER, page_extra="/CropBox [0 421 595 842]")))
    assert only_page(scan).image.shape == (1755, 2480)


@pytest.mark.parametrize(
    ("turn", "expected"), [(1, "upper left"), (3, "lower right"), (6, "upper right"), (8, "lower left")]
)
@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_the_file_says_which_way_is_up(tmp_path: Path, turn: int, expected: str, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    scan = saved(tmp_path / f"a.{suffix}", a_sheet(), exif=exif, dpi=(100, 100))
    assert corner(only_page(scan)) == expected


def test_every_frame_of_a_tiff(tmp_path: Path) -> None:
    frames = [Image.new("L", (200, 280), gray) for gray in (10, 120, 240)]
    scan = saved(tmp_path / "a.tif", frames[0], save_all=True, append_images=frames[1:])
    assert [int(page.image[0, 0]) for page in rasterise.pages(scan, CONFIG)] == [10, 120, 240]


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [((100, 100), 100), ((72, 72), 72), ((1, 1), 100), ((2400, 2400), 100), (None, 100)],
    ids=["true", "larger paper", "nonsense", "a stamp", "none"],
)
def test_a_claimed_resolution_is_believed_when_the_paper_is_possible(
    tmp_path: Path, claimed: tuple[int, int] | None, expected: int
) -> None:
    options = {} if claimed is None else {"dpi": claimed}
    assert only_page(saved(tmp_path / "a.png", a_sheet(), **options)).dpi == expected


def test_a_scan_finer_than_needed_is_reduced(tmp_path: Path) -> None:
    page = only_page(saved(tmp_path / "a.png", a_sheet(dpi=600), dpi=(600, 600)))
    assert (page.dpi, page.image.shape) == (300, (3507, 2481))


def test_the_flat_pixels_of_a_fax_become_square(tmp_path: Path) -> None:
    fax = Image.new("1", (1728, 1143), 1)
    page = only_page(saved(tmp_path / "a.tif", fax, dpi=(204, 98)))
    assert (page.dpi, page.image.shape) == (204, (2379, 1728))


def test_a_resolution_that_no_scanner_has_stretches_nothing(tmp_path: Path) -> None:
    sheet = a_sheet()
    page = only_page(saved(tmp_path / "a.tif", sheet, dpi=(2, 60_000)))
    assert page.image.shape[0] / page.image.shape[1] == pytest.approx(sheet.height / sheet.width, rel=0.01)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "I;16"])
def test_a_page_without_colour_is_gray_whatever_its_mode(tmp_path: Path, mode: str) -> None:
    image = a_sheet("L")
    deep = Image.fromarray(np.asarray(image).astype(np.uint16) * 257) if mode == "I;16" else image.convert(mode)
    page = only_page(saved(tmp_path / "a.tif", deep))
    assert page.image.ndim == 2
    assert page.image.dtype == np.uint8
    assert (int(page.image.min()), int(page.image.max())) == (0, 255)


def test_a_stamp_keeps_its_colour(tmp_path: Path) -> None:
    image = a_sheet("RGB")
    image.paste((200, 20, 30), (400, 600, 480, 640))
    page = only_page(saved(tmp_path / "a.png", image))
    assert tuple(page.image[620, 440]) == (200, 20, 30)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    page = only_page(saved(tmp_path / "a.png", Image.new("RGBA", (200, 280), (0, 0, 0, 0))))
    assert int(page.image.min()) == 255


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    scan = opened(write(tmp_path / "a.pdf", pdf(LETTER)))
    with pytest.raises(RenderError, match="no page 2 of 1"):
        rasterise.page(scan, 2, CONFIG)


def test_the_silent_single_pixel_is_no_page(tmp_path: Path) -> None:
    scan = saved(tmp_path / "a.png", Image.new("L", (1, 1)))
    with pytest.raises(RenderError, match="1 x 1"):
        rasterise.page(scan, 1, CONFIG)


def test_a_plain_text_has_no_pixels(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="no pixels"):
        rasterise.page(opened(write(tmp_path / "a.txt", b"words")), 1, CONFIG)


def test_an_image_cut_in_its_middle_is_told(tmp_path: Path) -> None:
    scan = saved(tmp_path / "a.png", Image.effect_noise((200, 280), 50))
    scan.path.write_bytes(scan.path.read_bytes()[:3000])
    with pytest.raises(RenderError, match="cannot be decoded"):
        rasterise.page(scan, 1, CONFIG)


FAKES = {
    "hangs": ("exec sleep 30", RenderError, "longer than 1 seconds"),
    "crashes": ("kill -SEGV $$", RenderError, "poppler gave"),
    "prints nonsense": ("echo P5 100", RenderError, "poppler gave"),
}


@pytest.mark.parametrize("fault", FAKES)
def test_a_poppler_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    script, expected, said = FAKES[fault]
    scan = opened(write(tmp_path / "a.pdf", pdf(LETTER)))
    program = tmp_path / "pdftoppm"
    program.write_text(f'#!/bin/sh\n[ "$1" = -v ] && echo "pdftoppm version 22.12.0" >&2 && exit\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    with pytest.raises(expected, match=said):
        rasterise.page(scan, 1, replace(CONFIG, raster=RasterConfig(timeout=1)))


def test_a_poppler_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = opened(write(tmp_path / "a.pdf", pdf(LETTER)))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingDependency, match="poppler"):
        rasterise.page(scan, 1, CONFIG)
