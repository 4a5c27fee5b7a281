"""Pairs of a true line and what Tesseract read, from text set in type, degraded like a scan and read again.

    python -m scripts.make_pairs --text legal.txt --pages 150 --engine eng --part train --out pairs.jsonl

A paragraph belongs to one part for good, by its hash, so the lines that error and language models are judged on are
never among those they were learnt from. Each line of the output is a JSON object: `true`, `raw`, `confidence` (one for
each word of `raw`, 0 to 1), `engine`, `strength`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.vietnamese import is_syllable, nfc, squeeze
from scripts.text_parts import paragraphs, part_of

Gray = NDArray[np.uint8]

RESOLUTIONS = (150, 200, 200, 250, 300)
PAPER = (8.27, 11.69)
MARGIN = 0.8
FONTS = Path("/usr/share/fonts/truetype")
STYLES = {  # version 1 of the Liberation fonts has no Vietnamese letters
    "liberation2/LiberationSerif-Regular": 0.5,
    "liberation2/LiberationSerif-Bold": 0.12,
    "liberation2/LiberationSerif-Italic": 0.12,
    "liberation2/LiberationSans-Regular": 0.08,
    "dejavu/DejaVuSerif": 0.06,
    "freefont/FreeSerif": 0.12,
}
ABBREVIATIONS = (
    "UBND HĐND LĐLĐ CĐCS CNVCLĐ CCVCLĐ TLĐ QĐ-UBND NĐ-CP QĐ-TTg MTTQ BCH BTV UBKT TĐKT CĐN CNLĐ NLĐ HĐLĐ PĐTĐ KH-UBND "
    "TT-BTC TT-BGDĐT QHLĐ THCS THPT BHXH ATVSLĐ BCĐ HĐQT GD&ĐT LĐTBXH ĐTXD CT-TTg TTr-SNV BC-STC TB-VPCP QĐ-BNV ĐVHC"
)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it was set: its text and the pixels it takes, top and bottom."""

    text: str
    top: int
    bottom: int


def sample_paragraphs(path: Path, part: str, count: int, seed: int) -> list[str]:
    """`count` paragraphs of the part that hold running Vietnamese text, drawn evenly over the file."""
    rng = random.Random(seed)
    kept: list[str] = []
    seen = 0
    for text in paragraphs(path):
        if not (40 <= len(text) <= 900) or sum(c.isalpha() or c == " " for c in text) < 0.8 * len(text):
            continue
        if part_of(text) != part:
            continue
        seen += 1
        if len(kept) < count:
            kept.append(text)
        elif (at := rng.randrange(seen)) < count:
            kept[at] = text
    rng.shuffle(kept)
    return kept


def set_page(texts: Iterator[str], dpi: int, rng: random.Random) -> tuple[Gray, list[SetLine]]:
    """One A4 page of paragraphs, in changing sizes and styles, with headings in capitals."""
    width, height = (round(inches * dpi) for inches in PAPER)
    margin = round(MARGIN * dpi)
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    set_lines: list[SetLine] = []
    y = margin
    while y < height - margin:
        font = _font(dpi, rng)
        leading = int(font.size * 1.35)
        for line in _wrap(_dressed(next(texts), rng), font, width - 2 * margin):
            if y + leading > height - margin:
                return np.asarray(image), set_lines
            draw.text((margin, y), line, font=font, fill=rng.randrange(0, 60))
            set_lines.append(SetLine(line, y, y + leading))
            y += leading
        y += rng.randrange(5, 30)
    return np.asarray(image), set_lines


def _dressed(text: str, rng: random.Random) -> str:
    """Now and then a row of abbreviations before it, or the start of it as a heading in capitals."""
    if rng.random() < 0.08:
        text = ", ".join(rng.sample(ABBREVIATIONS.split(), 8)) + " " + textwrap.shorten(text, 200, placeholder="")
    return textwrap.shorten(text, 160, placeholder="").upper() if rng.random() < 0.08 else text


