"""Learn how an OCR engine errs: P(chunk read | chunk printed), from pairs of lines (see `scripts.make_pairs`).

    python -m scripts.learn_channel --pairs eng_a.jsonl --pairs eng_b.jsonl --out models/channel_eng.tsv

Lines are aligned by characters and cut where a space was read as a space; the words between are explained by chunks of
up to 3 letters printed and 3 read, found by Viterbi training: a few rounds of aligning with the last table and counting
again. Beside the table the file holds, as `#` lines, how often a space was lost or added, how far the engine's
confidence is to be believed, and how often a vowel is read as another one of its base.
"""

from __future__ import annotations

import argparse
import collections
import itertools
import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.repair.channel import is_vowel, marks_changed
from pipeline.repair.pieces import ENGINE_STEPS, trust_of
from pipeline.repair.tokens import outer
from pipeline.vietnamese import fold, nfc, place_tones

Pair = tuple[str, str]
Chunk = tuple[str, str]
Table = dict[Chunk, float]

MAX_TRUE = 3
MAX_RAW = 3
LENGTH_COST = {1: 0.0, 2: 1.5, 3: 3.0}
"""Natural-log cost of explaining 2 or 3 printed letters as one chunk: a longer chunk must earn its place."""


def read_pairs(paths: list[Path]) -> dict[str, list[Pair]]:
    """The (true, raw) lines of the files, by the strength with which their pages were degraded."""
    pairs: dict[str, list[Pair]] = collections.defaultdict(list)
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                pair = json.loads(line)
                pairs[pair["strength"]].append((place_tones(nfc(pair["true"])), nfc(pair["raw"])))
    return dict(pairs)


def cut_words(true: str, raw: str) -> Iterator[Pair]:
    """The line as pairs between spaces that were read as spaces; most hold one word on each side."""
    cuts = [(-1, -1)]
    for op in Levenshtein.opcodes(fold(true), fold(raw)):
        if op.tag == "equal":
            cuts += [
                (i, op.dest_start + i - op.src_start)
                for i in range(op.src_start, op.src_end)
                if true[i] == " " == raw[op.dest_start + i - op.src_start]
            ]
    cuts.append((len(true), len(raw)))
    for (a, b), (c, d) in itertools.pairwise(cuts):
        if c > a + 1 or d > b + 1:
            yield true[a + 1 : c], raw[b + 1 : d]


def word_counts(pairs: Iterable[Pair]) -> tuple[collections.Counter[Pair], dict[str, float]]:
    """Pairs of letter words with their counts, and how often a space was lost, added, or kept."""
    words: collections.Counter[Pair] = collections.Counter()
    spaces: collections.Counter[str] = collections.Counter()
    for true_line, raw_line in pairs:
        for true, raw in cut_words(true_line, raw_line):
            if not true or not raw or abs(len(true) - len(raw)) > 6:
                continue
            lost, added = true.count(" "), raw.count(" ")
            spaces["kept"] += 1
            spaces["lost"] += lost if not added else 0
            spaces["added"] += added if not lost else 0
            if not lost and not added:
                core, read = _cores(true, raw)
                if read and core.isalpha() and len(core) <= 12:
                    words[core, read] += 1
    total = spaces["kept"]
    return words, {"space_lost": spaces["lost"] / total, "space_added": spaces["added"] / total}


def _cores(true: str, raw: str) -> Pair:
    """The letters of a word on both sides: punctuation goes where it was printed; marks read for letters stay."""
    before, core, after = outer(true)
    if before:
        raw = raw[len(outer(raw)[0]) :]
    if after:
        raw = raw[: len(raw) - len(outer(raw)[2])]
    return core, raw


def distrust(paths: list[Path]) -> dict[str, float]:
    """For each step of the engine's trust in a word, how much likelier it is wrong than any word (log odds)."""
    counts = {step: [1.0, 1.0] for step in range(1, ENGINE_STEPS + 1)}
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            true, raw = place_tones(pair["true"]).split(), place_tones(pair["raw"]).split()
            if len(true) == len(raw) == len(pair["confidence"]):
                for t, r, confidence in zip(true, raw, pair["confidence"], strict=True):
                    counts[trust_of(confidence)][t != r] += any(c.isalpha() for c in r)
    right, wrong = (sum(c[i] for c in counts.values()) for i in (0, 1))
    return {f"distrust_{step}": math.log(w / r) - math.log(wrong / right) for step, (r, w) in counts.items()}


def start_table(pairs: collections.Counter[Pair]) -> Table:
    """A first guess that only knows that folded letters look like themselves."""
    letters = {c for true, _ in pairs for c in true}
    return {(c, r): (0.0 if c == r else -1.0) for c in letters for r in {c, fold(c), fold(c).upper()}}


