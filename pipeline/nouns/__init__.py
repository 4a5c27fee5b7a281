"""The nouns that flow between the stages: frozen, slotted, picklable; a change is `dataclasses.replace`.

Pages count from 1. Boxes are pixels of the upright page at its stored dpi, origin top left. Confidence is 0 to 1.
Text is NFC.
"""

from __future__ import annotations

from pipeline.nouns.ink import MM_PER_INCH, PAPER_MM, Box, Grid, GridCell, Image, Judgement, Mark, MarkKind, Page, union
from pipeline.nouns.record import (
    Cell,
    Citation,
    EmbeddedPicture,
    Entity,
    Field,
    Letter,
    MediaType,
    Overlay,
    Recipient,
    Record,
    Repair,
    Scan,
    Status,
    Table,
    Target,
)
from pipeline.nouns.text import Line, PageText, Word, Zone

__all__ = [
    "MM_PER_INCH",
    "PAPER_MM",
    "Box",
    "Cell",
    "Citation",
    "EmbeddedPicture",
    "Entity",
    "Field",
    "Grid",
    "GridCell",
    "Image",
    "Judgement",
    "Letter",
    "Line",
    "Mark",
    "MarkKind",
    "MediaType",
    "Overlay",
    "Page",
    "PageText",
    "Recipient",
    "Record",
    "Repair",
    "Scan",
    "Status",
    "Table",
    "Target",
    "Word",
    "Zone",
    "union",
]
