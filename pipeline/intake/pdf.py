"""A PDF looked at through poppler's programs: pages, sizes, the scans in it, all before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.config import IntakeConfig
from pipeline.errors import DamagedFile, NoPages, PageTooLarge, TooManyPages
from pipeline.intake.layers import read_layers
from pipeline.intake.pictures import embedded_pictures
from pipeline.intake.poppler import COPY_AGAIN, ask
from pipeline.nouns import EmbeddedPicture, Scan

_POINTS = 72  # to the inch
_COVERS = 0.7  # share of the page from which on images on it are its scan
_LOWEST_DPI = 36
_ONE_CHANNEL = frozenset({"gray", "icc"})
"""Kinds of colour, as poppler names them, that are gray where they have one channel."""
_COUNT = re.compile(r"^Pages:\s+(\d+)$", re.MULTILINE)
_SIZE = re.compile(r"^Page\s+(\d+) size:\s+([\d.e+]+) x ([\d.e+]+) pts", re.MULTILINE)
_TURNED = re.compile(r"^Page\s+(\d+) rot:\s+(?:90|270)$", re.MULTILINE)
_ENCRYPTED = re.compile(r"^Encrypted:\s+yes", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on a page of a PDF, as poppler lists it."""

    page: int
    area: float
    """Square inches of paper that it covers."""
    dpi: float
    gray: bool
    """Whether it has one channel, gray or black and white."""


def look_at_pdf(scan: Scan, config: IntakeConfig) -> Scan:
    """The scan with its pages counted, their resolutions, and the text layers that are good enough to be used.

    Raises:
        DamagedFile, PasswordNeeded, NoPages, TooManyPages, PageTooLarge: it cannot be read.
        MissingDependency: poppler is not installed.
    """
    report = ask(["pdfinfo", "-f", "1", "-l", str(config.max_pages + 1)], scan.path, config).decode("utf-8", "replace")
    sizes = _page_sizes(report, scan.path, config)
    alone = embedded_pictures(scan.path, len(sizes), config.max_page_pixels)
    pictures = _listed(alone) if alone and all(alone) else _pictures(scan.path, len(sizes), config)
    dpi, scanned = [], set()
    for number, (width, height) in enumerate(sizes, start=1):
        mine = pictures.get(number, [])
        if mine and sum(p.area for p in mine) >= _COVERS * width * height:
            scanned.add(number)
        resolution = _best_dpi(mine, config.text_layer_dpi) if number in scanned else config.text_layer_dpi
        _check_size(width, height, resolution, config, where=f"{scan.path}, page {number}")
        dpi.append(resolution)
    typed = tuple(number for number in range(1, len(sizes) + 1) if number not in scanned)
    return replace(
        scan,
        page_count=len(sizes),
        page_dpi=tuple(dpi),
        page_gray=tuple(
            n in scanned and all(picture.gray for picture in pictures[n]) for n in range(1, len(sizes) + 1)
        ),
        page_pictures=alone,
        password_free=not _ENCRYPTED.search(report),
        text_layers=read_layers(scan.path, sizes, typed, config) if typed else (),
    )


def _page_sizes(report: str, path: Path, config: IntakeConfig) -> list[tuple[float, float]]:
    """Width and height of each page as it is shown, in inches."""
    counted = _COUNT.findall(report)
    count = int(counted[-1]) if counted else 0
    if count == 0:
        raise NoPages("the PDF has no page", hint=COPY_AGAIN, where=str(path))
    if count > config.max_pages:
        hint = "split it, or raise intake.max_pages in congvan.toml"
        raise TooManyPages(f"{count:,} pages; the limit is {config.max_pages:,}", hint=hint, where=str(path))
    sizes = {int(page): (float(w) / _POINTS, float(h) / _POINTS) for page, w, h in _SIZE.findall(report)}
    missing = [number for number in range(1, count + 1) if number not in sizes]
    if missing:
        raise DamagedFile(f"page {missing[0]} of {count} cannot be found in it", hint=COPY_AGAIN, where=str(path))
    turned = set(map(int, _TURNED.findall(report)))
    return [_turned(sizes[number]) if number in turned else sizes[number] for number in range(1, count + 1)]


def _turned(size: tuple[float, float]) -> tuple[float, float]:
    return size[1], size[0]


def _check_size(width: float, height: float, dpi: int, config: IntakeConfig, *, where: str) -> None:
    hint = "check the file: a letter is A4; intake.max_page_inches and intake.max_page_pixels in congvan.toml"
    if max(width, height) > config.max_page_inches or min(width, height) * dpi < 1:
        raise PageTooLarge(f"the page is {width:.4g} x {height:.4g} inches", hint=hint, where=where)
    if width * height * dpi * dpi > config.max_page_pixels:
        message = f"the page has {width * dpi:,.0f} x {height * dpi:,.0f} pixels at {dpi} dpi"
        raise PageTooLarge(f"{message}; the limit is {config.max_page_pixels:,} in all", hint=hint, where=where)


def _listed(alone: tuple[EmbeddedPicture | None, ...]) -> dict[int, list[Picture]]:
    """The pictures that fill their pages, as poppler would list them."""
    return {
        number: [Picture(number, p.width * p.height / p.dpi**2, p.dpi, gray=False)]
        for number, p in enumerate(alone, start=1)
        if p is not None
    }


def _pictures(path: Path, count: int, config: IntakeConfig) -> dict[int, list[Picture]]:
    """The images of each page: overlays that let the page shine through cover nothing of it."""
    table = ask(["pdfimages", "-list"], path, config, pages=count).decode("utf-8", "replace")
    found: dict[int, list[Picture]] = {}
    for picture in _parse_pictures(table):
        found.setdefault(picture.page, []).append(picture)
    return found


def _parse_pictures(table: str) -> Iterator[Picture]:
    rows = [line.split() for line in table.splitlines()[2:]]
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        overlay = len(following) > 2 and following[0] == row[0] and following[2] in {"smask", "mask"}
        if len(row) < 14 or row[2] not in {"image", "stencil"}:
            continue
        x_dpi, y_dpi = float(row[-4]), float(row[-3])
        if x_dpi > 0 and y_dpi > 0:
            gray = row[2] == "image" and row[5] in _ONE_CHANNEL and row[6] == "1"
            area = 0.0 if overlay else int(row[3]) / x_dpi * int(row[4]) / y_dpi
            yield Picture(int(row[0]), area, max(x_dpi, y_dpi), gray)


def _best_dpi(pictures: list[Picture], most: int) -> int:
    """The resolution of the image that covers most of the page: rendering finer would invent pixels."""
    main = max(pictures, key=lambda p: p.area)
    return round(min(max(main.dpi, _LOWEST_DPI), most))