def align(true: str, raw: str, table: Table, slack: bool) -> tuple[float, list[Chunk]]:  # noqa: FBT001
    """The best explanation of `raw` by chunks; with `slack` unseen chunks may be used at a price by their size."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for i in range(len(true) + 1):
        for j in range(len(raw) + 1):
            if (i, j) not in best:
                continue
            here = best[i, j][0]
            for di in range(1, min(MAX_TRUE, len(true) - i) + 1):
                for dj in range(min(MAX_RAW, len(raw) - j) + 1):
                    score = _chunk_score(true[i : i + di], raw[j : j + dj], table, slack)
                    after = (i + di, j + dj)
                    if score is not None and here + score > best.get(after, (-math.inf, None))[0]:
                        best[after] = (here + score, (i, j))
    end = (len(true), len(raw))
    if end not in best:
        return -math.inf, []
    return best[end][0], _trace(best, end, true, raw)


def _chunk_score(true: str, raw: str, table: Table, slack: bool) -> float | None:  # noqa: FBT001
    known = table.get((true, raw))
    if known is not None:
        return known - LENGTH_COST[len(true)]
    if not slack:
        return None
    return -4.0 - 2.0 * max(len(true), len(raw)) - 1.5 * abs(len(true) - len(raw))


def _trace(
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]], end: tuple[int, int], true: str, raw: str
) -> list[Chunk]:
    chunks: list[Chunk] = []
    at = end
    while (before := best[at][1]) is not None:
        chunks.append((true[before[0] : at[0]], raw[before[1] : at[1]]))
        at = before
    return chunks[::-1]


def learn(pairs: collections.Counter[Pair], rounds: int, least: float) -> Table:
    """The table after some rounds of aligning and counting; rare chunks fall out."""
    table = start_table(pairs)
    for number in range(rounds):
        table = _table_of(_chunk_counts(pairs, table), least)
        print(f"round {number + 1}: {len(table)} chunks", file=sys.stderr)
    return table


def _chunk_counts(pairs: collections.Counter[Pair], table: Table) -> collections.Counter[Chunk]:
    counts: collections.Counter[Chunk] = collections.Counter()
    for (true, raw), count in pairs.items():
        for chunk in align(true, raw, table, slack=True)[1]:
            counts[chunk] += count
    return counts


def worst_slips(kinds: Iterable[list[Pair]], table: Table) -> dict[str, float]:
    """How often vowels slip on the kind of page on which they do most: the next scanner is not one of ours."""
    found = [slips(_chunk_counts(word_counts(pairs)[0], table)) for pairs in kinds]
    return {name: max(one[name] for one in found) for name in found[0]}


def slips(counts: collections.Counter[Chunk]) -> dict[str, float]:
    """How often a small vowel is read as one other vowel of its base: with one mark changed, and with both.

    Pooled over all vowels (log probability of each single slip), for those too rare to have been seen to slip so.
    """
    printed: collections.Counter[str] = collections.Counter()
    for (true, _), count in counts.items():
        printed[true] += count
    vowels = [c for c in printed if len(c) == 1 and c.islower() and is_vowel(c)]
    seen = {marks: [1.0, 1.0] for marks in (1, 2)}
    for true, read in itertools.permutations(vowels, 2):
        if fold(true) == fold(read):
            seen[marks_changed(true, read)][0] += counts[true, read]
            seen[marks_changed(true, read)][1] += printed[true]
    return {f"slip_{marks}": math.log(slipped / chances) for marks, (slipped, chances) in seen.items()}


def _table_of(counts: collections.Counter[Chunk], least: float) -> Table:
    """Conditional probabilities; a chunk of several letters counts only when seen often enough to be a habit."""
    totals: collections.Counter[str] = collections.Counter()
    for (true, _), count in counts.items():
        totals[true] += count
    return {
        (true, raw): math.log(count / (totals[true] + 1.0))
        for (true, raw), count in counts.items()
        if count >= (1 if len(true) == 1 else 4) and count / totals[true] >= least
    }


def main() -> None:
    """Read the arguments, learn, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, action="append", required=True)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--least", type=float, default=0.0003, help="least probability of a chunk that is kept")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    pairs = read_pairs(arguments.pairs)
    words, facts = word_counts(itertools.chain.from_iterable(pairs.values()))
    facts |= distrust(arguments.pairs)
    print(f"{words.total()} word pairs, {len(words)} distinct; {facts}", file=sys.stderr)
    table = learn(words, arguments.rounds, arguments.least)
    facts |= worst_slips(pairs.values(), table)
    lines = [f"# {name}\t{value:.6f}" for name, value in facts.items()]
    lines += [f"{true}\t{raw}\t{score:.3f}" for (true, raw), score in sorted(table.items())]
    arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
