"""One letter against its gold: what was right, wrong and missed; reports of several letters add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.metrics.compare import (
    GOLD_KEYS,
    NO_COUNTS,
    Counts,
    Row,
    citation_key,
    figure_key,
    match,
    recipient_pairs,
    same_value,
)
from pipeline.metrics.text import NOTHING_READ, ErrorRate, cer, token_f1, wer
from pipeline.vietnamese import normal

FIELDS = (
    "number", "issued_on", "place", "issuer", "parent_issuer", "doc_type", "subject",
    "signer", "signer_title", "signed_for", "urgency", "secrecy", "incoming_number", "incoming_on",
)  # fmt: skip
"""The fields that are judged where gold has them, in the order they are printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the database holds of one letter: its fields by name, and its rows."""

    fields: Mapping[str, Row]
    targets: list[Row] = field(default_factory=list)
    citations: list[Row] = field(default_factory=list)
    recipients: list[Row] = field(default_factory=list)
    cells: list[Row] = field(default_factory=list)
    """Rows of `table_cells` with `table_no`, the table's place in the letter from 0."""
    pages: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Miss:
    """One value that is not the gold's; `read` is None when nothing was found."""

    letter: str
    field: str
    read: str | None
    truth: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one evaluation; reports of several letters add up."""

    letters: int = 0
    not_read: tuple[str, ...] = ()
    fields: Mapping[str, Counts] = field(default_factory=dict)
    handwritten: Mapping[str, Counts] = field(default_factory=dict)
    """Number and date of the letters whose gold says they were filled in by hand."""
    accepted: Counts = NO_COUNTS
    """right and wrong: of the values accepted without review; missed: right values that were sent to review."""
    judged: tuple[tuple[float, bool], ...] = ()
    """Confidence of each value that was found, and whether it is right."""
    misses: tuple[Miss, ...] = ()
    targets: Counts = NO_COUNTS
    indicators: tuple[float, ...] = ()
    periods: Counts = NO_COUNTS
    citations: Counts = NO_COUNTS
    recipients: Counts = NO_COUNTS
    cells: Counts = NO_COUNTS
    characters: ErrorRate = NOTHING_READ
    words: ErrorRate = NOTHING_READ

    def __add__(self, other: Report) -> Report:
        return Report(
            self.letters + other.letters,
            self.not_read + other.not_read,
            _added(self.fields, other.fields),
            _added(self.handwritten, other.handwritten),
            self.accepted + other.accepted,
            self.judged + other.judged,
            self.misses + other.misses,
            self.targets + other.targets,
            self.indicators + other.indicators,
            self.periods + other.periods,
            self.citations + other.citations,
            self.recipients + other.recipients,
            self.cells + other.cells,
            self.characters + other.characters,
            self.words + other.words,
        )


def _added(one: Mapping[str, Counts], two: Mapping[str, Counts]) -> dict[str, Counts]:
    return {name: one.get(name, NO_COUNTS) + two.get(name, NO_COUNTS) for name in (*one, *two)}


def compare(name: str, reading: Reading | None, gold: Mapping[str, Any]) -> Report:
    """One letter against its gold; a letter that was not read has missed everything."""
    read = reading or Reading({})
    report = _compare_fields(name, read, gold) + _compare_text(read, gold) + _compare_rows(read, gold)
    return report + Report(letters=1, not_read=() if reading else (name,))


def _compare_fields(name: str, read: Reading, gold: Mapping[str, Any]) -> Report:
    truth = {GOLD_KEYS.get(key, key): value for key, value in gold.items()}
    report = Report()
    for column in (c for c in FIELDS if truth.get(c)):
        row = read.fields.get(column)
        value = row["value"] or None if row else None
        right = same_value(column, value, truth[column]) or _same_with_power(column, read, truth)
        counts = Counts(int(right), int(value is not None and not right), int(value is None))
        by_hand = bool(gold.get("handwritten_number")) and column in {"number", "issued_on"}
        sure = row is not None and row["status"] != "needs_review"
        report += Report(
            fields={} if by_hand else {column: counts},
            handwritten={column: counts} if by_hand else {},
            accepted=Counts(int(right and sure), int(sure and not right), int(right and not sure)),
            judged=((row["confidence"], right),) if row is not None and value is not None else (),
            misses=() if right else (Miss(name, column, value, truth[column], row["status"] if row else None),),
        )
    return report


def _same_with_power(column: str, read: Reading, truth: Mapping[str, Any]) -> bool:
    """Whether a title with its TM., which some gold gives as one value, is what `signed_for` and title say together."""
    power = read.fields.get("signed_for")
    if column != "signer_title" or power is None or truth.get("signed_for") or column not in read.fields:
        return False
    return same_value(column, f"{power['value']} {read.fields[column]['value']}", truth[column])


def _compare_text(read: Reading, gold: Mapping[str, Any]) -> Report:
    texts = {int(page): text for page, text in gold.get("page_texts", {}).items()}
    if isinstance(gold.get("text"), list):
        texts |= dict(enumerate(gold["text"], start=1))
    elif gold.get("text"):
        whole = "\n".join(read.pages[page] for page in sorted(read.pages))
        return Report(characters=cer(whole, gold["text"]), words=wer(whole, gold["text"]))
    report = Report()
    for page, text in texts.items():
        got = read.pages.get(page, "")
        report += Report(characters=cer(got, text), words=wer(got, text))
    return report


def _compare_rows(read: Reading, gold: Mapping[str, Any]) -> Report:
    report = Report()
    if "targets" in gold:
        counts, pairs = match(read.targets, gold["targets"], figure_key, "indicator")
        report += Report(
            targets=counts,
            indicators=tuple(token_f1(got.get("indicator") or "", want.get("indicator") or "") for got, want in pairs),
            periods=sum((_period(got, want) for got, want in pairs), NO_COUNTS),
        )
    if "citations" in gold:
        report += Report(citations=match(read.citations, gold["citations"], citation_key, "quote")[0])
    if "recipients" in gold:
        report += Report(recipients=recipient_pairs(read.recipients, gold["recipients"]))
    if "tables" in gold:
        report += Report(cells=_compare_cells(read.cells, gold["tables"]))
    return report


def _period(got: Row, want: Row) -> Counts:
    same = all(str(got.get(end) or "") == str(want.get(end) or "") for end in ("period_start", "period_end"))
    return Counts(right=int(same), wrong=int(not same))


def _compare_cells(cells: list[Row], tables: list[Mapping[str, Any]]) -> Counts:
    """Cells against the gold's rows of texts, header rows included: same table, row and column; blanks aside."""
    got = {(c["table_no"], c["row"], c["col"]): normal(c["text"]).lower() for c in cells if c["text"].strip()}
    want = {
        (number, r, c): normal(text).lower()
        for number, table in enumerate(tables)
        for r, row in enumerate(table["cells"])
        for c, text in enumerate(row)
        if text and text.strip()
    }
    right = sum(got.get(place) == text for place, text in want.items())
    return Counts(right, len(set(got) - set(want)), len(want) - right)
