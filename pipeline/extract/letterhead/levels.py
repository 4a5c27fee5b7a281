"""The level of a body in the State's order: central, province, district, commune; `unit` for schools and companies."""

from __future__ import annotations

import re

from pipeline.extract.words.bodies import Bodies
from pipeline.extract.words.places import find_place
from pipeline.vietnamese import fold, normal

_CITY = re.compile(r"(?<!\w)(?:thanh pho|tp\.?)\s(?P<name>.+)$")
_CITIZENS = re.compile(r"^(?:thanh uy|thanh doan)\s(?P<name>.+)$")
_LONGEST = 5


def level_of(name: str, bodies: Bodies) -> str | None:
    """The level of the body of that full name; None where neither list nor name tells it.

    A city is of the level of its place: Hà Nội that of a province, Tuy Hòa that of a district.
    """
    folded = fold(name)
    words = folded.split()
    starts = (" ".join(words[:count]) for count in range(_LONGEST, 0, -1))
    begun = next((bodies.levels[start] for start in starts if start in bodies.levels), None)
    if begun == "unit":
        return begun
    return _central(folded, bodies) or _by_unit(name, bodies) or _city(name) or begun


def _central(folded: str, bodies: Bodies) -> str | None:
    return next((body.level for known, body in bodies.names if known == folded and body.level == "central"), None)


def _by_unit(name: str, bodies: Bodies) -> str | None:
    """The level of the first unit in the name that a place, or nothing, follows: `xã` in `xã hội` is none."""
    plain = normal(name)
    found = (
        (match.start(), level)
        for unit, level in bodies.units.items()
        for match in re.finditer(rf"(?<=\w\s){unit}(?=$|\s)", plain)
        if not plain[match.end() : match.end() + 2].strip().islower()
    )
    return min(found, default=(0, None))[1]


def _city(name: str) -> str | None:
    folded = fold(name)
    match = _CITY.search(folded) or _CITIZENS.search(folded)
    place = find_place(name[match.start("name") :]) if match else None
    return None if place is None else "province" if place.level == "province" else "district"
