"""The number and symbol of a letter: `15/QĐ-BNV`, `574/UBND-KTTH`, `30/2020/NĐ-CP`, and the Party's `36-HD/VPTW`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

from rapidfuzz.distance import Levenshtein

from pipeline.doctypes import DocType
from pipeline.extract.findings import Finding, Spot
from pipeline.extract.letterhead.header import Head, is_about, names_number
from pipeline.extract.letterhead.symbols import Vouched
from pipeline.nouns import Line
from pipeline.vietnamese import fold, nfc

_LABEL = re.compile(r"^[\W_]{0,4}(?:s[o06]|8o)\s?[:.;,]?\s*")
_LETTERS = "A-ZÀ-ỸĐa-zà-ỹđ"
_PART = rf"[{_LETTERS}][{_LETTERS}0-9&.]*"
_STATE = re.compile(
    rf"(?P<serial>\d{{1,5}}[a-zA-Z]?)(?:/(?P<year>(?:19|20)\d{{2}}))?/(?P<symbol>{_PART}(?:[-/]{_PART})*)"
)
_PARTY = re.compile(rf"(?P<serial>\d{{1,5}}[a-zA-Z]?)-(?P<symbol>{_PART}(?:-{_PART})*/{_PART}(?:-{_PART})*)")
_NO_SLASH = re.compile(rf"(?P<serial>\d{{1,5}})(?P<symbol>[A-ZĐ]{{2,5}}-{_PART}(?:-{_PART})*)")
_SYMBOL_ONLY = re.compile(rf"[/-](?P<symbol>{_PART}(?:[-/]{_PART})+|{_PART})$")
_DIRT = ".,;:'`|*"
_STROKES = str.maketrans("–—−‐_\u2044\u2215\uff0f", "-----///")
"""Dashes and slashes of every shape as the two that numbers have."""


@dataclass(frozen=True, slots=True)
class Number:
    """A document number in its parts; `serial` is empty when only the printed symbol could be read."""

    whole: str
    serial: str
    year: str
    symbol: str
    repaired: bool = False
    """Whether the slash between number and symbol was lost and put back."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The parts of the symbol: `QĐ`, `BNV`."""
        return tuple(part for part in re.split(r"[-/]", self.symbol) if part)


def parse_number(text: str) -> Number | None:
    """The number that the text is, spaces and a label left out; None when it is none."""
    bare = "".join(nfc(text).translate(_STROKES).split()).strip(_DIRT)
    for form in (_STATE, _PARTY, _NO_SLASH):
        found = form.fullmatch(bare)
        if found:
            year = found.groupdict().get("year") or ""
            whole = bare if form is not _NO_SLASH else f"{found['serial']}/{found['symbol']}"
            return Number(whole, found["serial"], year, found["symbol"], repaired=form is _NO_SLASH)
    return None


def read_number(
    head: Head, kind: DocType | None, known_codes: frozenset[str], vouched: Vouched | None = None
) -> tuple[Finding, ...]:
    """The letter's number, whole, and its parts; where its digits cannot be read, the symbol and an empty number.

    Args:
        head: the head of the letter.
        kind: the kind that the title names, if any: its abbreviation may stand in the symbol.
        known_codes: codes that occur in symbols: of all kinds and of bodies, and the initials of this letter's issuer.
        vouched: what else in the letter says what codes its symbol has.
    """
    expected = kind.abbreviations if kind else ()
    vouched = vouched or Vouched(kinds=expected)
    for line in map(_as_read, head.number):
        label = _LABEL.search(fold(line.text))
        start = label.end() if label else 0
        spot = Spot(head.page.number, line.words_between(start, len(line.text)))
        number = parse_number(line.text[start:])
        if number is not None:
            mended = _meant(_mended(number, expected, known_codes), vouched)
            return _findings(mended, spot, agreed=all(map(vouched.says, mended.codes)))
        symbol = _SYMBOL_ONLY.search("".join(nfc(line.text[start:]).translate(_STROKES).split()).strip(_DIRT))
        if symbol:
            found = Number(symbol[0], "", "", symbol["symbol"])
            return _incomplete(_mended(found, expected, known_codes), spot)
    return ()


