"""Who signed: on whose behalf (TM.), in which office (KT. CHỦ TỊCH, PHÓ CHỦ TỊCH), and the name under the signature."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.config import models_dir
from pipeline.extract.findings import Finding, Spot, spot
from pipeline.extract.signing import signing
from pipeline.extract.trust import trust_all
from pipeline.nouns import Letter, Line, PageText, Word, Zone
from pipeline.vietnamese import fold, is_capitals, normal

_POWER = re.compile(
    r"^[\W_]*(t\s?/\s?uq|tuq|[tk]\s?/\s?[mtl]|tm|kt|tl|q)\s?[.,:]?\s?(?=[a-z])(?:(?<=[.,:\s])|(?<=/m)|(?<=/t)|(?<=/l))"
)
_NEAR_OFFICE = 84.0
_DIRT = " .,;:*'`\"|_~-–—=«»<>[]{}()!?/\\"
_NAME_WORDS = (2, 6)
_HATS = "\u0302\u0306"  # circumflex, breve
_BLURRED = "\u0301\u0309"  # sắc, hỏi
_SHORTEST_TITLE = 5
"""Letters of a line that is part of a title."""
_MOST_TITLES = 6


def read_signature(letter: Letter) -> tuple[Finding, ...]:
    """The signer of the letter, not of an annex: the first closing block that has an office or a name."""
    for page in letter.pages:
        lines = [line for line in page.lines if line.zone is Zone.CLOSING_RIGHT]
        titles = _titles(lines)
        name = _name(page, lines, titles)
        if titles or name:
            return (*_offices(page, titles), *name)
    return ()


def _titles(lines: list[Line]) -> list[Line]:
    """The lines of power and office: the first run of lines in capitals that holds one, whatever else it holds."""
    run: list[Line] = []
    for line in lines:
        if is_capitals(line.text) and sum(c.isalpha() for c in line.text) >= _SHORTEST_TITLE:
            run.append(line)
        elif any(map(_is_office, run)):
            break
        elif sum(c.isalnum() for c in line.text) >= _SHORTEST_TITLE:
            run = []
    while len(run) > 1 and _is_name_in_capitals(run[-1]):
        run.pop()
    return run[:_MOST_TITLES] if any(map(_is_office, run)) else []


def _is_name_in_capitals(line: Line) -> bool:
    words = _name_words(line)
    return bool(words) and not _is_office(line) and known_surname(words[0].text.strip(_DIRT)) is not None


def _is_office(line: Line) -> bool:
    folded = fold(line.text).strip(_DIRT)
    if _POWER.match(folded):
        return True
    return any(
        fuzz.partial_ratio(office, folded) >= _NEAR_OFFICE for office in signing().offices if len(office) <= len(folded)
    )


def _offices(page: PageText, titles: list[Line]) -> tuple[Finding, ...]:
    """The collective on whose behalf was signed, and the office of who signed; both as printed."""
    collective: list[Line] = []
    office: list[Line] = []
    for line in titles:
        (collective if _power(line) in signing().collective else office).append(line)
    parts = (("signed_for", collective, "signature: TM."), ("signer_title", office, "signature: office"))
    return tuple(_office(name, page, lines, rule) for name, lines, rule in parts if lines)


def _office(name: str, page: PageText, lines: list[Line], rule: str) -> Finding:
    known = [_known_office(line) for line in lines]
    value = normal(" ".join(office or _bare(line) for office, line in zip(known, lines, strict=True)))
    return Finding(name, value, spot(page, lines), 0.98, rule, known=all(known))


def _known_office(line: Line) -> str | None:
    """The line with the marks of its office, power kept as printed; None when it is no office that is known."""
    text = _bare(line)
    power = _POWER.match(fold(text))
    start = power.end() if power else 0
    office = signing().offices.get(fold(text[start:]).strip())
    return None if office is None else f"{text[:start]}{office.upper()}"


def _power(line: Line) -> str:
    found = _POWER.match(fold(line.text).lstrip(_DIRT))
    return "".join(found[1].split()) if found else ""


def _bare(line: Line) -> str:
    """The line without the dirt before and after its letters."""
    found = re.search(r"\w.*\w", line.text.replace("_", " "))
    return found[0] if found else ""


def _name(page: PageText, lines: list[Line], titles: list[Line]) -> tuple[Finding, ...]:
    """The last line that is a person's name; one that starts with a known surname is surer."""
    after = lines[lines.index(titles[-1]) + 1 :] if titles else lines
    for line in reversed(after):
        words = _name_words(line)
        if words:
            value = normal(" ".join(word.text.strip(_DIRT) for word in words))
            return (_signer(value.title() if value.isupper() else value, Spot(page.number, words)),)
    return ()


def _signer(name: str, place: Spot) -> Finding:
    """The name, its surname with the marks that surnames have; doubted when one of its syllables is in no name."""
    first, *rest = name.split()
    surname = known_surname(first)
    names = given_syllables() | signing().middle | signing().surnames
    typed = trust_all(place.words) == 1.0
    syllables = [] if typed else [syllable.lower() for syllable in rest]
    strange = [
        f"{syllable.capitalize()} is in no name that is known" for syllable in syllables if syllable not in names
    ]
    alike = [f"{a.capitalize()} may be {b.capitalize()}" for a in syllables if (b := _confused(a, names))]
    doubts = (*strange, *alike)
    certainty = 0.975 if surname else 0.75
    return Finding("signer", " ".join((surname or first, *rest)), place, certainty, "signature: name", doubts)


def _confused(syllable: str, names: frozenset[str]) -> str | None:
    """Another name that differs only in a tone over a hat, which scans blur: `tuyến` and `tuyển`; None for none."""
    letters = unicodedata.normalize("NFD", syllable)
    if not any(hat + tone in letters for hat in _HATS for tone in _BLURRED):
        return None
    swapped = ("".join(other if c in _BLURRED else c for c in letters) for other in _BLURRED if other not in letters)
    return next((name for other in swapped if (name := unicodedata.normalize("NFC", other)) in names), None)


def known_surname(word: str) -> str | None:
    """The surname that the word is, or the one surname that differs from it in marks only; None for none."""
    surnames = signing().surnames
    if word.lower() in surnames:
        return word
    meant = [surname for surname in surnames if fold(surname) == fold(word)]
    return meant[0].capitalize() if len(meant) == 1 else None


@lru_cache(maxsize=1)
def given_syllables() -> frozenset[str]:
    """The syllables of given names, in lower case."""
    return frozenset((models_dir() / "names.txt").read_text(encoding="utf-8").split())


def _honour(words: list[Word]) -> int:
    """How many words from the first are a rank, a degree or dirt."""
    plain = [fold(word.text).strip(_DIRT) for word in words[:2]]
    if " ".join(plain) in signing().honours:
        return len(plain)
    return int(plain[0] in signing().honours or len(plain[0]) < 2)


def _name_words(line: Line) -> tuple[Word, ...]:
    """The words of a name on the line, honours and dirt left out; none when the rest is no name."""
    words = [word for word in line.words if any(c.isalpha() for c in word.text)]
    while words and (skipped := _honour(words)):
        words = words[skipped:]
    low, high = _NAME_WORDS
    bare = [word.text.strip(_DIRT) for word in words]
    if low <= len(words) <= high and all(text.isalpha() and text[0].isupper() for text in bare):
        return tuple(words)
    return ()
