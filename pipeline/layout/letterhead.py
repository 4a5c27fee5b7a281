"""Whether a page opens a letter: a letterhead that is filled in, not the blank one of a form in an annex."""

from __future__ import annotations

import re

from pipeline.layout.fused import is_dated
from pipeline.layout.phrases import phrases, within
from pipeline.layout.zones import names_number
from pipeline.nouns import Line, PageText, Zone
from pipeline.vietnamese import fold

_HEADER = frozenset({Zone.HEADER_LEFT, Zone.HEADER_RIGHT})
# The symbol of a number: `/QĐ-UBND`, `-CT/TU`, `/2020/NĐ-CP`. Dots, figures or brackets of a form are no symbol.
_SYMBOL = re.compile(r"[-/]\s?(?P<kind>[a-z]{2,})")
_DIGIT = re.compile(r"\d")
_OPENER = re.compile(r"^[\W_]{0,4}\w{2}(?:\s?[:.;,])?")
_DATE = re.compile(r"\bng[a-z]{1,3}(?P<day>.{0,9}?)th[a-z]{2,4}(?P<month>.{0,9}?)n[a-z]{1,2}\W*(?P<year>.*)")
_YEAR = re.compile(r"[12l][09o][0-9oli]{2}(?!\w)")
_LEADERS = re.compile(r"\.{3}|…|_{3}|(?:\.\s){3}")
_TEMPLATE = re.compile(r"^\W*(?:mau\b(?!\sgiao)|bieu\s?(?:mau|so|\d)|phu luc)\b")
_PLACEHOLDER = re.compile(r"^\W*ten\b|[(\[]\s?\d\s?[)\]]")
_COPIES = frozenset({"sy", "trs"})
"""Symbols of certified copies and extracts (Nghị định 30/2020/NĐ-CP, appendix III): their block ends a letter."""


def has_header(page: PageText) -> bool:
    """Whether the page has any line of a header."""
    return any(line.zone in _HEADER for line in page.lines)


def opens_letter(page: PageText) -> bool:
    """Whether the page has a whole letterhead, filled in: motto or Party, issuer, number with a symbol, date.

    Every part is asked for, because annexes carry letterheads too: those of regulations lack the number, those of
    forms have dots in its place. Digits that a hand wrote into the frame may be lost in one of number and day.
    """
    left = [line for line in page.lines if line.zone is Zone.HEADER_LEFT]
    right = [line for line in page.lines if line.zone is Zone.HEADER_RIGHT]
    known = phrases()
    if not any(within(line.text, (*known.motto, *known.tagline, *known.party)) is not None for line in right):
        return False
    at = next((i for i, line in enumerate(left) if names_number(line)), None)
    dated = next((line for line in right if is_dated(line)), None)
    if at is None or dated is None or _is_template(page):
        return False
    return any(map(_names_issuer, left[:at])) and _is_filled(left[at], dated)


def _is_template(page: PageText) -> bool:
    """Whether a label over the letterhead says that the page is a form or an annex."""
    last = max(i for i, line in enumerate(page.lines) if line.zone in _HEADER)
    return any(_TEMPLATE.search(fold(line.text)) for line in page.lines[: last + 1])


def _names_issuer(line: Line) -> bool:
    """Whether the line can be (part of) the name of a body: words, no dots to fill in, no `TÊN CƠ QUAN`."""
    folded = fold(line.text)
    return sum(c.isalpha() for c in folded) >= 4 and not (_LEADERS.search(folded) or _PLACEHOLDER.search(folded))


def _is_filled(number: Line, dated: Line) -> bool:
    """Whether number and date are those of a letter that was issued: symbol and year, and a digit a form leaves out."""
    numbered, date = _OPENER.sub("", fold(number.text)), _DATE.search(fold(dated.text))
    symbol = _SYMBOL.search(numbered)
    if symbol is None or symbol["kind"] in _COPIES or date is None or not _YEAR.match(date["year"]):
        return False
    if _DIGIT.search(numbered[: symbol.start() + 1]) or _DIGIT.search(date["day"]):
        return True
    return bool(_DIGIT.search(date["month"])) and not any(map(_LEADERS.search, (numbered, fold(dated.text))))
