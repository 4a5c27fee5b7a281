"""The inline markup of a letter's source: bold text and spans that carry gold.

`**bold**` is bold. `{{text|kind|indicator|key=value}}` prints `text` and says what it means: kind `target`, `result`,
`both` (`1.482/1.350 sáng kiến`: a result over its target) or `cite`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_PIECE = re.compile(r"\{\{(.+?)\}\}|(\*\*)")
_KINDS = frozenset({"target", "result", "both", "cite"})
_KEYS = frozenset(
    {"indicator", "qualifier", "comparator", "value", "value_max", "unit", "responsible", "assigned_by", "period"}
    | {"number", "doc_type", "issuer", "issued_on"}
)


class MarkupError(ValueError):
    """A source that does not say what it means."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The meaning of a span of text; `keys` overrule what the text itself says."""

    text: str
    kind: str
    keys: dict[str, str] = field(default_factory=dict)
    sentence: str = ""
    """The clause around the span."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is printed, punctuation included; `marks` are indices into the marks of its paragraph."""

    text: str
    bold: bool = False
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Inline:
    """A paragraph's text with its markup resolved."""

    text: str
    tokens: tuple[Token, ...]
    marks: tuple[Mark, ...]


def parse_inline(source: str) -> Inline:
    """The words and the marked spans of one paragraph.

    Raises:
        MarkupError: a span without kind, or with a kind or key that is not known.
    """
    text, bold, at = "", False, 0
    weights: list[bool] = []
    spans: list[tuple[int, int, Mark]] = []
    for piece in _PIECE.finditer(source):
        plain = source[at : piece.start()]
        text, weights, at = text + plain, weights + [bold] * len(plain), piece.end()
        if piece.group(2):
            bold = not bold
            continue
        mark = _mark(piece.group(1))
        spans.append((len(text), len(text) + len(mark.text), mark))
        text, weights = text + mark.text, weights + [bold] * len(mark.text)
    text, weights = text + source[at:], weights + [bold] * len(source[at:])
    tokens = tuple(_tokens(text, weights, spans))
    marks = tuple(Mark(m.text, m.kind, m.keys, clause(text, start, end)) for start, end, m in spans)
    return Inline(" ".join(text.split()), tokens, marks)


def _mark(body: str) -> Mark:
    text, *rest = (part.strip() for part in body.split("|"))
    if not rest or rest[0] not in _KINDS:
        raise MarkupError(f"a span needs one of {', '.join(sorted(_KINDS))}: {{{{{body}}}}}")
    keys: dict[str, str] = {}
    for part in rest[1:]:
        name, equals, value = part.partition("=")
        if not equals:
            name, value = "indicator", part
        if name not in _KEYS:
            raise MarkupError(f"unknown key {name!r} in {{{{{body}}}}}")
        keys[name] = value
    return Mark(text, rest[0], keys)


def _tokens(text: str, weights: list[bool], spans: list[tuple[int, int, Mark]]) -> list[Token]:
    found = []
    for word in re.finditer(r"\S+", text):
        marks = tuple(i for i, (start, end, _) in enumerate(spans) if start < word.end() and end > word.start())
        found.append(Token(word.group(), weights[word.start()], marks))
    return found


_CLAUSE_END = re.compile(r"[;.](?=\s|$)")


def clause(text: str, start: int, end: int) -> str:
    """The part of a sentence around the span, from one `;` or `.` to the next."""
    before = [m.end() for m in _CLAUSE_END.finditer(text, 0, start)]
    after = _CLAUSE_END.search(text, end)
    return " ".join(text[before[-1] if before else 0 : after.start() if after else len(text)].split())
