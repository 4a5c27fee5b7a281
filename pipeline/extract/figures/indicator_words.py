"""The words that tell where an indicator begins and ends, from indicators.toml, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract.words.phrases import any_of, data


@dataclass(frozen=True, slots=True)
class IndicatorWords:
    """Patterns and sets of words; sets are in lower case."""

    verb: re.Pattern[str]
    starts: re.Pattern[str]
    """A noun that begins a part of its own: `tổng số`."""
    head: re.Pattern[str]
    """What a list says once for all its rates: `mức thu`."""
    begins: re.Pattern[str]
    """A verb, or a noun that begins a part of its own: `tổng số`."""
    auxiliary: re.Pattern[str]
    """A verb that only leads another, which follows: `chỉ đạo kiểm tra`."""
    measured: re.Pattern[str]
    """A noun of what is measured: `giá trị`, `tổng số`."""
    verbs: re.Pattern[str]
    """A verb anywhere."""
    only_verbs: re.Pattern[str]
    """Verbs and nothing else."""
    ends_in_verb: re.Pattern[str]
    together: re.Pattern[str]
    """With whom, or by whose order, the work is done: `phối hợp với Sở Y tế`, before the verb."""
    happening: re.Pattern[str]
    """What happens, and nobody does: `tái phát`."""
    fixed: re.Pattern[str]
    total_money: re.Pattern[str]
    """`tổng kinh phí`, whose parts are sources; `money` is the word without its total."""
    own_money: re.Pattern[str]
    """Words that name money of their own: `chi thường xuyên`."""
    classifiers: frozenset[str]
    """Nouns that only count what was named before: `kiểm tra đột xuất 30 cuộc`."""
    organising: frozenset[str]
    """Verbs that need such a noun as their object: `tổ chức 30 cuộc`."""
    attribute: re.Pattern[str]
    """Words that only tell which part is counted: `cấp tỉnh`, `hệ công lập`."""
    opener: re.Pattern[str]
    closer: re.Pattern[str]
    kept: re.Pattern[str]
    ends: re.Pattern[str]
    joins: re.Pattern[str]
    joints: re.Pattern[str]
    """A preposition that joins a figure to the one before."""
    part: re.Pattern[str]
    """`trong đó`: what follows is a part of what was told."""
    each: re.Pattern[str]
    """`mỗi căn`, `mức`: how much of one, of what was told."""
    everywhere: re.Pattern[str]
    """`toàn tỉnh có`: where the sentence begins to count."""
    predicate: re.Pattern[str]
    compound: re.Pattern[str]
    """Words that a comma joins to one: `thi đua, khen thưởng`."""
    named_measures: frozenset[str]
    """Measures that are named with the noun after them: `điểm giới thiệu sản phẩm`."""
    generic: re.Pattern[str]
    """A heading, as a whole, that names no matter."""
    persons: frozenset[str]
    people: re.Pattern[str]
    """A noun that names persons."""
    dependents: frozenset[str]
    changes: frozenset[str]
    fulfilment: frozenset[str]
    compared: re.Pattern[str]
    aside: re.Pattern[str]
    """What a clause goes on with after a comma that is no more of what is counted: `cao nhất từ trước đến nay`."""


@lru_cache(maxsize=1)
def indicator_words() -> IndicatorWords:
    """The words of indicators.toml."""
    given = data("indicators")
    verbs = any_of(given["verbs"])
    known = {*given["verbs"], *given["starts"], *given["auxiliary"], *given["happening"]}
    manner, leading = any_of(given["manner"]), any_of(given["leading"])
    return IndicatorWords(
        verbs=re.compile(rf"(?<!\w)(?:{verbs})(?!\w)", re.IGNORECASE),
        only_verbs=re.compile(rf"(?:(?:{verbs})(?:\s(?:{manner}))?(?:\s(?:và\s)?|$))+", re.IGNORECASE),
        ends_in_verb=re.compile(rf"(?<=\s)(?:{verbs})$", re.IGNORECASE),
        together=re.compile(
            rf"(?:(?:phối hợp|cùng)\s(?:{manner}\s)?(?:với|cùng)|(?:{leading})(?:\scho)?)\s(?!(?:{verbs})(?!\w))"
            rf"[^,;:]*?\s(?=(?:{verbs})(?!\w))",
            re.IGNORECASE,
        ),
        happening=re.compile(rf"(?:{any_of(given['happening'])})(?!\w)", re.IGNORECASE),
        fixed=re.compile(rf"(?<!\w)(?:{any_of(set(given['fixed']) - known)})(?!\w)", re.IGNORECASE),
        total_money=re.compile(rf"tổng\s(?:số\s)?(?P<money>{any_of(given['total_money'])})(?!\w)", re.IGNORECASE),
        own_money=re.compile(rf"(?:{any_of(given['own_money'])})(?!\w)", re.IGNORECASE),
        classifiers=frozenset(given["classifiers"]),
        organising=frozenset(given["organising"]),
        attribute=re.compile(rf"(?:{any_of(given['attributes'])})(?!\w)", re.IGNORECASE),
        verb=re.compile(rf"(?:{verbs})(?!\w)", re.IGNORECASE),
        begins=re.compile(rf"(?:{any_of([*given['verbs'], *given['starts']])})(?!\w)", re.IGNORECASE),
        starts=re.compile(rf"(?:{any_of(given['starts'])})(?!\w)", re.IGNORECASE),
        head=re.compile(rf"(?:{any_of(given['heads'])})(?=\s)", re.IGNORECASE),
        measured=re.compile(rf"(?<!\w)(?:{any_of(given['measured'])})(?!\w)", re.IGNORECASE),
        auxiliary=re.compile(rf"(?:(?:{any_of(given['auxiliary'])})\s)+(?=(?:{verbs})(?!\w))", re.IGNORECASE),
        opener=re.compile(rf"(?:{any_of(given['openers'])})(?!\w)[\s,:]*", re.IGNORECASE),
        closer=re.compile(rf"(?:^|[\s,])(?:{any_of(given['closers'])})[\s,:]*$", re.IGNORECASE),
        kept=re.compile(rf"\w\s(?:{any_of(given['kept_closers'])})$", re.IGNORECASE),
        ends=re.compile(rf"(?<!\w)(?:{any_of(given['ends'])})(?!\w)", re.IGNORECASE),
        joins=re.compile(rf"(?<!\sđối)\s(?=(?:{any_of(given['joins'])})(?!\w))", re.IGNORECASE),
        joints=re.compile(rf"(?P<joint>{any_of(given['joints'])})(?!\w)", re.IGNORECASE),
        part=re.compile(rf"(?:{any_of(given['parts'])})(?!\w)[\s:,]*", re.IGNORECASE),
        each=re.compile(rf"(?:{any_of(given['each'])})(?!\w)", re.IGNORECASE),
        everywhere=re.compile(rf"(?:{any_of(given['everywhere'])})\s(?:đã\s|hiện\s)?(?:có\s)?", re.IGNORECASE),
        predicate=re.compile(rf"(?:^|(?<!\skhi)(?<!^khi)\s)(?=(?:{any_of(given['predicates'])})\s)", re.IGNORECASE),
        compound=re.compile(rf"(?<!\w)(?:{any_of(given['compounds'])})(?!\w)", re.IGNORECASE),
        persons=frozenset(given["persons"]),
        people=re.compile(rf"(?<!\w)(?:{any_of(given['people'])})(?!\w)", re.IGNORECASE),
        named_measures=frozenset(given["named_measures"]),
        generic=re.compile(
            rf"(?:{any_of(given['generic'])})|(?:{any_of(given['generic_first'])})(?!\w).*"
            rf"|.*(?<!\w)(?:{any_of(given['generic_last'])})",
            re.IGNORECASE,
        ),
        dependents=frozenset(given["dependents"]),
        changes=frozenset(given["changes"]),
        fulfilment=frozenset(given["fulfilment"]),
        aside=re.compile(rf"(?:{any_of(given['asides'])})(?!\w)", re.IGNORECASE),
        compared=re.compile(rf"^\s?(?:{any_of(given['compared'])})(?!\w)", re.IGNORECASE),
    )
