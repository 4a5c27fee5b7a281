"""A typeset page: words, rules and stamps at their places in points (1/72 inch), origin top left, before any pixel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from pipeline.nouns import Zone

A4 = (595.28, 841.89)
_FONTS = Path("/usr/share/fonts/truetype")
# Family: the stem of its files, the folder and the Debian package they lie in. Version 1 of Liberation, in
# `fonts-liberation` of Debian 12, has no Vietnamese letters.
_FAMILIES = {
    "serif": ("LiberationSerif", "liberation2", "fonts-liberation2"),
    "sans": ("LiberationSans", "liberation2", "fonts-liberation2"),
    "free": ("FreeSerif", "freefont", "fonts-freefont-ttf"),
    "dejavu": ("DejaVuSerifCondensed", "dejavu", "fonts-dejavu-extra"),
}
_CUTS = {
    (False, False): ("-Regular", ""),
    (True, False): ("-Bold", "Bold"),
    (False, True): ("-Italic", "Italic"),
    (True, True): ("-BoldItalic", "BoldItalic"),
}
_MEASURE = 1000
"""Type is measured at this many pixels per em, where hinting no longer shows."""


class MissingFont(RuntimeError):
    """A font that the corpus is set in is not installed."""


@dataclass(frozen=True, slots=True)
class Face:
    """A cut of a typeface."""

    family: str = "serif"
    bold: bool = False
    italic: bool = False

    @property
    def path(self) -> Path:
        """Its font file.

        Raises:
            MissingFont: it is not installed.
        """
        stem, folder, package = _FAMILIES[self.family]
        for cut in _CUTS[self.bold, self.italic]:
            path = _FONTS / folder / f"{stem}{cut}.ttf"
            if path.is_file():
                return path
        raise MissingFont(f"{stem} is not installed: apt-get install {package}")


@lru_cache(maxsize=512)
def loaded(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The face at a size in pixels, without shaping (composed Vietnamese letters are single glyphs)."""
    return ImageFont.truetype(str(face.path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=65536)
def text_width(text: str, face: Face, size: float) -> float:
    """Advance width in points."""
    return loaded(face, _MEASURE).getlength(text) * size / _MEASURE


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A word at its place."""

    text: str
    x: float
    baseline: float
    face: Face
    size: float
    line: int
    zone: Zone
    tags: tuple[str, ...] = ()
    """What of the gold it carries: `number`, `m12` (the 12th marked span), `t0.3.4` (table, row, column)."""
    by_hand: bool = False
    """Written into a printed frame, not typed."""
    colour: str = "black"

    @property
    def width(self) -> float:
        """Advance width in points."""
        return text_width(self.text, self.face, self.size)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.7
    colour: str = "black"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    number: int
    glyphs: tuple[Glyphs, ...]
    rules: tuple[Rule, ...]
    width: float = A4[0]
    height: float = A4[1]
    signed_at: tuple[float, float] | None = None
    """Centre of the space between the signer's title and name, on the page that is signed."""
