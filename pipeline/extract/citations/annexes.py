"""The annexes of a letter with their titles, and what they say of the letter they belong to.

Nghị định 30/2020/NĐ-CP, Phụ lục I: `Phụ lục I` alone, its title in capitals, then in brackets the letter:
`(Kèm theo Quyết định số 45/QĐ-UBND ngày 03 tháng 4 năm 2021 của …)`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.extract.citations.cited import find_cited
from pipeline.extract.findings import Finding, spot
from pipeline.extract.trust import trust_all
from pipeline.nouns import Letter, Line, PageText, Zone
from pipeline.vietnamese import fold, is_capitals, normal

_OPENS = re.compile(r"^\W*phu luc(?:\s(?:so\s)?(?P<number>\d{1,2}[a-z]?|[ivx]{1,5}|[a-h]))?(?P<rest>\W*$|\W+.*)")
_BELONGS = re.compile(r"^\W{0,3}(?:ban hanh\s)?kem theo\s")
_OF_LETTER = re.compile(r"^\W{0,2}\(\s?(?:ban hanh\s)?kem theo\s")
_SURE = 0.9
_MOST_LINES = 5
_TOP = 6
"""Lines of a page before which an annex begins, unless it follows the signature."""


@dataclass(frozen=True, slots=True)
class Annexed:
    """What an annex says of its letter."""

    number: str
    issued_on: dt.date | None
    sure: bool = True
    """Whether its digits were read well enough to contradict others; those that a pen filled in hardly are."""


def read_annexes(letter: Letter) -> tuple[Finding, ...]:
    """One finding (`annex`) for each annex: its number and title, `Phụ lục I. Danh sách …`, case as printed."""
    return tuple(found for page in letter.pages[1:] or letter.pages for found in _on_page(page))


def _on_page(page: PageText) -> Iterator[Finding]:
    lines = [line for line in page.lines if line.zone is Zone.BODY or line.zone.in_closing]
    signed = False
    for at, line in enumerate(lines):
        signed = signed or line.zone is not Zone.BODY
        opens = _OPENS.search(fold(line.text)) if at < _TOP or signed else None
        if opens is None or not _heads(line, opens):
            continue
        rest = line.text[opens.start("rest") :].strip(" .:-–")
        title = [line, *_title(lines[at + 1 :])] if not rest or is_capitals(line.text) else [line]
        name = normal(line.text[: opens.start("rest")]).strip(" .:-–")
        told = " ".join(filter(None, (rest, *(normal(one.text) for one in title[1:]))))
        value = f"{name[:1].upper()}{name[1:]}. {told}" if told else name
        yield Finding("annex", value, spot(page, title), 0.95 if told else 0.9, "annex: Phụ lục")


def _heads(line: Line, opens: re.Match[str]) -> bool:
    """Whether the line heads an annex: alone on its line, or in capitals; a sentence that names one does neither."""
    return is_capitals(line.text) or not opens["rest"].strip(" .:-–_|*")


def _title(lines: list[Line]) -> list[Line]:
    """The lines in capitals under the head, up to what they belong to."""
    found: list[Line] = []
    for line in lines[:_MOST_LINES]:
        if not is_capitals(line.text) or _BELONGS.search(fold(line.text)) or _OPENS.search(fold(line.text)):
            break
        if sum(c.isalpha() for c in line.text) > 3:
            found.append(line)
    return found


def letters_annexed(letter: Letter) -> tuple[Annexed, ...]:
    """The letters that the annexes say they belong to, each as often as it is named."""
    found: list[Annexed] = []
    for page in letter.pages:
        for at, line in enumerate(page.lines):
            if line.zone is Zone.BODY and _OF_LETTER.search(fold(line.text)):
                text = normal(" ".join(one.text for one in page.lines[at : at + 3]))
                digits = [word for word in line.words if any(c.isdigit() for c in word.text)]
                sure = trust_all(digits) >= _SURE
                found += [Annexed(one.number, one.issued_on, sure) for one in find_cited(text)[:1]]
    return tuple(found)
