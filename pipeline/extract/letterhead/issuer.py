"""Who issued a letter: the bodies over the number, the last of which is the issuer and the one above it its parent."""

from __future__ import annotations

import re

from pipeline.extract.findings import Finding, spot
from pipeline.extract.letterhead.header import Head
from pipeline.extract.letterhead.joint import abbreviates, joint_bodies
from pipeline.extract.letterhead.symbols import holds
from pipeline.extract.words.bodies import Bodies, in_full, known_body, load_bodies, opens_body
from pipeline.extract.words.casing import sentence_case
from pipeline.extract.words.places import find_place, is_place, part_unit
from pipeline.nouns import Line
from pipeline.vietnamese import fold, is_capitals, normal

_FEWEST_LETTERS = 3
_LEAST_LETTERS = 0.6
_DISPUTED = 0.85
_LIKELY = 0.9
"""Certainty from which a place was meant."""
_PLACED = "issuer: known body and place"
_LEADING = " -–"
_HANGING = frozenset(",-–")
"""Behind these a name goes on in the next line."""
_DASH = re.compile(r"(?<=\w)[-–](?=\w)")


def read_issuer(head: Head, codes: tuple[str, ...]) -> tuple[Finding, ...]:
    """The issuer, and its parent body where the letterhead names one.

    Args:
        head: the head of the letter.
        codes: the parts of the letter's symbol (`QĐ`, `UBND`); an issuer that they abbreviate is surer.
    """
    bodies = load_bodies()
    groups = split_bodies([line for line in head.bodies if _is_name(line)], bodies)
    if not groups:
        return ()
    joint = joint_bodies(groups, bodies, codes)
    if joint:
        return _together(joint, groups, head, codes)
    issuer = _finding("issuer", groups[-1], head, bodies, codes)
    parents = [_finding("parent_issuer", group, head, bodies, ()) for group in groups[-2:-1]]
    return (issuer, *parents)


def _together(
    joint: list[list[Line]], groups: list[list[Line]], head: Head, codes: tuple[str, ...]
) -> tuple[Finding, ...]:
    """The bodies that issue a letter together: as one issuer, each by itself (`joint_issuer`), and their parent."""
    bodies = load_bodies()
    each = [_finding("joint_issuer", lines, head, bodies, codes) for lines in joint]
    name = " - ".join(found.value for found in each)
    ink = spot(head.page, [line for group in joint for line in group])
    sure, known = min(found.certainty for found in each), all(found.known for found in each)
    issuer = Finding("issuer", name, ink, sure, "issuer: joint bodies", known=known)
    above = groups[: -len(joint)] if len(joint) <= len(groups) and joint[-1] is groups[-1] else groups[:-1]
    parents = [_finding("parent_issuer", group, head, bodies, ()) for group in above[-1:]]
    return (issuer, *parents, *each)


def _is_name(line: Line) -> bool:
    """Whether the line is part of a name: letters, most of them capital; no ornament, rule or dirt."""
    letters = sum(c.isalpha() for c in line.text)
    solid = sum(not c.isspace() for c in line.text)
    return letters >= _FEWEST_LETTERS and letters >= _LEAST_LETTERS * solid and is_capitals(line.text)


def split_bodies(lines: list[Line], bodies: Bodies) -> list[list[Line]]:
    """The lines by body: a line opens a new one when it begins as names begin and the one before it is finished."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not (_finished(groups[-1], _bare(line), bodies) and opens_body(_bare(line), bodies)):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _bare(line: Line) -> str:
    """The line without the dirt before and after its letters and digits; a dash that leads to them is kept."""
    found = re.search(r"(?:[-–]\s)?\w.*\w", line.text.replace("_", " "))
    return found[0] if found else ""


def _finished(lines: list[Line], follower: str, bodies: Bodies) -> bool:
    """Whether the lines are a whole name, seen what the next line says; a comma behind its place is a speck."""
    text = fold(" ".join(_bare(line) for line in lines))
    if any(f"{text.split()[-1]} {fold(follower)}".startswith(join) for join in bodies.joins):
        return False
    end = lines[-1].text.rstrip()[-1:]
    hanging = end in _HANGING and (end != "," or full_name(" ".join(map(_bare, lines)), bodies)[2] != _PLACED)
    return not hanging and text not in bodies.unfinished and text.split()[-1] not in bodies.connectors


def _finding(name: str, lines: list[Line], head: Head, bodies: Bodies, codes: tuple[str, ...]) -> Finding:
    printed = in_full(normal(" ".join(_bare(line) for line in lines)).lstrip(_LEADING), bodies)
    value, certainty, rule = _best_name(printed, bodies)
    doubts: tuple[str, ...] = ()
    if any(abbreviates(code, value) for code in codes):
        certainty = min(0.99, certainty + 0.08)
        rule += ", agrees with the symbol"
    elif codes and not any(holds(code, value) for code in codes):
        certainty = min(_DISPUTED, certainty)
        doubts = (f"the symbol {'-'.join(codes)} is of no such body",)
    known = rule.startswith("issuer: known body")
    return Finding(name, value, spot(head.page, lines), certainty, rule, doubts, known=known)


def _best_name(printed: str, bodies: Bodies) -> tuple[str, float, str]:
    """The body's name as `full_name` gives it; dashes within words are dirt where the name is known without them."""
    spelt = dict.fromkeys((printed, _DASH.sub(" ", printed), _DASH.sub("", printed)))
    names = [full_name(name, bodies) for name in spelt]
    return next((name for name in names if name[2] == _PLACED), names[0])


def full_name(printed: str, bodies: Bodies) -> tuple[str, float, str]:
    """The body's name as it is stored, how sure it is, and the rule: known name and place, known name, as printed."""
    known = known_body(printed, bodies)
    if known is None:
        return sentence_case(_with_place(printed)), 0.93, "issuer: as printed"
    body, count, likeness = known
    rest = " ".join(normal(printed).split()[count:])
    if not rest:
        return body.name, 0.97 * likeness, "issuer: known body"
    unit, place = _unit_and_place(rest, bodies)
    found = find_place(place) if unit and place else None
    if found is not None:
        return f"{body.name} {unit} {found.name}", 0.97 * likeness * found.certainty, _PLACED
    if unit and not place:
        return f"{body.name} {unit}", 0.97 * likeness, _PLACED
    if not unit and is_place(rest):
        return f"{body.name} {sentence_case(f'x {rest}')[2:]}", 0.97 * likeness, _PLACED
    tail = sentence_case(_with_place(f"{body.name} {rest}")).split()[count:]
    return " ".join((body.name, *tail)), 0.88 * likeness, "issuer: known body"


def _with_place(name: str) -> str:
    """The name with the right marks of the place that it ends with, behind a unit: `TP. HÒ CHÍ MINH`."""
    words = name.split()
    for at in range(1, len(words)):
        unit, rest = part_unit(" ".join(words[at:]))
        place = find_place(rest) if unit and rest else None
        if place is not None and place.certainty >= _LIKELY:
            return f"{' '.join(words[:at])} {unit}{place.name}"
    return name


def _unit_and_place(rest: str, bodies: Bodies) -> tuple[str, str]:
    """`TỈNH SƠN LA` as `tỉnh` and `SƠN LA`, whatever marks OCR lost; two empty texts when no unit comes first."""
    units = {fold(unit): unit for unit in bodies.units_and_city}
    words = rest.split()
    for count in (2, 1):
        unit = units.get(fold(" ".join(words[:count])))
        if unit:
            return unit, " ".join(words[count:])
    return "", ""
