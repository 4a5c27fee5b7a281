"""Count n-grams of syllables in plain text and pack them into `models/ngrams.bin` with `models/words.tsv`.

    python -m scripts.build_ngrams --worn legal.txt.xz --text wiki.txt.xz --out models

Interpolated Kneser-Ney of order 4 with three discounts an order (Chen and Goodman, 1999), pruned by weighted difference
(Seymore and Rosenfeld, 1996) to the sizes asked for, back-off weights computed again afterwards. Paragraphs of the
`test` and `dev` parts are not counted, nor are pages of `--worn` text that hold misprints (`scripts.misprints`).
"""

from __future__ import annotations

import argparse
import collections
import itertools
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.repair.channel import shape_of
from pipeline.repair.ngrams import pack_levels
from pipeline.repair.spelling import Shape
from pipeline.repair.tokens import CLASSES, INNER, STOP, UNKNOWN, class_of, outer, words_of
from scripts.misprints import well_printed
from scripts.text_parts import paragraphs, part_of

Keys = NDArray[np.uint64]
Floats = NDArray[np.float64]
ORDER = 4
SHORT = 40
"""Letters below which a line (a heading, a label) counts each time it stands."""
KINDS = {"commune": ("xã", "xã", "phường"), "district": ("huyện",) * 5, "province": ("tỉnh",) * 5}
BITS = 16


@dataclass(slots=True)
class Level:
    """All n-grams of one order, sorted by key; a key packs word ids of 16 bits, the oldest word highest."""

    keys: Keys
    counts: NDArray[np.int64]
    prob: Floats
    backoff: Floats
    keep: NDArray[np.bool_]


def training_paragraphs(paths: list[Path]) -> Iterator[str]:
    """Every paragraph that may be counted, once; lines without letters (tables of figures) are left out.

    Laws are printed again in collections of laws: counted each time, their wording would drown everyone else's.
    """
    seen: set[int] = set()
    for path in paths:
        for text in paragraphs(path):
            if len(text) >= SHORT:
                key = hash(text)
                if key in seen:
                    continue
                seen.add(key)
            if any(c.isalpha() for c in text) and part_of(text) == "train":
                yield text


def count_tokens(texts: Iterable[str]) -> collections.Counter[str]:
    """How often each token between spaces occurs."""
    counts: collections.Counter[str] = collections.Counter()
    for text in texts:
        counts.update(text.split())
    return counts


def choose_words(tokens: collections.Counter[str], at_least: int, limit: int) -> dict[str, int]:
    """Word to id: the classes first, then words by falling count."""
    words: collections.Counter[str] = collections.Counter()
    for token, count in tokens.items():
        for word in words_of(token):
            words[word] += count
    kept = [w for w, c in words.most_common() if c >= at_least and w not in CLASSES]
    return {word: i for i, word in enumerate([*CLASSES, *kept[: limit - len(CLASSES)]])}


def stream(
    texts: Iterable[str], tokens: collections.Counter[str], ids: dict[str, int]
) -> tuple[NDArray[np.uint16], collections.Counter[str]]:
    """The whole text as word ids, a STOP between paragraphs; and the tokens that stand inside a sentence, counted."""
    unknown, stop = ids[UNKNOWN], ids[STOP]
    inside: collections.Counter[str] = collections.Counter()
    table = {t: [ids.get(w, unknown) for w in words_of(t)] for t, c in tokens.items() if c > 1}
    chunks: list[NDArray[np.uint16]] = []
    part: list[int] = [stop]
    for text in texts:
        heading = text.isupper()
        for token in text.split():
            if part[-1:] != [stop] and not heading:
                inside[token] += 1
            known = table.get(token)
            part.extend(known if known is not None else [ids.get(w, unknown) for w in words_of(token)])
        if part[-1] != stop:
            part.append(stop)
        if len(part) > 1_000_000:
            chunks.append(np.array(part, np.uint16))
            part = []
    return np.concatenate([*chunks, np.array(part, np.uint16)]), inside


