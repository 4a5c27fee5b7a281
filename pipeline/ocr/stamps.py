"""What coloured stamps say that lie over print: read from the ink that cleaning lifted off the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np

from pipeline.nouns import Box, Line, Mark, MarkKind, Page, Word, Zone

_RIM = 12
"""Pixels of paper that are put around a stamp: the engine does not read ink that touches the rim."""
_LEGIBLE = 0.3
"""Confidence below which a word of a stamp is a scrap of its frame."""


class Reads(Protocol):
    """Whatever reads the lines of a page."""

    def read(self, page: Page) -> tuple[Line, ...]:
        """The lines, top to bottom."""
        ...


def read_lifted(page: Page, engine: Reads) -> tuple[Line, ...]:
    """The lines of the stamps that were lifted off a cleaned page, as lines of marks, in the page's own pixels.

    Raises:
        OcrError: the engine failed.
    """
    stamps = [m for m in page.marks if m.kind is MarkKind.NOTE and page.lifted is not None]
    return tuple(line for stamp in stamps for line in _read(page, stamp, engine))


def _read(page: Page, stamp: Mark, engine: Reads) -> tuple[Line, ...]:
    if page.lifted is None:
        return ()
    box = stamp.box
    ink = page.lifted[box.y0 : box.y1, box.x0 : box.x1]
    if not ink.size or ink.min() == 255:
        return ()
    crop = Page(page.number, np.pad(ink, _RIM, constant_values=255), page.dpi)
    moved = (_moved(line, box.x0 - _RIM, box.y0 - _RIM) for line in engine.read(crop))
    return tuple(line for line in moved if line.words)


def _moved(line: Line, right: int, down: int) -> Line:
    legible = (word for word in line.words if word.confidence >= _LEGIBLE)
    return Line(tuple(replace(word, box=_shifted(word, right, down)) for word in legible), Zone.MARK)


def _shifted(word: Word, right: int, down: int) -> Box:
    box = word.box
    return Box(max(box.x0 + right, 0), max(box.y0 + down, 0), max(box.x1 + right, 0), max(box.y1 + down, 0))
