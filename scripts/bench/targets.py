"""How well figures and citations are read from text alone: gold letters in, precision, recall, F1 and calibration out.

    python -m scripts.bench.targets corpus/scans/*.json [--misses]

Each gold letter goes through extraction as if an engine had read it without a slip: its typeset words with their boxes
and zones where they lie beside it, else its text. Figures of tables are left out. Figures are compared by kind,
comparator, value, value_max and unit; citations by number.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path

from pipeline.extract.citations import read_citations
from pipeline.extract.passages.running import paragraphs
from pipeline.extract.targets import read_targets
from pipeline.layout import from_text
from pipeline.metrics.compare import NO_COUNTS, Counts, Pairs, Row, citation_key, figure_key, match
from pipeline.metrics.text import token_f1
from pipeline.nouns import Box, Field, Letter, Line, MediaType, PageText, Scan, Status, Word, Zone

SAYS = ("kind", "comparator", "value_max", "unit")
"""What a figure says beside its value."""
NEAR = 1e-6


@dataclass(slots=True)
class Tally:
    """Counts over all letters, and what was missed or claimed falsely, in words."""

    counts: Counts = NO_COUNTS
    misses: list[str] = field(default_factory=list)


def gold_letter(path: Path) -> tuple[Letter, tuple[Field, ...], Row]:
    """The text of a gold letter as an engine without slips would give it, and its fields."""
    gold: Row = json.loads(path.read_text(encoding="utf-8"))
    recorded = path.with_name(f"{path.stem}.words.json.gz")
    pages = (
        _recorded_pages(recorded)
        if recorded.exists()
        else tuple(from_text(text, i) for i, text in enumerate(gold.get("text", []), start=1))
    )
    scan = Scan(path, "0" * 64, MediaType.TEXT, 1, len(pages))
    values = {"doc_type": gold.get("doc_type"), "issued_on": gold.get("date"), "subject": gold.get("subject")}
    fields = tuple(
        Field(name, value, value, 1.0, Status.ACCEPTED, 1, None, "gold") for name, value in values.items() if value
    )
    return Letter(scan, pages), fields, gold


def _recorded_pages(path: Path) -> tuple[PageText, ...]:
    """The words as they were typeset, with their boxes and zones."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        pages = json.load(file)
    return tuple(_recorded_page(number, page) for number, page in enumerate(pages, start=1))


def _recorded_page(number: int, page: Row) -> PageText:
    lines = []
    for _, words in groupby(page["words"], key=lambda w: w[5]):
        row = list(words)
        lines.append(Line(tuple(Word(w[0], w[0], Box(*w[1:5]), 1.0) for w in row), Zone(row[0][6])))
    return PageText(number, tuple(lines), page["width"], page["height"], page["dpi"])


def tally(found: list[Row], gold: list[Row], key: Callable[[Row], object], into: Tally, name: str) -> Pairs:
    """Add how a letter's rows fare against its gold; gives those that agree, each beside its gold."""
    counts, pairs = match(found, gold, key, "indicator")
    into.counts += counts
    for sign, rows in (("+", _left(found, pairs)), ("-", _left(gold, pairs))):
        into.misses += [f"{name} {sign} {key(row)} {_quote(row)}" for row in rows]
    return pairs


def _left(rows: Iterable[Row], pairs: Pairs) -> list[Row]:
    """The rows that are in no pair."""
    taken = {id(row) for pair in pairs for row in pair}
    return [row for row in rows if id(row) not in taken]


def _quote(row: Row) -> str:
    return f"| {row.get('value_text', '')} | {row.get('indicator', '')} | {row.get('quote', '')[:160]}"


def slips(found: Iterable[Row], gold: Iterable[Row], pairs: Pairs) -> Counter[str]:
    """How many figures were missed, claimed falsely, or found with a wrong kind, comparator, upper value or unit."""
    left = _left(found, pairs)
    counts: Counter[str] = Counter()
    for truth in _left(gold, pairs):
        near = [row for row in left if abs(row["value"] - truth["value"]) < NEAR]
        if not near:
            counts["missed"] += 1
            continue
        best = max(near, key=lambda row: sum(row.get(name) == truth.get(name) for name in SAYS))
        left.remove(best)
        wrong = [name for name in SAYS if best.get(name) != truth.get(name)]
        counts["wrong " + " and ".join(wrong)] += 1
    counts["false"] += len(left)
    return +counts


def main() -> None:
    """Prints the figures for the gold files given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument(
        "--misses", action="store_true", help="print every miss, and indicators and periods that differ"
    )
    args = parser.parse_args()
    figures, citations, sure = Tally(), Tally(), []
    classes: Counter[str] = Counter()
    matched: Pairs = []
    for path in args.gold:
        letter, fields, gold = gold_letter(path)
        want = [row for row in gold.get("targets", []) if row["source"] == "text"]
        found: list[Row] = [asdict(row) for row in read_targets(letter, fields)]
        same = tally(found, want, figure_key, figures, path.stem)
        classes += slips(found, want, same)
        matched += same
        right = {id(row) for row, _ in same}
        sure += [(row["confidence"], id(row) in right) for row in found]
        named: list[Row] = [asdict(row) for row in read_citations(letter, paragraphs(letter))]
        tally(named, gold.get("citations", []), citation_key, citations, path.stem)
    _report(figures, citations, matched, sure)
    print("figures by what is wrong:", ", ".join(f"{name} {n}" for name, n in classes.most_common()) or "none")
    if args.misses:
        print("\n".join([*figures.misses, *citations.misses, *_differences(matched)]))


def _report(
    figures: Tally, citations: Tally, matched: Sequence[tuple[Row, Row]], sure: Sequence[tuple[float, bool]]
) -> None:
    for name, counts in (("figures", figures.counts), ("citations", citations.counts)):
        print(f"{name}: F1 {counts.f1:.3f}, right {counts.right}, wrong {counts.wrong}, missed {counts.missed}")
    worded = [token_f1(a["indicator"], b["indicator"]) for a, b in matched]
    dated = [_same_period(a, b) for a, b in matched]
    if matched:
        good = sum(w >= 0.9 for w in worded) / len(worded)
        print(f"indicator: {good:.1%} at token F1 0.9, mean {sum(worded) / len(worded):.3f}")
        print(f"period: {sum(dated) / len(dated):.1%}")
    for low, high in ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01)):
        inside = [right for chance, right in sure if low <= chance < high]
        if inside:
            print(f"confidence {low:.2f} to {min(high, 1):.2f}: {sum(inside)} of {len(inside)} right")


def _same_period(a: Row, b: Row) -> bool:
    return all(str(a.get(end) or "") == str(b.get(end) or "") for end in ("period_start", "period_end"))


def _differences(matched: Sequence[tuple[Row, Row]]) -> list[str]:
    lines = []
    for a, b in matched:
        if token_f1(a["indicator"], b["indicator"]) < 0.9:
            told = f"{b['value_text']} | {b['quote'][:160]}"
            lines.append(f"indicator: {a['indicator']!r} for {b['indicator']!r} | {told}")
        if not _same_period(a, b):
            spans = [f"{row['period_start']}..{row['period_end']}" for row in (a, b)]
            lines.append(f"period: {' for '.join(spans)} | {a['quote'][:90]}")
    return lines


if __name__ == "__main__":
    main()
