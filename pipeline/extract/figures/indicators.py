"""What a figure counts, in words that stand alone: the verb, the noun, and what the clause says of it.

The rules are told in docs/targets.md, *The indicator*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.figures.figures import Figure
from pipeline.extract.figures.indicator_parts import BLANKED, Parts, cut_up, masked, unmasked
from pipeline.extract.figures.indicator_relations import (
    Place,
    compared,
    earlier_of,
    frame_of,
    joined,
    moves_its_own,
    noun_of,
    related,
)
from pipeline.extract.figures.indicator_words import indicator_words

_LINK = re.compile(r"(?:từ|của|cho|tại|trong|bằng)\s")
_ITEM_WORDS = 4


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
    before = earlier if _depends(parts[0], figures[0]) or _lacks_object(parts[0], figures[0], earlier) else ()
    whole = [*(Parts(name, name, "", "") for name, _ in before), *parts]
    counted = [*(figure for _, figure in before), *figures]
    named = [name for name, _ in before]
    for i in range(len(before), len(counted)):
        named.append(_name(Place(whole, counted, named, i), text[counted[i].end :].lower()))
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
    lead = compared(lead)
    share = figure.unit.name == "%" and not own and lead in words.fulfilment
    nothing = not lead.strip(BLANKED) and not own and not part.after and not figure.unit.counted
    change = lead in words.changes and not moves_its_own(lead, part.after)
    return (part.part and not own) or share or change or nothing


def _lacks_object(part: Parts, figure: Figure, earlier: Sequence[Told]) -> bool:
    """Whether a clause has a verb alone, and what was told last is of the same measure: `sửa chữa 35 căn`."""
    bare = indicator_words().only_verbs.fullmatch(part.before) and not part.after and figure.unit.kind == "measure"
    return bool(bare and earlier and earlier[-1][1].unit.name == figure.unit.name)


def _object(place: Place, named: str) -> str:
    """What the verb before acts on, for a verb that stands alone: `xây dựng 20 căn nhà, sửa chữa 35 căn`."""
    words = indicator_words()
    if place.figure.unit.kind != "measure" or not words.only_verbs.fullmatch(named):
        return ""
    for name, figure in zip(reversed(place.named), reversed(place.figures[: place.i]), strict=True):
        if figure.unit.name != place.figure.unit.name:
            return ""
        if (verb := words.verb.match(name)) and name[verb.end() :]:
            return name[verb.end() :].strip()
    return ""


def _name(place: Place, rest: str) -> str:
    part = place.part
    leads_over = bool(place.named) and part.lead.lower() in indicator_words().fulfilment
    lead = "" if leads_over or BLANKED in part.lead or part.lead.lower() == part.joint else part.lead
    named = related(place, rest) or _own(place) or lead or _end_of_tail(place)
    if place.part.lead and not place.part.before and _LINK.match(named) and not place.named:
        named = joined(place.part.lead, named)
    named = joined(named, _object(place, named))
    return _small(named) or earlier_of(place.named, place.figures)


def _end_of_tail(place: Place) -> str:
    """The last noun between the figure before and this one: `bảo đảm giá trị mỗi suất 15.000 đồng`."""
    tail = place.parts[place.i - 1].after if place.i else ""
    return next((tail[m.start() :] for m in reversed(list(indicator_words().measured.finditer(tail)))), "")


def _own(place: Place) -> str:
    """The indicator of a figure that hangs on no other."""
    shared = "" if place.part.predicate else _shared(place)
    return joined(frame_of(place), _lent(place), _governing(place), noun_of(place), place.part.after, shared)


def _lent(place: Place) -> str:
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


def _is_item(place: Place) -> bool:
    """Whether a share is of one more noun of a list, and no more is said of it."""
    part = place.part
    return place.figure.unit.name == "%" and len(part.before.split()) <= _ITEM_WORDS and not part.after


def _governing(place: Place) -> str:
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


def _is_own_share(place: Place, of: int) -> bool:
    """Whether a share has a noun and a verb of its own behind it, and so takes no verb from a count before it."""
    counted = place.figure.unit.name == "%" and place.figures[of].unit.name != "%"
    return counted and bool(indicator_words().predicate.search(f" {place.part.after} "))


def _shared(place: Place) -> str:
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


def _small(words: str) -> str:
    """Beginning small, but for abbreviations and names."""
    first = words.split(" ", 1)[0]
    return words[:1].lower() + words[1:] if first[1:].islower() or len(first) == 1 else words
