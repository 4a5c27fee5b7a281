"""Whether the paper is a draft, or a certified copy: which kind of copy, by which body, of which day.

Nghị định 30/2020/NĐ-CP, Điều 25: sao y, sao lục, trích sao; Phụ lục I, phần II: what the signature of a copy in
electronic form says, `SAO Y; <body>; 19/02/2025 08:34:29 +07:00`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from pipeline.dates import figure_dates
from pipeline.extract.findings import Finding, Spot, spot
from pipeline.extract.letterhead.header import Head
from pipeline.nouns import Letter, PageText, Word, Zone
from pipeline.vietnamese import fold, is_capitals, normal

_COPY = re.compile(r"^\W*(?:ban\s)?(sao\s?y|sao\s?luc|trich\s?sao)(?!\w)")
_KINDS = {"saoy": "Sao y", "saoluc": "Sao lục", "trichsao": "Trích sao"}
_ORIGINAL = re.compile(r"sao\s?y\s(?:tu\s)?ban\s(?:chinh|goc)")
_DRAFT = re.compile(r"^\W*du thao(?:\W{0,3}(?:lan|ngay|\d)\W?[\w/. ]{0,12})?\W*$")
_TOP = 14
"""Lines of the first page among which a draft says that it is one."""
_MOST_WORDS = 24


def read_draft_or_copy(letter: Letter, head: Head) -> tuple[Finding, ...]:
    """`draft` (as printed), `copy` (`Sao y`, …), and with it `copied_by` and `copied_on` where they stand beside it."""
    return (*_draft(head), *_copy(letter))


def _draft(head: Head) -> Iterator[Finding]:
    for line in head.page.lines[:_TOP]:
        if _DRAFT.search(fold(line.text)):
            yield Finding("draft", normal(line.text).strip(" ()[]*.-").capitalize(), spot(head.page, [line]), 0.95,
                          "draft: Dự thảo", known=True)  # fmt: skip
            return


def _copy(letter: Letter) -> tuple[Finding, ...]:
    for page in letter.pages:
        for text, words in chain(_marks(page), _lines(page)):
            if found := _COPY.search(fold(text)):
                kind = _KINDS["".join(found[1].split())]
                place = Spot(page.number, words)
                copy = Finding("copy", kind, place, 0.95, "copy: as certified", known=True)
                return (copy, *_certified(text[found.end() :], place))
    return ()


def _marks(page: PageText) -> Iterator[tuple[str, tuple[Word, ...]]]:
    for mark in page.marks:
        yield mark.text, (Word(mark.text, mark.text, mark.box, mark.confidence),)


def _lines(page: PageText) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The lines that certify: in capitals or with `bản chính`, not a sentence that speaks of copies."""
    for line in page.lines:
        if line.zone is Zone.TABLE or len(line.words) > _MOST_WORDS or not _COPY.search(fold(line.text)):
            continue
        if is_capitals(line.text) or _ORIGINAL.search(fold(line.text)):
            yield line.text, line.words


def _certified(text: str, place: Spot) -> Iterator[Finding]:
    """Body and day after `SAO Y;`, parted by semicolons."""
    parts = [part.strip(" .,;|") for part in text.split(";") if part.strip(" .,;|")]
    dates = [day for part in parts for day in figure_dates(part)]
    if parts and text.lstrip().startswith(";") and not any(c.isdigit() for c in parts[0]):
        yield Finding("copied_by", normal(parts[0]), place, 0.7, "copy: after its kind")
    if dates and dates[-1].date is not None:
        yield Finding("copied_on", dates[-1].date.isoformat(), place, 0.9, "copy: after its kind")
