"""The text that a PDF already carries, page by page, and whether it may be trusted instead of reading the ink.

A layer is used when it is typed Vietnamese and explains the ink: a scan with the text of an old OCR below it, or with
only the words of an electronic signature on it, is read again; so is a page whose number or date is a picture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.config import IntakeConfig
from pipeline.errors import DamagedFile
from pipeline.intake.frames import join_frames
from pipeline.intake.poppler import COPY_AGAIN, ask
from pipeline.legacy_encodings import decode_legacy
from pipeline.nouns import Box, Line, PageText, Word
from pipeline.vietnamese import is_syllable, nfc

_AT_ONCE = 100  # pages asked for in one call: bounds what is in memory
_POINTS = 72
_PAGE = re.compile(r"<page width=[^>]*>(.*?)</page>", re.DOTALL)
_LINE = re.compile(r"<line [^>]*>(.*?)</line>", re.DOTALL)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+")

_MIN_WORDS = 20
_MIN_SYLLABLES = 0.75  # of the words that are spelt with letters only, those that can be Vietnamese
_MIN_MARKED = 0.3  # of those, the ones with a mark: three in four in good text, hardly one where OCR lost them
_LOOK_DPI = 75
_DARK = 128
_HEADER = 0.3  # of the height of page 1: issuer, number, place, date
_MOST_UNEXPLAINED = 30  # dark pixels at _LOOK_DPI: less than two written digits
_MOST_UNEXPLAINED_SHARE = 0.5  # of all ink: a seal and a signature are about a fifth
_RULE_ACROSS = 14  # pixels at _LOOK_DPI (5 mm): the rule under an issuer is short, strokes of digits are shorter
_RULE_DOWN = 30  # the side of a frame
_COLUMN_GAP = 3.0  # line heights: words further apart on one line belong to two columns


def read_layers(
    path: Path, sizes: Sequence[tuple[float, float]], wanted: Sequence[int], config: IntakeConfig
) -> tuple[PageText | None, ...]:
    """The good text layers, one entry a page; empty when no page has one.

    Args:
        path: the PDF.
        sizes: width and height of each page as shown, in inches.
        wanted: numbers of the pages that are no scans.
        config: limits, and the resolution in which words are placed.
    """
    good: list[PageText | None] = [None] * len(sizes)
    for start in range(min(wanted), max(wanted) + 1, _AT_ONCE):
        for number, lines in _typed_lines(path, start, min(start + _AT_ONCE - 1, len(sizes)), config):
            if number in wanted and lines:
                page = _decoded(_page(number, lines, sizes[number - 1], config.text_layer_dpi))
                good[number - 1] = page if _is_good(path, page, config) else None
    return tuple(good) if any(good) else ()


def _is_good(path: Path, page: PageText, config: IntakeConfig) -> bool:
    return _is_vietnamese(page) and _explains_ink(path, page, config)


def _typed_lines(path: Path, first: int, last: int, config: IntakeConfig) -> Iterator[tuple[int, list[str]]]:
    """For each page the lines of words in poppler's XHTML."""
    command = ["pdftotext", "-bbox-layout", "-cropbox", "-f", str(first), "-l", str(last)]
    answer = ask(command, path, config, after=("-",)).decode("utf-8", "replace")
    for number, page in enumerate(_PAGE.findall(answer), start=first):
        yield number, _LINE.findall(page)


def _page(number: int, lines: list[str], size: tuple[float, float], dpi: int) -> PageText:
    width, height = (round(inches * dpi) for inches in size)
    scale = dpi / _POINTS
    placed = (tuple(_words(line, scale, (width, height))) for line in lines)
    parted = (part for words in placed for part in _parted(words))
    return PageText(number, tuple(parted), width, height, dpi, steps=("text layer",))


def _words(line: str, scale: float, size: tuple[int, int]) -> Iterator[Word]:
    for *corners, escaped in _WORD.findall(line):
        text = "".join(html.unescape(escaped).split())
        x0, y0, x1, y1 = (
            min(max(round(float(corner) * scale), 0), most) for corner, most in zip(corners, size * 2, strict=True)
        )
        if text and x1 > x0 and y1 > y0:
            yield Word(text, text, Box(x0, y0, x1, y1), 1.0)


