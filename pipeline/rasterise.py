"""A scan as pages of pixels, one at a time and upright as the file says. The only home of pdf2image.

A page is rendered at the resolution of the scan in it, never finer; a scan finer than `raster.dpi` is reduced to it.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator
from math import ceil

import numpy as np
import pdf2image
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError
from PIL import Image as Pillow
from PIL import ImageOps

from pipeline.config import Config
from pipeline.errors import PILLOW_ERRORS, CongvanError, MissingDependency, RenderError
from pipeline.nouns import Image, MediaType, Page, Scan

_LONGER_SIDE = 11.69  # inches of A4
_SMALLEST_PAPER, _LARGEST_PAPER = 5.5, 17.5  # inches of the longer side: A6 to A3
_SMALLEST_PAGE = 16  # pixels: poppler gives 1 x 1 for pages it cannot draw
_COLOUR_SPREAD = 48  # between the strongest and the weakest channel; compression makes gray spread by half of that
_COLOUR_SHARE = 1e-4  # of the page: a few written digits
_MOST_STRETCHED = 4
_BROKEN = (Pillow.DecompressionBombError, *PILLOW_ERRORS)


def pages(scan: Scan, config: Config, *, numbers: Collection[int] | None = None) -> Iterator[Page]:
    """The pages in order, each made when it is asked for; gray where a page has no colour, else RGB.

    Args:
        scan: what to render.
        config: the resolution and the time limit are in its section `raster`.
        numbers: only these pages; all for None.

    Raises:
        RenderError: a page cannot be rendered, or not in time.
        MissingDependency: poppler is not installed.
    """
    wanted = range(1, scan.page_count + 1) if numbers is None else sorted(numbers)
    for number in wanted:
        yield page(scan, number, config)


def page(scan: Scan, number: int, config: Config) -> Page:
    """One page, as `pages` gives it.

    Raises:
        RenderError: the page cannot be rendered, or not in time.
        MissingDependency: poppler is not installed.
    """
    if not 1 <= number <= scan.page_count:
        raise _failed(scan, number, f"there is no page {number} of {scan.page_count}")
    if scan.media_type is MediaType.TEXT:
        raise _failed(scan, number, "a plain text has no pixels")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)  # sizes were checked at the door
        if scan.media_type is MediaType.PDF:
            picture, dpi = _render(scan, number, config)
        else:
            picture, dpi = _decode(scan, number, config.raster.dpi)
    if min(picture.size) < _SMALLEST_PAGE:
        raise _failed(scan, number, f"it came out as {picture.width} x {picture.height} pixels")
    return Page(number, _pixels(picture), _paper_dpi(picture.size, dpi))


def _render(scan: Scan, number: int, config: Config) -> tuple[Pillow.Image, float]:
    """One page of a PDF as poppler draws it, and the resolution."""
    dpi = scan.page_dpi[number - 1] if scan.page_dpi else config.raster.dpi
    gray = bool(scan.page_gray) and scan.page_gray[number - 1]
    try:
        pictures = pdf2image.convert_from_path(
            scan.path.absolute(),
            dpi=dpi,
            first_page=number,
            last_page=number,
            use_cropbox=True,
            grayscale=gray,
            timeout=ceil(config.raster.timeout),
        )
    except PDFInfoNotInstalledError as e:
        hint = "install it with: apt-get install poppler-utils"
        raise MissingDependency("poppler is not installed", hint=hint) from e
    except PDFPopplerTimeoutError as e:
        hint = "raise raster.timeout in congvan.toml, then: congvan retry"
        raise _failed(scan, number, f"it took longer than {config.raster.timeout:g} seconds", hint) from e
    except (PDFPageCountError, PDFSyntaxError, OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as e:
        raise _failed(scan, number, f"poppler gave no page: {e}") from e
    if len(pictures) != 1:
        raise _failed(scan, number, f"poppler gave {len(pictures)} pages for one")
    return pictures[0], dpi


def _decode(scan: Scan, number: int, most: int) -> tuple[Pillow.Image, float]:
    """One page of an image file, turned upright as its tags say, pixels square, no finer than `most` to the inch."""
    try:
        with Pillow.open(scan.path) as file:
            file.seek(number - 1)
            claimed = file.info.get("dpi", (0, 0))
            turned = ImageOps.exif_transpose(file)
            picture = _opaque(turned)
    except _BROKEN as e:
        raise _failed(scan, number, f"the image cannot be decoded: {e}") from e
    across, down = (float(value) for value in claimed)
    if turned.size != file.size:
        across, down = down, across
    picture, dpi = _square(picture, across, down)
    true = _paper_dpi(picture.size, dpi)
    if true > most:
        picture = picture.resize((picture.width * most // true, picture.height * most // true), Pillow.Resampling.BOX)
        true = most
    return picture, true


def _opaque(picture: Pillow.Image) -> Pillow.Image:
    """The picture in gray or RGB; what is transparent becomes paper."""
    if picture.mode in {"I;16", "I;16B", "I;16L", "I"}:
        deep = np.asarray(picture).astype(np.int64)
        return Pillow.fromarray((deep >> 8 if deep.max(initial=0) > 255 else deep).clip(0, 255).astype(np.uint8))
    if picture.mode in {"1", "L", "RGB"}:
        return picture.convert("RGB" if picture.mode == "RGB" else "L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Pillow.new("RGBA", layer.size, "white")
        return Pillow.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")


def _square(picture: Pillow.Image, across: float, down: float) -> tuple[Pillow.Image, float]:
    """The picture with as many pixels to the inch down as across: faxes have half as many.

    What claims to be stretched farther than any scanner does it claims so by mistake.
    """
    dpi = max(across, down)
    if min(across, down) <= 1 or abs(across - down) <= 0.05 * dpi or dpi > _MOST_STRETCHED * min(across, down):
        return picture, dpi
    size = round(picture.width * dpi / across), round(picture.height * dpi / down)
    return picture.resize(size, Pillow.Resampling.BILINEAR), dpi


def _paper_dpi(size: tuple[int, int], claimed: float) -> int:
    """Pixels per inch of paper: as claimed when that makes a sheet from A6 to A3, else as if it were A4.

    Screens and cameras write 72 or 96 into their files, some scanners make a PDF page an inch for every 72 pixels.
    """
    longer = max(size)
    if claimed > 0 and _SMALLEST_PAPER <= longer / claimed <= _LARGEST_PAPER:
        return round(claimed)
    return max(round(longer / _LONGER_SIDE), 1)


def _pixels(picture: Pillow.Image) -> Image:
    pixels = np.array(picture, dtype=np.uint8)
    if pixels.ndim == 3 and not _has_colour(pixels):
        return np.array(picture.convert("L"), dtype=np.uint8)
    return pixels


def _has_colour(pixels: Image) -> bool:
    seen = pixels[::2, ::2].astype(np.int16)
    spread = seen.max(axis=2) - seen.min(axis=2)
    return float((spread > _COLOUR_SPREAD).mean()) > _COLOUR_SHARE


def _failed(scan: Scan, number: int, why: str, hint: str = "scan or copy it again") -> CongvanError:
    return RenderError(f"the page cannot be rendered: {why}", hint=hint, where=f"{scan.path}, page {number}")
