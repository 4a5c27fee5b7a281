"""Learn what the odds of a repair are worth: on held-out pairs, how many changes of such odds were right.

    python -m scripts.calibrate_repair --ruined eng.jsonl --fresh vie.jsonl --letters RECORDED SCANS --out models

`--letters` are recorded readings of scans and the folder of what was printed on them (`NAME.json`). Fresh text wants
proofread text to be judged by: of a law's own misprints it mends more than it makes mistakes.

Writes `repair_scores.tsv`: mode, log odds, probability; a rising staircase (pool adjacent violators) over bins of equal
size. Text without marks is made from the true side of the ruined pairs.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.repair.characters import mend_characters
from pipeline.repair.models import reader
from pipeline.repair.pieces import trust_of
from pipeline.repair.recognise import Mode
from pipeline.repair.restore import Restored, Token, restore
from pipeline.vietnamese import nfc, place_tones, strip_marks
from scripts.bench.harm import ReadLetter, read_letters

BINS = 30
Judged = tuple[float, bool]


def judged_changes(lines: list[tuple[str, list[Token]]], mode: Mode) -> Iterator[Judged]:
    """For each token that was changed, its odds and whether it became what was printed."""
    restored = restore([tokens for _, tokens in lines], reader(mode))
    for (true, tokens), news in zip(lines, restored, strict=True):
        yield from _judge(place_tones(nfc(true)).split(), tokens, news)


def judged_letters(letters: list[ReadLetter]) -> Iterator[Judged]:
    """The same for whole letters, but for words that have no counterpart at their place in what was printed."""
    for letter in letters:
        restored = restore(letter.tokens, reader(Mode.FRESH))
        news, tokens = list(itertools.chain(*restored)), list(itertools.chain(*letter.tokens))
        for op in Levenshtein.opcodes([new.text for new in news], letter.printed):
            if op.tag in {"equal", "replace"}:
                part = slice(op.src_start, op.src_end)
                yield from _judge(letter.printed[op.dest_start : op.dest_end], tokens[part], news[part])


def _judge(true: list[str], tokens: list[Token], news: list[Restored]) -> Iterator[Judged]:
    became = [new.text for new in news]
    for op in Levenshtein.opcodes(became, true):
        for at in range(op.src_start, op.src_end):
            if became[at] and became[at] != tokens[at][0] and " " not in became[at]:
                yield news[at].odds, op.tag == "equal"


def read_lines(paths: list[Path], *, strip: bool = False) -> list[tuple[str, list[Token]]]:
    """True lines with the tokens read; with `strip` the true line without its marks is what was read."""
    lines: list[tuple[str, list[Token]]] = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            pair = json.loads(line)
            raw = (strip_marks(pair["true"]) if strip else pair["raw"]).split()
            trust = [0] * len(raw) if strip else [trust_of(c) for c in pair["confidence"]]
            lines.append((pair["true"], [(mend_characters(t), c) for t, c in zip(raw, trust, strict=True)]))
    return lines


def staircase(judged: list[Judged]) -> list[tuple[float, float]]:
    """Rising (odds, probability) steps: bins of equal size, neighbours pooled until they rise."""
    judged.sort()
    size = max(len(judged) // BINS, 1)
    bins = [judged[i : i + size] for i in range(0, len(judged), size)]
    steps: list[tuple[float, int, float]] = []
    for part in bins:
        steps.append((sum(o for o, _ in part) / len(part), len(part), sum(r for _, r in part) / len(part)))
        while len(steps) > 1 and steps[-2][2] >= steps[-1][2]:
            steps[-2:] = [_pooled(steps[-2], steps[-1])]
    return [(odds, min(max(p, 0.01), 0.999)) for odds, _, p in steps]


def _pooled(a: tuple[float, int, float], b: tuple[float, int, float]) -> tuple[float, int, float]:
    count = a[1] + b[1]
    return (a[0] * a[1] + b[0] * b[1]) / count, count, (a[2] * a[1] + b[2] * b[1]) / count


def main() -> None:
    """Read the arguments, judge, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ruined", type=Path, action="append", required=True)
    parser.add_argument("--fresh", type=Path, action="append", required=True)
    parser.add_argument("--letters", type=Path, nargs=2, action="append", default=[])
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    inputs = {
        Mode.RUINED: read_lines(arguments.ruined),
        Mode.STRIPPED: read_lines(arguments.ruined, strip=True),
        Mode.FRESH: read_lines(arguments.fresh),
    }
    judged = {mode: list(judged_changes(lines, mode)) for mode, lines in inputs.items()}
    for readings, gold in arguments.letters:
        judged[Mode.FRESH] += judged_letters(list(read_letters(readings, gold)))
    rows = []
    for mode, found in judged.items():
        steps = staircase(found)
        rows += [f"{mode.value}\t{odds:.2f}\t{probability:.4f}" for odds, probability in steps]
    (arguments.out / "repair_scores.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