def _font(dpi: int, rng: random.Random) -> ImageFont.FreeTypeFont:
    name = rng.choices(list(STYLES), list(STYLES.values()))[0]
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), round(rng.uniform(11.5, 14.5) / 72 * dpi))


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def degrade(page: Gray, strength: str, rng: random.Random) -> tuple[Gray, NDArray[np.float64]]:
    """The page as a scanner would give it, and the 2 by 3 matrix that moved its points (a small turn).

    `office` is a clean desk scan; `worn` a photocopy of one: more blur, a coarser sensor, harder JPEG; `bilevel` a fax
    or a copier's black and white, with strokes grown or eaten by its threshold.
    """
    turn = rng.uniform(-0.35, 0.35)
    move = cv2.getRotationMatrix2D((page.shape[1] / 2, page.shape[0] / 2), turn, 1.0)
    gray = cv2.warpAffine(page, move, (page.shape[1], page.shape[0]), borderValue=(255.0,))
    if strength == "worn":
        small = cv2.resize(gray, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
        gray = cv2.resize(small, (page.shape[1], page.shape[0]), interpolation=cv2.INTER_LINEAR)
    gray = cv2.GaussianBlur(gray, (0, 0), rng.uniform(0.4, 0.8) if strength == "office" else rng.uniform(0.7, 1.2))
    noise = np.random.default_rng(rng.randrange(2**32)).normal(0, 7 if strength == "office" else 14, gray.shape)
    noisy = np.clip(gray.astype(np.float64) * rng.uniform(0.85, 1.0) + noise, 0, 255).astype(np.uint8)
    if strength == "bilevel":
        noisy = cv2.threshold(noisy, rng.randrange(110, 190), 255, cv2.THRESH_BINARY)[1].astype(np.uint8)
    quality = rng.randrange(35, 55) if strength == "worn" else 70
    encoded = cv2.imencode(".jpg", noisy, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_GRAYSCALE), np.uint8), np.asarray(move, np.float64)


def read_lines(
    page: Gray, lines: list[SetLine], move: NDArray[np.float64], engine: str
) -> Iterator[tuple[SetLine, list[str], list[float]]]:
    """For each line that was set, the words read on it and their confidences (0 to 1), left to right."""
    with tempfile.NamedTemporaryFile(suffix=".pgm") as file:
        Image.fromarray(page).save(file.name)
        data = pytesseract.image_to_data(file.name, lang=engine, config="--psm 6", output_type=pytesseract.Output.DICT)
    back = cv2.invertAffineTransform(move)
    found: dict[int, list[tuple[int, str, float]]] = {}
    for i, word in enumerate(data["text"]):
        if not word.strip():
            continue
        x, y = data["left"][i] + data["width"][i] / 2, data["top"][i] + data["height"][i] / 2
        true_y = back[1, 0] * x + back[1, 1] * y + back[1, 2]
        at = next((n for n, line in enumerate(lines) if line.top <= true_y < line.bottom), None)
        if at is not None:
            found.setdefault(at, []).append((data["left"][i], nfc(word), float(data["conf"][i]) / 100))
    for at, words in sorted(found.items()):
        words.sort()
        yield lines[at], [w for _, w, _ in words], [round(c, 2) for _, _, c in words]


def word_soup(words: Path, count: int, seed: int) -> list[str]:
    """Paragraphs of syllables drawn evenly from a list, so that rare letters are seen too; some with capitals."""
    rng = random.Random(seed)
    known = [w for w in words.read_text(encoding="utf-8").split() if is_syllable(w)]
    shapes = (str.lower, str.lower, str.capitalize, str.upper)
    return [" ".join(rng.choice(shapes)(rng.choice(known)) for _ in range(40)) for _ in range(count)]


def make_pairs(texts: list[str], arguments: argparse.Namespace) -> Iterator[dict[str, object]]:
    """The pairs of the pages asked for, of each strength in turn."""
    rng = random.Random(arguments.seed)
    pages, engine, strengths = arguments.pages, arguments.engine, arguments.strengths.split(",")
    endless = (texts[i % len(texts)] for i in range(10**9))
    for number in range(pages):
        strength = strengths[number % len(strengths)]
        page, lines = set_page(endless, rng.choice(RESOLUTIONS), rng)
        scan, move = degrade(page, strength, rng)
        for line, words, confidences in read_lines(scan, lines, move, engine):
            yield {
                "true": squeeze(line.text),
                "raw": " ".join(words),
                "confidence": confidences,
                "engine": engine,
                "strength": strength,
            }
        print(f"{engine}: page {number + 1} of {pages}", file=sys.stderr)


def main() -> None:
    """Read the arguments, make the pairs, write them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True, help="text, a paragraph a line, plain or .xz")
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--engine", default="eng", help="Tesseract language")
    parser.add_argument("--strengths", default="office,worn,office,bilevel", help="in turn, a page each")
    parser.add_argument("--part", choices=["train", "dev", "test"], default="train")
    parser.add_argument("--words", type=Path, help="a word list: one paragraph in four becomes syllables drawn from it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    texts = sample_paragraphs(arguments.text, arguments.part, arguments.pages * 20, arguments.seed)
    if arguments.words:
        texts[::4] = word_soup(arguments.words, len(texts[::4]), arguments.seed)
    with arguments.out.open("w", encoding="utf-8") as out:
        for pair in make_pairs(texts, arguments):
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