def read_other_numbers(head: Head) -> tuple[Finding, ...]:
    """The numbers that other bodies of a joint letter gave it: further lines of `Số: …`, above any V/v."""
    under = list(takewhile(lambda line: not is_about(line.text), head.under_number))
    found: list[Finding] = []
    for line in map(_as_read, (*under, *head.right)):
        label = _LABEL.search(fold(line.text))
        number = parse_number(line.text[label.end() :]) if label and names_number(line.text) else None
        if number is not None:
            place = Spot(head.page.number, line.words_between(label.end() if label else 0, len(line.text)))
            found.append(Finding("number", number.whole, place, 0.9, "number: of another body"))
    return tuple(found)


def _as_read(line: Line) -> Line:
    """The line with its symbol as the engine read it: repair knows no codes; digits are the frame's."""
    words = tuple(replace(w, text=nfc(w.raw)) if any(c.isalpha() for c in w.text) else w for w in line.words)
    return replace(line, words=words)


def _meant(number: Number, vouched: Vouched) -> Number:
    """The number with the marks of its codes as the issuer's initials have them."""
    parts = [part if part in "-/" else vouched.meant(part) for part in re.split(r"([-/])", number.symbol)]
    return _with_symbol(number, "".join(parts))


def _incomplete(number: Number, spot: Spot) -> tuple[Finding, ...]:
    """Digits that were not read: the number is empty, so that nobody takes a symbol for a number."""
    doubt = f"the digits before {number.whole} could not be read"
    return (
        Finding("number", "", spot, 0.0, "number: symbol only", (doubt,)),
        Finding("number_symbol", number.symbol, spot, 0.8, "number: symbol only", (doubt,)),
    )


def _findings(number: Number, spot: Spot, *, agreed: bool) -> tuple[Finding, ...]:
    rule = "number: party form" if number.whole.startswith(f"{number.serial}-") else "number: state form"
    certainty = 0.97 if len(number.codes) > 1 else 0.88
    doubts = ("the slash after the digits was not read",) if number.repaired else ()
    digits = tuple(word for word in spot.words if any(c.isdigit() for c in word.text))
    judged = digits if agreed and digits else spot.words
    parts = (("number", number.whole), ("number_serial", number.serial), ("number_symbol", number.symbol))
    return tuple(Finding(name, value, spot, certainty, rule, doubts, judged) for name, value in parts)


def _mended(number: Number, expected: tuple[str, ...], known: frozenset[str]) -> Number:
    """The number with the strokes of Đ that known codes have put back, and its kind as the title has it.

    No digit changes, and no code that is known as it stands.
    """
    parts = re.split(r"([-/])", number.symbol)
    mended = [_stroked(part, known) for part in parts]
    near = [short for short in expected if len(short) > 1 and Levenshtein.distance(short, mended[0]) == 1]
    if near and mended[0] not in known:
        mended[0] = near[0]
    return _with_symbol(number, "".join(mended))


def mended_number(text: str, kind: DocType | None, known: frozenset[str]) -> str:
    """A number that is cited, with the strokes of Đ and the kind that its symbol must have; else as it is."""
    number = parse_number(text)
    return text if number is None else _mended(number, kind.abbreviations if kind else (), known).whole


def _with_symbol(number: Number, symbol: str) -> Number:
    head = number.whole[: len(number.whole) - len(number.symbol)]
    return replace(number, whole=head + symbol, symbol=symbol)


def _stroked(part: str, known: frozenset[str]) -> str:
    """The known code that the part is but for strokes of its Đ, which the engine also reads twice (`CĐĐ` for `CĐ`)."""
    if part in known or not re.search("[DĐ]", part.upper()):
        return part
    alike = [code for code in known if "Đ" in code and _single_d(code) == _single_d(part) and len(code) <= len(part)]
    meant = [code for code in alike if len(code) == len(part)] or alike
    return meant[0] if len(meant) == 1 else part


def _single_d(code: str) -> str:
    return re.sub("d+", "d", fold(code))
