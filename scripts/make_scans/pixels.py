"""Draws sheets: as pixels with the ink box of every word, and as a PDF with real text (a digital-born letter)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image as Pil
from PIL import ImageDraw
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.nouns import Box, Image
from scripts.make_scans.handwriting import write_digits
from scripts.make_scans.sheet import Face, Glyphs, Sheet, loaded

_COLOURS = {"black": (0, 0, 0), "red": (205, 25, 30)}
_INCH = 72.0


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word with the box of its ink, in pixels of the drawn sheet."""

    glyphs: Glyphs
    box: Box


def draw(sheet: Sheet, dpi: int, rng: np.random.Generator) -> tuple[Image, tuple[PlacedWord, ...]]:
    """The sheet as RGB pixels on white paper, and its words with their boxes."""
    scale = dpi / _INCH
    canvas = Pil.new("RGB", (round(sheet.width * scale), round(sheet.height * scale)), "white")
    pen = ImageDraw.Draw(canvas)
    for rule in sheet.rules:
        ends = [rule.x0 * scale, rule.y0 * scale, rule.x1 * scale, rule.y1 * scale]
        pen.line(ends, fill=_COLOURS[rule.colour], width=max(1, round(rule.width * scale)))
    words = [PlacedWord(glyphs, _draw_word(canvas, glyphs, scale, rng)) for glyphs in sheet.glyphs]
    return np.asarray(canvas).copy(), tuple(words)


def _draw_word(canvas: Pil.Image, glyphs: Glyphs, scale: float, rng: np.random.Generator) -> Box:
    x, y = glyphs.x * scale, glyphs.baseline * scale
    if glyphs.by_hand:
        if rng.random() < 0.4:
            _draw_dots(canvas, glyphs, scale)
        return write_digits(canvas, glyphs.text, (x, y, glyphs.size * scale), rng)
    font = loaded(glyphs.face, glyphs.size * scale)
    ImageDraw.Draw(canvas).text((x, y), glyphs.text, font=font, anchor="ls", fill=_COLOURS[glyphs.colour])
    left, top, right, bottom = font.getbbox(glyphs.text, anchor="ls")
    return Box(int(x + left), int(y + top), round(x + right) + 1, round(y + bottom) + 1)


def _draw_dots(canvas: Pil.Image, glyphs: Glyphs, scale: float) -> None:
    """The dotted line of a form, under what is written on it."""
    font = loaded(glyphs.face, glyphs.size * scale)
    dots = "." * max(3, int(1.7 * glyphs.width * scale / font.getlength(".")))
    ImageDraw.Draw(canvas).text((glyphs.x * scale, glyphs.baseline * scale), dots, font=font, anchor="ls", fill="black")


def draw_pdf(sheets: tuple[Sheet, ...], path: Path) -> None:
    """The sheets as a PDF with text, the same bytes each time."""
    canvas = Canvas(str(path), pagesize=(sheets[0].width, sheets[0].height), invariant=1)
    for sheet in sheets:
        for rule in sheet.rules:
            canvas.setStrokeColorRGB(*(c / 255 for c in _COLOURS[rule.colour]))
            canvas.setLineWidth(rule.width)
            canvas.line(rule.x0, sheet.height - rule.y0, rule.x1, sheet.height - rule.y1)
        _draw_pdf_words(canvas, sheet)
        canvas.showPage()
    canvas.save()


def _draw_pdf_words(canvas: Canvas, sheet: Sheet) -> None:
    """Words with the space that follows them, so that copied text keeps its gaps."""
    for i, glyphs in enumerate(sheet.glyphs):
        canvas.setFillColorRGB(*(c / 255 for c in _COLOURS[glyphs.colour]))
        canvas.setFont(_registered(glyphs.face), glyphs.size)
        goes_on = i + 1 < len(sheet.glyphs) and sheet.glyphs[i + 1].line == glyphs.line
        canvas.drawString(glyphs.x, sheet.height - glyphs.baseline, glyphs.text + " " * goes_on)


def _registered(face: Face) -> str:
    name = face.path.stem
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(face.path)))
    return name
