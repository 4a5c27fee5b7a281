"""Documents that a text cites: kind, number, date, issuer, as they stand in a paragraph.

Numbers follow Nghị định 30/2020/NĐ-CP (`15/QĐ-BNV`, `30/2020/NĐ-CP`, `72/2020/QH14`), the Party's order
(`36-HD/VPTW`), and what was usual before (`556/TTg`). A list shares one symbol: `217, 218-QĐ/TW`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.doctypes import CONG_VAN, by_symbol, load
from pipeline.extract.citations.issuers_cited import issuer_after
from pipeline.extract.words.phrases import any_of, data
from pipeline.vietnamese import without_tones

_TONED = "ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
"""No code has a tone; the engine reads dirt for one."""
_CODE = rf"[A-ZĐƯÂÊÔĂƠ{_TONED}][A-Za-zĐđƯưÂâÊêÔôƠơĂă{_TONED}&.]*\d{{0,2}}"
_SYMBOL = rf"{_CODE}(?:\s?[-–]\s?{_CODE}|/{_CODE}|-\d{{1,3}}(?!\d))*"
_STATE = rf"\d{{1,5}}[a-zA-Z]?\s?(?:/\s?(?:19|20)\d{{2}}\s?)?/\s?{_SYMBOL}"
_PARTY = rf"\d{{1,5}}[a-zA-Z]?\s?[-–]\s?{_CODE}(?:-{_CODE})*\s?/\s?{_CODE}(?:-{_CODE})*"
_OLD = rf"\d{{1,4}}-(?:19|20)\d{{2}}/{_SYMBOL}"
_NUMBER = rf"(?:{_OLD}|{_STATE}|{_PARTY})"
_BARE = r"\d{1,5}[a-zA-Z]?(?![\d/.%-])"
_JOIN = r"\s?(?:,|;|và)\s(?:số:?\s)?"
_DATE = (
    r"(?:\(?\s?,?\s?(?:được\s)?(?:ban hành\s|ký\s)?ngày\s?"
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?|\stháng\s)(?P<month>\d{1,2})(?:\s?[/.-]\s?|\snăm\s)(?P<year>\d{4})\)?)"
)
_AND_NO_NAME = r"và(?!\s(?!Luật|Bộ luật|Pháp lệnh|Nghị|Thông)[A-ZĐÀ-Ỹ])"
_AFTER_LAW = rf"(?=[;.,)]|$|\s(?:đã được|{_AND_NO_NAME}|được|sửa đổi|quy định|có hiệu lực)(?!\w))"
_DASHES = str.maketrans({"–": "-", "—": "-"})
_ANNEX = re.compile(r"\(\s?(?:ban hành\s)?kèm theo\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that a paragraph names, from `start` to `end`; `number` is empty for a law cited by name."""

    start: int
    end: int
    number: str
    doc_type: str | None
    issued_on: dt.date | None
    issuer: str | None
    certainty: float
    own_annex: bool = False
    """Whether it stands as `(Kèm theo …)`, which names the letter that an annex belongs to."""


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """What a citation may call a document, to the kind's name."""
    named = {title: kind.name for kind in load() for title in (kind.name, *kind.titles)}
    return {name.lower(): kind for name, kind in (named | data("citations")["kinds"]).items()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    kinds = any_of(_kinds())
    name = rf"(?:\s(?!(?i:số|ngày|của|theo|và|{kinds})(?!\w))[^\W\d_]+,?){{0,10}}?"
    law = r"(?P<law>Luật|Bộ luật|Pháp lệnh)(?!\w)(?:\s(?!(?:số|ngày|của|theo|Luật)(?!\w))[^\W\d_]+,?){0,16}?"
    head = rf"(?<!\w)(?:{law}|(?P<kind>(?i:{kinds}))(?!\w){name})(?:\s(?:số|Số)\s?:?|:)?\s?"
    listed = rf"(?P<numbers>(?:{_BARE}{_JOIN})*{_NUMBER}(?:{_JOIN}(?:{_NUMBER}))*)"
    numbered = re.compile(rf"{head}(?:(?<=\s)|(?<=:)){listed}{_DATE}?")
    alone = re.compile(rf"(?<![\w/.,-]){_NUMBER}(?![\w/])")
    dated = re.compile(rf"(?<!\w)(?P<kind>(?i:{kinds}))(?:\s(?:số|Số)\s?:?)?\s(?P<bare>{_BARE}){_DATE}")
    return numbered, alone, dated


@lru_cache(maxsize=1024)  # whoever reads a letter's citations, figures or headings asks for its paragraphs
def find_cited(text: str) -> tuple[Cited, ...]:
    """The documents that a paragraph cites, in their order."""
    found: list[Cited] = []
    for part in (_numbered(text), _dated(text), _alone(text), _laws(text)):
        taken = [(f.start, f.end) for f in found]
        found += [c for c in part if not any(c.start < end and start < c.end for start, end in taken)]
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


def _numbered(text: str) -> Iterator[Cited]:
    for match in _patterns()[0].finditer(text):
        kind = match["law"] or _kinds()[match["kind"].lower()]
        day, issuer, end = _date(match), *issuer_after(text, match.end())
        numbers = _numbers(match)
        annex = bool(_ANNEX.search(text[max(0, match.start() - 30) : match.start()]))
        for i, (start, stop, number) in enumerate(numbers):
            first, last = i == 0, i == len(numbers) - 1
            sure = 0.97 if day or issuer or kind in {"Luật", "Bộ luật"} else 0.93
            yield Cited(
                start=match.start() if first else start, end=end if last else stop, number=number, doc_type=kind,
                issued_on=day, issuer=issuer, certainty=sure, own_annex=annex,
            )  # fmt: skip


def _numbers(match: re.Match[str]) -> list[tuple[int, int, str]]:
    """The numbers of a list with their places; one without a symbol has that of the next."""
    offset = match.start("numbers")
    found: list[tuple[int, int, str]] = []
    for piece in re.finditer(rf"{_NUMBER}|{_BARE}", match["numbers"]):
        found.append((offset + piece.start(), offset + piece.end(), tidy_number(piece.group())))
    symbol = ""
    for i in range(len(found) - 1, -1, -1):
        start, stop, number = found[i]
        if number[-1:].isdigit() and number.rstrip("abcđ").isdigit():
            found[i] = (start, stop, number + symbol)
        else:
            serial = re.match(r"\d+[a-zA-Z]?(?=[/-])", number)
            symbol = number[serial.end() :] if serial else ""
    return found


def tidy_number(printed: str) -> str:
    """A number as the database holds it: no spaces, plain hyphens, no tones, no full stop that ends the sentence."""
    return without_tones("".join(printed.translate(_DASHES).split()).rstrip(".,;"))


def _alone(text: str) -> Iterator[Cited]:
    """Numbers without the name of a kind: `số 589/SYT-NVY`; the symbol tells the kind."""
    for match in _patterns()[1].finditer(text):
        number = tidy_number(match.group())
        codes = re.split(r"[-/]", number)[1:]
        kinds = by_symbol(next((c for c in codes if not c.isdigit()), ""), load())
        labelled = re.search(r"(?<!\w)số:?\s$", text[: match.start()], re.IGNORECASE)
        if not kinds and not (labelled and len(codes) > 1):
            continue
        start = match.start() - len(labelled.group()) if labelled else match.start()
        dated = re.compile(_DATE).match(text, match.end())
        issuer, end = issuer_after(text, dated.end() if dated else match.end())
        kind = kinds[0].name if kinds else CONG_VAN
        yield Cited(start, end, number, kind, _date(dated) if dated else None, issuer, 0.9 if labelled else 0.75)


def _dated(text: str) -> Iterator[Cited]:
    """A kind, a number without a symbol, and a date: `Nghị quyết số 02 ngày 12/6/2021`."""
    for match in _patterns()[2].finditer(text):
        issuer, end = issuer_after(text, match.end())
        kind = _kinds()[match["kind"].lower()]
        yield Cited(match.start(), end, match["bare"], kind, _date(match), issuer, 0.8)


def _date(match: re.Match[str]) -> dt.date | None:
    if not match["year"]:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _law_pattern() -> re.Pattern[str]:
    given = data("citations")["laws"]
    joined = r"(?:\svà\s(?!(?:Luật|Bộ luật|Pháp lệnh|Nghị|Thông)(?!\w))(?=[A-ZĐÀ-Ỹ])[^\W\d_]+)"
    name = rf"(?:{joined}|\s(?!(?:{any_of(given['ends'])})(?!\w))[^\W\d_]+,?){{1,14}}?"
    return re.compile(
        rf"(?:(?<=^)|(?<=;\s)|(?<=,\s)|(?<!\w)(?P<opener>(?i:{any_of(given['openers'])}))\s)"
        r"(?P<law>(?P<kind>Luật|Bộ luật|Pháp lệnh|Hiến pháp)"
        rf"(?:\s(?i:sửa đổi)[^;.]{{10,160}}?(?=\sngày)|{name}|(?=\s(?:nước|năm)))"
        rf"(?:(?:\snăm\s(?P<only>\d{{4}}))|{_DATE}|{_AFTER_LAW}))"
    )


def _laws(text: str) -> Iterator[Cited]:
    """Laws by name alone. Without a date they count only as a legal basis: elsewhere a name may be mere talk."""
    basis = bool(re.match(r"[-–\s]*căn cứ", text, re.IGNORECASE))
    for match in _law_pattern().finditer(text):
        opener = (match["opener"] or "").lower()
        date = _date(match)
        if opener in {"của", "và"} and not (date or match["only"]) and not (opener == "và" and basis):
            continue
        if not (date or match["only"] or opener.startswith("căn cứ") or (basis and opener in {"", "và"})):
            continue
        end = match.end("law") - len(match["law"]) + len(match["law"].rstrip(" ,"))
        yield Cited(match.start("law"), end, "", match["kind"], date, None, 0.92 if date or basis else 0.75)
