"""A report as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import mean

from pipeline.metrics.compare import NO_COUNTS, Counts
from pipeline.metrics.report import FIELDS, Report

_STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
"""Of confidence; the last holds 1 itself."""


def render(report: Report, *, misses: bool = False) -> str:
    """The report as a table; with `misses`, every value that is not the gold's below it."""
    lines = [f"letters with gold: {report.letters}, of these not in the database: {len(report.not_read)}"]
    lines += [f"  {name}" for name in report.not_read]
    lines += ["", f"{'field':<24}{'right':>12}{'wrong':>7}{'missed':>8}"]
    lines += _field_lines("", report.fields)
    lines += _field_lines(" (by hand)", report.handwritten)
    lines += ["", *_trust(report.accepted), *_reliability(report), "", *_rows(report), *_text(report)]
    if misses:
        lines += ["", "what is not as in the gold:"]
        lines += [f"  {m.letter} {m.field} [{m.status or 'none'}]: {m.read!r}, gold {m.truth!r}" for m in report.misses]
    return "\n".join(lines)


def _field_lines(suffix: str, fields: Mapping[str, Counts]) -> Iterator[str]:
    for name in (f for f in FIELDS if f in fields):
        counts = fields[name]
        asked = counts.right + counts.wrong + counts.missed
        share = f"{counts.right}/{asked} {counts.right / asked:4.0%}"
        yield f"{name + suffix:<24}{share:>12}{counts.wrong:>7}{counts.missed:>8}"


def _trust(accepted: Counts) -> Iterator[str]:
    right, wrong, reviewed = accepted.right, accepted.wrong, accepted.missed
    yield f"values accepted without review: {right + wrong}, of these right {accepted.precision:.1%} ({wrong} wrong)"
    yield f"right values that were accepted: {right}/{right + reviewed} {accepted.recall:.1%}"


def _reliability(report: Report) -> Iterator[str]:
    """How often values of a confidence are right; a confidence that means what it says is the share beside it."""
    yield f"{'confidence':<14}{'values':>7}{'mean':>8}{'right':>8}"
    for low, high in pairwise(_STEPS):
        own = [(sure, right) for sure, right in report.judged if low <= sure < high]
        if own:
            span = f"{low:.2f} to {min(high, 1.0):.2f}"
            yield f"{span:<14}{len(own):>7}{mean(s for s, _ in own):>8.3f}{mean(r for _, r in own):>8.3f}"


def _rows(report: Report) -> Iterator[str]:
    kinds = {
        "targets": report.targets,
        "citations": report.citations,
        "recipients": report.recipients,
        "table cells": report.cells,
    }
    for name, counts in kinds.items():
        if counts != NO_COUNTS:
            found = f"{counts.right} right, {counts.wrong} wrong, {counts.missed} missed"
            scores = f"precision {counts.precision:.3f}, recall {counts.recall:.3f}, F1 {counts.f1:.3f}"
            yield f"{name}: {scores} ({found})"
    if report.indicators:
        good = mean(score >= 0.9 for score in report.indicators)
        yield f"indicators: {good:.1%} with a word F1 of 0.9 or more; periods right: {report.periods.precision:.1%}"


def _text(report: Report) -> Iterator[str]:
    if report.words.length:
        yield f"text: CER {report.characters.rate:.2%}, WER {report.words.rate:.2%} over {report.words.length} words"
