"""What a marked figure says: comparator, value in base units, unit; and what a period says: its first and last day.

This is the grammar of our own sources, strict on purpose: what it does not understand the author must write out.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from scripts.make_scans.markup import MarkupError
from scripts.make_scans.numerals import NUMERAL, parse_number

_COMPARATORS = {
    ">=": ("ít nhất", "tối thiểu", "không thấp hơn", "đạt từ", "không dưới", "không ít hơn"),
    ">": ("trên", "hơn", "vượt"),
    "<=": ("không quá", "tối đa", "không vượt quá", "không vượt"),
    "<": ("dưới",),
    "~": ("gần", "khoảng", "ước", "xấp xỉ", "ước đạt"),
}
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_FIGURE = re.compile(
    rf"(?P<low>{NUMERAL})\s?%?(?:\s?(?:-|–|đến)\s?(?P<high>{NUMERAL}))?(?:/(?P<goal>{NUMERAL}))?(?![.,]?\d)\s?"
    rf"(?:(?P<scale>{'|'.join(_SCALES)})(?=\s|$))?\s?(?P<unit>.*)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: `value_max` for a range, `goal` for the target behind the stroke of `1.482/1.350`."""

    comparator: str
    value: float
    unit: str
    value_max: float | None = None
    goal: float | None = None


def parse_figure(text: str) -> Figure:
    """The quantity that a span of text names.

    Raises:
        MarkupError: the span is not comparator, number, scale, unit in this order.
    """
    comparator, rest = _comparator(text)
    if rest.endswith(" trở lên"):
        comparator, rest = ">=", rest.removesuffix(" trở lên")
    found = _FIGURE.fullmatch(rest.strip())
    if not found:
        raise MarkupError(f"not a figure: {text!r}")
    scale = _SCALES.get(found["scale"] or "", 1.0)
    value, high, goal = (None if part is None else _scaled(part, scale) for part in found.group("low", "high", "goal"))
    assert value is not None
    return Figure(comparator, value, "%" if "%" in rest else found["unit"].strip(), high, goal)


def _scaled(numeral: str, scale: float) -> float:
    return round(parse_number(numeral) * scale, 6)


def _comparator(text: str) -> tuple[str, str]:
    text = text.removeprefix("đạt ")
    lowered = text.lower()
    known = sorted(((words, sign) for sign, group in _COMPARATORS.items() for words in group), key=lambda p: -len(p[0]))
    for words, sign in known:
        if lowered.startswith(words + " "):
            return sign, text[len(words) :].strip()
    if lowered.startswith("từ "):
        return "=", text[3:].strip()
    return "=", text


_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4}


def parse_period(text: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a period; None for an end that is left open (`hằng năm`, `đến ngày 30/9/2023`).

    Raises:
        MarkupError: a form that is not known.
    """
    for pattern, days in _PERIODS:
        if found := pattern.fullmatch(text.strip()):
            return days(found)
    raise MarkupError(f"unknown period: {text!r}")


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _date(found: re.Match[str]) -> dt.date:
    return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))


_DAY = r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"
_PERIODS = (
    (re.compile(r"năm (?:học )?(\d{4})"), lambda f: _months(int(f[1]), 1, 12)),
    (re.compile(r"năm học (\d{4}) ?[-–] ?(\d{4})"), lambda f: (dt.date(int(f[1]), 9, 1), dt.date(int(f[2]), 8, 31))),
    (re.compile(r"tháng (\d{1,2})(?:/| năm )(\d{4})"), lambda f: _months(int(f[2]), int(f[1]), int(f[1]))),
    (
        re.compile(r"quý (IV|III|II|I)(?:/| năm )(\d{4})"),
        lambda f: _months(int(f[2]), 3 * _QUARTERS[f[1]] - 2, 3 * _QUARTERS[f[1]]),
    ),
    (re.compile(r"(\d{1,2}) tháng(?: đầu)? năm (\d{4})"), lambda f: _months(int(f[2]), 1, int(f[1]))),
    (re.compile(r"6 tháng cuối năm (\d{4})"), lambda f: _months(int(f[1]), 7, 12)),
    (
        re.compile(r"(?:giai đoạn|nhiệm kỳ) (\d{4}) ?[-–] ?(\d{4})"),
        lambda f: (dt.date(int(f[1]), 1, 1), dt.date(int(f[2]), 12, 31)),
    ),
    (re.compile(r"(?:đến|trước) (?:hết )?năm (\d{4})"), lambda f: (None, dt.date(int(f[1]), 12, 31))),
    (re.compile(rf"(?:tính )?(?:đến|trước) (?:hết )?(?:ngày )?{_DAY}"), lambda f: (None, _date(f))),
    (
        re.compile(rf"từ ngày (\d{{1,2}}) đến ngày {_DAY}"),
        lambda f: (_date(f).replace(day=int(f[1])), _date(f)),
    ),
    (re.compile(rf"ngày {_DAY}"), lambda f: (_date(f), _date(f))),
    (re.compile(r"(?:hằng|hàng) (?:năm|tháng|quý|tuần|ngày)"), lambda _: (None, None)),
)
