"""Figures that only limit what another figure counts: `doanh nghiệp có từ 25 lao động trở lên`, `từ đủ 18 tuổi`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.figures import Figure
from pipeline.extract.figures.indicator_words import indicator_words
from pipeline.extract.figures.notfigures import Span
from pipeline.extract.words.phrases import not_figure_words

_HAS = re.compile(r"(?<!\w)(?:có|sử dụng|quy mô|đủ)\s$", re.IGNORECASE)
_WANTED = re.compile(
    r"(?<!\w)(?:phấn đấu|phải|cần|để|bảo đảm|đảm bảo|sẽ|đã|hiện|mục tiêu|chỉ tiêu)(?:\s\w+)?\s*$", re.IGNORECASE
)
"""Before `có`: the figure is what is asked for, or is so."""
_WHOLE = re.compile(r"(?:toàn|cả)\s[\w\s]{2,24}\scó\s$", re.IGNORECASE)
_UP = re.compile(r"(?:\s[^\W\d]+){0,6}?\s(?:trở lên|trở xuống|trở lại)(?!\w)")
_MEASURED = re.compile(
    r"(?<!\w)có\s(?:công suất|giá trị|quy mô|diện tích|tỷ lệ|tổng mức đầu tư|doanh thu|vốn|chiều dài|chiều cao|mặt cắt"
    r"|thu nhập|trọng tải|dung tích|mật độ|số dân|dân số)(?:\s[^\W\d]+){0,3}\s$",
    re.IGNORECASE,
)
"""`cơ sở có công suất (từ 10 tấn/ngày trở lên)`: of which of them it is said."""
_TIMES = frozenset({"phút", "giờ", "ngày", "tuần", "tháng", "năm"})
_LATE = re.compile(r"(?<!\w)(?:quá (?:thời )?hạn|chậm|trễ)\s(?:từ\s|trên\s)?$", re.IGNORECASE)
"""`nộp hồ sơ quá hạn (từ 01 đến 30 ngày)`."""
_THEN = re.compile(r"(?:\s\w+){0,3}\sthì\s(?:được|phải|không)(?!\w)", re.IGNORECASE)
_ENOUGH = re.compile(r"(?<!\w)(?:đủ|quá|từ đủ)\s$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s(?:phải|được|đã|bị|thì|tham gia|có thể|không được|không có|mà không)(?!\w)")
_AGE = re.compile(r"(?:(?:từ|trên|dưới|đủ|độ)\s(?:đủ\s)?)+$", re.IGNORECASE)
_BAND = re.compile(
    r"(?:\s[^\W\d]+){0,2}?\s(?P<then>có thể|thì|không quá|tối đa|ít nhất|tối thiểu|phải|có|(?:được )?xếp loại)(?!\w)"
)
"""What follows a band of sizes: `xã trên 8.000 dân có 03 cán bộ`, `từ 80 đến dưới 90 điểm xếp loại tốt`."""
_NEAR_WORDS = 5
_MOST_NOUNS = 8


@dataclass(frozen=True, slots=True)
class Conditions:
    """Which figures of a clause are conditions, and the qualifier each of the others gets."""

    conditions: frozenset[int]
    qualifiers: dict[int, str]
    spans: tuple[Span, ...]
    """Where the conditions stand that are no part of what is counted."""


def conditions(text: str, start: int, figures: Sequence[Figure]) -> Conditions:
    """The conditions among the figures of a clause that starts at `start`."""
    spans: dict[int, Span] = {}
    for i, figure in enumerate(figures):
        before = figures[i - 1].end if i else start
        span = _condition(text, before, figure, first=i == 0) or _band(text, before, figure, last=i == len(figures) - 1)
        if span:
            spans[i] = span
    named = {i for i, (first, _) in spans.items() if _names(figures[i], first)}
    qualifiers: dict[int, str] = {}
    for i, (first, last) in spans.items():
        if i in named:
            continue
        words = text[first:last].strip()
        owner = next((j for j in range(i - 1, -1, -1) if j not in spans), None)
        owner = owner if owner is not None else next((j for j in range(i + 1, len(figures)) if j not in spans), None)
        if owner is not None:
            qualifiers[owner] = f"{qualifiers[owner]}; {words}" if owner in qualifiers else words
    told = tuple(span for i, span in spans.items() if i not in named)
    return Conditions(frozenset(spans), qualifiers, told)


def _names(figure: Figure, start: int) -> bool:
    """Whether an age is part of what is counted, and no limit to it: `trẻ 5 tuổi`."""
    return figure.unit.name == "tuổi" and figure.comparator == "=" and start == figure.number_start


def _condition(text: str, before: int, figure: Figure, *, first: bool) -> Span | None:
    """The characters of the condition that a figure is; None where it is a figure in its own right."""
    gap = text[before : figure.start]
    up = _UP.match(text, figure.end)
    end = up.end() if up else figure.end
    if figure.unit.name.split("/")[0] in not_figure_words().condition_units:
        age = _AGE.search(gap)
        return before + (age.start() if age else len(gap)), end
    segment = gap.rsplit(",", 1)[-1]
    has = _HAS.search(gap)
    wanted = has and _WANTED.search(segment[: -len(has.group())])
    if has and not wanted and (figure.comparator != "=" or up) and not _WHOLE.search(gap):
        nouns = segment[: -len(has.group())].split()
        noun_before = bool(nouns) if first else len(nouns) < (_MOST_NOUNS if up else _NEAR_WORDS)
        if (up and noun_before) or (not first and noun_before and "," not in gap):
            return before + has.start(), end
    if (said := _said(text, segment, figure, end, first=first)) is not None:
        return before + len(gap) - len(segment) + said, end
    if up and figure.unit.name != "%" and _limits(segment, text[end:], first=first):
        return figure.start, end
    if not_figure_words().condition_opener.search(segment.lower()) and up:
        return figure.start, end
    return None


def _said(text: str, segment: str, figure: Figure, end: int, *, first: bool) -> int | None:
    """Where in its segment a figure begins to tell which of them are meant: `có công suất từ …`, `quá hạn …`."""
    if figure.unit.name in _TIMES and (_LATE.search(segment) or _lasts(segment, text[end:])):
        return len(segment)
    measured = _MEASURED.search(segment)
    limits = figure.comparator != "=" or _UP.match(text, figure.end)
    if measured is None or not limits or not segment[: measured.start()].strip():
        return None
    upward = figure.end != end
    governed = not first or (upward and indicator_words().verb.match(segment.lstrip()))
    return measured.start() if governed or _GOES_ON.match(text, end) else None


def _lasts(segment: str, after: str) -> bool:
    """Whether a length of time says what must have lasted so long: `công tác đủ 03 năm được …`, `03 năm thì được …`."""
    return bool(_THEN.match(after) or (_ENOUGH.search(segment) and _GOES_ON.match(after)))


def _band(text: str, before: int, figure: Figure, *, last: bool) -> Span | None:
    """The characters of a size that tells for whom the next figure holds; None where the figure is one itself."""
    if figure.unit.kind == "money" or figure.unit.name == "%":
        return None
    segment = re.split(r"[,;:]", text[before : figure.start])[-1].strip()
    then = _BAND.match(text, figure.end)
    limited = figure.comparator in {"<", ">"} or figure.value_max is not None
    if then is None or not limited or len(segment.split()) > _NEAR_WORDS:
        return None
    if indicator_words().begins.match(segment) or (last and "xếp loại" not in then["then"]):
        return None
    return figure.start, figure.end


def _limits(segment: str, after: str, *, first: bool) -> bool:
    """Whether `từ N … trở lên` after these words of its clause limits a noun, and no verb asks for it."""
    words = segment.split()
    if not words or (not first and len(words) > _NEAR_WORDS):
        return False
    if not_figure_words().asked.search(segment.lower()):
        return False
    return not first or bool(re.match(r"\s?(?:phải|được|thì|có|:|,)", after))
