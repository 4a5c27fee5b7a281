"""Names found by rules, by the net and by both, against letters marked by hand: precision, recall and F1 of each kind.

    python -m scripts.bench.entities [--side test] [--gold corpus/entities] [--recorded FOLDER] [--misses]

On the marked text a name is right when its kind and both its ends are. With `--recorded` the words that an engine read
from the same letters are repaired and looked through instead (`FOLDER/NAME.json.gz`); there a name is right when the
letter has it, compared without marks and case. Names are counted as often as they stand there.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from pipeline.config import Config
from pipeline.extract.names import mentions_by_rules, mentions_of
from pipeline.extract.names.mentions import KINDS, Mention, apart
from pipeline.extract.names.recogniser import mentions_by_net
from pipeline.extract.passages.running import paragraphs
from pipeline.nouns import Letter, MediaType, Scan
from pipeline.ocr.recorded import load_pages
from pipeline.repair import repair_pages
from pipeline.vietnamese import fold, is_capitals
from scripts.entity_gold import Marked, gold_of, read_gold

Way = Callable[[list[str]], list[tuple[Mention, ...]]]
Key = tuple[str, str, object]
"""Kind, name, and what tells this mention from others: its place, or nothing."""


def by_rules(texts: list[str]) -> list[tuple[Mention, ...]]:
    """Rules alone."""
    return [mentions_by_rules(text) for text in texts]


def by_net(texts: list[str]) -> list[tuple[Mention, ...]]:
    """The net alone."""
    return list(mentions_by_net(texts))


def rules_first(texts: list[str]) -> list[tuple[Mention, ...]]:
    """Rules, and what the net finds where they find nothing."""
    return [apart((*rules, *net)) for rules, net in zip(by_rules(texts), by_net(texts), strict=True)]


def net_first(texts: list[str]) -> list[tuple[Mention, ...]]:
    """The net, and what rules find where it finds nothing."""
    return [apart((*net, *rules)) for rules, net in zip(by_rules(texts), by_net(texts), strict=True)]


Compared = tuple[str, Counter[Key], Counter[Key]]
WAYS: dict[str, Way] = {
    "rules": by_rules,
    "net": by_net,
    "rules, then net": rules_first,
    "net, then rules": net_first,
    "as shipped": mentions_of,
}


def recorded_texts(path: Path) -> list[str]:
    """The body's paragraphs of a letter as an engine read it, repaired."""
    pages, _ = repair_pages(load_pages(path), Config().repair)
    letter = Letter(Scan(path, "0" * 64, MediaType.PDF, 1, len(pages)), pages)
    return [one.text for one in paragraphs(letter) if not is_capitals(one.text)]


def keys(texts: Iterable[str], mentions: Iterable[tuple[Mention, ...]], *, placed: bool) -> Counter[Key]:
    """What is compared: every mention, with its place or without."""
    return Counter(
        (
            mention.kind,
            fold(text[mention.start : mention.end]),
            (number, mention.start, mention.end) if placed else None,
        )
        for number, (text, found) in enumerate(zip(texts, mentions, strict=True))
        for mention in found
    )


def letters_of(args: argparse.Namespace) -> dict[str, tuple[Marked, ...]]:
    """The marked letters: of one side of the split, or all of a folder that the split does not know."""
    known = gold_of(args.gold, args.split, args.side)
    return known or {path.stem: read_gold(path) for path in sorted(args.gold.glob("*.md"))}


def compare(letters: dict[str, tuple[Marked, ...]], read: dict[str, list[str]] | None, way: Way) -> list[Compared]:
    """For each letter its name, what was found and what was wanted.

    Args:
        letters: the marked letters.
        read: what an engine read of each, or None to look through the marked text itself.
        way: how names are found.
    """
    rows = []
    for name, gold in letters.items():
        own = [one.text for one in gold]
        texts = own if read is None else read[name]
        wanted = keys(own, [one.mentions for one in gold], placed=read is None)
        rows.append((name, keys(texts, way(texts), placed=read is None), wanted))
    return rows


def line(rows: list[Compared], kinds: Iterable[str]) -> str:
    """Precision, recall and F1 in per cent over these kinds."""
    right = found = wanted = 0
    for _, got, want in rows:
        right += sum(count for key, count in (got & want).items() if key[0] in kinds)
        found += sum(count for key, count in got.items() if key[0] in kinds)
        wanted += sum(count for key, count in want.items() if key[0] in kinds)
    share = [100 * right / max(1, found), 100 * right / max(1, wanted), 200 * right / max(1, found + wanted)]
    return " / ".join(f"{value:.1f}" for value in share) + f" ({wanted})"


def main() -> None:
    """Prints a table: a row for each kind, a column for each way."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=Path("corpus/entities"))
    parser.add_argument("--split", type=Path, default=Path("corpus/split.toml"))
    parser.add_argument("--side", choices=["dev", "test"], default="test")
    parser.add_argument("--recorded", type=Path)
    parser.add_argument("--misses", choices=list(WAYS))
    args = parser.parse_args()
    letters = letters_of(args)
    folder = args.recorded
    read = {name: recorded_texts(folder / f"{name}.json.gz") for name in letters} if folder else None
    by_way = {name: compare(letters, read, way) for name, way in WAYS.items()}
    print("| kind | " + " | ".join(WAYS) + " |")
    print("|---" * (len(WAYS) + 1) + "|")
    for kind in (*KINDS, "all"):
        kinds = KINDS if kind == "all" else (kind,)
        print(f"| {kind} | " + " | ".join(line(by_way[name], kinds) for name in WAYS) + " |")
    texts = [one.text for letter in letters.values() for one in letter]
    for name in ("rules", "net"):
        start = time.process_time()
        WAYS[name](texts)
        spent = time.process_time() - start
        print(f"{name}: {1e6 * spent / sum(len(text.split()) for text in texts):.0f} ms of CPU for 1,000 words")
    for name, got, want in by_way[args.misses] if args.misses else ():
        for key in (got - want).elements():
            print(f"{name} + {key[0]}: {key[1]}")
        for key in (want - got).elements():
            print(f"{name} - {key[0]}: {key[1]}")


if __name__ == "__main__":
    main()
