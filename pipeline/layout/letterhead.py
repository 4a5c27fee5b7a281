"""Whether a page opens a letter: a letterhead that is filled in, not the blank one of a form in an annex."""

from __future__ import annotations

import re

from pipeline.layout.fused import is_dated
from pipeline.layout.phrases import phrases, within
from pipeline.layout.zones import names_number
from pipeline.nouns import Grid, Line, PageText, Zone
from pipeline.vietnamese import fold

# The symbol of a number: `/QĐ-UBND`, `-CT/TU`, `/2020/NĐ-CP`. Dots, figures or brackets of a form are no symbol.
_SYMBOL = re.compile(r"[-/]\s?(?P<kind>[a-z]{2,})")
_DIGIT = re.compile(r"\d")
_OPENER = re.compile(r"^[\W_]{0,4}\w{2}(?:\s?[:.;,])?")
_DATE = re.compile(r"\bng[a-z]{1,3}(?P<day>.{0,9}?)th[a-z]{2,4}(?P<month>.{0,9}?)n[a-z]{1,2}\W*(?P<year>.*)")
_YEAR = re.compile(r"[12l][09o][0-9oli]{2}(?!\w)")
_LEADERS = re.compile(r"\.{3}|…|_{3}|(?:\.\s){3}")
_TEMPLATE = re.compile(r"^\W*(?:mau\b(?!\sgiao)|bieu\s?(?:mau|so|\d)|phu luc)\b")
_PLACEHOLDER = re.compile(r"^\W*ten\b|[(\[]\s?\d\s?[)\]]")
_HEADER_BOTTOM = 0.4
"""Share of the page's height above which a letterhead ends."""
_COPIES = frozenset({"sy", "trs"})
"""Symbols of certified copies and extracts (Nghị định 30/2020/NĐ-CP, appendix III): their block ends a letter."""


def has_header(page: PageText) -> bool:
    """Whether the page has any line of a header."""
    return any(line.zone.in_header for line in page.lines)


def opens_letter(page: PageText) -> bool:
    """Whether the page has a whole letterhead, filled in: issuer, number with a symbol, date, and motto or Party.

    Annexes carry letterheads too: those of regulations lack the number, those of forms have dots in its place. Digits
    that a hand wrote into the frame may be lost in one of number and day; where both are read, the motto may be
    missing, as it is in letters of youth unions and companies.
    """
    left = [line for line in page.lines if line.zone is Zone.HEADER_LEFT]
    right = [line for line in page.lines if line.zone is Zone.HEADER_RIGHT]
    at = next((i for i, line in enumerate(left) if names_number(line)), None)
    dated = next((line for line in right if is_dated(line)), None)
    if at is None or dated is None or _is_template(page) or not any(map(_names_issuer, left[:at])):
        return False
    digits = _digits_filled_in(left[at], dated)
    return digits > 1 or (digits == 1 and any(map(_is_motto, right)))


def covers_letterhead(grid: Grid, page: PageText) -> bool:
    """Whether a table found at the top of a page is none: the motto stands in it, between the rims of paper and stamps.

    A form in an annex has a motto in its frame as well; that frame goes on down the page.
    """
    inside = (line for line in page.lines if line.zone is Zone.TABLE and grid.box.overlap(line.box))
    return grid.box.y1 < _HEADER_BOTTOM * page.height and any(map(_is_motto, inside))


def _is_motto(line: Line) -> bool:
    known = phrases()
    return within(line.text, (*known.motto, *known.tagline, *known.party)) is not None


def _is_template(page: PageText) -> bool:
    """Whether a label over the letterhead says that the page is a form or an annex."""
    last = max(i for i, line in enumerate(page.lines) if line.zone.in_header)
    return any(_TEMPLATE.search(fold(line.text)) for line in page.lines[: last + 1])


def _names_issuer(line: Line) -> bool:
    """Whether the line can be (part of) the name of a body: words, no dots to fill in, no `TÊN CƠ QUAN`."""
    folded = fold(line.text)
    return sum(c.isalpha() for c in folded) >= 4 and not (_LEADERS.search(folded) or _PLACEHOLDER.search(folded))


def _digits_filled_in(number: Line, dated: Line) -> int:
    """How many of number and day were given digits; 0 where symbol or year are missing, so that it is no letter.

    A month alone counts as much as one of them, where no dots show that the rest is still to be filled in.
    """
    numbered, date = _OPENER.sub("", fold(number.text)), _DATE.search(fold(dated.text))
    symbol = _SYMBOL.search(numbered)
    if symbol is None or symbol["kind"] in _COPIES or date is None or not _YEAR.match(date["year"]):
        return 0
    filled = sum(_DIGIT.search(part) is not None for part in (numbered[: symbol.start()], date["day"]))
    open_still = any(map(_LEADERS.search, (numbered, fold(dated.text))))
    return filled or int(_DIGIT.search(date["month"]) is not None and not open_still)
