"""Bodies that issue a letter together: `BỘ Y TẾ - BỘ TÀI CHÍNH`, or one under the other where the symbol names both."""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.extract.words.bodies import Bodies, in_full, initials, opens_body
from pipeline.nouns import Line
from pipeline.vietnamese import fold, normal

_DASHES = frozenset("-–—")
_OFFICE_OF = ("van phong",)
"""`VĂN PHÒNG HĐND - UBND` is the office of two bodies, and one body."""


def joint_bodies(groups: list[list[Line]], bodies: Bodies, codes: tuple[str, ...]) -> list[list[Line]]:
    """The bodies that issue the letter together, each as its lines; none when one does.

    Args:
        groups: the lines of the letterhead by body, parent first.
        bodies: what is known of bodies.
        codes: the parts of the letter's symbol, its kind first.
    """
    dashed = _parted(groups[-1], bodies)
    if len(dashed) > 1:
        return dashed
    named = [group for group in groups if any(abbreviates(code, _name(group, bodies)) for code in codes[1:])]
    distinct = {code for code in codes[1:] for group in named if abbreviates(code, _name(group, bodies))}
    together = len(named) > 1 and len(distinct) >= len(named) and named[-1] is groups[-1]
    return named if together else []


def _name(lines: list[Line], bodies: Bodies) -> str:
    return in_full(normal(" ".join(line.text for line in lines)), bodies)


def _parted(lines: list[Line], bodies: Bodies) -> list[list[Line]]:
    """The lines of one name cut where a dash leads to what names begin with."""
    if fold(lines[0].text).lstrip(" -–").startswith(_OFFICE_OF):
        return [lines]
    parts: list[list[Line]] = [[]]
    for line in lines:
        start = 0
        for at, word in enumerate(line.words):
            rest = " ".join(w.text for w in line.words[at + 1 :])
            if word.text in _DASHES and opens_body(rest, bodies) and (at or parts[-1]):
                _put(parts[-1], line, start, at)
                parts.append([])
                start = at + 1
        _put(parts[-1], line, start, len(line.words))
    return [part for part in parts if part]


def _put(part: list[Line], line: Line, start: int, end: int) -> None:
    if end > start:
        part.append(replace(line, words=line.words[start:end]))


def abbreviates(code: str, name: str) -> bool:
    """Whether a part of the symbol is made of the name's initials, give or take one letter (`ĐHTĐ`, `UBND`)."""
    letters = fold("".join(c for c in code if c.isalpha()))
    made = fold(initials(re.sub(r"[-–—]", " ", name)))
    if len(letters) < 2:
        return False
    return (
        made.startswith(letters)
        or made[1:].startswith(letters)
        or Levenshtein.distance(letters, made) <= len(made) // 5
    )
