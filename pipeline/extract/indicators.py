"""What a figure counts, in words that stand alone: the verb, the noun, and what the clause says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.figures import Figure
from pipeline.extract.periods import find_periods
from pipeline.extract.phrases import any_of, data

_MOST_BEFORE = 20
_MOST_AFTER = 14
_VERB_WORDS = 3
_LIST_COMMA = re.compile(r",\s|\s\(|:\s")
_BLANK = re.compile("\\s?¤+\\s?")
"""What the caller has blanked: conditions."""
_STRETCH = re.compile(
    r"(?:trong\s|sau\s|qua\s)?\d+\s(?:năm|tháng|quý|tuần|ngày)(?:\s(?:qua|đầu năm|cuối năm))?,\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Words:
    verb: re.Pattern[str]
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    kept: re.Pattern[str]
    ends: re.Pattern[str]
    joins: re.Pattern[str]
    predicate: re.Pattern[str]
    persons: frozenset[str]
    generic: frozenset[str]
    dependents: frozenset[str]
    changes: frozenset[str]
    fulfilment: frozenset[str]
    compared: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    given = data("indicators")
    return _Words(
        verb=re.compile(rf"(?:{any_of(given['verbs'])})(?!\w)", re.IGNORECASE),
        opener=re.compile(rf"(?:{any_of(given['openers'])})(?!\w)[\s,:]*", re.IGNORECASE),
        closer=re.compile(rf"(?:^|[\s,])(?:{any_of(given['closers'])})[\s,:]*$", re.IGNORECASE),
        kept=re.compile(rf"\w\s(?:{any_of(given['kept_closers'])})$", re.IGNORECASE),
        ends=re.compile(rf"(?<!\w)(?:{any_of(given['ends'])})(?!\w)", re.IGNORECASE),
        joins=re.compile(rf"\s(?=(?:{any_of(given['joins'])})(?!\w))", re.IGNORECASE),
        predicate=re.compile(rf"(?:^|\s)(?=(?:{any_of(given['predicates'])})\s)", re.IGNORECASE),
        persons=frozenset(given["persons"]),
        generic=frozenset(given["generic"]),
        dependents=frozenset(given["dependents"]),
        changes=frozenset(given["changes"]),
        fulfilment=frozenset(given["fulfilment"]),
        compared=re.compile(rf"^\s?(?:{any_of(given['compared'])})(?!\w)", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """The words of one figure: `lead` as printed before it, `before` and `after` trimmed to what it counts."""

    lead: str
    before: str
    after: str
    predicate: str


def indicators(text: str, start: int, end: int, figures: Sequence[Figure]) -> tuple[str, ...]:
    """The indicator of each figure of a clause.

    Args:
        text: the paragraph.
        start: where the clause starts, after list mark and responsible body.
        end: where it ends.
        figures: the figures of the clause, in their order.
    """
    parts: list[_Parts] = []
    at = start
    for i, figure in enumerate(figures):
        following = figures[i + 1] if i + 1 < len(figures) else None
        after_end = _split(text, figure, following, end)
        parts.append(_parts(text, (at, figure.start), (figure.end, after_end)))
        at = after_end
    named: list[str] = []
    for i, (figure, part) in enumerate(zip(figures, parts, strict=True)):
        shared = "" if part.predicate else _shared(parts, figures, i)
        given = _Given(_governing(parts, i), shared, _earlier(named, figures), _basis(named, figures))
        named.append(_name(figure, part, given, text[figure.end :].lower()))
    return tuple(named)


def _split(text: str, figure: Figure, following: Figure | None, end: int) -> int:
    """Where the words after a figure end and those before the next one begin."""
    until = following.start if following else end
    gap = text[figure.end : until]
    parallel = following is not None and following.unit.name == figure.unit.name and gap.count(",") == 1
    for comma in _LIST_COMMA.finditer(gap):
        rest = gap[comma.end() :].strip()
        if parallel or not rest or not gap[: comma.start()].strip() or _begins_part(rest) or "," not in comma.group():
            return figure.end + comma.start()
    if following is None:
        return end
    joins = list(_words().joins.finditer(gap))
    return figure.end + (joins[-1].start() if joins else len(gap))


def _begins_part(text: str) -> bool:
    """Whether a new part of the clause begins here, rather than one more noun of a list."""
    return bool(_words().verb.match(text) or _words().opener.match(text) or _words().ends.match(text))


def _parts(text: str, before: tuple[int, int], after: tuple[int, int]) -> _Parts:
    lead = _without_periods(text[before[0] : before[1]])
    tail = _tail(_without_periods(text[after[0] : after[1]]))
    predicate = _words().predicate.search(tail)
    return _Parts(
        lead=lead.strip(" ,:()-–"),
        before=_head(lead),
        after=tail,
        predicate=tail[predicate.end() :] if predicate else "",
    )


def _without_periods(text: str) -> str:
    """The text without the stretches of time it names; a year is given so that yearless ones are seen."""
    for period in reversed(find_periods(text, 2000)):
        text = (
            f"{text[: period.at].rstrip(' ,')} {text[period.end :].lstrip(' ,')}" if period.at else text[period.end :]
        )
    return text


def _head(text: str) -> str:
    """What stands before the figure, from the last part that begins with a verb or a counted thing."""
    text = re.split(r"(?<!\w)(?:đã|sẽ)\s", _BLANK.sub(" ", text).strip(" ,:;()-–."))[-1]
    text = _STRETCH.sub("", text)
    starts = [0, *(m.end() for m in _LIST_COMMA.finditer(text))]
    for at in reversed(starts[1:]):
        if len(text[:at].split()) > _MOST_BEFORE or (
            _words().verb.match(text, at) and not _verb_goes_on(text, at, starts)
        ):
            text = text[at:]
            break
    text = _stripped(text)
    words = text.split()
    return " ".join(words[-_MOST_BEFORE:])


def _verb_goes_on(text: str, at: int, starts: Sequence[int]) -> bool:
    """Whether the part before the comma is a verb that shares its object: `kiểm tra, xử lý 22 trọng điểm`."""
    before = text[max(s for s in starts if s < at) : at].split()
    return len(before) <= _VERB_WORDS and bool(_words().verb.match(" ".join(before)))


def _stripped(text: str) -> str:
    """Without the openers in front and the words that only lead over to the number behind."""
    while True:
        shorter = text.strip(" ,:()-–")
        opener = _words().opener.match(shorter)
        if opener:
            shorter = shorter[opener.end() :]
        closer = _words().closer.search(shorter)
        if closer and not (_words().kept.search(shorter) and _words().verb.match(shorter)):
            shorter = shorter[: closer.start()]
        if shorter == text:
            return text
        text = shorter


def _tail(text: str) -> str:
    """What is said of the counted thing after it."""
    text = re.split(r"[:;()]|/", _BLANK.sub(" ", text), maxsplit=1)[0]
    for comma in re.finditer(r",\s?", text):
        rest = text[comma.end() :]
        if not rest or (_begins_part(rest) and len(rest.split()) > _VERB_WORDS):
            text = text[: comma.start()]
            break
    compared = _words().compared.match(text)
    if compared:
        return compared.group().strip()
    end = _words().ends.search(text)
    if end:
        text = text[: end.start()]
    words = text.split()
    text = " ".join(words[:_MOST_AFTER])
    return re.sub(r"(?:^|\s)(?:và|với|là|cho|của|tại|để|trong|trên|được|từ|có|thì|đạt)$", "", text).strip(" .")


def _governing(parts: Sequence[_Parts], i: int) -> str:
    """The words before the figure, or those of the figure before where it has none of its own."""
    if i and parts[i].lead == "cho" and not parts[i].before and _words().verb.match(parts[i - 1].after):
        return f"{parts[i - 1].after} cho"
    for j in range(i, -1, -1):
        if parts[j].before:
            return parts[j].before
        if parts[j].lead and _words().fulfilment & {parts[j].lead.lower()}:
            return ""
    return ""


def _shared(parts: Sequence[_Parts], figures: Sequence[Figure], i: int) -> str:
    """The predicate of a later figure of the same unit that this one, being joined to it, shares."""
    for part, figure in zip(parts[i + 1 :], figures[i + 1 :], strict=True):
        if part.before or figure.unit.name != figures[i].unit.name:
            return ""
        if part.predicate:
            return part.predicate
    return ""


@dataclass(frozen=True, slots=True)
class _Given:
    """What the other figures of the clause lend to one."""

    governing: str
    shared: str
    earlier: str
    """The indicator before, the last of the same unit where there is one."""
    basis: str
    """The last indicator that is no share."""


def _name(figure: Figure, part: _Parts, given: _Given, rest: str) -> str:
    own = part.before.lower()
    lead = part.lead.lower()
    if given.earlier and own in _words().dependents and figure.unit.kind == "money":
        return f"{part.before} {given.earlier}"
    compared = figure.unit.name == "%" or bool(_words().compared.match(part.after))
    if given.earlier and compared and _is_change(lead):
        return " ".join(filter(None, (given.earlier, _change(part.lead), part.after)))
    if given.earlier and figure.unit.name == "%" and not own and _is_fulfilment(lead, rest):
        return f"tỷ lệ hoàn thành {given.basis}"
    noun = figure.unit.name.split("/")[0] if figure.unit.counted else ""
    if f" {noun} " in f" {own} " or (noun in _words().persons and own and not _words().verb.match(own)):
        noun = ""
    words = re.sub(r"\s?:\s", " ", " ".join(filter(None, (given.governing, noun, part.after, given.shared))))
    return _small(words) or _small(part.lead) or given.earlier


def is_generic(heading: str) -> bool:
    """Whether a heading names no matter: `Nội dung`, `Thời gian`."""
    return heading.lower() in _words().generic


def _is_change(lead: str) -> bool:
    return lead in _words().changes


def _change(lead: str) -> str:
    return next(c for c in sorted(_words().changes, key=len, reverse=True) if lead.lower().endswith(c))


def _is_fulfilment(lead: str, after: str) -> bool:
    return lead in _words().fulfilment or (not lead and bool(re.match(r"\s(?:kế hoạch|chỉ tiêu|dự toán)", after)))


def _earlier(named: Sequence[str], figures: Sequence[Figure]) -> str:
    """What a change is of: the last indicator with the unit of the next figure, else the last."""
    unit = figures[len(named)].unit.name
    alike = [name for name, figure in zip(named, figures, strict=False) if figure.unit.name == unit and unit != "%"]
    return alike[-1] if alike else named[-1] if named else ""


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
