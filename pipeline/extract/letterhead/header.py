"""The head of a letter: the page it starts on and its lines by part, as every letterhead rule needs them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.nouns import Letter, Line, Mark, PageText, Zone
from pipeline.vietnamese import fold

_NUMBER = re.compile(r"^[\W_]{0,4}(?:s[o06]|8o)\s?(?:[:.;,]|\W{0,3}\d|\S{0,5}\s?/)")
_SUBJECT = re.compile(r"^\W{0,3}(?:v\s?[/il1|.]\s?v|vv|viv)\b\W*|^\W{0,3}ve viec\b")
_HEAD_PAGES = 3
"""A cover, a blank page or a routing slip may come before the page that a letter starts on."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first page of a letter: its parts in reading order."""

    page: PageText
    bodies: tuple[Line, ...]
    """Header, left, above the number: parent body and issuer."""
    number: tuple[Line, ...]
    """The line of the number; empty when there is none."""
    under_number: tuple[Line, ...]
    """Header, left, under the number: the V/v of a công văn."""
    right: tuple[Line, ...]
    """Motto, place and date."""
    body: tuple[Line, ...]
    """What follows the header, tables left out."""
    text: tuple[Line, ...]
    """The same of all the letter's pages."""
    marks: tuple[Mark, ...]


def head_of(letter: Letter) -> Head | None:
    """The head of the letter; None when no page has text."""
    pages = [page for page in letter.pages if page.lines]
    if not pages:
        return None
    page = next((p for p in pages[:_HEAD_PAGES] if _has_header(p)), pages[0])
    left = [line for line in page.lines if line.zone is Zone.HEADER_LEFT]
    at = next((i for i, line in enumerate(left) if names_number(line.text)), None)
    end = at if at is not None else next((i for i, line in enumerate(left) if is_about(line.text)), len(left))
    after = end if at is None else end + 1
    return Head(
        page=page,
        bodies=tuple(left[:end]),
        number=() if at is None else (left[at],),
        under_number=tuple(left[after:]),
        right=tuple(line for line in page.lines if line.zone is Zone.HEADER_RIGHT),
        body=_body(page),
        text=tuple(line for other in pages for line in _body(other)),
        marks=page.marks,
    )


def _body(page: PageText) -> tuple[Line, ...]:
    return tuple(line for line in page.lines if line.zone is Zone.BODY)


def _has_header(page: PageText) -> bool:
    return any(line.zone.in_header for line in page.lines)


def names_number(text: str) -> bool:
    """Whether the line begins as that of a letter's number does."""
    return _NUMBER.search(fold(text)) is not None


def is_about(text: str) -> bool:
    """Whether the line starts with V/v or Về việc: a subject."""
    return _SUBJECT.search(fold(text)) is not None


def about_start(text: str) -> int:
    """Where the subject's own words start in a line that begins with V/v; 0 when it does not."""
    found = re.match(r"^\W{0,3}(?:v\s?[/il1|.]\s?v|vv|viv)\b[\s:.]*", fold(text))
    return found.end() if found else 0
