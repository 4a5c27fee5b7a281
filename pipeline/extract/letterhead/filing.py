"""The last line under Nơi nhận: where a letter is filed, who drafted it, how many copies went out.

Nghị định 30/2020/NĐ-CP, Phụ lục I, ô số 12: the drafter's mark and the number of copies, `Lưu: VT, KTTH. PL.(300)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.closing.recipients import filing_line
from pipeline.extract.findings import Finding, Spot
from pipeline.nouns import Letter
from pipeline.vietnamese import fold

_LABEL = re.compile(r"^\W*luu\s?[:;.,]?\s?")
_COPIES = re.compile(r"(?<!\w)(\d{1,4})\s?(?:b|bản)?\s?(?=\W*$|\))|(?<!\w)(\d{1,4})\s?(?:b|bản)(?!\w)")
_ASIDE = re.compile(r"\(([^()]*)\)")
_BY_STOPS = re.compile(r"(?<=\w{2})\.\s?|(?<=\))\.?\s?(?=\w)")
_GLUED = re.compile(r"((?:P\.)?[A-ZĐ&]{2,})([a-zđ]\w{0,9}?)\d{0,4}")
"""`KTTHlmc574`: the unit, the drafter, a number of their own."""
_MARK = re.compile(r"[^\W\d_]{1,4}|[A-ZĐÀ-Ỹ][a-zà-ỹđ]{1,6}")
"""Initials, or a given name."""
_RULE = "filing: Lưu"


@dataclass(frozen=True, slots=True)
class Filing:
    """What the line says; None for what it does not."""

    units: tuple[str, ...]
    """`VT`, `KTTH`: the units that keep a copy, as printed."""
    drafter: str | None
    copies: int | None


def read_filing(letter: Letter) -> tuple[Finding, ...]:
    """The units that keep a copy (`filed_under`), the drafter's mark (`drafter`), the number of copies (`copies`)."""
    for page in letter.pages:
        words = filing_line(page)
        if words:
            filing = parse_filing(" ".join(word.text for word in words))
            place = Spot(page.number, tuple(words))
            found = (
                ("filed_under", ", ".join(filing.units), 0.95),
                ("drafter", filing.drafter or "", 0.85),
                ("copies", str(filing.copies or ""), 0.9),
            )
            return tuple(Finding(name, value, place, sure, _RULE) for name, value, sure in found if value)
    return ()


def parse_filing(text: str) -> Filing:
    """The parts of `Lưu: VT, KTTH. PL.(300)`, and of the shapes that offices give it (`VT, TH (3b).PL`, `KTTHlmc`)."""
    label = _LABEL.match(fold(text))
    rest = text[label.end() if label else 0 :].strip(" .;,-_|")
    copies = _COPIES.search(rest)
    if copies:
        rest = re.sub(r"\s*\(\s*\)", "", rest[: copies.start()] + rest[copies.end() :]).strip(" .;,")
    asides = [aside.strip(" .") for aside in _ASIDE.findall(rest)]
    listed, *marks = _BY_STOPS.split(_ASIDE.sub("", rest).strip(" ."))
    units, drafter = [], None
    for unit in (part.strip(" .()") for part in re.split(r"[,;]", listed)):
        glued = _GLUED.fullmatch(unit)
        drafter = glued[2] if glued else drafter
        units.append(glued[1] if glued else unit)
    named = [mark.strip(" .()") for mark in (*marks, *asides)]
    drafter = next((mark for mark in named if _MARK.fullmatch(mark)), drafter)
    return Filing(tuple(filter(None, units)), drafter, int(copies[1] or copies[2]) if copies else None)
