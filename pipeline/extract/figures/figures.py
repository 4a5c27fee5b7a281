"""The figures of a text: number, comparator, unit in base units, wherever a number counts or measures something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.figures.notfigures import Span, blanked
from pipeline.extract.figures.numerals import NUMERAL, SPOKEN, parse_numeral, parse_spoken
from pipeline.extract.figures.units import Unit, unit_after
from pipeline.extract.passages.markers import marker_of
from pipeline.extract.words.phrases import any_of, figure_words, not_figure_words

_SCALE = rf"(?:{any_of(figure_words().scales)})(?!\w)"
_TO = r"\s?(?:-|–|—)\s?|\s(?:đến|tới)\s(?:từ\s)?"
_FIGURE = re.compile(
    rf"(?<![\w/,.:–—+§¿¢£-])(?P<low>{NUMERAL})(?:\s?(?P<low_percent>%))?(?:\s?(?P<low_scale>{_SCALE})(?:\sđồng(?=\s?[-–—]|\s(?:đến|tới)\s))?)?"
    rf"(?:\s?(?P<same>[^\W\d]{{1,7}}(?:\s[^\W\d]{{1,7}})?)(?=(?:{_TO})(?:{NUMERAL})\s?(?P=same)(?!\w)))?"
    rf"(?:(?:{_TO})(?P<high>{NUMERAL})(?!/\d)|\s?/\s?(?P<goal>{NUMERAL})(?!\s?/\s?\d))?"
    rf"(?:\s?(?P<percent>%)|\s?(?P<scale>{_SCALE}))?"
    rf"(?P<more>(?:\s(?:{NUMERAL})\s(?:triệu|nghìn|ngàn)(?!\w)){{0,2}})",
    re.IGNORECASE,
)
_SPOKEN = re.compile(rf"(?<!\w)(?:{any_of(SPOKEN)})(?:\s(?:{any_of(SPOKEN)})(?!\w))+(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(rf"\d|{_SPOKEN.pattern}", re.IGNORECASE)
_REPEATED = re.compile(rf"\s?\((?:{any_of(SPOKEN)})(?:\s(?:{any_of(SPOKEN)}))*\)(?=\s)", re.IGNORECASE)
"""The number again in words: `05 (năm) cuộc`."""
_BESIDE = re.compile(r"(?<![\w/.,-])\d[\d.,]*%?\s$")
_FROM = re.compile(r"(?<!\w)từ\s$")
_TIMES = frozenset({"năm", "tháng", "ngày", "tuần", "quý", "giờ", "phút"})
_DIFFERENCES = frozenset({"nhiều hơn", "ít hơn", "lớn hơn", "nhỏ hơn", "cao hơn", "thấp hơn"})
"""Where what it is compared with follows, the number is the difference."""
_UNCERTAIN = 0.7
"""`trên 05 địa bàn`: with a padded number below ten `trên` more often tells the place than compares."""
_HIGHER = re.compile(r"(?<!\w)(?<!trực )(?:tuyến|bậc|phía|tầng)\strên\s$")
"""`bệnh viện tuyến trên 02 buổi`: of the noun before."""
_SCALED = frozenset({"điểm"})
"""`88,42/100 điểm`: behind the stroke stands the end of the scale, which nobody set as a target."""
_MANIFOLD = 200
"""Per cent from which a share is doubted."""
_LAST_GRADE = 12
"""Classes of a school are numbered up to it."""
_MISREAD_PER_MILLE = 0.85
"""Engines read the two circles of `‰` as `%o`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity in a text. `start` to `end` is the whole of it, comparator and unit included."""

    start: int
    end: int
    number_start: int
    number_end: int
    comparator: str
    value: float
    unit: Unit
    certainty: float
    """Probability that value, comparator and unit are what was meant, were every character read right."""
    value_max: float | None = None
    goal: float | None = None
    """The target behind the stroke of `1.482/1.350`."""


def find_figures(text: str, spans: tuple[Span, ...] = ()) -> tuple[Figure, ...]:
    """The figures of a paragraph in their order; numbers that count nothing are left out.

    Args:
        text: a paragraph in one placement of tones.
        spans: stretches that hold no figures: the documents that it cites.
    """
    if not _has_number(text, spans):
        return ()
    blank = blanked(text, spans)
    found = sorted([*_in_digits(text, blank), *_in_words(text, blank)], key=lambda f: f.number_start)
    return tuple(found)


def _has_number(text: str, spans: tuple[Span, ...]) -> bool:
    """Whether a number stands outside of these stretches and of the list mark: in half of the paragraphs none does."""
    marker = marker_of(text)
    at = marker.length if marker else 0
    for start, end in sorted(spans):
        if _NUMBER.search(text, at, start):
            return True
        at = max(at, end)
    return _NUMBER.search(text, at) is not None


def _in_digits(text: str, blank: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(blank):
        amounts = _amounts(match)
        if amounts is None:
            continue
        end = match.end()
        repeated = _REPEATED.match(blank, end)
        unit = _unit(blank, repeated.end() if repeated else end, match)
        if unit is None or _counts_nothing(blank, match, unit):
            continue
        yield _figure(text, blank, match.span(), amounts, unit)


def _in_words(text: str, blank: str) -> Iterator[Figure]:
    """Numbers of two words or more before a noun that is known: `hai mươi lăm đoàn viên`."""
    for match in _SPOKEN.finditer(blank):
        value = parse_spoken(match.group())
        unit = unit_after(blank, match.end())
        if (
            value is None
            or value < 10
            or unit is None
            or not unit.known
            or blank[match.start() - 1 : match.start()] == "("
        ):
            continue
        yield _figure(text, blank, match.span(), _Amounts(float(value), None, None, 0.9), unit)


@dataclass(frozen=True, slots=True)
class _Amounts:
    value: float
    value_max: float | None
    goal: float | None
    certainty: float


def _amounts(match: re.Match[str]) -> _Amounts | None:
    """What the numerals of a match say, scales multiplied out; None where they are none."""
    numerals = [None if match[name] is None else parse_numeral(match[name]) for name in ("low", "high", "goal")]
    low, high, goal = numerals
    if low is None:
        return None
    scale = _scale(match["scale"])
    low_scale = _scale(match["low_scale"]) if match["low_scale"] else scale
    certainty = min(n.certainty for n in numerals if n is not None)
    value = round(low.value * low_scale + _rest(match["more"]), 6)
    if high is not None and high.value * scale <= value:
        return None
    return _Amounts(
        value,
        None if high is None else round(high.value * scale, 6),
        None if goal is None else round(goal.value * scale, 6),
        certainty,
    )


def _scale(word: str | None) -> float:
    return figure_words().scales[" ".join(word.lower().split())] if word else 1.0


def _rest(text: str) -> float:
    """`500 triệu` of `6 tỷ 500 triệu đồng`."""
    total = 0.0
    for numeral, scale in re.findall(rf"({NUMERAL})\s(triệu|nghìn|ngàn)", text, re.IGNORECASE):
        parsed = parse_numeral(numeral)
        total += parsed.value * _scale(scale) if parsed else 0.0
    return total


def _unit(blank: str, at: int, match: re.Match[str]) -> Unit | None:
    if re.match(r"%[oO0](?!\w)", blank[at - 1 :]):
        return Unit("‰", at + 1, "measure", known=True, certainty=_MISREAD_PER_MILLE)
    if match["percent"] or match["low_percent"]:
        return Unit("%", at, "measure", known=True)
    scaled = bool(match["scale"] or match["low_scale"] or match["more"])
    unit = unit_after(blank, at, large=scaled or (len(match["low"]) >= 6 and match["low"].endswith("000")))
    if scaled and (unit is None or not unit.known):
        return Unit("đồng", at, "money", known=not unit)
    return unit


def _counts_nothing(blank: str, match: re.Match[str], unit: Unit) -> bool:
    """Whether the words around say that the number is a name, a stretch of time or an anniversary."""
    before, after = blank[: match.start()].lower(), blank[unit.end :].lower()
    words = not_figure_words()
    plain = unit.name != "%" and unit.kind != "money"
    if plain and (words.label.search(before) or _names_grade(before, match["low"])):
        return True
    if plain and not unit.known and words.weak_label.search(before):
        return True
    if match["goal"] and not unit.known and _may_be_date(match):
        return True
    return unit.name in _TIMES and _names_time(before, after)


def _names_grade(before: str, numeral: str) -> bool:
    """Whether the number is that of a class at school, whatever follows: `lớp 10 môn Toán`."""
    return before.endswith("lớp ") and numeral.isdigit() and not numeral.startswith("0") and int(numeral) <= _LAST_GRADE


def _may_be_date(match: re.Match[str]) -> bool:
    low, goal = match["low"], match["goal"]
    return low.isdigit() and goal.isdigit() and int(low) <= 31 and int(goal) <= 12


def _names_time(before: str, after: str) -> bool:
    """Whether a length of time only names a period or an anniversary: no comparator limits it, nothing promises it."""
    words = not_figure_words()
    if words.anniversary.search(before):
        return True
    if figure_words().before.search(before) or words.promised.search(before):
        return False
    named = words.period_after.match(after) or words.period_before.search(before) or words.event.search(before)
    return bool(named)


def _figure(text: str, blank: str, span: Span, amounts: _Amounts, unit: Unit) -> Figure:
    start, end = span
    comparator, begin, certainty = _comparator(blank, start, end, unit)
    ambiguous = amounts.certainty < _UNCERTAIN and unit.kind == "noun"
    value = amounts.value * 1000 if ambiguous else amounts.value
    return Figure(
        start=begin,
        end=unit.end,
        number_start=start,
        number_end=end,
        comparator=comparator,
        value=round(value, 6),
        unit=unit,
        certainty=round(amounts.certainty * certainty * unit.certainty * _prose(blank, begin) * _share(value, unit), 4),
        value_max=amounts.value_max,
        goal=None if unit.name in _SCALED else amounts.goal,
    )


def _share(value: float, unit: Unit) -> float:
    """How sure it is that a share is what was printed: `817%` has more often lost a point."""
    return _UNCERTAIN if unit.name == "%" and value >= _MANIFOLD else 1.0


def _prose(blank: str, start: int) -> float:
    """How sure it is that the figure stands in a sentence: two bare numbers side by side are a row of a table."""
    return _UNCERTAIN if _BESIDE.search(blank[:start]) else 1.0


def _comparator(blank: str, start: int, end: int, unit: Unit) -> tuple[str, int, float]:
    """The sign, where its words begin, and how sure that is."""
    words = figure_words()
    before = blank[:start].lower()
    rest = blank[unit.end :].lower()
    clause = re.split(r"[,;.:()¤]|\d", rest, maxsplit=1)[0]
    starts = _FROM.search(before)
    ends = words.after.search(clause)
    if ends and (not clause[: ends.start()].strip() or (starts and len(clause[: ends.start()].split()) <= 8)):
        return words.sign_of[ends["sign"]], starts.start() if starts else start, 1.0
    found = words.before.search(before)
    if found is None or _HIGHER.search(before):
        return "=", starts.start() if starts else start, 1.0
    sign, phrase = words.sign_of[found["sign"]], found["sign"]
    compares = phrase in {"hơn", "vượt"} and words.adjective.search(before[: found.start()])
    excess = phrase == "vượt" and (words.excess.match(rest) or words.excess.match(blank[end:].lower()))
    if compares or excess or (phrase in _DIFFERENCES and "so với" in clause):
        return "=", start, 0.9
    if phrase == "trên" and unit.name in words.places and not re.match(r"\d+[05](?!\d)", blank[start:]):
        return "=", start, _UNCERTAIN
    place = phrase == "trên" and re.match(r"0\d(?!\d)", blank[start:]) and unit.kind == "noun"
    return sign, found.start(), _UNCERTAIN if place else 1.0
