"""Who signed: on whose behalf (TM.), in which office (KT. CHỦ TỊCH, PHÓ CHỦ TỊCH), and the name under the signature."""

from __future__ import annotations

import re
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.extract.closing.people import name_words, read_signer
from pipeline.extract.closing.recipients import opens_receivers
from pipeline.extract.closing.spoilt_names import read_spoilt_signer
from pipeline.extract.findings import Finding, spot
from pipeline.extract.passages.lines import DIRT
from pipeline.extract.words.signing import signing
from pipeline.extract.words.surnames import known_surname
from pipeline.nouns import Letter, Line, PageText, Zone
from pipeline.vietnamese import fold, is_capitals, normal

_POWER = re.compile(
    r"^[\W_]*(t\s?/\s?uq|tuq|[tk]\s?/\s?[mtl]|tm|kt|tl|q)\s?[.,:]?\s?(?=[a-z])(?:(?<=[.,:\s])|(?<=/m)|(?<=/t)|(?<=/l))"
)
_NEAR_OFFICE = 84.0
_NEAR_WHOLE, _CLEARLY = 85.0, 5.0
"""Of 100: how alike a whole line must be to an office, and by how much more than to any other, to be meant for it."""
_SHORTEST_TITLE = 5
"""Letters of a line that is part of a title."""
_MOST_TITLES = 6
_ACTING = frozenset({"kt", "k/t"})
"""Signed for one's superior: the signer's own office, that of a deputy, stands below (Nghị định 30/2020/NĐ-CP, 13)."""
_NEAR_DEPUTY = 80
"""Of 100: how alike a line must be to the deputy's office that is awaited there."""
_MOST_HIDDEN = 5
"""Letters that a seal may make of the `PHÓ` it hides, and of its rim."""
_NO_DEPUTY = "no deputy's office was read under KT."
_UNITS = {"tinh": "TỈNH", "huyen": "HUYỆN"}
"""In an office these letters are no other word."""


def read_signature(letter: Letter) -> tuple[Finding, ...]:
    """The signer of the letter, not of an annex: the first closing block that has an office, or else the first name.

    Where another body signs too, in the left column, its title (whole, with its TM.) and signer come after.
    """
    untitled: tuple[Finding, ...] = ()
    for page in letter.pages:
        lines = [line for line in page.lines if line.zone is Zone.CLOSING_RIGHT]
        titles = _titles(lines)
        name = _name(page, lines, titles)
        if titles:
            return (*_offices(page, titles), *name, *_second(page))
        untitled = untitled or name
    return untitled


def _second(page: PageText) -> tuple[Finding, ...]:
    """Who signs in the left column; a title without a name is none: the list of receivers stands there too."""
    left = [line for line in page.lines if line.zone is Zone.CLOSING_LEFT]
    end = next((at for at, line in enumerate(left) if opens_receivers(line.text)), len(left))
    titles = _titles(left[:end])
    name = _name(page, left[:end], titles) if titles else ()
    return (_office("signer_title", page, titles, "signature: second office"), *name) if name else ()


def _titles(lines: list[Line]) -> list[Line]:
    """The lines of power and office: the first run of lines in capitals that holds one, whatever else it holds."""
    run: list[Line] = []
    for line in lines:
        in_capitals = is_capitals(line.text) and sum(c.isalpha() for c in line.text) >= _SHORTEST_TITLE
        if in_capitals or (run and _deputy(run[-1], line)):
            run.append(line)
        elif any(map(_is_office, run)):
            break
        elif sum(c.isalnum() for c in line.text) >= _SHORTEST_TITLE:
            run = []
    while len(run) > 1 and _is_name_in_capitals(run[-1]):
        run.pop()
    return run[:_MOST_TITLES] if any(map(_is_office, run)) else []


def _is_name_in_capitals(line: Line) -> bool:
    words = name_words(line)
    return bool(words) and not _is_office(line) and known_surname(words[0].text.strip(DIRT)) is not None


