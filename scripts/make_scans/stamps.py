"""What offices put on a letter after it is printed: seal, signature, incoming stamp, signature overprint."""

from __future__ import annotations

import datetime as dt
import math
import zlib
from dataclasses import dataclass

import numpy as np
from PIL import Image as Pil
from PIL import ImageChops, ImageDraw

from pipeline.nouns import Image
from scripts.make_scans.handwriting import write_digits
from scripts.make_scans.sheet import Face, Sheet, loaded
from scripts.make_scans.source import Head

_RED = (208, 32, 40)
_BLUE = (32, 58, 160)
_SEAL_RADIUS = 51.0
"""A seal of a State office is 36 mm across."""

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the receiving office wrote into its stamp."""

    number: str
    date: dt.date


def arrival_of(head: Head) -> Arrival:
    """Number and date of arrival: invented, the same each time for a letter, never the letter's own."""
    chance = zlib.crc32(head.number.encode())
    return Arrival(str(105 + chance % 9000), head.date + dt.timedelta(days=1 + chance % 8))


def stamped(image: Image, sheet: Sheet, head: Head, dpi: int, rng: np.random.Generator) -> Image:
    """The RGB page with its stamps: incoming stamp and overprint on page 1, signature and seal where it is signed."""
    scale = dpi / 72
    page = Pil.fromarray(image)
    if sheet.number == 1:
        page = _incoming(page, head, scale, rng)
        if rng.random() < 0.5:
            page = _overprint(page, head, scale)
    if sheet.signed_at:
        x, y = (v * scale for v in sheet.signed_at)
        _signature(page, (x, y), scale, rng)
        page = _seal(page, head.issuer, (x - 62 * scale, y - 4 * scale), scale, rng)
    return np.asarray(page).copy()


def _over(page: Pil.Image, layer: Pil.Image, place: tuple[int, int]) -> Pil.Image:
    """The page with a stamp's ink laid over it: ink darkens what is under it, as real ink does."""
    whole = Pil.new("RGB", page.size, "white")
    whole.paste(layer, place)
    return ImageChops.multiply(page, whole)


def _seal(page: Pil.Image, text: str, centre: tuple[float, float], scale: float, rng: np.random.Generator) -> Pil.Image:
    radius = _SEAL_RADIUS * scale
    side = int(2 * radius + 8)
    layer = Pil.new("RGB", (side, side), "white")
    pen = ImageDraw.Draw(layer)
    for share, width in ((1.0, 1.6), (0.94, 0.6), (0.60, 0.8)):
        r = radius * share
        box = [side / 2 - r, side / 2 - r, side / 2 + r, side / 2 + r]
        pen.ellipse(box, outline=_RED, width=max(1, round(width * scale)))
    _star(pen, side / 2, radius * 0.38)
    _around(layer, text.upper(), radius * 0.77, scale)
    layer = layer.rotate(float(rng.uniform(-18, 18)), Pil.Resampling.BICUBIC, fillcolor="white")
    worn = rng.random((side, side)) < float(rng.uniform(0.02, 0.12))
    pixels = np.asarray(layer).copy()
    pixels[worn] = 255
    return _over(page, Pil.fromarray(pixels), (int(centre[0] - side / 2), int(centre[1] - side / 2)))


def _star(pen: ImageDraw.ImageDraw, middle: float, radius: float) -> None:
    points = []
    for i in range(10):
        reach = radius if i % 2 == 0 else radius * 0.40
        angle = math.pi * i / 5 - math.pi / 2
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    pen.polygon(points, fill=_RED)


def _around(layer: Pil.Image, text: str, radius: float, scale: float) -> None:
    """The text along a circle, letter by letter."""
    font = loaded(Face("sans", bold=True), min(7.5, 210 / max(len(text), 1)) * scale)
    sweep = math.radians(300)
    for i, char in enumerate(text):
        angle = -math.pi / 2 - sweep / 2 + sweep * (i + 0.5) / len(text)
        glyph = Pil.new("L", (int(14 * scale), int(14 * scale)), 0)
        ImageDraw.Draw(glyph).text((7 * scale, 7 * scale), char, font=font, anchor="mm", fill=255)
        glyph = glyph.rotate(-math.degrees(angle) - 90, Pil.Resampling.BICUBIC)
        x = layer.width / 2 + radius * math.cos(angle) - glyph.width / 2
        y = layer.height / 2 + radius * math.sin(angle) - glyph.height / 2
        layer.paste(_RED, (int(x), int(y)), glyph)


