"""The qualities of scan that are made: what is printed on the page, what the scanner does, how the file is written.

Strengths are set so that Tesseract 5 with `vie` reads them about as it reads real scans: on `office` one to two words
in a hundred wrong, on `bad` without cleaning about one in five.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pipeline.nouns import Image
from scripts.make_scans import degrade, stamps
from scripts.make_scans.sheet import Sheet
from scripts.make_scans.source import Head

Overprint = Callable[[Image, Sheet, Head, int, np.random.Generator], Image]


@dataclass(frozen=True, slots=True)
class Profile:
    """One quality."""

    name: str
    steps: tuple[degrade.Step, ...]
    suffix: str = ".pdf"
    jpeg: int = 70
    """Quality of the JPEG inside; bilevel pages take CCITT G4 instead."""
    hand: frozenset[str] = frozenset()
    overprint: Overprint | None = None
    incoming: bool = False
    """Whether the overprint holds the stamp of the receiving office."""
    dpi: int = 300
    """Resolution the sheet is drawn at before the steps."""


_GRAY = degrade.gray()
_OFFICE = (degrade.skew(0.4), degrade.blur(0.9), degrade.faded(18, 248), degrade.noise(7))
_ARCHIVE = (degrade.skew(0.4), degrade.resample(200), degrade.blur(0.6), degrade.faded(20, 252), degrade.noise(2))
_BAD = (
    degrade.skew(2.0),
    degrade.blur(1.3),
    degrade.faded(40, 238),
    degrade.shading(0.35),
    degrade.dropouts(1600),
    degrade.specks(420),
    degrade.noise(12),
)
_PHOTO = (
    degrade.perspective(0.025),
    degrade.blur(1.1),
    degrade.faded(30, 240),
    degrade.shading(0.45),
    degrade.noise(6),
    degrade.resample(220),
)
_COLOUR = (degrade.skew(0.5), degrade.resample(200), degrade.blur(0.6), degrade.noise(1.5))

_ALL = (
    Profile("clean", (_GRAY,), jpeg=90),
    Profile("office", (_GRAY, *_OFFICE)),
    Profile("archive", (_GRAY, *_ARCHIVE), jpeg=30),
    Profile("mono", (_GRAY, degrade.skew(0.5), degrade.blur(0.8), degrade.noise(9), degrade.specks(2),
                     degrade.bilevel(140))),
    Profile("bad", (_GRAY, *_BAD), jpeg=38),
    Profile("fax", (_GRAY, degrade.skew(0.8), degrade.blur(1.2), degrade.noise(12), degrade.resample(200),
                    degrade.specks(60), degrade.bilevel(150)), suffix=".tif"),
    Profile("low150", (_GRAY, degrade.skew(0.5), degrade.resample(150), degrade.noise(5)), jpeg=60),
    Profile("photo", _PHOTO, jpeg=75),
    Profile("rotated", (_GRAY, *_ARCHIVE, degrade.turned((1, 2, 3))), jpeg=30),
    Profile("stamped", _COLOUR, jpeg=60, overprint=stamps.stamped, incoming=True),
    Profile("certified", _COLOUR, jpeg=45, overprint=stamps.certified),
    Profile("handwritten", _COLOUR, jpeg=45, hand=frozenset({"number", "day"})),
    Profile("photo_jpg", _PHOTO, suffix=".jpg", jpeg=45),
    Profile("lossless", (_GRAY, *_ARCHIVE[:-1]), suffix=".png"),
)  # fmt: skip
PROFILES = {profile.name: profile for profile in _ALL}