def sift(
    text: NDArray[np.uint16], ids: dict[str, int], worn: int, at_least: int
) -> tuple[NDArray[np.uint16], dict[str, int]]:
    """The text without the misprinted pages of its first `worn` words, and without words that then are rare."""
    text = text[well_printed(text, list(ids), worn)]
    often = np.bincount(text, minlength=len(ids))
    kept = [word for word, i in ids.items() if word in CLASSES or often[i] >= at_least]
    fewer = {word: i for i, word in enumerate(kept)}
    table = np.array([fewer.get(word, fewer[UNKNOWN]) for word in ids], np.uint16)
    return table[text], fewer


def shape_scores(inside: collections.Counter[str], ids: dict[str, int]) -> NDArray[np.float64]:
    """For each word the log probabilities of small letters, a first capital, and capitals inside a sentence."""
    counts = np.full((len(ids), len(Shape)), 0.5)
    for token, count in inside.items():
        for part in INNER.split(outer(token)[1]):
            at = ids.get(class_of(part)) if part.isalpha() else None
            if at is not None:
                counts[at, shape_of(part)] += count
    return np.asarray(np.log(counts / counts.sum(axis=1, keepdims=True)))


def name_paragraphs(path: Path | None) -> list[str]:
    """Place names as the sentences a letter has them in; a file of kind, tab, name."""
    if path is None:
        return []
    rows = [line.split("\t")[:2] for line in path.read_text(encoding="utf-8").splitlines() if "\t" in line]
    return [f"{kind} {name}" for label, name in rows for kind in KINDS.get(label, ())]


def count_levels(ids: NDArray[np.uint16]) -> list[tuple[Keys, NDArray[np.int64]]]:
    """For orders 1 to 4 the sorted keys and their counts: plain for order 4, else of distinct words before."""
    n = len(ids) - ORDER + 1
    keys = np.zeros(n, np.uint64)
    for i in range(ORDER):
        keys = (keys << np.uint64(BITS)) | ids[i : i + n].astype(np.uint64)
    keys.sort()
    levels = [_runs(keys)]
    for order in range(ORDER - 1, 0, -1):
        shorter = levels[0][0] & np.uint64((1 << (BITS * order)) - 1)
        shorter.sort()
        levels.insert(0, _runs(shorter))
    return levels


def _runs(sorted_keys: Keys) -> tuple[Keys, NDArray[np.int64]]:
    starts = np.flatnonzero(np.concatenate([[True], sorted_keys[1:] != sorted_keys[:-1]]))
    return sorted_keys[starts], np.diff(np.append(starts, len(sorted_keys)))


def discounts(counts: NDArray[np.int64]) -> Floats:
    """What is taken off a count of 1, 2, and 3 or more, from the counts of counts (Chen and Goodman).

    A text too small to have some count at all is treated as if it had it once.
    """
    n = [max(float(np.count_nonzero(counts == i)), 1.0) for i in range(1, 5)]
    y = n[0] / (n[0] + 2 * n[1])
    taken = [np.clip(i - (i + 1) * y * n[i] / n[i - 1], 0.05, i - 0.05) for i in range(1, 4)]
    return np.array([0.0, *taken])


def estimate(levels: list[tuple[Keys, NDArray[np.int64]]], vocabulary: int) -> list[Level]:
    """Interpolated Kneser-Ney probability of every n-gram seen, and the back-off weight of every context."""
    done: list[Level] = []
    for order, (keys, counts) in enumerate(levels, start=1):
        cut = discounts(counts)[np.minimum(counts, 3)]
        starts, sizes = _contexts(keys)
        total = np.add.reduceat(counts, starts).astype(np.float64)
        gamma = np.add.reduceat(cut, starts) / total
        lower = np.full(len(keys), 1.0 / vocabulary)
        if order > 1:
            shorter = done[-1]
            lower = shorter.prob[np.searchsorted(shorter.keys, keys & np.uint64((1 << (BITS * (order - 1))) - 1))]
            at = np.searchsorted(shorter.keys, keys[starts] >> np.uint64(BITS))
            shorter.backoff[at] = gamma
        prob = (counts - cut) / np.repeat(total, sizes) + np.repeat(gamma, sizes) * lower
        done.append(Level(keys, counts, prob, np.ones(len(keys)), np.ones(len(keys), np.bool_)))
    return done


