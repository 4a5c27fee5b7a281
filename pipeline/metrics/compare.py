"""When a value that was read is the value of the gold: field by field, figure by figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from pipeline.metrics.text import token_f1
from pipeline.vietnamese import normal

Row = Mapping[str, Any]
"""A row of the database, or an object of the gold with the same keys."""

GOLD_KEYS = {"date": "issued_on"}
"""Where a gold file uses another name than the column it is about."""

_DASHES = str.maketrans({"–": "-", "—": "-", "−": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})
_ABOUT = re.compile(r"^(v/v|về việc|v/v:)[\s:]*")


def same_value(name: str, read: str | None, truth: str | None) -> bool:
    """Whether a field's value is right. Case, spacing, shapes of dashes and quotes do not count; every letter does."""
    if read is None or truth is None:
        return not read and not truth
    if name in {"number", "issued_on"}:
        return "".join(normal(read).split()) == "".join(normal(truth).split())
    shapes = (_shape(name, text) for text in (read, truth))
    return next(shapes) == next(shapes)


def _shape(name: str, text: str) -> str:
    plain = normal(text.translate(_DASHES)).lower()
    plain = re.sub(r"\s*([-/,;:.])\s*", r"\1", plain).strip(" .;:,/")
    return _ABOUT.sub("", plain) if name == "subject" else plain


@dataclass(frozen=True, slots=True)
class Counts:
    """How a set of things was found: right, wrongly claimed, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Of what was claimed, how much is right; 1 when nothing was claimed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of what is there, how much was found; 1 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


NO_COUNTS = Counts()

Pairs = list[tuple[Row, Row]]
"""What was read beside the gold that it agrees with."""


def match(read: list[Row], gold: list[Row], key: Callable[[Row], object], text: str) -> tuple[Counts, Pairs]:
    """Pair rows of equal key, one to one; where several share a key, the most alike in the column `text` go first."""
    alike = sorted(
        (
            (-_likeness(row, truth, text), i, j)
            for i, row in enumerate(read)
            for j, truth in enumerate(gold)
            if key(row) == key(truth)
        ),
    )
    pairs: dict[int, int] = {}
    for _, i, j in alike:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    found = len(pairs)
    return Counts(found, len(read) - found, len(gold) - found), [(read[i], gold[j]) for i, j in pairs.items()]


def _likeness(row: Row, truth: Row, text: str) -> float:
    return token_f1(str(row.get(text) or ""), str(truth.get(text) or ""))


def figure_key(row: Row) -> object:
    """What makes two figures the same figure: kind, comparator, value, upper value and unit."""
    high = row.get("value_max")
    unit = normal(str(row.get("unit") or "")).lower()
    return row["kind"], row["comparator"], round(float(row["value"]), 6), high and round(float(high), 6), unit


def citation_key(row: Row) -> object:
    """What makes two citations the same: the number, or the name for a law that is cited without one."""
    return "".join(normal(str(row.get("number") or row.get("quote") or "")).lower().split())


def recipient_pairs(read: list[Row], gold: list[Row]) -> Counts:
    """Recipients of the same role whose names agree but for a slip in twenty characters."""
    left, right = list(read), 0
    for truth in gold:
        alike = [row for row in left if row["role"] == truth["role"] and _alike(row["name"], truth["name"])]
        if alike:
            left.remove(alike[0])
            right += 1
    return Counts(right, len(left), len(gold) - right)


def _alike(read: str, truth: str) -> bool:
    return fuzz.ratio(_shape("", read), _shape("", truth)) >= 95
