"""A scan as pages of pixels, one at a time and upright as the file says. The only home of pdf2image.

A page that is one picture is that picture; others are rendered at the resolution of the scan in them, never finer. A
scan finer than `raster.dpi` is reduced to it.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Collection, Iterator
from math import ceil

import numpy as np
import pdf2image
from pdf2image.exceptions import PDFInfoNotInstalledError, PDFPageCountError, PDFPopplerTimeoutError, PDFSyntaxError
from PIL import Image as Pillow
from PIL import ImageChops, ImageOps

from pipeline.config import Config
from pipeline.errors import PILLOW_ERRORS, CongvanError, MissingDependency, RenderError
from pipeline.nouns import EmbeddedPicture, Image, MediaType, Overlay, Page, Scan

_LONGER_SIDE = 11.69  # inches of A4
_SMALLEST_PAPER, _LARGEST_PAPER = 5.5, 17.5  # inches of the longer side: A6 to A3
_SMALLEST_PAGE = 16  # pixels: poppler gives 1 x 1 for pages it cannot draw
_COLOUR_SPREAD = 48  # between the strongest and the weakest channel; compression makes gray spread by half of that
_COLOUR_SHARE = 1e-4  # of the page: a few written digits
_COLOUR_EVERY = 4
_MOST_STRETCHED = 4
_FINER = 1.1  # times the resolution wanted, from which a picture is reduced
_UNDRAWN = (
    PDFInfoNotInstalledError,
    PDFPopplerTimeoutError,
    PDFPageCountError,
    PDFSyntaxError,
    OSError,
    ValueError,
    SyntaxError,
    Pillow.DecompressionBombError,
)
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
            picture, dpi = _taken_out(scan, number, config) or _render(scan, number, config)
        else:
            picture, dpi = _decode(scan, number, config.raster.dpi)
    if min(picture.size) < _SMALLEST_PAGE:
        raise _failed(scan, number, f"it came out as {picture.width} x {picture.height} pixels")
    return Page(number, _pixels(picture), _paper_dpi(picture.size, dpi))


def _taken_out(scan: Scan, number: int, config: Config) -> tuple[Pillow.Image, float] | None:
    """The one picture that a page of a PDF shows, no finer than is wanted, with the stamps on it; and its resolution.

    None for a page that shows anything else, and where the picture is broken: poppler draws what is left of it.
    """
    embedded = scan.page_pictures[number - 1] if scan.page_pictures else None
    if embedded is None:
        return None
    most = config.raster.dpi
    scale = most / embedded.dpi if embedded.dpi > _FINER * most else 1.0
    size = max(round(embedded.width * scale), 1), max(round(embedded.height * scale), 1)
    try:
        with Pillow.open(_as_file(scan, embedded), formats=("JPEG", "TIFF")) as file:
            if file.size != (embedded.width, embedded.height) or file.mode not in {"1", "L", "RGB"}:
                return None
            if scale < 1:
                file.draft(file.mode, size)
            file.load()
            picture: Pillow.Image = file.convert("L") if file.mode == "1" else file
    except _BROKEN:
        return None
    picture = picture if picture.size == size or scale == 1 else picture.resize(size, Pillow.Resampling.BOX)
    if embedded.overlay is not None:
        stamped = _stamped(picture, embedded.overlay, scale, config)
        if stamped is None:
            return None
        picture = stamped
    upright = picture.rotate(-embedded.turn, expand=True) if embedded.turn else picture
    return upright, embedded.dpi * scale


def _stamped(picture: Pillow.Image, overlay: Overlay, scale: float, config: Config) -> Pillow.Image | None:
    """The picture with its stamps over it; None when poppler cannot draw them.

    What a stamp lets through of white and not of black it lets through of the picture.
    """
    x0, y0, x1, y1 = (round(edge * scale) for edge in (overlay.box.x0, overlay.box.y0, overlay.box.x1, overlay.box.y1))
    size = max(x1 - x0, 1), max(y1 - y0, 1)
    try:
        drawn = pdf2image.convert_from_bytes(overlay.pdf, size=size, timeout=ceil(config.raster.timeout))
    except _UNDRAWN:
        return None
    if len(drawn) != 2 or any(ground.size != size for ground in drawn):
        return None
    on_white, on_black = drawn
    through = ImageChops.subtract(on_white, on_black)
    below = picture.crop((x0, y0, x0 + size[0], y0 + size[1])).convert("RGB")
    seen = ImageChops.add(on_black, ImageChops.multiply(below, through))
    coloured = picture if picture.mode == "RGB" or not _has_colour(seen) else picture.convert("RGB")
    coloured.paste(seen.convert(coloured.mode), (x0, y0))
    return coloured


def _as_file(scan: Scan, embedded: EmbeddedPicture) -> io.BytesIO:
    """The bytes of a picture as a file: a JPEG is one, the bits of a fax get the head of a TIFF."""
    with scan.path.open("rb") as file:
        file.seek(embedded.offset)
        body = file.read(embedded.length)
    if embedded.coding == "jpeg":
        return io.BytesIO(body)
    start = 10 + 12 * 8 + 4
    width, height = embedded.width, embedded.height
    # width, height, bits, compression by group 4, white is zero, where the bits start, rows and bytes of the one strip
    tags = ((256, width), (257, height), (258, 1), (259, 4), (262, 0), (273, start), (278, height), (279, len(body)))
    head = struct.pack("<2sHIH", b"II", 42, 8, len(tags)) + b"".join(struct.pack("<HHII", t, 4, 1, v) for t, v in tags)
    return io.BytesIO(head + struct.pack("<I", 0) + body)


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
    gray = picture.mode != "L" and not (picture.mode == "RGB" and _has_colour(picture))
    return np.asarray(picture.convert("L") if gray else picture, dtype=np.uint8)


def _has_colour(picture: Pillow.Image) -> bool:
    """Whether channels lie far apart somewhere, as one pixel in so many of each row and column tells."""
    size = max(picture.width // _COLOUR_EVERY, 1), max(picture.height // _COLOUR_EVERY, 1)
    seen = picture.resize(size, Pillow.Resampling.NEAREST)
    red, green, blue = seen.split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    weakest = ImageChops.darker(ImageChops.darker(red, green), blue)
    spread = ImageChops.subtract(strongest, weakest).histogram()
    return sum(spread[_COLOUR_SPREAD + 1 :]) > _COLOUR_SHARE * seen.width * seen.height


def _failed(scan: Scan, number: int, why: str, hint: str = "scan or copy it again") -> CongvanError:
    return RenderError(f"the page cannot be rendered: {why}", hint=hint, where=f"{scan.path}, page {number}")
