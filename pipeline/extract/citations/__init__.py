"""The documents that a letter cites, each with its number, kind, issuer, date, what it is cited for, and its ink."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pipeline.doctypes import load
from pipeline.extract.citations.cited import Cited, find_cited, tidy_number
from pipeline.extract.letterhead.number import mended_number
from pipeline.extract.passages.running import Paragraph
from pipeline.extract.words.bodies import load_bodies
from pipeline.extract.words.phrases import any_of, data
from pipeline.nouns import Citation, Letter, Zone
from pipeline.vietnamese import fold, place_tones

_LIKELY = 0.9
"""A word read with this confidence or more is nearly always right."""
_OWN = re.compile(r"s[oố]\s?:?\s*(\d+[a-zA-Z]?\s?[/-].+)", re.IGNORECASE)


def read_citations(letter: Letter, body: Sequence[Paragraph]) -> tuple[Citation, ...]:
    """Every citation in the letter's body, given as paragraphs, in reading order; the letter's own number is none."""
    own = _own_numbers(letter)
    found = (citation for part in body for citation in _citations(part, own))
    return tuple(found)


def _citations(part: Paragraph, own: frozenset[str]) -> Iterator[Citation]:
    for cited in find_cited(part.text):
        if cited.own_annex or _key(cited.number) in own:
            continue
        page, box, worst = part.ink(cited.start, cited.end)
        yield Citation(
            number=_mended(cited),
            doc_type=cited.doc_type,
            issuer=cited.issuer,
            issued_on=cited.issued_on,
            page=page,
            box=box,
            quote=part.text[cited.start : cited.end],
            confidence=round(cited.certainty * min(1.0, worst / _LIKELY), 4),
            relation=relation_of(part.text, cited),
        )


def _mended(cited: Cited) -> str:
    """The number with the strokes that the engine doubled or lost in its codes, where only one code is meant."""
    kind = next((kind for kind in load() if kind.name == cited.doc_type), None)
    return mended_number(cited.number, kind, _codes()) if cited.number else ""


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """The codes of all kinds and of bodies."""
    return frozenset(short for kind in load() for short in kind.abbreviations) | frozenset(load_bodies().short)


def _own_numbers(letter: Letter) -> frozenset[str]:
    """What the header prints after `Số:`, folded."""
    numbers = set()
    for page in letter.pages:
        for line in page.lines:
            found = _OWN.search(place_tones(line.text)) if line.zone is Zone.HEADER_LEFT else None
            if found:
                numbers.add(_key(tidy_number(found[1])))
    return frozenset(numbers)


def _key(number: str) -> str:
    return fold(number)


@lru_cache(maxsize=1)
def _relations() -> tuple[re.Pattern[str], dict[str, str]]:
    given = {phrase: name for name, phrases in data("citations")["relations"].items() for phrase in phrases}
    return re.compile(rf"(?<!\w)(?:{any_of(given)})(?!\w)"), given


def relation_of(text: str, cited: Cited) -> str:
    """What the document is cited for: the last word that tells it in its clause, else the first of its sentence."""
    pattern, names = _relations()
    sentence = re.split(r"[.!?]\s(?=[A-ZĐÀ-Ỹ])", text[: cited.start])[-1].lower()
    clause = pattern.findall(sentence.rsplit(";", 1)[-1])
    found = clause[-1:] or pattern.findall(sentence)[:1]
    return names[found[0]] if found else "mentions"