def _contexts(keys: Keys) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where each context (all words but the last) begins among the keys, and how many n-grams it has."""
    context = keys >> np.uint64(BITS)
    starts = np.flatnonzero(np.concatenate([[True], context[1:] != context[:-1]]))
    return starts, np.diff(np.append(starts, len(keys)))


def prune(levels: list[Level], limits: dict[int, int]) -> None:
    """Mark to keep the n-grams that the model would miss most, with the contexts and suffixes that they need."""
    needed = np.zeros(len(levels[-1].keys), np.bool_)
    for order in range(ORDER, 1, -1):
        level, shorter = levels[order - 1], levels[order - 2]
        context = np.searchsorted(shorter.keys, level.keys >> np.uint64(BITS))
        suffix = np.searchsorted(shorter.keys, level.keys & np.uint64((1 << (BITS * (order - 1))) - 1))
        loss = level.counts * (np.log(level.prob) - np.log(shorter.backoff[context] * shorter.prob[suffix]))
        loss[needed] = np.inf
        limit = min(limits[order], len(loss))
        level.keep = loss >= max(np.partition(loss, len(loss) - limit)[len(loss) - limit], 1e-9)
        needed = np.zeros(len(shorter.keys), np.bool_)
        needed[context[level.keep]] = True
        needed[suffix[level.keep]] = True


def renormalise(levels: list[Level]) -> None:
    """Back-off weights of what was kept: the mass left over, shared out by the shorter model."""
    for order in range(2, ORDER + 1):
        level, shorter = levels[order - 1], levels[order - 2]
        kept = level.keys[level.keep]
        suffix = kept & np.uint64((1 << (BITS * (order - 1))) - 1)
        context = np.searchsorted(shorter.keys, kept >> np.uint64(BITS))
        lower = shorter.prob[np.searchsorted(shorter.keys, suffix)]
        used = np.bincount(context, level.prob[level.keep], len(shorter.keys))
        spared = np.bincount(context, lower, len(shorter.keys))
        shorter.backoff = np.clip((1 - used), 1e-6, 1) / np.clip((1 - spared), 1e-6, 1)
        shorter.backoff[used == 0] = 1.0


def main() -> None:
    """Read the arguments, count, estimate, prune, pack."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, action="append", required=True, help="a paragraph a line, plain or .xz")
    parser.add_argument("--worn", type=Path, action="append", default=[], help="the same, partly read by an OCR engine")
    parser.add_argument("--names", type=Path, help="place names: kind (commune, district, province), tab, name")
    parser.add_argument("--out", type=Path, required=True, help="folder of models")
    parser.add_argument("--words", type=int, default=40_000, help="most words to keep")
    parser.add_argument("--at-least", type=int, default=12, help="least count of a word")
    parser.add_argument("--limits", default="1500000,3200000,3200000", help="most n-grams of order 2, 3, 4")
    arguments = parser.parse_args()
    worn, fresh, names = arguments.worn, arguments.text, name_paragraphs(arguments.names)
    tokens = count_tokens(itertools.chain(training_paragraphs([*worn, *fresh]), names))
    ids = choose_words(tokens, arguments.at_least, arguments.words)
    print(f"{tokens.total()} tokens, {len(ids)} words", file=sys.stderr)
    text, inside = stream(itertools.chain(training_paragraphs([*worn, *fresh]), names), tokens, ids)
    beginning, _ = stream(training_paragraphs(worn), tokens, ids) if worn else (text[:0], None)
    text, ids = sift(text, ids, len(beginning), arguments.at_least)
    print(f"{len(text)} of them well printed, {len(ids)} words", file=sys.stderr)
    levels = estimate(count_levels(text), len(ids))
    print("n-grams seen:", [len(level.keys) for level in levels], file=sys.stderr)
    prune(levels, dict(zip(range(2, ORDER + 1), map(int, arguments.limits.split(",")), strict=True)))
    renormalise(levels)
    print("n-grams kept:", [int(level.keep.sum()) for level in levels], file=sys.stderr)
    facts: dict[str, Any] = {"tokens": len(text), "order": ORDER}
    pack_levels(
        arguments.out / "ngrams.bin",
        len(ids),
        [(v.keys[v.keep], v.prob[v.keep], v.backoff[v.keep]) for v in levels],
        facts,
    )
    shapes = shape_scores(inside, ids)
    rows = ("\t".join([word, *(f"{s:.2f}" for s in shapes[i])]) for word, i in ids.items())
    (arguments.out / "words.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
