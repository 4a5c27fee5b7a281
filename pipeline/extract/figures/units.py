"""The unit after a number: the measure, the currency, or the noun that is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pipeline.extract.words.phrases import figure_words

_WORD = re.compile(r"[^\W\d_]+(?:\d(?!\d))?[²³]?|đ/c|[%‰°]|°[cC]", re.UNICODE)
_CAPITALS = re.compile(r"(?=[A-ZĐƯƠÂÊÔĂ]{2})[A-ZĐƯƠÂÊÔĂ]+(?:-[A-ZĐƯƠÂÊÔĂ]+)?(?!\w)")
_PER = re.compile(r"\s?/\s?(?=[^\W\d])")
_PER_OF = re.compile(r"\s[^\W\d]+\s?/\s?(?=[^\W\d])")
"""Of `0,2 lít xăng/km` the rate is per km."""
_UNKNOWN = 0.7
_MISREAD_DONG = 0.85
_MOST_PER = 2
POINTS = "điểm %"
"""Percentage points, as which `điểm phần trăm` is written, too."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted; `kind` is `measure`, `money` or `noun`; `end` is where it ends in the text."""

    name: str
    end: int
    kind: str
    known: bool
    certainty: float = 1.0

    @property
    def counted(self) -> bool:
        """Whether the unit is itself the thing counted, as `đoàn viên` is and `ha` is not."""
        return self.kind == "noun"


def unit_after(text: str, at: int, *, large: bool = False) -> Unit | None:
    """The unit that stands right after a number which ends at `at`; None where no noun follows.

    Args:
        text: the paragraph.
        at: where the number ends.
        large: whether the number is as large or as round as sums of money are, so that a lone `d` is a `đ` misread.
    """
    money, known = _currency(text, at, large=large), _known(text, at)
    if money and (known is None or known.end <= money.end):
        return _with_denominator(text, money)
    unit = known or _capitals(text, at) or _unknown(text, at)
    unit = replace(unit, name=POINTS) if unit and unit.name == "điểm phần trăm" else unit
    return _with_denominator(text, unit) if unit else None


def _currency(text: str, at: int, *, large: bool) -> Unit | None:
    found = re.match(r"\s?([^\W\d]+|₫)(?!\w)", text[at:])
    if not found:
        return None
    name = figure_words().money.get(found[1].lower())
    if name:
        return Unit(name, at + found.end(), "money", known=True)
    if large and found[1] == "d":
        return Unit("đồng", at + found.end(), "money", known=True, certainty=_MISREAD_DONG)
    return None


def _known(text: str, at: int) -> Unit | None:
    """The longest unit of the lists, but a measure or classifier alone where one stands first."""
    words = figure_words()
    glued = text[at - 1 : at].isdigit() and not text[at : at + 1].isspace()
    tokens = _tokens(text, at, words.longest_unit)
    if len(tokens) > 1 and tokens[0].group().lower() in words.prefixes:
        noun = _known(text, tokens[0].end())
        if noun is not None and noun.counted:
            return replace(noun, name=f"{tokens[0].group().lower()} {noun.name}")
    for count in range(len(tokens), 0, -1):
        printed = text[tokens[0].start() : tokens[count - 1].end()]
        name = " ".join(printed.lower().split())
        end = tokens[count - 1].end()
        if name in words.measures and not (glued and len(name) == 1 and printed != name):
            return Unit(printed if _CAPITALS.fullmatch(printed) else name, end, "measure", known=True)
        if name in words.nouns and not glued and not _runs_on(text, tokens[:count]):
            return Unit(printed if _CAPITALS.fullmatch(printed) else name, end, "noun", known=True)
    return None


def _runs_on(text: str, tokens: list[re.Match[str]]) -> bool:
    """Whether the last word of several belongs to the noun after it: of `người dân quân` the unit is `người`."""
    if len(tokens) < 2:
        return False
    last, nouns = tokens[-1], figure_words().nouns
    after = [token.group().lower() for token in _tokens(text, last.end(), 2)]
    return any(" ".join([last.group().lower(), *after[:count]]) in nouns for count in range(1, len(after) + 1))


def _tokens(text: str, at: int, most: int) -> list[re.Match[str]]:
    """Words that follow one another with nothing but a space (or a comma, as in `thôn, xóm`) between."""
    found: list[re.Match[str]] = []
    while len(found) < most:
        gap = re.compile(r",?\s" if found else r"\s?").match(text, at)
        token = _WORD.match(text, gap.end()) if gap else None
        if token is None:
            break
        found.append(token)
        at = token.end()
    return found


def _capitals(text: str, at: int) -> Unit | None:
    found = re.compile(r"\s").match(text, at)
    short = _CAPITALS.match(text, found.end()) if found else None
    return Unit(short.group(), short.end(), "noun", known=False, certainty=_UNKNOWN) if short else None


def _unknown(text: str, at: int) -> Unit | None:
    """Two syllables, as most Vietnamese nouns have, of words that are in no list."""
    stops = figure_words().stops
    tokens = [t for t in _tokens(text, at, 2) if text[at : at + 1].isspace()]
    if not tokens or tokens[0].group().lower() in stops or not tokens[0].group()[0].islower():
        return None
    two = len(tokens) == 2 and tokens[1].group().islower() and tokens[1].group() not in stops
    two = two and text[tokens[0].end() : tokens[1].start()] == " "
    last = tokens[1] if two else tokens[0]
    return Unit(text[tokens[0].start() : last.end()], last.end(), "noun", known=False, certainty=_UNKNOWN)


def _with_denominator(text: str, unit: Unit) -> Unit:
    """`đồng/người/tháng`, `tạ/ha`: what stands after strokes belongs to the unit, but of a per cent it does not."""
    if unit.name == "%":
        return unit
    for _ in range(_MOST_PER):
        stroke = _PER.match(text, unit.end) or (_PER_OF.match(text, unit.end) if unit.kind == "measure" else None)
        per = _denominator(text, stroke.end()) if stroke else None
        if per is None:
            break
        unit = replace(unit, name=f"{unit.name}/{per.name}", end=per.end, kind="measure")
    return unit


def _denominator(text: str, at: int) -> Unit | None:
    """A unit that is known, an abbreviation, or else a single word."""
    short = _CAPITALS.match(text, at)
    if short:
        return Unit(short.group(), short.end(), "noun", known=False)
    word = _WORD.match(text, at)
    return _known(text, at) or (Unit(word.group(), word.end(), "noun", known=False) if word else None)
