"""Learn how far a word that was read can be trusted, from scans whose text is known.

    python -m scripts.calibrate_words --scans SCANS RECORDED [--scans SCANS RECORDED ...] --out models

SCANS is a folder of gold (`NAME.json` with the pages' `text`), RECORDED the words that the engine read of the same
scans (see `scripts.record_letters`). Words are repaired, set beside the printed ones, and a logistic model is fitted to
which were misread. The table that is printed was made with every letter judged by weights that never saw it.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from pipeline.config import RepairConfig
from pipeline.extract.trust import FEATURES, TYPED, features
from pipeline.nouns import PageText, Word, Zone
from pipeline.ocr.recorded import load_pages
from pipeline.repair import repair_pages
from pipeline.vietnamese import normal

FOLDS = 5
_RIDGE = 0.1
_ROUNDS = 60
_EDGES = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
_MARKS = ".,;:'`\"“”‘’|_()[]"

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """One word that was read: of which letter, what is known of its reading, whether it was misread."""

    letter: str
    features: tuple[float, ...]
    wrong: bool


def judged(scans: Path, recorded: Path) -> Iterator[Judged]:
    """Every word of every page that has gold, but for digits alone, and for words that gold has at another place."""
    for path in sorted(recorded.glob("*.json.gz")):
        name = path.name.removesuffix(".json.gz")
        gold = json.loads((scans / f"{name}.json").read_text(encoding="utf-8"))
        pages, _ = repair_pages(load_pages(path), RepairConfig())
        for page, text in zip(pages, gold["text"], strict=False):
            for word, wrong in beside(page, normal(text).split()):
                if word.confidence < TYPED and not word.text.strip(".,;:").isdigit():
                    yield Judged(name, features(word), wrong)


def beside(page: PageText, printed: list[str]) -> Iterator[tuple[Word, bool]]:
    """The words of a page that stand where one printed word stands, and whether they differ from it."""
    lines = [line for line in page.lines if line.zone is not Zone.MARK]
    words = [word for line in lines for word in line.words if any(map(str.isalnum, word.text))]
    read = [_bare(word.text) for word in words]
    true = [bare for word in printed if (bare := _bare(word))]
    for op in Levenshtein.opcodes(read, true):
        if op.tag in {"equal", "replace"}:
            yield from ((words[at], op.tag == "replace") for at in range(op.src_start, op.src_end))


def _bare(word: str) -> str:
    return normal(word).strip(_MARKS)


def fitted(x: Array, y: Array) -> Array:
    """The weights of a logistic model with a small ridge, by Newton's method."""
    weights = np.zeros(x.shape[1])
    for _ in range(_ROUNDS):
        p = _chance(x, weights)
        slope = x.T @ (p - y) + _RIDGE * weights
        bend = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights


def _chance(x: Array, weights: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x @ weights)))


def held_out(found: list[Judged], x: Array, y: Array) -> Array:
    """For each word the chance that it was misread, from weights that never saw its letter."""
    letters = sorted({one.letter for one in found})
    fold = np.array([letters.index(one.letter) % FOLDS for one in found])
    chance = np.zeros(len(found))
    for number in range(FOLDS):
        own = fold == number
        chance[own] = _chance(x[own], fitted(x[~own], y[~own]))
    return chance


def table(chance: Array, y: Array) -> Iterator[str]:
    """Reliability: of words with such a chance of being misread, so many were."""
    yield f"{'chance of misreading':>22}{'words':>8}{'expected':>10}{'misread':>10}"
    for low, high in itertools.pairwise(_EDGES):
        own = (chance >= low) & (chance < high)
        if own.any():
            span = f"{low:.3f} to {high:.3f}"
            yield f"{span:>22}{own.sum():>8}{chance[own].mean():>10.4f}{y[own].mean():>10.4f}"


def main() -> None:
    """Read the arguments, fit, print the table, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=Path, nargs=2, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found = [one for scans, recorded in arguments.scans for one in judged(scans, recorded)]
    x, y = np.array([one.features for one in found]), np.array([float(one.wrong) for one in found])
    print("\n".join(table(held_out(found, x, y), y)))
    weights = fitted(x, y)
    rows = (f"{name}\t{weight:.4f}\n" for name, weight in zip(FEATURES, weights, strict=True))
    (arguments.out / "word_trust.tsv").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
