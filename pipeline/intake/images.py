"""Image files: the size and number of their pages from the headers, before anything is decoded."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import replace

from PIL import Image

from pipeline.config import IntakeConfig
from pipeline.errors import PILLOW_ERRORS, DamagedFile, NoPages, PageTooLarge, TooManyPages
from pipeline.nouns import MediaType, Scan

_FORMATS = {MediaType.TIFF: "TIFF", MediaType.PNG: "PNG", MediaType.JPEG: "JPEG"}


def look_at_image(scan: Scan, config: IntakeConfig) -> Scan:
    """The scan with its pages counted and their sizes checked.

    Raises:
        DamagedFile: the header cannot be understood.
        PageTooLarge, TooManyPages, NoPages: the image goes beyond a limit.
    """
    where = str(scan.path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large images and odd tags; sizes are checked here
            count = _count_frames(scan, config, where)
    except Image.DecompressionBombError as e:
        raise _too_large("more pixels than any scan has", where) from e
    except PILLOW_ERRORS as e:
        raise DamagedFile(f"the image cannot be opened: {e}", hint="scan or copy it again", where=where) from e
    if count == 0:
        raise NoPages("the image holds no page", hint="scan it again", where=where)
    return replace(scan, page_count=count)


def _count_frames(scan: Scan, config: IntakeConfig, where: str) -> int:
    count = 0
    for count, (width, height) in enumerate(_frame_sizes(scan), start=1):
        _check_size(width, height, config, f"{where}, page {count}")
        if count > config.max_pages:
            hint = "split it, or raise intake.max_pages in congvan.toml"
            raise TooManyPages(f"more than {config.max_pages:,} pages", hint=hint, where=where)
    return count


def _frame_sizes(scan: Scan) -> Iterator[tuple[int, int]]:
    with Image.open(scan.path, formats=[_FORMATS[scan.media_type]]) as image:
        yield image.size
        if scan.media_type is not MediaType.TIFF:
            return
        while True:
            try:
                image.seek(image.tell() + 1)
            except EOFError:
                return
            yield image.size


def _check_size(width: int, height: int, config: IntakeConfig, where: str) -> None:
    if width < 1 or height < 1:
        raise DamagedFile(f"the page is {width} x {height} pixels", hint="scan it again", where=where)
    if width * height > config.max_page_pixels:
        raise _too_large(f"{width:,} x {height:,} pixels; the limit is {config.max_page_pixels:,} in all", where)


def _too_large(what: str, where: str) -> PageTooLarge:
    hint = "scan it at a lower resolution, or raise intake.max_page_pixels in congvan.toml"
    return PageTooLarge(f"the page is too large: {what}", hint=hint, where=where)
