"""Who answers for the figures of a clause, and who set them: the sentence's subject or the body its part is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.extract.figures.indicator_parts import masked
from pipeline.extract.passages.markers import marker_of
from pipeline.extract.words.bodies import load_bodies
from pipeline.extract.words.phrases import any_of, data

_ASSIGNED = re.compile(
    r"(?:(?<!\w)(?:do|được|mà|theo chỉ tiêu|theo kế hoạch|chỉ tiêu|kế hoạch|dự toán)\s)"
    r"(?P<body>[A-ZĐÀ-Ỹ][^,;.()\d]{1,70}?)\s(?:đã\s)?giao(?!\w)"
)
_ADVERBIAL = re.compile(
    r"(?:thực hiện|căn cứ|để|theo|qua|trong|nhằm|đến|từ|tính|sau|nhân|trước|cùng với|bên cạnh|ngoài|hơn|năm|quý)(?!\w)",
    re.IGNORECASE,
)
"""A clause that begins so has its subject after a comma: `Để hoàn thành kế hoạch, Sở Y tế kiểm tra …`."""
_MOST_WORDS = 16
_MOST_OF_NAME = 4
"""Words of a name at most between a verb in it and its end."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    given = data("responsible")
    others = any_of(given["not_bodies"])
    begins = re.compile(
        rf"(?!(?:{others})(?!\w))(?:{any_of([*given['bodies'], *load_bodies().marked])})(?!\w)", re.IGNORECASE
    )
    openers = re.compile(rf"(?:{any_of(given['openers'])})\s", re.IGNORECASE)
    ends = re.compile(rf"(?<!\w)(?:{any_of({*given['ends'], *data('indicators')['verbs']})})(?!\w)")
    return begins, openers, ends


def subject_of(text: str, start: int, end: int) -> tuple[str | None, int]:
    """The body that is the subject of a clause, and where the clause goes on after it; None and `start` where none is.

    Args:
        text: the paragraph.
        start: where the clause starts, after its list mark.
        end: where its first figure starts.
    """
    name, after = _subject(text, start, end)
    told, further = _subject(text, after, end) if name and _patterns()[1].match(text[after:end].lstrip()) else (None, 0)
    if told is not None:
        return told, further
    if name is None and _ADVERBIAL.match(text[start:end].lstrip(" *-–,")):
        for comma in reversed([m.end() for m in re.compile(r",\s").finditer(text, start, end)]):
            name, after = _subject(text, comma, end)
            if name is not None:
                break
    return name, after if name else start


def _subject(text: str, start: int, end: int) -> tuple[str | None, int]:
    begins, openers, _ = _patterns()
    at = start + len(text[start:end]) - len(text[start:end].lstrip(" *-–,"))
    while opener := openers.match(text, at, end):
        at = opener.end()
    body = begins.match(text[at:end])
    if body is None:
        return None, start
    stop = _stop(masked(text), at + body.end(), end)
    name = text[at : stop.start() if stop else end].strip(" ,:")
    if not name or len(name.split()) > _MOST_WORDS or (stop is None and not text[:end].rstrip().endswith((":", ","))):
        return None, start
    return name, stop.start() if stop else end


def _stop(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where the name ends: before a word that names never have, else before the first verb.

    `Ban Vận động cứu trợ tỉnh đã …` goes on to `đã`, for verbs may belong to the name.
    """
    stop = _patterns()[2].search(text, start, end)
    if stop is None or _told()[0].match(stop.group()):
        return stop
    sure = _told()[1].search(text, stop.end(), end)
    between = text[stop.end() : sure.start()] if sure else ""
    near = sure is not None and "," not in between and len(between.split()) <= _MOST_OF_NAME
    return sure if near else stop


@lru_cache(maxsize=1)
def _told() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that end a name by themselves; and those of them that are no verb."""
    given = data("responsible")
    sure = any_of(given["sure_ends"])
    return re.compile(rf"(?:{any_of(given['ends'])})$"), re.compile(rf"(?<!\w)(?:{sure})(?!\w)")


def body_of_headings(headings: Sequence[str]) -> str | None:
    """The innermost heading that names a body: `2. Sở Y tế`, `Đối với các trường:`."""
    begins, openers, ends = _patterns()
    for heading in reversed(headings):
        marker = marker_of(heading)
        text = heading[marker.length :] if marker else heading
        text = openers.sub("", text.strip(" :."), count=1) if openers.match(text) else text.strip(" :.")
        body = begins.match(text)
        if body and not ends.search(text, body.end()) and len(text.split()) <= _MOST_WORDS and not text.isupper():
            return text
    return None


def assigned_by(clause: str) -> str | None:
    """The body that set the figures of a clause: `theo chỉ tiêu Sở Y tế giao`."""
    found = _ASSIGNED.search(clause)
    return found["body"].strip() if found else None
