"""Where a paragraph stands: the headings above it, the sentence that leads its list, the body that its part is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.doctypes import load
from pipeline.extract.passages.markers import marker_of
from pipeline.extract.passages.running import Paragraph
from pipeline.tabular.words import STEP
from pipeline.vietnamese import is_capitals

_PLAIN_LEVEL = 3.5
"""Headings in capitals without a mark stand between `Điều` and `I.`."""
_MOST_HEADING_WORDS = 32
_LIST_LEVEL = 8
"""From here on (a, -, +) a paragraph is an item, a heading only when it ends with a colon."""
_RUN_IN = re.compile(r"(?P<head>[^.:;]{3,110})(?P<mark>[:.])\s(?=[A-ZĐÀ-Ỹ0-9])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a sentence that leads a list (`leads`), with its level."""

    level: float
    text: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with what stands above it, outermost first. `start` is where its own text begins."""

    paragraph: Paragraph
    above: tuple[Heading, ...]
    start: int = 0

    @property
    def section(self) -> str | None:
        """The headings above, joined."""
        return STEP.join(h.text for h in self.above if not h.leads) or None


def standing_over(places: Sequence[Placed], page: int, top: float) -> tuple[Heading, ...]:
    """The headings and leading sentences over a place of a page that lies in no paragraph, as a table does."""
    before = [p for p in places if _starts(p) < (page, top)]
    if not before:
        return ()
    last = before[-1]
    own = _heading(last.paragraph.text)
    return (*last.above, own) if own is not None else last.above


def _starts(place: Placed) -> tuple[int, float]:
    first = place.paragraph.pieces[0]
    return first.page, first.word.box.y0


def placed(paragraphs: Iterable[Paragraph]) -> Iterator[Placed]:
    """The paragraphs in their places, headings too: an item of a list without a full stop looks like one."""
    above: tuple[Heading, ...] = ()
    for paragraph in paragraphs:
        heading = _heading(paragraph.text)
        if heading is not None:
            above = (*(h for h in above if h.level < heading.level), heading)
            yield Placed(paragraph, above[:-1])
            continue
        marker = marker_of(paragraph.text)
        level = marker.level if marker else None
        if level is not None:
            above = tuple(h for h in above if h.level < level)
        elif above and above[-1].leads and above[-1].level >= _LIST_LEVEL:
            above = above[:-1]
        run_in = _run_in(paragraph.text, marker.length if marker else 0)
        if run_in is None or level is None:
            yield Placed(paragraph, above)
            continue
        head = Heading(level, run_in)
        yield replace(Placed(paragraph, (*above, head)), start=(marker.length if marker else 0))
        if level < _LIST_LEVEL:
            above = (*above, head)


def _heading(text: str) -> Heading | None:
    """The heading that a whole paragraph is; None for running text."""
    marker = marker_of(text)
    words = text.split()
    if text.endswith(":") and len(words) > 1:
        level = marker.level if marker else _lead_level(text)
        return Heading(level, text, leads=True)
    if len(words) > _MOST_HEADING_WORDS or re.search(r"[.;,]$|\./\.$", text):
        return None
    if marker is None:
        if text.lower() in _titles():
            return None
        return Heading(_PLAIN_LEVEL, text) if is_capitals(text) and len(words) >= 2 else None
    if marker.level >= _LIST_LEVEL:
        return None
    return Heading(marker.level, text)


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    """The titles of the kinds of letter, which head the letter and no part of it."""
    return frozenset(title.lower() for kind in load() for title in kind.titles)


def _lead_level(text: str) -> float:
    """An unmarked `… như sau:` leads everything down to the next heading."""
    return 4.5 if len(text) < 1200 else 12


def _run_in(text: str, start: int) -> str | None:
    """The heading that runs into its paragraph: `2. Sở Y tế: tổ chức …`."""
    if not start:
        return None
    found = _RUN_IN.match(text, start)
    if found is None or len(found["head"].split()) > 16 or re.search(r"\d%|\d\s", found["head"]):
        return None
    return text[: found.end("head")].strip()
