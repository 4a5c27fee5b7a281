"""Text with its names marked by rules and lists: what a recogniser of names is first taught from.

    python -m scripts.silver_entities --text legal.txt.xz --text plan.txt --share 0.06 --out silver.jsonl

Only paragraphs of the training part are taken (`scripts.text_parts`), drawn by chance; of those without names one in
five is kept. What the rules cannot tell is marked as unknown: a capital in the middle of a sentence that belongs to no
mention and to no word of documents. Each line of the output is a JSON object: `text`, `mentions` and `unknown`, both
lists of `[start, end]`, mentions with their kind before.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.extract.names import mentions_by_rules
from pipeline.extract.names.mentions import Mention, apart
from pipeline.vietnamese import is_capitals, place_tones
from scripts.text_parts import paragraphs, part_of

SHORTEST, LONGEST = 40, 700
WITHOUT_NAMES = 0.2
_WORD = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r" ([^\W_]+)")
_OPENS = re.compile(r"(?:^|[.:;!?…“\"()-]|\d|[a-zđ]\))\s*$")
_HINTS = tomllib.loads(Path(__file__).with_name("entity_hints.toml").read_text(encoding="utf-8"))
_LANDMARK = re.compile(rf"(?<!\w)(?:{'|'.join(_HINTS['landmarks'])})(?=( [^\W_]+){{1,4}})", re.IGNORECASE)
_REGION = re.compile(rf"(?<!\w)(?:{'|'.join(_HINTS['regions'])})(?!\w)")


def mentions_of(text: str) -> tuple[Mention, ...]:
    """What the rules of the program find, and landmarks and regions, which only teaching needs."""
    regions = [Mention("place", *match.span()) for match in _REGION.finditer(text)]
    return apart((*mentions_by_rules(text), *regions, *landmarks(text)))


def landmarks(text: str) -> Iterator[Mention]:
    """Rivers, roads, zones: what they are called, and the capitals or the number that follow."""
    for match in _LANDMARK.finditer(text):
        end = match.end()
        for word in _NEXT.finditer(text, end):
            if word.start() != end or not (word[1][0].isupper() or (word[1].isdigit() and end == match.end())):
                break
            end = word.end()
        if end > match.end():
            yield Mention("place", match.start(), end)


def is_doubtful(text: str, mention: Mention) -> bool:
    """Whether the rules are not to be believed here: people in laws, programmes without quotes, bodies cut short."""
    name = text[mention.start : mention.end]
    if mention.kind == "organisation":
        after = _NEXT.match(text, mention.end)
        small = after is not None and after[1][0].islower() and after[1] not in _HINTS["after_bodies"]
        return small or name in _HINTS["no_bodies"]
    return mention.kind == "person" or (mention.kind == "programme" and not re.search('[“"]', name))


def rest_of(text: str, mention: Mention) -> tuple[int, int]:
    """A doubtful name and the small words behind it, which may belong to it."""
    end = mention.end
    for word in _NEXT.finditer(text, end):
        if word.start() != end or not word[1].islower() or mention.kind == "person":
            break
        end = word.end()
    return mention.start, end


def unknown_of(text: str, mentions: tuple[Mention, ...]) -> list[tuple[int, int]]:
    """Words with a capital inside a sentence that no rule explains: they may be names or none."""
    usual = frozenset(_HINTS["capitals"])
    found = []
    for match in _WORD.finditer(text):
        inside = any(mention.start < match.end() and match.start() < mention.end for mention in mentions)
        if inside or not match.group()[0].isupper() or match.group() in usual or _OPENS.search(text[: match.start()]):
            continue
        found.append(match.span())
    return found


def chosen(paths: list[Path], share: float, rng: random.Random) -> Iterator[str]:
    """That share of the usable paragraphs of the training part."""
    for path in paths:
        for text in paragraphs(path):
            usable = SHORTEST <= len(text) <= LONGEST and not is_capitals(text)
            if usable and rng.random() < share and part_of(text) == "train":
                yield place_tones(text)


def silver(texts: Iterable[str], rng: random.Random) -> Iterator[dict[str, object]]:
    """The paragraphs with their mentions."""
    for text in texts:
        found = mentions_of(text)
        if found or rng.random() < WITHOUT_NAMES:
            mentions = tuple(mention for mention in found if not is_doubtful(text, mention))
            doubtful = [rest_of(text, mention) for mention in found if is_doubtful(text, mention)]
            unknown = [*doubtful, *unknown_of(text, found)]
            yield {"text": text, "mentions": [(m.kind, m.start, m.end) for m in mentions], "unknown": unknown}


def main() -> None:
    """Writes the paragraphs, one a line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--text", type=Path, action="append", required=True, help="plain text or .xz, a paragraph a line"
    )
    parser.add_argument("--share", type=float, default=0.05, help="of the paragraphs")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    rows = list(silver(chosen(args.text, args.share, rng), rng))
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} paragraphs, {sum(len(row['mentions']) for row in rows)} mentions", file=sys.stderr)  # type: ignore[arg-type,misc]


if __name__ == "__main__":
    main()