def _signature(page: Pil.Image, centre: tuple[float, float], scale: float, rng: np.random.Generator) -> None:
    """A scrawl in blue ink: a slow swing across, a quick one up and down, one flourish."""
    t = np.linspace(0.0, 1.0, 160)
    loops = float(rng.uniform(3.0, 6.0))
    x = (t - 0.5) * 95 + 9 * np.cos(2 * np.pi * loops * t + float(rng.uniform(0, 6)))
    y = 15 * np.sin(2 * np.pi * loops * t) * (1.1 - t) * float(rng.uniform(0.7, 1.2)) - 10 * np.sin(np.pi * t)
    points = np.stack([centre[0] + x * scale, centre[1] + y * scale], axis=1)
    ImageDraw.Draw(page).line([float(v) for v in points.ravel()], fill=_BLUE, width=max(1, round(1.3 * scale)))


def _incoming(page: Pil.Image, head: Head, scale: float, rng: np.random.Generator) -> Pil.Image:
    """The stamp of the office that received it: another number, another date, at the left under the letterhead."""
    colour = _BLUE if rng.random() < 0.5 else _RED
    width, height = int(118 * scale), int(56 * scale)
    layer = Pil.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(layer)
    pen.rectangle([2, 2, width - 3, height - 3], outline=colour, width=max(1, round(1.2 * scale)))
    bold, plain = loaded(Face("sans", bold=True), 10 * scale), loaded(Face("sans"), 9 * scale)
    pen.text((width / 2, 12 * scale), "CÔNG VĂN ĐẾN", font=bold, anchor="mm", fill=colour)
    arrival = arrival_of(head)
    pen.text((7 * scale, 31 * scale), "Số:", font=plain, anchor="ls", fill=colour)
    write_digits(layer, arrival.number, (30 * scale, 31 * scale, 13 * scale), rng)
    pen.text((7 * scale, 48 * scale), "Ngày:", font=plain, anchor="ls", fill=colour)
    printed = f"{arrival.date.day:02d}/{arrival.date.month}/{arrival.date.year}"
    pen.text((38 * scale, 48 * scale), printed, font=plain, anchor="ls", fill=colour)
    tilt = float(rng.uniform(-4, 4))
    layer = layer.rotate(tilt, Pil.Resampling.BICUBIC, expand=True, fillcolor="white")
    place = (int(rng.uniform(30, 60) * scale), int(rng.uniform(215, 260) * scale))
    return _over(page, layer, place)


def _overprint(page: Pil.Image, head: Head, scale: float) -> Pil.Image:
    """What a signed copy prints in the top right corner: who signed, and when."""
    pen = ImageDraw.Draw(page)
    font = loaded(Face("sans"), 7.5 * scale)
    signed = head.date + dt.timedelta(days=1)
    lines = (
        f"Ký bởi: {head.issuer}",
        f"Ngày ký: {signed.day:02d}-{signed.month:02d}-{signed.year} 09:41:27 +07:00",
    )
    for i, line in enumerate(lines):
        pen.text((386 * scale, (22 + 9.5 * i) * scale), line, font=font, anchor="ls", fill=_RED)
    return page


def certified(image: Image, sheet: Sheet, head: Head, dpi: int, rng: np.random.Generator) -> Image:
    """The RGB page as a certified electronic copy: `SAO Y; body; time` in the top right corner of page 1."""
    if sheet.number > 1:
        return image
    page = Pil.fromarray(image)
    scale = dpi / 72
    copied = head.date + dt.timedelta(days=int(rng.integers(1, 20)))
    text = (
        f"SAO Y; Văn phòng; {copied.day:02d}/{copied.month:02d}/{copied.year} 14:05:{int(rng.integers(10, 59))} +07:00"
    )
    font = loaded(Face("serif"), 10 * scale)
    ImageDraw.Draw(page).text((575 * scale, 30 * scale), text, font=font, anchor="rs", fill="black")
    return np.asarray(page).copy()
