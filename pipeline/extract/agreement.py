"""A letter's number and date beside what its annexes say: two readings that agree are hardly both wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.citations.annexes import Annexed
from pipeline.extract.findings import Finding
from pipeline.extract.letterhead.number import parse_number

_AGREED = 0.99
_RULE = ", as its annex has it"


def settled(found: tuple[Finding, ...], annexed: tuple[Annexed, ...]) -> tuple[Finding, ...]:
    """The findings with number and date surer where an annex repeats them, doubted where it has others."""
    number = next((one for one in found if one.name == "number"), None)
    told = [one for one in annexed if number is not None and _same_symbol(one.number, found)]
    if number is None or not told:
        return found
    return tuple(_settled(one, told, number) for one in found)


def _same_symbol(number: str, found: tuple[Finding, ...]) -> bool:
    """Whether an annex speaks of this letter and no other: its number has the letter's symbol."""
    parsed = parse_number(number)
    symbol = next((one.value for one in found if one.name == "number_symbol"), "")
    return parsed is not None and bool(symbol) and parsed.symbol == symbol


def _settled(finding: Finding, told: list[Annexed], number: Finding) -> Finding:
    values = set(_values(finding.name, told)) if finding is number or finding.name == "issued_on" else set()
    if not values:
        return finding
    if finding.value in values:
        return replace(finding, certainty=_AGREED, rule=finding.rule + _RULE, judged=())
    other = min(values)
    if not finding.value:
        doubt = f"only its annex has it: {other}"
        return replace(finding, value=other, certainty=0.7, rule="annex: of this letter", doubts=(doubt,), judged=())
    contradicted = any(one.sure for one in told)
    return replace(finding, doubts=(*finding.doubts, f"its annex has {other}")) if contradicted else finding


def _values(name: str, told: list[Annexed]) -> Iterator[str]:
    for one in told:
        if name == "number":
            yield one.number
        elif one.issued_on is not None:
            yield one.issued_on.isoformat()
