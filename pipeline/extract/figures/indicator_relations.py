"""What a figure of a clause has from the one before it: a change or a share of it, how much of one, a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures.figures import Figure
from pipeline.extract.figures.indicator_parts import Parts, unmasked
from pipeline.extract.figures.indicator_words import indicator_words
from pipeline.extract.figures.units import POINTS

_RATIO = "tỷ lệ hoàn thành"
_SAID = re.compile(r"(?:không|chưa|đã|đang|là|ở|tại|thuộc|trong|cấp)(?!\w)")
"""What begins so after a share says something of the whole: `trong đó 30% không báo trước`."""


@dataclass(frozen=True, slots=True)
class Place:
    """A figure among those of its clause; `named` are the indicators before it."""

    parts: Sequence[Parts]
    figures: Sequence[Figure]
    named: Sequence[str]
    i: int

    @property
    def part(self) -> Parts:
        """The words of the figure."""
        return self.parts[self.i]

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.figures[self.i]


def related(place: Place, rest: str) -> str:
    """The indicator of a figure that says something of one before: a change, a share, how much of one, a part."""
    if not place.named:
        return ""
    return _measured(place, rest) or _each(place) or ("" if frame_of(place) else _part(place) or _attached(place))


def _measured(place: Place, rest: str) -> str:
    """The indicator of an amount, a share of fulfilment or a change of what was told."""
    part, figure, words = place.part, place.figure, indicator_words()
    own, lead = unmasked(part.before).lower(), compared(unmasked(part.lead).lower())
    earlier = earlier_of(place.named, place.figures)
    if own in words.dependents or (not own and lead in words.dependents):
        return joined(earlier, part.before or lead, noun_of(place), part.after)
    done = not own or (own == "hoàn thành" and _of_plan(rest))
    if figure.unit.name == "%" and done and _is_fulfilment(lead, rest) and _has_basis(place, rest):
        return f"{_RATIO} {_basis(place.named, place.figures).removeprefix('hoàn thành ')}"
    alike = figure.unit.name == place.figures[place.i - 1].unit.name and not part.after
    told = figure.unit.name in {"%", POINTS} or alike or part.after.startswith("so với")
    if told and lead in words.changes and not moves_its_own(lead, part.after):
        against = "so với cùng kỳ" if part.lead.lower().startswith("so với cùng kỳ") else ""
        return joined(earlier, _change(part.lead), part.after or against)
    return ""


def compared(lead: str) -> str:
    """The change that a lead like `so với cùng kỳ năm trước giảm` speaks of; any other as it is."""
    found = re.fullmatch(r"so với [^,]*\s(tăng|giảm)", lead)
    return found[1] if found else lead


def moves_its_own(lead: str, after: str) -> bool:
    """Whether a figure says how far something of its own moves, and not what was told before: `giảm 10% chi phí`."""
    return lead in {"tăng", "giảm", "tăng thêm", "giảm thêm"} and bool(after) and not after.startswith("so với")


def _has_basis(place: Place, rest: str) -> bool:
    """Whether a share can be of what was told: not of a share, as in `đạt 35%, năm 2030 đạt 45%`, unless it says so."""
    counted = any(figure.unit.name != "%" for figure in place.figures[: len(place.named)])
    return counted or _of_plan(rest)


def _of_plan(rest: str) -> bool:
    """Whether what follows a share says that it is of what was asked."""
    return bool(re.match(r"\s(?:so với\s)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)", rest))


def _each(place: Place) -> str:
    """The indicator of how much of one: `mỗi căn 60 triệu đồng`."""
    if not indicator_words().each.match(place.part.before):
        return ""
    earlier = earlier_of(place.named, place.figures)
    noun = place.figure.unit.name if place.figure.unit.counted else ""
    told = f" {noun} " in f" {unmasked(earlier)} "
    return joined(earlier, place.part.before, "" if told else noun, place.part.after)


def _part(place: Place) -> str:
    """The indicator of a part that is told by a mere attribute: `trong đó cấp tỉnh 5 tỷ đồng`."""
    part, words = place.part, indicator_words()
    same = place.figure.unit.name == place.figures[place.i - 1].unit.name
    if place.figure.unit.kind == "money" and (source := _money_parted(place)):
        return joined(source, part.before, part.after)
    if same and not part.after and words.attribute.match(part.before):
        return joined(_whole(place).removeprefix("tổng "), part.before)
    if part.part and place.figure.unit.name == "%" and not part.before:
        said = words.begins.match(part.after) or words.predicate.match(part.after) or _SAID.match(part.after)
        return joined(_whole(place) if said else "", part.after)
    return ""


def _money_parted(place: Place) -> str:
    """The word for the money that `tổng kinh phí 5 tỷ đồng, trong đó …` parts by its sources; else nothing."""
    words, part = indicator_words(), place.part
    for j in range(place.i - 1, -1, -1):
        if place.figures[j].unit.name != place.figure.unit.name:
            return ""
        total = words.total_money.match(place.parts[j].before)
        if total is not None:
            parted = any(p.part for p in place.parts[j + 1 : place.i + 1])
            own = part.before and not words.own_money.match(part.before)
            return total["money"] if parted and own else ""
    return ""


def _whole(place: Place) -> str:
    """What the figure is a part of: the last indicator that is none itself."""
    parts = list(zip(place.parts, place.named, strict=False))
    name = next((n for p, n in reversed(parts) if not indicator_words().attribute.match(p.before)), place.named[-1])
    first, comma, rest = name.rpartition(", ")
    return first if comma and indicator_words().attribute.match(rest) else name


def _attached(place: Place) -> str:
    """The indicator of a figure that a preposition, or `trong đó`, ties to the one before."""
    part, words = place.part, indicator_words()
    if part.before and words.verb.match(part.before):
        return ""
    before = place.named[-1]
    if part.joint == "với" and not part.before and not place.parts[place.i - 1].after:
        return ""
    if part.joint:
        last = place.parts[place.i - 1]
        verb = last.after or (last.before if words.only_verbs.fullmatch(last.before) else "")
        stem = verb if part.joint.lower() == "cho" and words.verb.match(verb) else before
        return joined(stem, part.joint, part.before, noun_of(place), part.after)
    return ""


def joined(*pieces: str) -> str:
    """The pieces that are not empty, as one; colons between them are left out."""
    return re.sub(r"\s?:\s", " ", " ".join(filter(None, pieces)))


def frame_of(place: Place) -> str:
    """The words before a colon, for the figure behind it and those like it that follow."""
    for j in range(place.i, -1, -1):
        part = place.parts[j]
        if part.frame:
            return part.frame if place.figures[j].unit.name == place.figure.unit.name else ""
        if indicator_words().verb.match(part.before):
            return ""
    return ""


def noun_of(place: Place) -> str:
    """The noun that the unit is, unless the words before the figure have it."""
    unit, own, words = place.figure.unit, unmasked(place.part.before).lower(), indicator_words()
    if unit.name in words.named_measures:
        return unit.name if place.part.after else ""
    noun = unit.name.split("/")[0] if unit.counted else ""
    if noun in words.classifiers and own and not place.part.after and own not in words.organising:
        return ""
    if words.kept.search(own):
        return noun
    done_to = words.ends_in_verb.search(own)
    person = noun in words.persons and not done_to and bool(words.people.search(own) or not words.begins.match(own))
    return "" if f" {noun} " in f" {own} " or (own and person) else noun


def _change(lead: str) -> str:
    return next(c for c in sorted(indicator_words().changes, key=len, reverse=True) if lead.lower().endswith(c))


def _is_fulfilment(lead: str, after: str) -> bool:
    if lead == "bằng" and after[:1] == " ":
        return bool(re.match(r"\s(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|so với)", after))
    planned = re.match(r"\s(?:kế hoạch|chỉ tiêu|dự toán)", after)
    return lead in indicator_words().fulfilment or (not lead and bool(planned))


def earlier_of(named: Sequence[str], figures: Sequence[Figure]) -> str:
    """What a change is of: the last indicator with the unit of the next figure, else the last."""
    unit = figures[len(named)].unit.name
    alike = [name for name, figure in zip(named, figures, strict=False) if figure.unit.name == unit and unit != "%"]
    return alike[-1] if alike else _basis(named, figures)


def _basis(named: Sequence[str], figures: Sequence[Figure]) -> str:
    """What a share is of: the last figure that is none itself."""
    for name, figure in zip(reversed(named), reversed(figures[: len(named)]), strict=True):
        if figure.unit.name != "%":
            return name
    return named[-1] if named else ""
