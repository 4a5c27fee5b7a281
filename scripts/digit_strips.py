"""Made-up strips of a letter's register number or date: digits by hand, stamp or type between printed words.

What a scanner, a pen and a clerk do to them is drawn by chance: slant, thickness, touching digits, a rule above, dots
below, the printed words beside them, faint ink, specks, blur, JPEG, one-bit fax. The label of a strip is its digits.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pil
from PIL import ImageDraw, ImageFont

from pipeline.ocr.digits import BASELINE, SMALL_LETTER, STRIP_HEIGHT, as_ink
from scripts.pen_digits import draw_digit

Gray = NDArray[np.uint8]
Rng = np.random.Generator

STRIP_WIDTH = 140
_ZOOM = 2
"""Strips are drawn larger and then shrunk, so that strokes fall between pixels."""
_BEFORE = ("Số:", "ố:", "Số", "số:", ":", "ngày", "y", "gày", "tháng", "g", "ng", "áng")
_AFTER = ("/", "/Q", "/QĐ-", "/CT", "/U", "/KH", "-", "-K", "tháng", "t", "th", "thá", "năm", "n", "nă", "/ Q")
_CAPITALS = "ABCDĐGHKLMNPQSTUVXY-"
_AROUND = ("V/v", "Kính", "UBND", "gđhp", "TỈNH", "của", "PHỐ", "Độc lập", "thực hiện", "Quỹ")
_SERIF = ("LiberationSerif-Regular", "LiberationSerif-Italic", "LiberationSerif-Bold", "LiberationSerif-BoldItalic")
_STAMP = ("LiberationSans-Regular", "LiberationSans-Bold", "DejaVuSans", "LiberationMono-Bold", "DejaVuSerif-Bold",
          "LiberationSansNarrow-Bold", "DejaVuSansMono", "DejaVuSansCondensed")  # fmt: skip

_SLANTED = 0.4
"""Share of typed digits that a program slants."""
_FONT_FOLDERS = {"Libe": "/usr/share/fonts/truetype/liberation2", "Deja": "/usr/share/fonts/truetype/dejavu"}


@dataclass(frozen=True, slots=True)
class Handwriting:
    """Pictures of single handwritten digits, 28 x 28, ink bright, and what each shows."""

    pictures: Gray
    labels: Gray

    def of(self, digit: str, rng: Rng) -> Gray:
        """One picture of that digit by chance."""
        choices = np.flatnonzero(self.labels == int(digit))
        return np.asarray(self.pictures[rng.choice(choices)])


def load_handwriting(folder: Path, held_out: bool) -> Handwriting:  # noqa: FBT001 - two halves of one set
    """The digits of an IDX folder: one block in ten held out, as neighbours there are by one writer, or the rest."""
    pictures = _idx(folder / "t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    labels = _idx(folder / "t10k-labels-idx1-ubyte.gz", 8)
    blocks = np.arange(len(labels)) // 250
    chosen = (blocks % 10 == 3) == held_out
    return Handwriting(pictures[chosen], labels[chosen])


def _idx(path: Path, header: int) -> Gray:
    return np.frombuffer(gzip.decompress(path.read_bytes()), np.uint8, offset=header)


def make_strip(handwriting: Handwriting, rng: Rng) -> tuple[NDArray[np.float32], str]:
    """One strip as the net gets it, and its digits; one in twelve has none."""
    text = _some_digits(rng)
    height, width = STRIP_HEIGHT * _ZOOM, STRIP_WIDTH * _ZOOM
    ink = np.zeros((height, width), np.float32)
    scale = _ZOOM * rng.uniform(0.85, 1.2)
    base = (BASELINE + rng.uniform(-3, 3)) * _ZOOM
    before = _print_before(ink, scale, base, rng)
    after = _write(ink, text, (before, base, scale), handwriting, rng)
    if after > width:
        return make_strip(handwriting, rng)
    _print_after(ink, after, (base, scale), rng)
    _clutter(ink, base, scale, rng)
    _cut_ends(ink, (before, after), scale, rng)
    return as_ink(_scanned(ink, rng)), text


def _some_digits(rng: Rng) -> str:
    """A register number, a day or a month, as often as they are met; or nothing."""
    kind = rng.random()
    if kind < 0.08:
        return ""
    if kind < 0.40:
        day = int(rng.integers(1, 32))
        return f"{day:02d}" if rng.random() < 0.9 else str(day)
    if kind < 0.5:
        return f"{int(rng.integers(1, 13)):02d}" if rng.random() < 0.6 else str(int(rng.integers(1, 13)))
    length = int(rng.choice([1, 2, 3, 4, 5], p=[0.05, 0.3, 0.37, 0.23, 0.05]))
    return "".join(str(d) for d in rng.integers(0, 10, length))


def _print_before(ink: NDArray[np.float32], scale: float, base: float, rng: Rng) -> float:
    """The printed word before the gap, cut off at the left edge by chance; gives the column where it ends."""
    word = _printed(str(rng.choice(_BEFORE)), scale, rng)
    left = rng.uniform(-word[0].shape[1], 6 * _ZOOM) if rng.random() < 0.85 else -500.0
    _lay(ink, word[0], left, base - word[1], rng.uniform(0.75, 1))
    return float(max(left + word[0].shape[1], 0.0))


def _print_after(ink: NDArray[np.float32], x: float, line: tuple[float, float], rng: Rng) -> None:
    base, scale = line
    if rng.random() < 0.1:
        return
    symbol = "/" + "".join(rng.choice(list(_CAPITALS), 3))
    word = _printed(symbol if rng.random() < 0.3 else str(rng.choice(_AFTER)), scale, rng)
    gap = rng.uniform(-3, 3) if rng.random() < 0.4 else rng.uniform(0, 40)
    _lay(ink, word[0], x + gap * _ZOOM, base - word[1], rng.uniform(0.75, 1))


def _write(ink: NDArray[np.float32], text: str, at: tuple[float, float, float], hand: Handwriting, rng: Rng) -> float:
    """The digits, by pen, stamp or type, from a column on; gives the column where they end."""
    x, base, scale = at
    kind = rng.random()
    if kind < 0.3:
        return _type_in(ink, text, at, rng, stamp=kind < 0.08)
    x = max(x + rng.uniform(-4, 14) * _ZOOM, 2.0)
    size = SMALL_LETTER * scale * rng.uniform(1.2, 2.7)
    drop = rng.uniform(-0.25, 0.35) * SMALL_LETTER * scale
    slant, thick = rng.normal(-0.15, 0.18), rng.uniform(0.05, 0.17)
    spacing, climb = rng.normal(0.08, 0.1), rng.normal(0, 0.05)
    dark = rng.uniform(0.5, 1)
    habit = int(rng.integers(1 << 30))
    for digit in text:
        picture = (
            _pen(digit, size, (thick, habit), rng) if kind < 0.6 else _from_hand(hand.of(digit, rng), size, thick, rng)
        )
        picture = _slanted(picture, slant + rng.normal(0, 0.05))
        top = base + drop - picture.shape[0] + rng.normal(0, 0.06) * size
        _lay(ink, picture, x, top, dark * rng.uniform(0.85, 1))
        x += picture.shape[1] + spacing * size
        drop -= climb * size
    return x


def _type_in(ink: NDArray[np.float32], text: str, at: tuple[float, float, float], rng: Rng, *, stamp: bool) -> float:
    """The digits as a numbering stamp sets them, or the program of a registry: anywhere in the gap, off the line.

    Such a program slants digits by itself, those of a face that is italic already too.
    """
    x, base, scale = at
    x = max(x + rng.uniform(-4, 14 if stamp else 30) * _ZOOM, 2.0)
    picture, rise = _printed(text or " ", scale, rng, stamp=stamp)
    if text and not stamp and rng.random() < _SLANTED:
        picture = _slanted(_trimmed(picture), -rng.uniform(0, 0.35))
        rise = float(picture.shape[0])
    _lay(ink, picture, x, base - rise + rng.uniform(-2, 2) * (1 if stamp else _ZOOM), rng.uniform(0.6, 1))
    return float(x + picture.shape[1])


def _pen(digit: str, size: float, stroke: tuple[float, int], rng: Rng) -> Gray:
    """A digit as a pen of some thickness draws it; one hand writes each digit in one way."""
    thick, habit = stroke
    height = max(round(size * rng.uniform(0.85, 1.15)), 8)
    return _trimmed(draw_digit(digit, (height, thick * size), habit, rng))


def _from_hand(picture: Gray, size: float, thick: float, rng: Rng) -> Gray:
    """A photographed digit at the wanted height, its strokes made thinner or thicker."""
    big = cv2.resize(picture, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC)
    solid = np.asarray(cv2.threshold(big, int(rng.integers(70, 170)), 255, cv2.THRESH_BINARY)[1], np.uint8)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    wanted = thick * 80 - 8
    solid = np.asarray(cv2.dilate(solid, kernel) if wanted > 2 else solid, np.uint8)
    solid = _trimmed(solid)
    height = max(round(size * rng.uniform(0.85, 1.15)), 8)
    width = max(round(solid.shape[1] * height / solid.shape[0] * rng.uniform(0.75, 1.15)), 3)
    return np.asarray(cv2.resize(solid, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _slanted(picture: Gray, slant: float) -> Gray:
    height, width = picture.shape
    extra = round(abs(slant) * height)
    matrix = np.array([[1, slant, max(-slant * height, 0)], [0, 1, 0]], dtype=np.float64)
    return _trimmed(np.asarray(cv2.warpAffine(picture, matrix, (width + extra, height)), np.uint8))


def _trimmed(picture: Gray) -> Gray:
    """Without empty rows and columns around the ink; at least one pixel stays."""
    rows, columns = np.flatnonzero(picture.max(axis=1) > 64), np.flatnonzero(picture.max(axis=0) > 64)
    if not rows.size or not columns.size:
        return picture[:1, :1]
    return np.asarray(picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])


@lru_cache(maxsize=256)
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{_FONT_FOLDERS[name[:4]]}/{name}.ttf", size)


def _printed(text: str, scale: float, rng: Rng, *, stamp: bool = False) -> tuple[Gray, float]:
    """A printed word as ink, and how far below its top the baseline lies."""
    # The small letters of these fonts are 0.46 of the type size high.
    size = max(round(SMALL_LETTER * scale / 0.46 * (rng.uniform(0.9, 1.4) if stamp else rng.uniform(0.95, 1.05))), 8)
    name = str(rng.choice(_STAMP)) if stamp else str(rng.choice(_SERIF, p=[0.4, 0.45, 0.08, 0.07]))
    font = _font(name, size)
    width = max(round(font.getlength(text)) + 6, 2)
    image = Pil.new("L", (width, size * 2), 0)
    ImageDraw.Draw(image).text((2, size * 1.4), text, fill=255, font=font, anchor="ls")
    return np.asarray(image, np.uint8), size * 1.4


def _lay(ink: NDArray[np.float32], picture: Gray, left: float, top: float, dark: float) -> None:
    """Add a picture's ink to the strip's, as far as it lies on it."""
    matrix = np.array([[1, 0, left], [0, 1, top]], dtype=np.float64)
    placed = cv2.warpAffine(picture, matrix, (ink.shape[1], ink.shape[0]))
    np.maximum(ink, np.asarray(placed, np.float32) / 255 * dark, out=ink)


def _cut_ends(ink: NDArray[np.float32], digits: tuple[float, float], scale: float, rng: Rng) -> None:
    """Bare paper in place of the printed words at both ends from some column on, through a letter as likely as not."""
    start, end = digits
    if rng.random() < 0.5:
        ink[:, : round(max(start - rng.uniform(0, 12) * scale, 0))] = 0
    if rng.random() < 0.7:
        ink[:, round(end + rng.uniform(1, 16) * scale) :] = 0


def _clutter(ink: NDArray[np.float32], base: float, scale: float, rng: Rng) -> None:
    """Rules, dots and neighbouring lines that lie over and beside the digits."""
    width = ink.shape[1]
    if rng.random() < 0.22:
        y = base + rng.uniform(-22, -16) * scale
        cv2.line(
            ink, (int(rng.integers(-80, width // 2)), round(y)), (int(rng.integers(width // 2, width)), round(y)), 1, 2
        )
    if rng.random() < 0.12:
        y = round(base + rng.uniform(0, 4) * scale)
        cv2.line(ink, (0, y), (width, y + int(rng.integers(-3, 4))), rng.uniform(0.4, 1), int(rng.integers(1, 3)))
    if rng.random() < 0.15:
        step = rng.uniform(2.2, 4) * scale
        for x in np.arange(rng.uniform(0, step), width * rng.uniform(0.3, 1), step):
            cv2.circle(ink, (round(float(x)), round(base)), max(round(0.6 * scale), 1), 1, -1)
    for above in (True, False):
        if rng.random() < 0.2:
            word = _printed(str(rng.choice(_AROUND)), scale, rng)
            offset = rng.uniform(-34, -26) if above else rng.uniform(20, 28)
            _lay(ink, word[0], rng.uniform(-40, width), base + offset * scale - word[1], rng.uniform(0.7, 1))
    if rng.random() < 0.05:
        x = int(rng.integers(width))
        cv2.line(ink, (x, 0), (x + int(rng.integers(-6, 6)), ink.shape[0]), rng.uniform(0.2, 0.8), 1)


def _scanned(ink: NDArray[np.float32], rng: Rng) -> Gray:
    """The strip as a scanner, a fax or a camera gives it."""
    size = (STRIP_WIDTH, STRIP_HEIGHT)
    paper, pen = rng.uniform(175, 255), rng.uniform(0, 70)
    small = cv2.resize(cv2.GaussianBlur(ink, (0, 0), rng.uniform(0.3, 1.7)), size, interpolation=cv2.INTER_AREA)
    gray = paper - np.asarray(small, np.float32) * (paper - pen)
    if rng.random() < 0.3:
        gray += np.linspace(0, rng.uniform(-25, 25), size[0], dtype=np.float32)
    gray += rng.normal(0, rng.uniform(0, 9), gray.shape).astype(np.float32)
    if rng.random() < 0.12:
        specks = rng.random(gray.shape)
        gray[specks < 0.01 * rng.random()] = pen
        gray[specks > 1 - 0.02 * rng.random()] = paper
    done: NDArray[np.uint8] = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.2:
        done = np.asarray(cv2.threshold(done, int(paper - (paper - pen) * rng.uniform(0.2, 0.5)), 255, 0)[1], np.uint8)
    if rng.random() < 0.4:
        packed = cv2.imencode(".jpg", done, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(25, 90))])[1]
        done = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
    return done