def _is_office(line: Line) -> bool:
    folded = fold(line.text).strip(DIRT)
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
    for at, (above, line) in enumerate(pairwise(lines), start=1):
        known[at] = _deputy(above, line) or known[at]
    alone = (_NO_DEPUTY,) if _power(lines[-1]) in _ACTING else ()
    value = normal(" ".join(office or _near_office(line) for office, line in zip(known, lines, strict=True)))
    return Finding(name, value, spot(page, lines), 0.98, rule, alone, known=all(known) and _clean(lines[0]))


def _clean(line: Line) -> bool:
    """Whether nothing unread stands before the line: what a seal hides may be a `PHÓ`."""
    return line.text[:1].isalnum()


def _deputy(above: Line, line: Line) -> str | None:
    """The deputy's office, when the line looks like it under `KT.` and the office it is held for; None for others.

    Nobody signs for one's own office: where the line is the same office, a seal hides the `PHÓ` before it.
    """
    known = _known_office(above) if _power(above) in _ACTING else None
    if known is None:
        return None
    office = known[_power_ends(known) :].strip()
    deputy = signing().deputies.get(fold(office), f"phó {office}").upper()
    letters = "".join(c for c in fold(line.text) if c.isalnum())
    own, meant = (fold(text).replace(" ", "") for text in (office, deputy))
    hidden = own in letters and len(letters) <= len(own) + _MOST_HIDDEN
    return deputy if hidden or fuzz.ratio(meant, letters) >= _NEAR_DEPUTY else None


def _known_office(line: Line) -> str | None:
    """The line with the marks of its office; None when it is no office that is known."""
    text = _as_set(line)
    start = _power_ends(text)
    office = signing().offices.get(fold(text[start:]).strip())
    return None if office is None else f"{text[:start]}{office.upper()}"


def _near_office(line: Line) -> str:
    """The line with the letters of the one office that it is nearly (`GLAM ĐÓC`); as it was read where none is."""
    text = _as_set(line)
    start = _power_ends(text)
    rest = fold(text[start:]).strip()
    alike = process.extract(rest, list(signing().offices), scorer=fuzz.ratio, limit=2)
    (office, best, _), (_, second, _) = alike
    clear = best >= _NEAR_WHOLE and best - second >= _CLEARLY and len(rest.split()) == len(office.split())
    return f"{text[:start]}{signing().offices[office].upper()}" if clear else text


def _power_ends(text: str) -> int:
    """Where the power ends that the text begins with; 0 for none."""
    power = _POWER.match(fold(text))
    return power.end() if power else 0


def _power(line: Line) -> str:
    found = _POWER.match(fold(line.text).lstrip(DIRT))
    return "".join(found[1].split()) if found else ""


def _as_set(line: Line) -> str:
    """The line with the stop of its power (`TM,` and `TM:` are `TM.`) and the marks of words that are no others."""
    text = _bare(line)
    end = _power_ends(text)
    text = re.sub(r"[,:]", ".", text[:end]) + text[end:]
    words = re.sub(r"(?<=\w\w):(?=\w\w)", " ", text).split()
    return " ".join(_UNITS.get(fold(word), word) if word.isupper() else word for word in words)


def _bare(line: Line) -> str:
    """The line without the dirt before and after its letters."""
    found = re.search(r"\w.*\w", line.text.replace("_", " "))
    return found[0] if found else ""


def _name(page: PageText, lines: list[Line], titles: list[Line]) -> tuple[Finding, ...]:
    """The last line that is a person's name; where none is, the last that is what a seal left of one."""
    after = lines[lines.index(titles[-1]) + 1 :] if titles else lines
    for read in (read_signer, read_spoilt_signer) if titles else (read_signer,):
        found = next(filter(None, (read(line, page.number) for line in reversed(after))), None)
        if found is not None:
            return (found,)
    return ()
