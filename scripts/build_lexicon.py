"""Collect administrative abbreviations with their marks into `models/abbreviations.tsv`.

    python -m scripts.build_lexicon --text legal.txt.xz --known scripts/known_abbreviations.tsv --out models

Counted are words in capitals that are no syllable, inside sentences of the texts; a list of known abbreviations with
what they stand for (`abbreviation`, tab, `expansion`) is taken whole. Each line of the result: abbreviation, count,
expansion.
"""

from __future__ import annotations

import argparse
import collections
import re
from collections.abc import Iterable
from pathlib import Path

from pipeline.vietnamese import is_syllable
from scripts.text_parts import paragraphs, part_of

_CAPITALS = re.compile(r"(?<![\w&])[A-ZĐƯÔƠĂÂÊ]{2,10}(?:&[A-ZĐ]{1,4})?(?![\w&])")


def count_abbreviations(paths: Iterable[Path]) -> collections.Counter[str]:
    """How often each word in capitals stands in a paragraph that is not itself set in capitals."""
    counts: collections.Counter[str] = collections.Counter()
    for path in paths:
        for text in paragraphs(path):
            if part_of(text) == "train" and sum(c.isupper() for c in text) < 0.4 * sum(c.isalpha() for c in text):
                counts.update(_CAPITALS.findall(text))
    return counts


def known_abbreviations(paths: Iterable[Path]) -> dict[str, str]:
    """Abbreviation to what it stands for, from files with a heading line."""
    known: dict[str, str] = {}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) > 1:
                known.setdefault(cells[0], cells[1])
    return known


def main() -> None:
    """Read the arguments, count, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, action="append", required=True)
    parser.add_argument("--known", type=Path, action="append", default=[])
    parser.add_argument("--at-least", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    counts = count_abbreviations(arguments.text)
    known = known_abbreviations(arguments.known)
    found = {a: c for a, c in counts.items() if c >= arguments.at_least and not is_syllable(a)}
    rows = [f"{a}\t{counts[a]}\t{known.get(a, '')}" for a in sorted({*found, *known}, key=lambda a: (-counts[a], a))]
    (arguments.out / "abbreviations.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
