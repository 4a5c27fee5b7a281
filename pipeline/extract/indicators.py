"""What a figure counts, in words that stand alone: the verb, the noun, and what the clause says of it.

The rules are told in docs/targets.md, *The indicator*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.figures import Figure
from pipeline.extract.indicator_parts import BLANKED, Parts, cut_up, masked, unmasked
from pipeline.extract.indicator_words import indicator_words
from pipeline.extract.units import POINTS

_RATIO = "tỷ lệ hoàn thành"
_LINK = re.compile(r"(?:từ|của|cho|tại|trong|bằng)\s")
_ITEM_WORDS = 4
_SAID = re.compile(r"(?:không|chưa|đã|đang|là|ở|tại|thuộc|trong|cấp)(?!\w)")
"""What begins so after a share says something of the whole: `trong đó 30% không báo trước`."""


Told = tuple[str, Figure]
"""A figure of an earlier clause and its indicator."""


def indicators(
    text: str, start: int, end: int, figures: Sequence[Figure], earlier: Sequence[Told] = ()
) -> tuple[str, ...]:
    """The indicator of each figure of a clause.

    Args:
        text: the paragraph, with what is no part of an indicator blanked by `¤`.
        start: where the clause starts, after list mark and responsible body.
        end: where it ends.
        figures: the figures of the clause, in their order.
        earlier: the figures of the clauses before it in the paragraph, which it may go on to speak of.
    """
    parts = cut_up(masked(text), start, end, figures)
    before = earlier if _depends(parts[0], figures[0]) else ()
    whole = [*(Parts(name, name, "", "") for name, _ in before), *parts]
    counted = [*(figure for _, figure in before), *figures]
    named = [name for name, _ in before]
    for i in range(len(before), len(counted)):
        named.append(_name(_Place(whole, counted, named, i), text[counted[i].end :].lower()))
    return tuple(unmasked(name) for name in named[len(before) :])


def with_verb_of_list(named: Sequence[str], figures: Sequence[Figure], before: Told) -> tuple[str, ...]:
    """An item of a list without a verb gets that of the item before: `cấp 40 con bò; 90 con dê`."""
    words = indicator_words()
    verb = words.verb.match(before[0])
    alike = figures[0].unit.kind == before[1].unit.kind and figures[0].unit.name != "%"
    if verb is None or not alike or any(words.verbs.search(name) or words.begins.match(name) for name in named):
        return tuple(named)
    return tuple(f"{verb.group()} {name}" for name in named)


def _depends(part: Parts, figure: Figure) -> bool:
    """Whether the first figure of a clause says something of those before it: a change, a share, a part."""
    words, lead, own = indicator_words(), unmasked(part.lead).lower(), unmasked(part.before).lower()
    lead = _compared(lead)
    share = figure.unit.name == "%" and not own and lead in words.fulfilment
    nothing = not lead.strip(BLANKED) and not own and not part.after and not figure.unit.counted
    return (part.part and not own) or share or lead in words.changes or nothing


@dataclass(frozen=True, slots=True)
class _Place:
    """A figure among those of its clause; `named` are the indicators before it."""

    parts: Sequence[Parts]
    figures: Sequence[Figure]
    named: Sequence[str]
    i: int

    @property
    def part(self) -> Parts:
        return self.parts[self.i]

    @property
    def figure(self) -> Figure:
        return self.figures[self.i]


def _name(place: _Place, rest: str) -> str:
    part = place.part
    leads_over = bool(place.named) and part.lead.lower() in indicator_words().fulfilment
    lead = "" if leads_over or BLANKED in part.lead else part.lead
    named = _related(place, rest) or _own(place) or lead or _end_of_tail(place)
    if place.part.lead and not place.part.before and _LINK.match(named) and not place.named:
        named = _joined(place.part.lead, named)
    return _small(named) or _earlier(place.named, place.figures)


def _end_of_tail(place: _Place) -> str:
    """The last noun between the figure before and this one: `bảo đảm giá trị mỗi suất 15.000 đồng`."""
    tail = place.parts[place.i - 1].after if place.i else ""
    return next((tail[m.start() :] for m in reversed(list(indicator_words().measured.finditer(tail)))), "")


def _own(place: _Place) -> str:
    """The indicator of a figure that hangs on no other."""
    shared = "" if place.part.predicate else _shared(place)
    return _joined(_frame(place), _lent(place), _governing(place), _noun(place), place.part.after, shared)


def _lent(place: _Place) -> str:
    """What the list says once for all its parts, for one that has a noun of its own.

    The noun of a rate (`mức thu loại A 20.000 đồng, loại B 15.000 đồng`), else the verb (`gieo cấy 200 ha, trong đó lúa
    lai 50 ha`; `huy động trẻ nhà trẻ 30%, mẫu giáo 92%`).
    """
    words, part = indicator_words(), place.part
    if not part.before or words.starts.match(part.before):
        return ""
    acts = bool(words.verb.match(part.before))
    for j in range(place.i - 1, -1, -1):
        before = place.parts[j].before
        if place.figures[j].unit.name != place.figure.unit.name:
            return ""
        if head := words.head.match(before):
            return head.group()
        if acts or words.attribute.match(part.before):
            continue
        if verb := words.verb.match(before):
            told = any(p.part for p in place.parts[j + 1 : place.i + 1])
            return verb.group() if told or _is_item(place) else ""
        if words.starts.match(before):
            return ""
    return ""


def _is_item(place: _Place) -> bool:
    """Whether a share is of one more noun of a list, and no more is said of it."""
    part = place.part
    return place.figure.unit.name == "%" and len(part.before.split()) <= _ITEM_WORDS and not part.after


def _related(place: _Place, rest: str) -> str:
    """The indicator of a figure that says something of one before: a change, a share, how much of one, a part."""
    if not place.named:
        return ""
    return _measured(place, rest) or _each(place) or ("" if _frame(place) else _part(place) or _attached(place))


def _measured(place: _Place, rest: str) -> str:
    """The indicator of an amount, a share of fulfilment or a change of what was told."""
    part, figure, words = place.part, place.figure, indicator_words()
    own, lead = unmasked(part.before).lower(), _compared(unmasked(part.lead).lower())
    earlier = _earlier(place.named, place.figures)
    if own in words.dependents or (not own and lead in words.dependents):
        return _joined(earlier, part.before or lead, _noun(place), part.after)
    done = not own or (own == "hoàn thành" and _of_plan(rest))
    if figure.unit.name == "%" and done and _is_fulfilment(lead, rest) and _has_basis(place, rest):
        return f"{_RATIO} {_basis(place.named, place.figures).removeprefix('hoàn thành ')}"
    alike = figure.unit.name == place.figures[place.i - 1].unit.name and not part.after
    if (figure.unit.name in {"%", POINTS} or alike or part.after.startswith("so với")) and lead in words.changes:
        against = "so với cùng kỳ" if part.lead.lower().startswith("so với cùng kỳ") else ""
        return _joined(earlier, _change(part.lead), part.after or against)
    return ""


def _compared(lead: str) -> str:
    """The change that a lead like `so với cùng kỳ năm trước giảm` speaks of; any other as it is."""
    found = re.fullmatch(r"so với [^,]*\s(tăng|giảm)", lead)
    return found[1] if found else lead


def _has_basis(place: _Place, rest: str) -> bool:
    """Whether a share can be of what was told: not of a share, as in `đạt 35%, năm 2030 đạt 45%`, unless it says so."""
    counted = any(figure.unit.name != "%" for figure in place.figures[: len(place.named)])
    return counted or _of_plan(rest)


def _of_plan(rest: str) -> bool:
    """Whether what follows a share says that it is of what was asked."""
    return bool(re.match(r"\s(?:so với\s)?(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)", rest))


def _each(place: _Place) -> str:
    """The indicator of how much of one: `mỗi căn 60 triệu đồng`."""
    if not indicator_words().each.match(place.part.before):
        return ""
    earlier = _earlier(place.named, place.figures)
    noun = place.figure.unit.name if place.figure.unit.counted else ""
    told = f" {noun} " in f" {unmasked(earlier)} "
    return _joined(earlier, place.part.before, "" if told else noun, place.part.after)


def _part(place: _Place) -> str:
    """The indicator of a part that is told by a mere attribute: `trong đó cấp tỉnh 5 tỷ đồng`."""
    part, words = place.part, indicator_words()
    same = place.figure.unit.name == place.figures[place.i - 1].unit.name
    if place.figure.unit.kind == "money" and (source := _money_parted(place)):
        return _joined(source, part.before, part.after)
    if same and not part.after and words.attribute.match(part.before):
        return _joined(_whole(place).removeprefix("tổng "), part.before)
    if part.part and place.figure.unit.name == "%" and not part.before:
        said = words.begins.match(part.after) or words.predicate.match(part.after) or _SAID.match(part.after)
        return _joined(_whole(place) if said else "", part.after)
    return ""


def _money_parted(place: _Place) -> str:
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


def _whole(place: _Place) -> str:
    """What the figure is a part of: the last indicator that is none itself."""
    parts = list(zip(place.parts, place.named, strict=False))
    name = next((n for p, n in reversed(parts) if not indicator_words().attribute.match(p.before)), place.named[-1])
    first, comma, rest = name.rpartition(", ")
    return first if comma and indicator_words().attribute.match(rest) else name


def _attached(place: _Place) -> str:
    """The indicator of a figure that a preposition, or `trong đó`, ties to the one before."""
    part, words = place.part, indicator_words()
    if part.before and words.verb.match(part.before):
        return ""
    before = place.named[-1]
    if part.joint == "với" and not part.before and not place.parts[place.i - 1].after:
        return ""
    if part.joint:
        verb = place.parts[place.i - 1].after
        stem = verb if part.joint.lower() == "cho" and words.verb.match(verb) else before
        return _joined(stem, part.joint, part.before, _noun(place), part.after)
    return ""


def _joined(*pieces: str) -> str:
    return re.sub(r"\s?:\s", " ", " ".join(filter(None, pieces)))


def _frame(place: _Place) -> str:
    """The words before a colon, for the figure behind it and those like it that follow."""
    for j in range(place.i, -1, -1):
        part = place.parts[j]
        if part.frame:
            return part.frame if place.figures[j].unit.name == place.figure.unit.name else ""
        if indicator_words().verb.match(part.before):
            return ""
    return ""


def _noun(place: _Place) -> str:
    """The noun that the unit is, unless the words before the figure have it."""
    unit, own, words = place.figure.unit, unmasked(place.part.before).lower(), indicator_words()
    if unit.name in words.named_measures:
        return unit.name if place.part.after else ""
    noun = unit.name.split("/")[0] if unit.counted else ""
    if noun in words.classifiers and own and not place.part.after and own not in words.organising:
        return ""
    if words.kept.search(own):
        return noun
    person = noun in words.persons and bool(words.people.search(own) or not words.begins.match(own))
    return "" if f" {noun} " in f" {own} " or (own and person) else noun


def _governing(place: _Place) -> str:
    """The words before the figure, or those of the figure before where it has none of its own."""
    for j in range(place.i, -1, -1):
        part = place.parts[j]
        if part.before and j < place.i and _is_own_share(place, j):
            return ""
        if part.before:
            lent = j < place.i and (place.part.part or any(p.part for p in place.parts[j + 1 : place.i]))
            lent = lent or (j < place.i and place.figure.unit.kind == "money")
            return re.sub(r"\s(?:đối với|cho|tại|của)$", "", part.before) if lent else part.before
        if part.lead and indicator_words().fulfilment & {part.lead.lower()}:
            return ""
    return ""


def _is_own_share(place: _Place, of: int) -> bool:
    """Whether a share has a noun and a verb of its own behind it, and so takes no verb from a count before it."""
    counted = place.figure.unit.name == "%" and place.figures[of].unit.name != "%"
    return counted and bool(indicator_words().predicate.search(f" {place.part.after} "))


def _shared(place: _Place) -> str:
    """What is said of a later figure that this one, being joined to it, shares."""
    parts, figures, i = place.parts, place.figures, place.i
    for j in range(i + 1, len(parts)):
        part, figure = parts[j], figures[j]
        alike = figure.unit.name == figures[i].unit.name or (figure.unit.counted and figures[i].unit.counted)
        if part.before or part.joint not in {"", "với"} or part.part or not alike:
            return ""
        if part.joint:
            return "" if parts[i].after or unmasked(part.after).startswith(",") else part.after
        if part.predicate:
            return part.predicate
        if unmasked(part.after).startswith(","):
            return ""
        if not parts[i].after and part.lead.lower() == "và" and figure.unit.counted and j == i + 1:
            return part.after
    return ""


def _change(lead: str) -> str:
    return next(c for c in sorted(indicator_words().changes, key=len, reverse=True) if lead.lower().endswith(c))


def _is_fulfilment(lead: str, after: str) -> bool:
    if lead == "bằng" and after[:1] == " ":
        return bool(re.match(r"\s(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|so với)", after))
    planned = re.match(r"\s(?:kế hoạch|chỉ tiêu|dự toán)", after)
    return lead in indicator_words().fulfilment or (not lead and bool(planned))


def _earlier(named: Sequence[str], figures: Sequence[Figure]) -> str:
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


def _small(words: str) -> str:
    """Beginning small, but for abbreviations and names."""
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if first[1:].islower() or len(first) == 1 else words
