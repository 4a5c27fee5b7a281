"""Learn what an engine's confidence in a word tells of how it misread it, from pairs (see `scripts.make_pairs`).

    python -m scripts.learn_confidence --pairs eng_a.jsonl --pairs eng_b.jsonl --out models/confidence_eng.tsv

Lines with as many words on both sides are set side by side. For each kind of misreading the file holds, for each step
of confidence, the log of how much more often words misread so have it than words at large; rare kinds lean on the
broader kind that they belong to, and that on all words.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.repair.characters import mend_characters
from pipeline.repair.confidence import broadly, misreading
from pipeline.repair.pieces import ENGINE_STEPS, trust_of
from pipeline.repair.tokens import outer
from pipeline.vietnamese import nfc, place_tones

BROAD_WEIGHT, ALL_WEIGHT = 20.0, 5.0
"""How many words what is known of the broader kind, and of all words, counts for."""
MOST_CHANGED = 0.4
"""Share of a line's letters that may be misread; beyond it the words of both sides need not be the same."""

Shares = list[float]
Counts = dict[str, collections.Counter[int]]


def read_words(paths: list[Path]) -> Iterator[tuple[str, str, int]]:
    """Words as printed and as read, without the punctuation around them, and the step of confidence."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            true, raw = place_tones(nfc(pair["true"])).split(), mend_characters(nfc(pair["raw"])).split()
            changed = Levenshtein.distance(" ".join(true), " ".join(raw))
            if len(true) != len(raw) or changed > MOST_CHANGED * len(pair["true"]):
                continue
            for printed, read, confidence in zip(true, raw, pair["confidence"], strict=True):
                core, seen = outer(printed)[1], outer(read)[1]
                if core.isalpha() and seen:
                    yield core, seen, trust_of(confidence)


def count(words: Iterator[tuple[str, str, int]]) -> tuple[Counts, Counts]:
    """How often words of each kind of misreading, and of each broad kind, have each step of confidence."""
    fine: Counts = collections.defaultdict(collections.Counter)
    broad: Counts = collections.defaultdict(collections.Counter)
    for printed, read, step in words:
        kind = misreading(printed, read)
        fine[kind][step] += 1
        broad[broadly(kind)][step] += 1
    return fine, broad


def table(fine: Counts, broad: Counts) -> dict[str, Shares]:
    """For each kind the log ratios over the steps."""
    everywhere: collections.Counter[int] = collections.Counter()
    for counts in broad.values():
        everywhere += counts
    common = _shares(everywhere, [1 / ENGINE_STEPS] * ENGINE_STEPS, 1.0)
    shares = {kind: _shares(counts, common, ALL_WEIGHT) for kind, counts in broad.items()}
    shares |= {kind: _shares(counts, shares[broadly(kind)], BROAD_WEIGHT) for kind, counts in fine.items()}
    return {kind: [math.log(p / q) for p, q in zip(own, common, strict=True)] for kind, own in shares.items()}


def _shares(counts: collections.Counter[int], prior: Shares, weight: float) -> Shares:
    """The share of each step, as if the prior had been seen `weight` times beforehand."""
    total = counts.total() + weight
    return [(counts[step] + weight * p) / total for step, p in enumerate(prior, start=1)]


def main() -> None:
    """Read the arguments, count, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    fine, broad = count(read_words(arguments.pairs))
    print({kind: counts.total() for kind, counts in broad.items()}, file=sys.stderr)
    rows = ("\t".join([kind, *(f"{gain:.2f}" for gain in gains)]) for kind, gains in sorted(table(fine, broad).items()))
    arguments.out.write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
