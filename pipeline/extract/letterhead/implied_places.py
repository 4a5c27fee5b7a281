"""The place of a body whose letterhead leaves it out: `UBND TỈNH` alone is the committee of the province it is in.

Whose province it is stands elsewhere in the letter: in the place before the date, in the office that decides, in the
text. A person looks at it unless the text names the whole body.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from pipeline.extract.findings import Finding
from pipeline.extract.letterhead.header import Head
from pipeline.extract.words.bodies import Bodies
from pipeline.extract.words.places import find_place, is_place, part_unit
from pipeline.vietnamese import fold, normal

_NAME = r"((?:[A-ZĐÀ-Ỹ][\w'’]*[\s-]{0,3}){1,5})"
"""Words with capitals after a unit: a place, and what may follow it."""
_WHOLE, _DATED, _LEAST = 3, 2, 3
"""What it weighs that the text names the whole body, and that the letter is dated there; how much must be told."""
_CLEARLY = 2
"""So many times as much must speak for a place as for any other."""
_SURE, _LIKELY = 0.95, 0.8
_RULE = ", its place from the text"


def with_implied_places(found: tuple[Finding, ...], head: Head, bodies: Bodies) -> tuple[Finding, ...]:
    """The bodies of a letterhead, with the place of those that were printed without it, where the letter tells it."""
    return tuple(_completed(one, head, bodies) for one in found)


def _completed(finding: Finding, head: Head, bodies: Bodies) -> Finding:
    unit = _bare_unit(finding.value, bodies)
    if unit is None:
        return finding
    text = " ".join(line.text for line in head.text)
    whole = _after(rf"(?:{re.escape(finding.value)}|{_short(finding.value, bodies)})", text)
    told = _after(unit, text) + _dated(head, bodies.units_and_city[unit])
    for place, count in whole.items():
        told[place] += (_WHOLE - 1) * count
    (place, most), (_, next_most) = [*told.most_common(2), ("", 0), ("", 0)][:2]
    if most < max(_LEAST, _CLEARLY * next_most):
        return finding
    doubts = () if whole[place] else (f"{place} stands elsewhere in the letter, not in its head",)
    certainty = min(finding.certainty, _SURE if whole[place] else _LIKELY)
    rule = finding.rule + _RULE
    return replace(
        finding, value=f"{finding.value} {place}", certainty=certainty, rule=rule, doubts=(*finding.doubts, *doubts)
    )


def _bare_unit(name: str, bodies: Bodies) -> str | None:
    """The unit that the name of a body ends with though its place should follow; None for names that are whole."""
    words = normal(name)
    rests = (words.removeprefix(body).strip().lower() for body in bodies.placed if words.startswith(body))
    return next((rest for rest in rests if rest in bodies.units_and_city), None)


def _short(name: str, bodies: Bodies) -> str:
    """A pattern of the name with its short form: `UBND tỉnh` for `Ủy ban nhân dân tỉnh`."""
    forms = {name.replace(full, short, 1) for short, full in bodies.short.items() if name.startswith(full)}
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or re.escape(name)


def _after(pattern: str, text: str) -> Counter[str]:
    """The places that follow what the pattern finds, with how often each does; case does not count before the place."""
    names = (found[1] for found in re.finditer(rf"(?<!\w)(?i:{pattern})\s+{_NAME}", text))
    return Counter(place for name in names if (place := _place(name)) is not None)


def _place(name: str) -> str | None:
    """The place that words with capitals begin with, the longest first."""
    words = name.split()
    for count in range(len(words), 0, -1):
        start = " ".join(words[:count]).strip(" -")
        if is_place(start):
            found = find_place(start)
            return found.name if found else None
    return None


def _dated(head: Head, level: str) -> Counter[str]:
    """The place before the date, where it is a place of that level."""
    for line in head.right:
        place = find_place(part_unit(line.text.partition(",")[0].strip())[1]) if "ng" in fold(line.text) else None
        if place is not None and place.level == level:
            return Counter({place.name: _DATED})
    return Counter()
