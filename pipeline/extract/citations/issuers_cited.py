"""Who issued a cited document: the name after `của`, up to where the sentence goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.words.phrases import any_of, data

_OF = re.compile(r",?\s?của\s(?:đồng chí\s)?(?=[A-ZĐÀ-Ỹ]|(?:cấp trên|tỉnh|huyện)\s)")
_WORD = re.compile(r"[^\s,;:().“”\"]+")
_MOST_WORDS = 22


@dataclass(frozen=True, slots=True)
class _Ends:
    ends: re.Pattern[str]
    with_about: re.Pattern[str]
    about_goes_on: re.Pattern[str]
    titles: re.Pattern[str]
    no_names: re.Pattern[str]


@lru_cache(maxsize=1)
def _ends() -> _Ends:
    given = data("citations")["issuer"]
    return _Ends(
        re.compile(rf"(?:{any_of(given['ends'])})(?!\w)"),
        re.compile(rf"(?:{any_of(given['with_about'])})(?!\w)"),
        re.compile(rf", (?:{any_of(given['about_goes_on'])})"),
        re.compile(rf", (?:{any_of(given['titles'])})(?!\w)"),
        re.compile(rf"(?:{any_of(given['no_names'])})(?!\w)"),
    )


def issuer_after(text: str, at: int) -> tuple[str | None, int]:
    """The issuer named right after a citation that ends at `at`, and where the citation ends with it."""
    of = _OF.match(text, at)
    if of is None:
        return None, at
    end = start = of.end()
    about = bool(_ends().with_about.match(text[start:].lower()))
    for _ in range(_MOST_WORDS):
        stop = _next(text, end, start, about=about)
        if stop is None:
            break
        end = stop
    name = text[start:end].strip()
    return (name, end) if name else (None, at)


def _next(text: str, at: int, start: int, *, about: bool) -> int | None:
    """Where the name ends with one word more; None when it is complete."""
    gap = re.compile(r"\s?").match(text, at)
    begin = gap.end() if gap else at
    if (about and _ends().about_goes_on.match(text, at)) or _list_goes_on(text, at) or _ends().titles.match(text, at):
        begin = at + 2
    word = _WORD.match(text, begin)
    if word is None:
        return None
    rest = text[begin:].lower()
    if word.group() in {"-", "–"}:
        follows = _WORD.match(text, word.end() + 1)
        return follows.end() if follows and follows.group()[0].isupper() and at > start else None
    if word.group() == "và":
        follows = _WORD.match(text, word.end() + 1)
        joins = follows and follows.group()[0].isupper() and not _is_kind(text[word.end() + 1 :])
        return follows.end() if joins and follows else None
    if word.group() == "về" and about:
        return word.end()
    if word.group()[0].islower() and _ends().ends.match(rest):
        return None
    return word.end() if not word.group()[0].isdigit() else None


def _list_goes_on(text: str, at: int) -> bool:
    """`Văn hóa, Thể thao và Du lịch`: a comma inside a name, which an `và` with a capital follows."""
    return bool(re.match(r", [A-ZĐÀ-Ỹ][^\s,;.]*(?: [^\s,;.]+){0,3} và [A-ZĐÀ-Ỹ]", text[at:])) and not _is_kind(
        text[at + 2 :]
    )


def _is_kind(text: str) -> bool:
    return bool(_ends().no_names.match(text))
