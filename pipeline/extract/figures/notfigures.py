"""Stretches of a text whose numbers count nothing: dates, times, periods, telephones, quoted titles, list marks."""

from __future__ import annotations

import re

from pipeline.extract.figures.units import unit_after
from pipeline.extract.passages.markers import marker_of

Span = tuple[int, int]

_YEAR = r"(?:19|20)\d{2}"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DASH = r"\s?[-–—]\s?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\d/.,]){_DAY}\s?[/.-]\s?{_MONTH}\s?[/.-]\s?{_YEAR}(?!\d)",
        rf"(?<!\w)ngày\s{_DAY}(?:\s?[/.-]\s?{_MONTH}(?:\s?[/.-]\s?{_YEAR})?)?(?:\stháng\s\d{{1,2}}(?:\snăm\s{_YEAR})?)?(?![\d%]|[.,]\d|\s(?:lần|bữa|buổi|ca)(?!\w))",
        rf"(?<!\w)tháng\s(?:giêng|{_MONTH})(?:\s?[/.-]\s?{_YEAR}|\snăm\s{_YEAR})?(?![\d%/]|[.,]\d)",
        rf"(?<!\w)(?:các\s)?(?:tháng|quý)\s(?:\d{{1,2}}|[IVX]+)(?:(?:,\s|\svà\s|{_DASH})(?:\d{{1,2}}|[IVX]+)(?!\d|[.,/]\d))+(?:[/\s]năm\s{_YEAR}|[/-]{_YEAR})?",
        r"(?<!\w)tháng\s\d{1,2}\snăm\s(?:19|20)\d[^\s\w]",  # a year of which the last digit was misread
        rf"(?<!\w)quý\s(?:[1-4]|IV|I{{1,3}})(?:\s?[/-]\s?{_YEAR}|\snăm\s{_YEAR})?(?!\d)",
        rf"(?<!\w)(?:năm(?:\shọc|\stài chính)?|niên khóa|niên vụ|vụ)\s{_YEAR}"
        rf"(?:(?:{_DASH}|,\s|\svà\s(?:năm\s)?){_YEAR})*(?![\d%]|[.,]\d)",
        rf"(?<![\d/.,]){_YEAR}{_DASH}{_YEAR}(?![\d/.,]\d)",
        rf"(?<!\w){_DAY}{_DASH}{_DAY}\s?/\s?{_MONTH}(?:\s?/\s?{_YEAR})?(?!\d)",
        r"(?<![\w.,])(?:[01]?\d|2[0-4])h(?:[0-5]\d)?(?!\w)",
        r"(?<!\w)(?:[01]?\d|2[0-4])\s?(?:giờ|g)\s?[0-5]\d(?:\sphút)?(?!\w)",
        r"(?<!\w)(?:lúc|hồi|từ|đến|trước|sau|vào|khung)\s(?:[01]?\d|2[0-4])\s?(?:giờ|h)(?:\s?[0-5]\d(?:\sphút)?)?(?!\w)",
        r"(?<!\w)(?:24/24|24/7)(?:\s?(?:giờ|h))?(?!\w)",
        r"(?<!\w)(?:điện thoại|đt|sđt|fax|hotline|tel|số máy|đường dây nóng|tài khoản|stk|cccd|cmnd|mst|mã số thuế)"
        r"(?:\ssố)?[\s:.]*\+?[\d][\d.\s()/-]{4,}\d",
        r"(?<![\d.,])(?:\+84|0\d{2,4})[.\s-]\d{3,4}[.\s-]\d{3,4}(?!\d)",
        r"(?<![\d.,])0\d{9,10}(?!\d)",
        r"(?<!\w)thứ\s\d+(?!\w)",
        r"(?<!\w)lần\s(?:thứ\s)?\d{1,3}(?=\s?[,.;:)”\"]|\s(?:năm|khóa|tại|do|của|nhiệm))",
        r"“[^”]{1,200}”|\"[^\"]{1,160}\"|«[^»]{1,200}»",
        r"(?<!\w)[A-ZĐ]{2,}[\s-]?\d+(?::\d{4})(?!\d)",
        r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
        r"(?<!\w)\d{1,2}\.0(?!\d)",
        r"\(\d{1,2}\)",
        r"(?<!\w)số(?:\snhà)?\s\d+[A-Z]?(?:/\d+)*,?\s(?:đường|phố|ngõ|ngách|hẻm|tổ|khu)(?!\w)",
        r"(?<!\w)cả\s[1-9](?=\s)",
        r"(?<!\w)quý,?\s(?:và\s)?0?[369]\stháng(?!\w)",
        r"\d[\d,.]*(?:\s?[-–]\s?\d[\d,.]*)?\s?(?:độ|°)\s(?:vĩ|kinh)(?!\w)",
        r"\(\d{1,2}\s(?:năm|tháng|ngày)\)",
    )
)


_DAY_OF_MONTH = re.compile(
    rf"(?<!\w)(?:từ|đến|trước|sau|hết|kể từ|sáng|chiều|tối|vào|{_DASH})\s?(?P<day>{_DAY})\s?[/.]\s?(?P<month>{_MONTH})"
    rf"(?P<year>\s?[/.]\s?{_YEAR})?(?!\s?[\d/%]|[.,]\d)",
    re.IGNORECASE,
)


def blanked(text: str, spans: tuple[Span, ...] = ()) -> str:
    """The text, as long as before, with every stretch whose numbers count nothing filled with `¤`.

    Args:
        text: a paragraph.
        spans: further stretches to blank: the documents that it cites.
    """
    chars = list(text)
    marker = marker_of(text)
    found = [(0, marker.length)] if marker else []
    found += spans
    found += [match.span() for shape in _SHAPES for match in shape.finditer(text)]
    found += [match.span() for match in _DAY_OF_MONTH.finditer(text) if not _is_share(text, match)]
    for start, end in found:
        chars[start:end] = "¤" * (end - start)
    return "".join(chars)


def _is_share(text: str, match: re.Match[str]) -> bool:
    """Whether `đến 11/11 công đoàn` counts: a known noun follows, and the first number is not the greater."""
    unit = unit_after(text, match.end())
    return bool(unit and unit.known and not match["year"] and int(match["day"]) <= int(match["month"]))
