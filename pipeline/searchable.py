"""Letters as searchable PDF: the scan as it is, with its repaired text as an invisible layer.

The only home of OCRmyPDF, and of img2pdf that comes with it. They are an extra: pip install 'congvan[pdf]'.
OCRmyPDF makes the file; its engine is ours, and hands over words that were read long ago.
"""

from __future__ import annotations

import importlib
import io
import logging
import math
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from PIL import Image as Pillow

from pipeline.clean import clean
from pipeline.config import READER_VERSION, Config
from pipeline.errors import DamagedFile, MissingDependency, UsageError
from pipeline.intake import open_scan
from pipeline.nouns import Box, MediaType, PageText, Scan
from pipeline.rasterise import page as rasterise

_QUALITY = 92
"""Of JPEGs that are made where the file's own bytes cannot be taken over."""
_SPREAD = "spread flat"
"""The step of cleaning that bends the page itself."""
_BACKENDS = ("auto", "internal")
"""What makes PDF/A for OCRmyPDF: itself and where that fails Ghostscript; itself alone."""
_INK = 200
"""Gray under which there is something in a picture: OCRmyPDF whites out the text that the page shows already."""


@dataclass(frozen=True, slots=True)
class PdfSource:
    """The file that a letter was read from, and what its PDF is called."""

    path: Path
    sha256: str
    title: str = ""
    author: str = ""


def write_pdf(source: PdfSource, pages: tuple[PageText, ...], config: Config, out: Path) -> bool:
    """Write a letter as a searchable PDF; gives whether it is PDF/A-2.

    Args:
        source: the file that the letter was read from, and what the PDF is called.
        pages: the pages of the letter, in reading order.
        config: all settings.
        out: the file to write; it is there only when it is whole.

    Raises:
        MissingDependency: OCRmyPDF is not installed.
        UsageError: the letter came as plain text.
        InputError: the original is gone, has changed, or cannot be made a PDF.
    """
    library("ocrmypdf")
    logging.getLogger("ocrmypdf").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="congvan-") as folder:
        scan, whole = Path(folder) / "scan.pdf", Path(folder) / "whole.pdf"
        _write_scan(_reopened(source, config), pages, config, scan)
        archival = _put_words(source, pages, scan, whole)
        unfinished = out.with_name(f".{out.name}.part")
        shutil.copyfile(whole, unfinished)
        unfinished.replace(out)
    return archival


def _put_words(source: PdfSource, pages: tuple[PageText, ...], scan: Path, whole: Path) -> bool:
    """Write the scan with our words, and give whether it is PDF/A-2.

    It cannot be where a font is not in the file, as with the labels of digital signatures: only Ghostscript puts fonts
    in, and OCRmyPDF refuses its versions that spoil text.
    """
    ocrmypdf = library("ocrmypdf")
    asked = {
        "plugin_manager": _with_engine(pages), "mode": "redo", "rasterizer": "pypdfium", "optimize": 0, "jobs": 1,
        "use_threads": True, "progress_bar": False, "title": source.title or None, "author": source.author or None,
    }  # fmt: skip
    failed = ocrmypdf.exceptions
    try:
        for backend in _BACKENDS:
            with suppress(failed.PdfaConversionFailedError, failed.MissingDependencyError):
                ocrmypdf.ocr(scan, whole, output_type="pdfa-2", pdfa_backend=backend, **asked)
                return True
        ocrmypdf.ocr(scan, whole, output_type="pdf", **asked)
    except failed.ExitCodeException as e:
        hint = "the letter itself is in the database: congvan export letters"
        raise DamagedFile(f"OCRmyPDF cannot use it: {e}", hint=hint, where=str(source.path)) from e
    return False


def library(name: str) -> Any:  # noqa: ANN401 - whatever the extra brings
    """A module of the extra.

    Raises:
        MissingDependency: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as e:
        raise MissingDependency("OCRmyPDF is not installed", hint="install it with: pip install 'congvan[pdf]'") from e


def _reopened(source: PdfSource, config: Config) -> Scan:
    scan = open_scan(source.path, config.intake)
    if scan.sha256 != source.sha256:
        hint = "`congvan verify` lists such files; `congvan ingest` reads the new content as a letter of its own"
        raise DamagedFile("the original has changed since it was read", hint=hint, where=str(source.path))
    if scan.media_type is MediaType.TEXT:
        raise UsageError(f"{scan.name} is plain text: there is no scan to put words on", hint="export it as text")
    return scan


def _write_scan(scan: Scan, pages: tuple[PageText, ...], config: Config, out: Path) -> None:
    """The pages of the letter alone, each turned upright, as they were scanned."""
    if scan.media_type is MediaType.PDF:
        _take_pages(scan, pages, out)
        return
    img2pdf = library("img2pdf")
    pictures = [_picture(scan, page, config) for page in pages]
    out.write_bytes(img2pdf.convert(pictures, rotation=img2pdf.Rotation.ifvalid))


def _take_pages(scan: Scan, pages: tuple[PageText, ...], out: Path) -> None:
    pikepdf = library("pikepdf")
    try:
        with pikepdf.open(scan.path) as whole, pikepdf.new() as letter:
            whole.flatten_annotations("screen")  # signatures that are seen stay seen, but PDF/A allows no forms
            for page in pages:
                letter.pages.append(whole.pages[page.number - 1])
                letter.pages[-1].rotate(page.rotation, relative=True)
            letter.save(out)
    except pikepdf.PdfError as e:
        raise DamagedFile(
            f"the PDF cannot be opened: pikepdf: {e}", hint="scan or copy it again", where=str(scan.path)
        ) from e


def _picture(scan: Scan, page: PageText, config: Config) -> bytes:
    """One page of an image file as an image that stands upright; the file's own bytes where they do."""
    own = scan.media_type is MediaType.JPEG and not page.rotation and _SPREAD not in page.steps
    if own and not _is_turned(scan.path):
        return scan.path.read_bytes()
    seen = rasterise(scan, page.number, config)
    if _SPREAD in page.steps:
        turned = Pillow.fromarray(clean(seen, config.clean).image)
    else:
        turned = Pillow.fromarray(seen.image).rotate(-page.rotation, expand=True)
    body = io.BytesIO()
    form = "JPEG" if scan.media_type is MediaType.JPEG else "PNG"
    turned.save(body, format=form, quality=_QUALITY, dpi=(seen.dpi, seen.dpi))
    return body.getvalue()


