"""A PDF looked at through poppler's programs: pages, sizes, the scans in it, all before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline import sandbox
from pipeline.config import IntakeConfig
from pipeline.errors import DamagedFile, InputError, NoPages, PageTooLarge, PasswordNeeded, TooManyPages
from pipeline.intake.layers import read_layers
from pipeline.nouns import Scan

_POINTS = 72  # to the inch
_COVERS = 0.7  # share of the page from which on images on it are its scan
_LOWEST_DPI = 36
_TAIL = 8192
_COUNT = re.compile(r"^Pages:\s+(\d+)$", re.MULTILINE)
_SIZE = re.compile(r"^Page\s+(\d+) size:\s+([\d.e+]+) x ([\d.e+]+) pts", re.MULTILINE)
_TURNED = re.compile(r"^Page\s+(\d+) rot:\s+(?:90|270)$", re.MULTILINE)
_ENCRYPTED = re.compile(r"^Encrypted:\s+yes", re.MULTILINE)
_BROKEN_INDEX = re.compile(r"xref table|trailer dictionary|Root object|Catalog", re.IGNORECASE)
_COPY_AGAIN = "copy or download it again, or scan the letter again"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image on a page of a PDF, as poppler lists it."""

    page: int
    area: float
    """Square inches of paper that it covers."""
    dpi: float


def look_at_pdf(scan: Scan, config: IntakeConfig) -> Scan:
    """The scan with its pages counted, their resolutions, and the text layers that are good enough to be used.

    Raises:
        DamagedFile, PasswordNeeded, NoPages, TooManyPages, PageTooLarge: it cannot be read.
        MissingDependency: poppler is not installed.
    """
    report = _ask(["pdfinfo", "-f", "1", "-l", str(config.max_pages + 1)], scan.path, config, pages=config.max_pages)
    sizes = _page_sizes(report, scan.path, config)
    pictures = _pictures(scan.path, len(sizes), config)
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
        password_free=not _ENCRYPTED.search(report),
        text_layers=read_layers(scan.path, sizes, typed, config) if typed else (),
    )


def _ask(command: list[str], path: Path, config: IntakeConfig, *, pages: int) -> str:
    """What one of poppler's programs prints about a PDF.

    Raises:
        DamagedFile, PasswordNeeded: it cannot be opened.
    """
    seconds = config.child_seconds * max(1.0, pages / 100)
    limits = sandbox.Limits(seconds, config.child_memory, config.child_output)
    done = sandbox.run([*command, str(path.absolute())], limits)
    if done.timed_out:
        message = f"opening it took longer than {seconds:g} seconds"
        raise DamagedFile(message, hint="raise intake.child_seconds in congvan.toml if you trust it", where=str(path))
    if done.status != 0 or _is_cut_off(path, done.stderr):
        raise _why(path, done)
    return done.stdout.decode("utf-8", "replace")


def _why(path: Path, done: sandbox.Finished) -> InputError:
    if "Incorrect password" in done.stderr:
        hint = "save a copy without the password, with: qpdf --decrypt --password=… IN.pdf OUT.pdf"
        return PasswordNeeded("the PDF is locked with a password", hint=hint, where=str(path))
    if "the last page (0)" in done.stderr:
        return NoPages("the PDF has no page", hint=_COPY_AGAIN, where=str(path))
    if _is_cut_off(path, done.stderr):
        return DamagedFile("the PDF is cut off: its end is missing", hint=_COPY_AGAIN, where=str(path))
    said = next((line for line in reversed(done.stderr.splitlines()) if line.strip()), f"status {done.status}")
    return DamagedFile(f"the PDF cannot be opened: {said[:200]}", hint=_COPY_AGAIN, where=str(path))


def _is_cut_off(path: Path, complaint: str) -> bool:
    """Whether the index at the end is missing: poppler then shows the pages it still finds, as if they were all."""
    if not _BROKEN_INDEX.search(complaint):
        return False
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return b"startxref" not in file.read()


def _page_sizes(report: str, path: Path, config: IntakeConfig) -> list[tuple[float, float]]:
    """Width and height of each page as it is shown, in inches."""
    counted = _COUNT.findall(report)
    count = int(counted[-1]) if counted else 0
    if count == 0:
        raise NoPages("the PDF has no page", hint=_COPY_AGAIN, where=str(path))
    if count > config.max_pages:
        hint = "split it, or raise intake.max_pages in congvan.toml"
        raise TooManyPages(f"{count:,} pages; the limit is {config.max_pages:,}", hint=hint, where=str(path))
    sizes = {int(page): (float(w) / _POINTS, float(h) / _POINTS) for page, w, h in _SIZE.findall(report)}
    missing = [number for number in range(1, count + 1) if number not in sizes]
    if missing:
        raise DamagedFile(f"page {missing[0]} of {count} cannot be found in it", hint=_COPY_AGAIN, where=str(path))
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


def _pictures(path: Path, count: int, config: IntakeConfig) -> dict[int, list[Picture]]:
    """The opaque images of each page: overlays that let the page shine through are no scan of it."""
    found: dict[int, list[Picture]] = {}
    for picture in _parse_pictures(_ask(["pdfimages", "-list"], path, config, pages=count)):
        found.setdefault(picture.page, []).append(picture)
    return found


def _parse_pictures(table: str) -> Iterator[Picture]:
    rows = [line.split() for line in table.splitlines()[2:]]
    for row, following in zip(rows, [*rows[1:], []], strict=False):
        overlay = len(following) > 2 and following[0] == row[0] and following[2] in {"smask", "mask"}
        if len(row) < 14 or row[2] not in {"image", "stencil"} or overlay:
            continue
        x_dpi, y_dpi = float(row[-4]), float(row[-3])
        if x_dpi > 0 and y_dpi > 0:
            yield Picture(int(row[0]), int(row[3]) / x_dpi * int(row[4]) / y_dpi, max(x_dpi, y_dpi))


def _best_dpi(pictures: list[Picture], most: int) -> int:
    """The resolution of the image that covers most of the page: rendering finer would invent pixels."""
    main = max(pictures, key=lambda p: p.area)
    return round(min(max(main.dpi, _LOWEST_DPI), most))
