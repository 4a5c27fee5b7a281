"""Stretches of time that a text names, as first and last day: `quý I/2023`, `giai đoạn 2020-2025`, `đến 15/3/2023`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_DASH = r"\s?(?:-|–|—|đến(?:\snăm)?)\s?"
_Y = r"(?P<{0}>(?:19|20)\d{{2}})"
_YEAR = _Y.format("y")
_YEARS = rf"{_Y.format('y')}{_DASH}{_Y.format('z')}"
_OF = r"\s?(?:[/.-]|\stháng\s)\s?"
_DAY_FORM = rf"(?P<d#>\d{{1,2}}){_OF}(?P<m#>\d{{1,2}})(?:\s?(?:[/.-]|\snăm\s)\s?(?P<y#>(?:19|20)\d{{2}}))?(?![\d/])"
_DAY, _DAY2 = _DAY_FORM.replace("#", ""), _DAY_FORM.replace("#", "2")
_OF_YEAR = rf"(?:\s?[/-]\s?{_YEAR}|,?\s(?:của\s)?năm\s{_YEAR.replace('<y>', '<y3>')})?"
_CLOCK = r"(?:\d{1,2}\s?(?:giờ|h)(?:\s?\d{2})?(?:\sphút)?,?\s)?"
_UNTIL = rf"(?:tính\s)?(?:đến|trước|tới)\s{_CLOCK}(?:hết\s|cuối\s|thời điểm\s)?"
_COUNT = r"(?:0?(?P<n>[2-9]|1[01])|(?P<spoken>ba|sáu|chín))"
_SPOKEN = {"ba": 3, "sáu": 6, "chín": 9}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_TELLS_TIME = re.compile(r"năm|quý|tháng|tuần|ngày|\d\s?[/.-]\s?\d|(?:19|20)\d\d")
"""Every form of a period has one of these; three texts in four have none."""

Days = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True, slots=True)
class Period:
    """A period and where it stands in the text; an open end is None, and both are for `hằng năm`."""

    first: dt.date | None
    last: dt.date | None
    text: str
    at: int
    end: int
    certainty: float
    """Lower where the year had to be taken from the letter."""


@lru_cache(maxsize=4096)  # each sentence is asked for once by every reader of its figures
def find_periods(text: str, year: int | None) -> tuple[Period, ...]:
    """The periods of a text in their order, overlapping ones once, the longer one.

    Args:
        text: a sentence or a heading.
        year: the year that the letter speaks of, for `quý I` and `15/3`; None when it is not known.
    """
    low = text.lower()
    if not _TELLS_TIME.search(low):
        return ()
    found: list[Period] = []
    for pattern, days in _FORMS:
        for match in pattern.finditer(low):
            if any(match.start() < p.end and p.at < match.end() for p in found):
                continue
            period = _period(text, match, days, year)
            if period is not None:
                found.append(period)
    return tuple(sorted(found, key=lambda p: p.at))


_END_OF_SPAN = re.compile(
    r"(?<!\w)(?:đến\s)?(?:cuối|hết|kết thúc)\s(?:nhiệm kỳ|giai đoạn|khóa)(?!\s\d)(?!\w)", re.IGNORECASE
)
_SPAN_BEFORE = re.compile(r"(?<!\w)(?:trong\s)?(?:nhiệm kỳ|giai đoạn)\s(?:qua|vừa qua|trước)(?!\w)", re.IGNORECASE)


def relative_periods(text: str, span: Period | None) -> tuple[Period, ...]:
    """The periods that a text reckons from the span that its letter is of: `đến cuối nhiệm kỳ`, `nhiệm kỳ qua`."""
    if span is None or span.first is None or span.last is None or span.last.year <= span.first.year:
        return ()
    found = [Period(None, span.last, m.group(), m.start(), m.end(), 0.85) for m in _END_OF_SPAN.finditer(text)]
    years = span.last.year - span.first.year + ("giai đoạn" in span.text.lower())
    last = span.first.year - ("giai đoạn" in span.text.lower())
    days = _years(span.first.year - years, last)
    found += [Period(*days, m.group(), m.start(), m.end(), 0.85) for m in _SPAN_BEFORE.finditer(text)]
    return tuple(sorted(found, key=lambda p: p.at))


_NAMED = re.compile(
    r"(?<!\w)(?:chương trình|đề án|chiến lược|nghị quyết|đại hội|quy hoạch|ban chấp hành|bch|điều lệ|bộ tiêu chí"
    r"|chuẩn nghèo|kế hoạch số|khóa [ivxlc]+)(?:\s[^\s,;:.]+){0,16}\s\(?$",
    re.IGNORECASE,
)
"""A document, congress or committee whose name may end in the stretch of time that it is for."""


def in_a_name(text: str, period: Period) -> bool:
    """Whether a period belongs to the name of something: `Chương trình giảm nghèo bền vững giai đoạn 2021-2025`."""
    spans = period.first is not None and period.last is not None and period.last.year > period.first.year
    return spans and _NAMED.search(text[: period.at]) is not None


def _period(
    text: str, match: re.Match[str], days: Callable[[re.Match[str], int], Days], year: int | None
) -> Period | None:
    groups = match.groupdict()
    told = next((int(v) for k, v in groups.items() if k in {"y", "y3", "y2"} and v), None)
    chosen = told or year
    needs_year = any(k in groups for k in ("y", "y3"))
    if chosen is None and needs_year:
        return None
    try:
        first, last = days(match, chosen or 0)
    except ValueError:
        return None
    if first and last and last < first:
        return None
    sure = 0.97 if told or not needs_year else 0.85
    return Period(first, last, text[match.start() : match.end()].strip(), match.start(), match.end(), sure)


def _months(year: int, first: int, last: int) -> Days:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _years(first: int, last: int) -> Days:
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


def _day(match: re.Match[str], year: int, mark: str = "") -> dt.date:
    return dt.date(int(match[f"y{mark}"] or year), int(match[f"m{mark}"]), int(match[f"d{mark}"]))


def _quarter(match: re.Match[str], year: int) -> Days:
    number = _QUARTERS[match["q"]]
    return _months(year, 3 * number - 2, 3 * number)


def _first_months(match: re.Match[str], year: int) -> Days:
    return _months(year, 1, _count(match))


def _last_months(match: re.Match[str], year: int) -> Days:
    return _months(year, 13 - _count(match), 12)


def _count(match: re.Match[str]) -> int:
    return _SPOKEN[match["spoken"]] if match["spoken"] else int(match["n"])


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], Days]], ...] = tuple(
    (re.compile(rf"(?<!\w){form}(?!\w)"), days)
    for form, days in (
        (
            rf"(?:từ\s)?(?:ngày\s)?{_DAY}{_DASH}(?:hết\s)?(?:ngày\s)?{_DAY2}",
            lambda m, y: (_day(m, int(m["y2"] or y)), _day(m, y, "2")),
        ),
        (
            rf"(?:từ\s)?ngày\s(?P<d1>\d{{1,2}})\s?(?:-|–|đến)\s?(?:hết\s)?(?:ngày\s)?{_DAY}",
            lambda m, y: (_day(m, y).replace(day=int(m["d1"])), _day(m, y)),
        ),
        (
            rf"từ\sđầu\snăm(?:\s{_YEAR})?\s(?:đến|tới)\s(?:hết\s)?(?:ngày\s)?{_DAY2}",
            lambda m, y: (dt.date(int(m["y2"] or y), 1, 1), _day(m, y, "2")),
        ),
        (
            rf"(?:năm học|niên khóa|năm học:)\s{_YEARS}",
            lambda m, _: (dt.date(int(m["y"]), 9, 1), dt.date(int(m["z"]), 8, 31)),
        ),
        (
            rf"(?:(?:giai đoạn|nhiệm kỳ|thời kỳ|từ năm|kế hoạch 5 năm|các năm|trong các năm)\s\(?)?{_YEARS}",
            lambda m, _: _years(int(m["y"]), int(m["z"])),
        ),
        (
            rf"(?:từ\s)?tháng\s(?P<n>\d{{1,2}})\s?(?:-|–|đến)\s?(?:hết\s)?tháng\s(?P<n2>\d{{1,2}}){_OF_YEAR}",
            lambda m, y: _months(y, int(m["n"]), int(m["n2"])),
        ),
        (rf"{_UNTIL}quý\s(?P<q>iv|i{{1,3}}|[1-4]){_OF_YEAR}", lambda m, y: (None, _quarter(m, y)[1])),
        (rf"{_UNTIL}tháng\s(?P<n>\d{{1,2}}){_OF_YEAR}", lambda m, y: (None, _months(y, int(m["n"]), int(m["n"]))[1])),
        (rf"{_UNTIL}(?:ngày\s)?{_DAY}", lambda m, y: (None, _day(m, y))),
        (rf"{_UNTIL}năm\s{_YEAR}", lambda _, y: (None, dt.date(y, 12, 31))),
        (rf"(?:đến|trước|vào)\s(?:hết\s|cuối\s)năm(?:\s{_YEAR})?", lambda _, y: (None, dt.date(y, 12, 31))),
        (rf"{_COUNT}\stháng\s(?:đầu\s)?năm(?:\s{_YEAR})?", _first_months),
        (rf"{_COUNT}\stháng\s(?:đầu\snăm|cuối\snăm)?\s?/\s?{_YEAR}", _first_months),
        (rf"{_COUNT}\stháng\scuối\snăm(?:\s{_YEAR})?", _last_months),
        (rf"(?:hết|cuối)\snăm\s{_YEAR}", lambda _, y: (None, dt.date(y, 12, 31))),
        (rf"(?:kể\s)?từ\s(?:ngày\s){_DAY}", lambda m, y: (_day(m, y), None)),
        (rf"(?:trong\s)?ngày\s{_DAY}", lambda m, y: (_day(m, y), _day(m, y))),
        (rf"(?:trong\s)?quý\s(?P<q>iv|i{{1,3}}|[1-4]){_OF_YEAR}", _quarter),
        (rf"(?:trong\s)?tháng\s(?P<n>\d{{1,2}}){_OF_YEAR}", lambda m, y: _months(y, int(m["n"]), int(m["n"]))),
        (r"(?:hằng|hàng|mỗi)\s(?:năm|quý|tháng|tuần|ngày)", lambda _m, _y: (None, None)),
        (
            rf"(?:trong\s)?(?<!so với )(?<!cùng kỳ )(?<!từ )(?<!sang )năm\s(?:học\s|tài chính\s)?{_YEAR}",
            lambda _, y: _years(y, y),
        ),
    )
)