def _is_turned(path: Path) -> bool:
    """Whether the file says that it is to be shown turned, or has colours that PDF takes for others."""
    with Pillow.open(path) as image:
        return image.getexif().get(0x0112, 1) != 1 or image.mode not in {"L", "RGB"}


def _with_engine(pages: tuple[PageText, ...]) -> Any:  # noqa: ANN401 - OCRmyPDF's plugin manager
    """OCRmyPDF's plugins, and before them our engine for these pages."""
    engine = KnownWords(pages)
    marked: Callable[[Any], Any] = library("ocrmypdf").hookimpl

    def get_ocr_engine(options: object) -> KnownWords:
        return engine

    manager = library("ocrmypdf.api").get_plugin_manager([])
    manager.pluggy_manager.register(SimpleNamespace(get_ocr_engine=marked(get_ocr_engine)))
    return manager


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What OCRmyPDF takes for an OCR engine (`ocrmypdf.OcrEngine`): it reads nothing, its words are known."""

    pages: tuple[PageText, ...]

    def __str__(self) -> str:
        return f"congvan {READER_VERSION}"

    def version(self) -> str:
        """Ours."""
        return READER_VERSION

    def creator_tag(self, options: object) -> str:
        """Who made the text, for the file's metadata."""
        return str(self)

    def languages(self, options: Any) -> set[str]:  # noqa: ANN401 - OcrOptions
        """Whatever is asked for: the words are known."""
        return set(options.languages)

    def get_orientation(self, input_file: Path, options: object) -> Any:  # noqa: ANN401 - OrientationConfidence
        """Upright: the pages were turned before."""
        return library("ocrmypdf").OrientationConfidence(angle=0, confidence=0.0)

    def get_deskew(self, input_file: Path, options: object) -> float:
        """Level: the words lie as the scan does."""
        return 0.0

    def supports_generate_ocr(self) -> bool:
        """It gives words and boxes."""
        return True

    def generate_ocr(self, input_file: Path, options: object, page_number: int = 0) -> tuple[Any, str]:
        """The words of a page on the picture that OCRmyPDF made of it, and its text."""
        page = self.pages[page_number]
        with Pillow.open(input_file) as picture:
            return _elements(page, picture.convert("L"), page_number), page.text


def _elements(page: PageText, picture: Pillow.Image, at: int) -> Any:  # noqa: ANN401 - OcrElement
    """The page as OCRmyPDF's tree of lines and words, in the pixels of the picture."""
    ocrmypdf = library("ocrmypdf")
    kinds, tall = ocrmypdf.OcrClass, (0, 0, picture.width, picture.height)

    def element(kind: str, box: tuple[float, ...], **more: object) -> Any:  # noqa: ANN401
        return ocrmypdf.OcrElement(ocr_class=kind, bbox=ocrmypdf.BoundingBox(*box), **more)

    lines = []
    for line in page.lines:
        placed = [(word, on_scan(word.box, page, picture.size)) for word in line.words if word.text and word.box.area]
        words = [
            element(kinds.WORD, box, text=word.text, confidence=word.confidence)
            for word, box in placed
            if _darkest(picture, box) < _INK
        ]
        if words:
            around = [
                f(getattr(w.bbox, side) for w in words) for f, side in zip((min, min, max, max), _SIDES, strict=True)
            ]
            lines.append(element(kinds.LINE, tuple(around), children=words))
    body = [element(kinds.PARAGRAPH, tall, children=lines, language="vie", direction="ltr")] if lines else []
    dpi = page.dpi * picture.width / page.width
    return element(kinds.PAGE, tall, children=body, dpi=dpi, page_number=at)


_SIDES = ("left", "top", "right", "bottom")


def on_scan(box: Box, page: PageText, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """Where a box of the levelled page lies on a picture of the page as it was scanned, upright but not levelled.

    Its middle is turned back by the skew, its sides are scaled: of a few degrees that is near enough to mark a word.
    """
    across, down = size[0] / page.width, size[1] / page.height
    slope = math.radians(-page.skew)
    x, y = box.centre[0] - page.width / 2, box.centre[1] - page.height / 2
    if _SPREAD not in page.steps:
        x, y = x * math.cos(slope) - y * math.sin(slope), x * math.sin(slope) + y * math.cos(slope)
    middle, centre = (x + page.width / 2) * across, (y + page.height / 2) * down
    half, height = box.width * across / 2, box.height * down / 2
    left, top = max(middle - half, 0.0), max(centre - height, 0.0)
    return left, top, max(min(middle + half, size[0]), left), max(min(centre + height, size[1]), top)


def _darkest(picture: Pillow.Image, box: tuple[float, ...]) -> int:
    """The gray of the darkest pixel in a box of a gray picture."""
    x0, y0, x1, y1 = box
    around = (int(x0), int(y0), max(math.ceil(x1), int(x0) + 1), max(math.ceil(y1), int(y0) + 1))
    return int(np.asarray(picture.crop(around)).min())
