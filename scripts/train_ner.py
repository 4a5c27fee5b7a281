"""Train the recogniser of names: a small spaCy pipeline of hashed word shapes and a few layers of windows.

    python -m scripts.train_ner --silver silver.jsonl --steps 2000 --out models/ner

It is taught by three sources, mixed at every step: text that the rules marked (`scripts.silver_entities`), sentences
with slots filled by made-up names (`scripts.entity_variety`), and what was marked by hand: letters of the development
side (`corpus/entities`), of which every third only chooses the best step, and silver paragraphs that were put right.
Names are changed for made-up ones, words misread as an engine does. What the rules could not tell is passed over in
teaching. The words of the texts are not kept.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from pipeline.config import models_dir
from pipeline.extract.names.mentions import KINDS, Mention
from pipeline.extract.names.recogniser import NOT_KEPT, cut
from scripts.entity_gold import Marked, gold_of, read_gold
from scripts.entity_variety import Namer, Piece, drills, pieces_of, renamed
from scripts.ocr_noise import Noise

WIDTH, DEPTH = 96, 4
"""Numbers a word, and layers, each of which sees one word more to both sides."""
RATE = 0.001
BATCH = 48
PAUSE = 150
"""Steps between two trials on the letters that choose."""
SHARES = (0.45, 0.25, 0.3)
"""How much of each batch is silver, drilled, and marked by hand."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is taught from, already cut where names begin and end."""

    silver: list[list[Piece]]
    drill: list[str]
    gold: list[list[Piece]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long is taught, by which chances, from which weights, and where the net is written."""

    steps: int
    seed: int
    start: Path | None
    out: Path


def new_net() -> Language:
    """The pipeline before it has learnt anything."""
    net = spacy.blank("xx")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 500, 1500, 800],
        "include_static_vectors": False,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "window_size": 1,
        "maxout_pieces": 2,
        "depth": DEPTH,
    }
    model = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode},
    }
    ner: Any = net.add_pipe("ner", config={"model": model})
    for kind in KINDS:
        ner.add_label(kind.upper())
    return net


def example(net: Language, pieces: list[Piece]) -> Example:
    """A paragraph to learn from; words of unknown pieces have no answer."""
    text = "".join(piece.text for piece in pieces)
    predicted = cut(net.vocab, " ".join(text.split()))
    tags = ["O"] * len(predicted)
    at = 0
    for piece in _even(pieces):
        inside = [token.i for token in predicted if at <= token.idx and token.idx + len(token) <= at + len(piece.text)]
        if piece.kind and inside:
            tags[inside[0] : inside[-1] + 1] = _tags(piece.kind, len(inside))
        at += len(piece.text)
    return Example(predicted, _reference(net, predicted, tags))


def _even(pieces: list[Piece]) -> Iterator[Piece]:
    """The pieces with single spaces, as the text is cut: what a slip left empty takes no room."""
    last = " "
    for piece in pieces:
        text = "".join(
            char for before, char in zip(last + piece.text, piece.text, strict=False) if (before, char) != (" ", " ")
        )
        last = text[-1] if text else last
        yield Piece(text, piece.kind)


def _tags(kind: str, count: int) -> list[str]:
    if kind == "?":
        return ["-"] * count
    label = kind.upper()
    return [f"U-{label}"] if count == 1 else [f"B-{label}", *[f"I-{label}"] * (count - 2), f"L-{label}"]


def _reference(net: Language, predicted: Doc, tags: list[str]) -> Doc:
    made = Example.from_dict(predicted, {"entities": tags})
    return made.reference


def lessons(net: Language, sources: Sources, rng: random.Random) -> Iterator[Example]:
    """Paragraphs without end, each time with other names and other misreadings."""
    namer, noise = Namer(rng), Noise(models_dir() / "channel_vie.tsv", rng)
    while True:
        source = rng.choices(("silver", "drill", "gold"), SHARES)[0]
        if source == "drill":
            pieces = namer.drill(rng.choice(sources.drill))
        else:
            pieces = rng.choice(sources.silver if source == "silver" else sources.gold)
            pieces = renamed(pieces, namer, 0.45 if rng.random() < 0.7 else 0.0)
        if rng.random() < 0.3:
            pieces = [Piece(noise.text(piece.text, rng.choice((0.03, 0.08, 0.15))), piece.kind) for piece in pieces]
        pieces = [piece for piece in pieces if piece.text]
        if any(piece.text.strip() for piece in pieces):
            yield example(net, pieces)


def f1(net: Language, gold: list[Marked]) -> float:
    """Names found with their kind and their very ends, over all kinds."""
    right = found = wanted = 0
    for paragraph, doc in zip(gold, net.pipe(cut(net.vocab, one.text) for one in gold), strict=True):
        got = {Mention(ent.label_.lower(), ent.start_char, ent.end_char) for ent in doc.ents}
        right += len(got & set(paragraph.mentions))
        found += len(got)
        wanted += len(paragraph.mentions)
    return 2 * right / max(1, found + wanted)


def train(net: Language, sources: Sources, choosing: list[Marked], plan: Plan) -> None:
    """Teaches for the steps of the plan; whenever the letters that choose are read better, the net is written."""
    rng = random.Random(plan.seed)
    fix_random_seed(plan.seed)
    stream = lessons(net, sources, rng)
    optimizer = net.initialize(lambda: [next(stream) for _ in range(200)])
    if plan.start is not None:
        net.from_bytes(plan.start.read_bytes(), exclude=NOT_KEPT)
    best = 0.0
    for step in range(1, plan.steps + 1):
        losses: dict[str, float] = {}
        optimizer.learn_rate = RATE * min(1.0, max(0.1, 1.5 * (1 - step / plan.steps)))
        net.update([next(stream) for _ in range(BATCH)], sgd=optimizer, drop=0.2, losses=losses)
        if step % PAUSE and step != plan.steps:
            continue
        with net.use_params(optimizer.averages):
            now = f1(net, choosing)
            if now > best:
                best = now
                write(net, plan.out)
        print(f"step {step}: loss {losses['ner']:.0f}, F1 {now:.4f}", file=sys.stderr, flush=True)


def write(net: Language, out: Path) -> None:
    """What the net is made of (`.cfg`) and its weights (`.bin`), without the words it has met."""
    net.config.to_disk(out.with_suffix(".cfg"))
    out.with_suffix(".bin").write_bytes(net.to_bytes(exclude=NOT_KEPT))


def sources_of(
    silver: Path, gold: dict[str, tuple[Marked, ...]], corrected: tuple[Marked, ...]
) -> tuple[Sources, list[Marked]]:
    """What is taught, and the paragraphs of every third letter, which only choose."""
    rows = [json.loads(line) for line in silver.read_text(encoding="utf-8").splitlines()]
    marked = [pieces_of(row["text"], tuple(Mention(*m) for m in row["mentions"]), row["unknown"]) for row in rows]
    taught = [paragraph for at, letter in enumerate(gold.values()) if at % 3 != 2 for paragraph in letter]
    choosing = [paragraph for at, letter in enumerate(gold.values()) if at % 3 == 2 for paragraph in letter]
    taught += corrected
    with_names = [one for one in taught if one.mentions] + [one for one in taught if not one.mentions][::2]
    return Sources(marked, drills(), [pieces_of(one.text, one.mentions, []) for one in with_names]), choosing


def main() -> None:
    """Trains, and writes the net."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--silver", type=Path, required=True)
    parser.add_argument("--gold", type=Path, default=Path("corpus/entities"))
    parser.add_argument("--split", type=Path, default=Path("corpus/split.toml"))
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--corrected", type=Path, help="silver paragraphs put right by hand, marked like the gold")
    args = parser.parse_args()
    corrected = read_gold(args.corrected) if args.corrected else ()
    sources, choosing = sources_of(args.silver, gold_of(args.gold, args.split, "dev"), corrected)
    train(new_net(), sources, choosing, Plan(args.steps, args.seed, args.start, args.out))


if __name__ == "__main__":
    main()