def _parted(words: tuple[Word, ...]) -> Iterator[Line]:
    """The line, or its parts where a gap is as wide as between the columns of a letterhead."""
    start = 0
    for at in range(1, len(words)):
        gap = words[at].box.x0 - words[at - 1].box.x1
        if gap > _COLUMN_GAP * words[at].box.height:
            yield Line(words[start:at])
            start = at
    if words:
        yield Line(words[start:])


def _decoded(page: PageText) -> PageText:
    """The page in NFC, and in Unicode when it was typed in an old font; the words stay where they are.

    The old font is asked for first: NFC drops the soft hyphen, which in TCVN3 is the letter ư.
    """
    if not page.lines:
        return page
    text, encoding = decode_legacy("\n".join(line.raw for line in page.lines))
    unicode = tuple(
        Line(tuple(replace(word, text=nfc(t)) for word, t in zip(line.words, texts.split(" "), strict=True)))
        for line, texts in zip(page.lines, text.split("\n"), strict=True)
    )
    lines = join_frames(unicode, bottom=int(_HEADER * page.height)) if page.number == 1 else unicode
    return replace(page, lines=lines, steps=page.steps if encoding is None else (*page.steps, encoding))


def _is_vietnamese(page: PageText) -> bool:
    """Whether there are enough words, they run across the page, and nearly all can be Vietnamese with its marks."""
    spelt = [w for word in page.words for w in _LETTERS.findall(word.text) if len(w) > 1]
    if len(page.words) < _MIN_WORDS or not spelt:
        return False
    long = [word.box for word in page.words if len(word.text) >= 3]
    if sum(box.height > box.width for box in long) * 2 > len(long):
        return False
    syllables = sum(map(is_syllable, spelt))
    marked = sum(not w.isascii() for w in spelt)
    return syllables >= _MIN_SYLLABLES * len(spelt) and marked >= _MIN_MARKED * len(spelt)


def _explains_ink(path: Path, page: PageText, config: IntakeConfig) -> bool:
    """Whether the words lie where the ink is: hardly any other ink in a letterhead, less than half elsewhere."""
    ink = _look(path, page.number, config) < _DARK
    other = _without_rules(ink & ~_covered(page, ink.shape))
    header = int(other[: int(_HEADER * len(other))].sum()) if page.number == 1 else 0
    return header <= _MOST_UNEXPLAINED and other.sum() <= _MOST_UNEXPLAINED_SHARE * max(ink.sum(), 1)


def _look(path: Path, number: int, config: IntakeConfig) -> NDArray[np.uint8]:
    """A coarse gray picture of the page.

    Raises:
        DamagedFile: poppler cannot draw it.
    """
    page = ["-f", str(number), "-l", str(number), "-singlefile"]
    drawn = ask(["pdftoppm", "-gray", "-cropbox", "-r", str(_LOOK_DPI), *page], path, config)
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", drawn)
    width, height = (int(header[1]), int(header[2])) if header else (0, 0)
    if header is None or len(drawn) - header.end() != width * height:
        raise DamagedFile("the page cannot be drawn", hint=COPY_AGAIN, where=f"{path}, page {number}")
    return np.frombuffer(drawn, np.uint8, offset=header.end()).reshape(height, width)


def _covered(page: PageText, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """The pixels that lie under words, with a margin for marks above and below and for slanted letters."""
    covered = np.zeros(shape, np.bool_)
    scale = _LOOK_DPI / page.dpi
    for word in page.words:
        box, beside, above = word.box, 2, 4
        rows = slice(max(int(box.y0 * scale) - above, 0), int(box.y1 * scale) + above + 1)
        covered[rows, max(int(box.x0 * scale) - beside, 0) : int(box.x1 * scale) + beside + 1] = True
    return covered


def _without_rules(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink without straight runs longer than any stroke of a letter."""
    return ink & ~(_long_runs(ink, _RULE_ACROSS) | _long_runs(ink.T, _RULE_DOWN).T)


def _long_runs(ink: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    """The pixels of each row that stand in a run of that length or more."""
    padded = np.pad(ink, ((0, 0), (1, 1))).astype(np.int8)
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    ends = np.nonzero(change == -1)[1]
    found = np.zeros(ink.shape, np.bool_)
    for row, start, end in zip(rows, starts, ends, strict=True):
        if end - start >= least:
            found[row, start:end] = True
    return found
