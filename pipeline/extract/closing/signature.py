"""Who signed: on whose behalf (TM.), in which office (KT. CHỦ TỊCH, PHÓ CHỦ TỊCH), and the name under the signature."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz, process

from pipeline.extract.closing.people import name_words, read_signer
from pipeline.extract.closing.recipients import opens_receivers
from pipeline.extract.closing.spoilt_names import read_spoilt_signer
from pipeline.extract.findings import Finding, spot
from pipeline.extract.passages.lines import DIRT
from pipeline.extract.words.signing import signing
from pipeline.extract.words.surnames import known_surname
from pipeline.nouns import Letter, Line, PageText, Word, Zone
from pipeline.vietnamese import fold, is_capitals, is_syllable, normal

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
_NEAR_SMUDGED, _SMUDGED = 66, 0.5
"""The same where the engine was no surer than this of some word of the line: a seal lies over it."""
_NOISE = 0.3
"""Confidence of the engine below which letters that are no syllable are the pattern of a seal."""
_NO_DEPUTY = "no deputy's office was read under KT."
_UNITS = {"tinh": "TỈNH", "huyen": "HUYỆN"}
"""In an office these letters are no other word."""


def read_signature(letter: Letter) -> tuple[Finding, ...]:
    """The signer of the letter, not of an annex: the first closing block that has an office, or else the first name.

    Where another body signs too, in the left column, its title (whole, with its TM.) and signer come after.
    """
    untitled: tuple[Finding, ...] = ()
    for page in letter.pages:
        lines = _without_noise(line for line in page.lines if line.zone is Zone.CLOSING_RIGHT)
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


def _without_noise(lines: Iterable[Line]) -> list[Line]:
    """The lines without what the engine made of seal and pen at their ends; a line of nothing else is left out.

    What stands before an office stays, as it may be a word of it; so does a first line.
    """
    seen: list[Line] = []
    for line in lines:
        end = len(line.words)
        while end and _is_noise(line.words[end - 1]):
            end -= 1
        if end:
            seen.append(replace(line, words=line.words[:end]))
        elif not seen:
            seen.append(line)
    return seen


def _is_noise(word: Word) -> bool:
    letters = word.text.strip(DIRT)
    if not any(c.isascii() and c.isalnum() for c in fold(letters)):
        return True
    like_a_word = letters.isdecimal() or (is_syllable(letters) and letters in _as_cased(letters))
    return word.confidence < _NOISE and not like_a_word


def _as_cased(letters: str) -> tuple[str, ...]:
    """The ways in which a word is set; capitals behind small letters are none."""
    return letters.lower(), letters.upper(), letters.capitalize()


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
    judged = list(lines[0].words)
    for at, (above, line) in enumerate(pairwise(lines), start=1):
        deputy = _deputy(above, line)
        known[at] = deputy or known[at]
        judged += _of_office(line, deputy) if deputy else line.words
    alone = (_NO_DEPUTY,) if _power(lines[-1]) in _ACTING else ()
    value = normal(" ".join(office or _near_office(line) for office, line in zip(known, lines, strict=True)))
    sure = all(known) and _clean(lines[0])
    return Finding(name, value, spot(page, lines), 0.98, rule, alone, judged=tuple(judged), known=sure)


def _of_office(line: Line, office: str) -> list[Word]:
    """The words of a line that are read as the office has them: what hides the others does not make them doubtful."""
    letters = fold(office).split()
    return [word for word in line.words if fold(word.text).strip(DIRT) in letters]


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
    smudged = min(word.confidence for word in line.words) < _SMUDGED
    near = fuzz.ratio(meant, letters) >= (_NEAR_SMUDGED if smudged else _NEAR_DEPUTY)
    return deputy if hidden or near else None


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
