"""From a source to a scan with its gold: the composition of all the others."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.config import OcrConfig
from pipeline.nouns import Page
from pipeline.ocr.tesseract import Tesseract
from scripts.make_scans.degrade import Frame, frame_of, moved_box
from scripts.make_scans.gold import gold_of
from scripts.make_scans.pixels import PlacedWord, draw, draw_pdf
from scripts.make_scans.profiles import PROFILES, Profile
from scripts.make_scans.sheet import Sheet
from scripts.make_scans.source import LetterSource
from scripts.make_scans.stamps import arrival_of
from scripts.make_scans.typeset import typeset
from scripts.make_scans.write import write_json, write_packed, write_scan

FIELD_TAGS = ("number", "date", "issuer", "parent_issuer", "doc_type", "subject", "signer", "signer_title")


QUALITIES = (*PROFILES, "digital", "old_text")
"""What a letter can be made as."""


def make(source: LetterSource, quality: str, out: Path) -> list[Path]:
    """Writes a letter at one of the qualities, with its gold.

    Returns:
        The scan's files.

    Raises:
        MissingDependency: `old_text` is wanted, and Tesseract or its language `eng` is not installed.
    """
    if quality == "digital":
        return [make_digital(source, out)]
    if quality == "old_text":
        return [make_old_text(source, PROFILES["office"], out)]
    return make_scan(source, PROFILES[quality], out)


def make_scan(source: LetterSource, profile: Profile, out: Path) -> list[Path]:
    """Writes one scan of a letter, its gold `NAME.json` and its words `NAME.words.json.gz`.

    Returns:
        The scan's files.
    """
    sheets = typeset(source, profile.hand)
    made = [_scan_page(source, sheet, profile) for sheet in sheets]
    files = write_scan([frame for frame, _ in made], out / f"{source.name}{profile.suffix}", profile.jpeg)
    words = [_page_words(frame, placed) for frame, placed in made]
    gold = gold_of(source, sheets) | {
        "handwritten_number": "number" in profile.hand,
        "quality": profile.name,
        "rotation": [frame.rotation for frame, _ in made],
        "fields": list(_field_boxes(made)),
    }
    if profile.incoming:
        arrival = arrival_of(source.head)
        gold |= {"incoming_number": arrival.number, "incoming_on": arrival.date.isoformat()}
    write_json(gold, out / f"{source.name}.json")
    write_packed(words, out / f"{source.name}.words.json.gz")
    return files


def make_old_text(source: LetterSource, profile: Profile, out: Path) -> Path:
    """Writes what archives of the 2000s kept: the text of an OCR engine without Vietnamese, pages parted by form feeds.

    Raises:
        MissingDependency: Tesseract or its language `eng` is not installed.
    """
    sheets = typeset(source)
    engine = Tesseract(OcrConfig(languages="eng"))
    pages = []
    for sheet in sheets:
        frame, _ = _scan_page(source, sheet, profile)
        lines = engine.read(Page(sheet.number, frame.image, frame.dpi))
        pages.append("\n".join(line.text for line in lines))
    path = out / f"{source.name}.txt"
    path.write_text("\n\f".join(pages) + "\n", encoding="utf-8")
    write_json(
        gold_of(source, sheets) | {"handwritten_number": False, "quality": "old_text"}, out / f"{source.name}.json"
    )
    return path


def make_digital(source: LetterSource, out: Path) -> Path:
    """Writes a letter as it left the word processor: a PDF with text, and its gold."""
    sheets = typeset(source)
    path = out / f"{source.name}.pdf"
    draw_pdf(sheets, path)
    gold = gold_of(source, sheets) | {"handwritten_number": False, "quality": "digital"}
    write_json(gold, out / f"{source.name}.json")
    return path


def _scan_page(source: LetterSource, sheet: Sheet, profile: Profile) -> tuple[Frame, tuple[PlacedWord, ...]]:
    seed = [zlib.crc32(part.encode()) for part in (source.name, profile.name)]
    rng = np.random.default_rng([*seed, sheet.number])
    image, words = draw(sheet, profile.dpi, rng)
    if profile.overprint:
        image = profile.overprint(image, sheet, source.head, profile.dpi, rng)
    frame = frame_of(image, profile.dpi)
    for step in profile.steps:
        frame = step(frame, rng)
    return frame, words


def _page_words(frame: Frame, placed: tuple[PlacedWord, ...]) -> dict[str, Any]:
    rows = []
    for word in placed:
        box = moved_box(frame, word.box)
        rows.append([word.glyphs.text, box.x0, box.y0, box.x1, box.y1, word.glyphs.line, word.glyphs.zone.value])
    return {"width": frame.size[0], "height": frame.size[1], "dpi": frame.dpi, "words": rows}


def _field_boxes(made: list[tuple[Frame, tuple[PlacedWord, ...]]]) -> list[dict[str, Any]]:
    """Where each field's ink lies, in pixels of its scan."""
    found = []
    for tag in FIELD_TAGS:
        for page, (frame, placed) in enumerate(made, 1):
            boxes = [moved_box(frame, w.box) for w in placed if tag in w.glyphs.tags]
            if boxes:
                x0, y0 = min(b.x0 for b in boxes), min(b.y0 for b in boxes)
                x1, y1 = max(b.x1 for b in boxes), max(b.y1 for b in boxes)
                found.append({"name": tag, "page_no": page, "x0": x0, "y0": y0, "x1": x1, "y1": y1})
                break
    return found
