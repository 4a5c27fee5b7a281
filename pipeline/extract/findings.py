"""What a rule found on the page, and how it becomes a field: the ink, the certainty, the reason for doubt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.extract.trust import trust, trust_all
from pipeline.nouns import Field, Line, PageText, Status, Word, union

_KNOWN_SHARE = 0.1
"""How much of the doubt about its letters is left to a value that is known."""
_DOUBTFUL, _MOST_NAMED = 0.97, 3
"""Probability below which a word is one that the doubt is about, and how many of them are named."""
_WEAK_RULES = {
    "issuer: as printed": "no body of this name is known",
    "issuer: known body": "a body of this kind is known, the rest of its name is not",
    "kind: addressed": "it has neither a title nor a V/v; only Kính gửi says that it is a letter",
    "subject: V/v in the body": "the V/v does not stand under the number",
    "signature: name": "the name begins with no surname that is known",
}
"""Why a value needs a look that a rule of that name found, though it was read well."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Words on one page that a value was read from."""

    page: int
    words: tuple[Word, ...]

    @property
    def raw(self) -> str:
        """What the engine read there."""
        return " ".join(word.raw for word in self.words)


@dataclass(frozen=True, slots=True)
class Finding:
    """A value that a rule found, and how far the rule can be trusted; doubts are for a person to read."""

    name: str
    value: str
    spot: Spot
    certainty: float
    """Probability that the value is right, were every word read right."""
    rule: str
    doubts: tuple[str, ...] = ()
    judged: tuple[Word, ...] | None = None
    """The words whose reading decides, where not all do: a date hangs on its digits, not on the word `tháng`. Empty
    where the value hangs on no single word."""
    known: bool = False
    """Whether the value stands in a list of what there is, so that misread letters hardly make another of it."""


def spot(page: PageText, lines: Iterable[Line]) -> Spot:
    """All words of these lines."""
    return Spot(page.number, tuple(word for line in lines for word in line.words))


def as_field(finding: Finding, accept_at: float) -> Field:
    """The finding as a field: accepted when rule and reading together are sure enough, with a reason otherwise."""
    reading = _reading(finding)
    confidence = round(finding.certainty * reading, 4)
    accepted = confidence >= accept_at and not finding.doubts and bool(finding.value)
    boxes = [word.box for word in finding.spot.words if word.box.area]
    return Field(
        name=finding.name,
        value=finding.value,
        raw=finding.spot.raw,
        confidence=confidence,
        status=Status.ACCEPTED if accepted else Status.NEEDS_REVIEW,
        page=finding.spot.page,
        box=union(boxes),
        method=finding.rule,
        reason="" if accepted else _reason(finding, reading),
    )


def _reading(finding: Finding) -> float:
    """Probability that the words were read right; of a value that is known, hardly less than that of the list."""
    if finding.judged == ():
        return 1.0
    reading = trust_all(_judged(finding))
    return 1.0 - _KNOWN_SHARE * (1.0 - reading) if finding.known else reading


def _judged(finding: Finding) -> tuple[Word, ...]:
    return finding.spot.words if finding.judged is None else finding.judged


def _least_sure(words: Iterable[Word]) -> list[str]:
    """The few words that the doubt is about, in the order they stand."""
    doubted = [word for word in words if any(c.isalnum() for c in word.text) and trust(word) < _DOUBTFUL]
    worst = sorted(doubted, key=trust)[:_MOST_NAMED]
    return [word.text.strip(".,;:") for word in doubted if word in worst]


def _reason(finding: Finding, reading: float) -> str:
    if finding.doubts:
        return "; ".join(finding.doubts)
    if reading < finding.certainty:
        doubtful = ", ".join(_least_sure(_judged(finding)))
        return f"it was read with low confidence: {doubtful}" if doubtful else "it was read with low confidence"
    known = (why for rule, why in _WEAK_RULES.items() if finding.rule.startswith(rule))
    return next(known, "little else on the page confirms it")
