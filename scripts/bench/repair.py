"""What repair is worth: every figure of its acceptance, and what each part of it adds.

    python -m scripts.bench.repair --seed 002.tsv --eng eng_legal.jsonl --vie vie_office.jsonl --text legal.txt.xz \
        --letters tests/letters --gold corpus/scans

`--seed` is a file of ruined lines, a tab and their gold (`#`: not judged); `--eng` and `--vie` are pairs of
`scripts.make_pairs` of the `test` part; `--text` is clean text, of which paragraphs of the `test` part are stripped of
marks; `--letters` holds recorded readings of letters, `--gold` what was printed on them. What is not given, or not
there, is skipped with a line that says so. Speed is by the processor's clock and, in brackets, by the wall's.

Printed texts have misprints, and repair mends them; on laws most "right" words that were changed are such. Letters of
the project's own corpus were proofread: there a changed word is a word harmed.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pipeline.config import models_dir
from pipeline.repair.characters import mend_characters
from pipeline.repair.lattice import Reader
from pipeline.repair.models import probability, reader
from pipeline.repair.pieces import Kind, cut_token, trust_of
from pipeline.repair.recognise import Mode
from pipeline.repair.restore import Token, restore
from pipeline.vietnamese import fold, nfc, place_tones, strip_marks
from scripts.bench.harm import Harm, read_letters
from scripts.calibrate_repair import judged_changes
from scripts.text_parts import paragraphs, part_of

PARAGRAPHS = 300
UNSURE = 0.95


@dataclass(frozen=True, slots=True)
class Sample:
    """Lines as read and as printed; lines without gold are read too, but not judged."""

    tokens: list[list[Token]]
    gold: list[str | None]

    @property
    def words(self) -> int:
        """Tokens read."""
        return sum(map(len, self.tokens))

    @property
    def raw(self) -> list[str]:
        """The lines as read."""
        return [" ".join(token for token, _ in line) for line in self.tokens]


def seed_sample(path: Path) -> Sample:
    """Ruined lines with gold."""
    pairs = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    gold = [None if g == "#" else place_tones(nfc(g)) for _, g in pairs]
    return Sample([_tokens(nfc(raw)) for raw, _ in pairs], gold)


def pairs_sample(path: Path) -> Sample:
    """Lines that were set, degraded and read."""
    tokens: list[list[Token]] = []
    gold: list[str | None] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        words = zip(nfc(pair["raw"]).split(), pair["confidence"], strict=True)
        tokens.append([(mend_characters(word), trust_of(confidence)) for word, confidence in words])
        gold.append(place_tones(nfc(pair["true"])))
    return Sample(tokens, gold)


def stripped_sample(path: Path) -> Sample:
    """Paragraphs of the test part without their marks."""
    chosen = list(_test_paragraphs(path))
    step = max(len(chosen) // PARAGRAPHS, 1)
    gold: list[str | None] = [place_tones(text) for text in chosen[::step][:PARAGRAPHS]]
    return Sample([_tokens(strip_marks(text or "")) for text in gold], gold)


def _test_paragraphs(path: Path) -> Iterator[str]:
    for text in paragraphs(path):
        wordy = 40 <= len(text) <= 900 and sum(c.isalpha() or c == " " for c in text) > 0.8 * len(text)
        if wordy and part_of(text) == "test":
            yield text


def _tokens(line: str) -> list[Token]:
    return [(mend_characters(token), 0) for token in line.split()]


def word_error_rate(gold: list[str | None], lines: list[str]) -> float:
    """Word edits over words of the gold, tone placement and white space aside."""
    judged = [(g.split(), place_tones(line).split()) for g, line in zip(gold, lines, strict=True) if g is not None]
    return sum(Levenshtein.distance(g, h) for g, h in judged) / sum(len(g) for g, _ in judged)


def run(sample: Sample, model: Reader) -> tuple[list[str], tuple[float, float]]:
    """The lines repaired, and the seconds that took by the processor's clock and by the wall's."""
    start, began = time.process_time(), time.perf_counter()
    restored = restore(sample.tokens, model)
    seconds = time.process_time() - start, time.perf_counter() - began
    return [" ".join(new.text for new in line if new.text) for line in restored], seconds


def fresh_copy(model: Reader) -> Reader:
    """The same models without anything remembered from earlier texts."""
    speller = model.channel
    channel = dataclasses.replace(
        speller,
        onset_speller=dataclasses.replace(speller.onset_speller, steps={}, reached={}),
        rime_speller=dataclasses.replace(speller.rime_speller, steps={}, reached={}),
        memo_rime={},
        memo_word={},
    )
    return dataclasses.replace(model, channel=channel, memo={})


def show(name: str, sample: Sample, mode: Mode) -> list[str]:
    """Print error rates and speed of a sample, nothing remembered beforehand; give the repaired lines."""
    lines, seconds = run(sample, fresh_copy(reader(mode)))
    before, after = word_error_rate(sample.gold, sample.raw), word_error_rate(sample.gold, lines)
    speed, seen = (sample.words / spent for spent in seconds)
    print(f"{name:28} WER {before:7.2%} -> {after:6.2%}   {sample.words:6d} words  {speed:6.0f} ({seen:.0f}) words/s")
    return lines


def show_figures(sample: Sample, lines: list[str]) -> None:
    """Print whether every token of digits came through as it was read."""
    raw = [t for line in sample.tokens for t, _ in line if t.strip(".,;:()/%").isdigit()]
    after = [t for line in lines for t in line.split() if t.strip(".,;:()/%").isdigit()]
    print(f"{'  figures':28} {'unchanged' if raw == after else 'CHANGED'}: {len(raw)}")


def show_harm(sample: Sample) -> None:
    """Print how many words of a fresh reading were right and became wrong, and each of them."""
    restored = restore(sample.tokens, reader(Mode.FRESH))
    harm = Harm()
    for gold, tokens, news in zip(sample.gold, sample.tokens, restored, strict=True):
        harm.judge([token for token, _ in tokens], [new.text for new in news], (gold or "").split())
    print(harm.told())


def show_letters(readings: Path, gold: Path) -> None:
    """Print the same for recorded readings of letters, each repaired as one text, with error rates and speed."""
    letters = list(read_letters(readings, gold))
    model, harm = fresh_copy(reader(Mode.FRESH)), Harm()
    start = time.process_time()
    restored = [restore(letter.tokens, model) for letter in letters]
    seconds = time.process_time() - start
    for letter, lines in zip(letters, restored, strict=True):
        was = [token for line in letter.tokens for token, _ in line]
        harm.judge(was, [new.text for line in lines for new in line], letter.printed)
    words = sum(len(letter.printed) for letter in letters)
    print(f"{len(letters)} letters: {words} words, {harm.words / seconds:.0f} words/s")
    print(harm.told())


def show_calibration(sample: Sample, mode: Mode) -> None:
    """Print what the changes were scored on average, and how many of them were right."""
    lines = [(gold, tokens) for gold, tokens in zip(sample.gold, sample.tokens, strict=True) if gold is not None]
    judged = [(probability(odds, mode), right) for odds, right in judged_changes(lines, mode)]
    scored, right = (sum(values) / len(judged) for values in zip(*judged, strict=True))
    print(f"  {len(judged)} changes scored {scored:.3f}, right {right:.3f}")
    unsure = [(score, right) for score, right in judged if score < UNSURE]
    if unsure:
        scored, right = (sum(values) / len(unsure) for values in zip(*unsure, strict=True))
        print(f"  of them {len(unsure)} scored below {UNSURE}, on average {scored:.3f}: right {right:.3f}")


def by_dictionary(sample: Sample, model: Reader) -> list[str]:
    """Each word for itself: the commonest of the syllables that are nearest without marks (rapidfuzz)."""
    lexicon, unigram = model.lexicon, model.model.unigram
    common: dict[str, str] = {}
    for at in np.argsort(unigram, kind="stable"):
        if lexicon.is_syllable[at]:
            common[fold(lexicon.words[at])] = lexicon.words[at]
    looks = list(common)
    memo: dict[str, str] = {}

    def nearest(text: str) -> str:
        look = fold(text)
        if look not in common:
            found = process.extractOne(look, looks, scorer=Levenshtein.distance)
            look = found[0] if found else look
        word = common.get(look, text)
        return word.upper() if text.isupper() else word.capitalize() if text[:1].isupper() else word

    def one(token: str) -> str:
        pieces = cut_token(token)
        return "".join(memo.setdefault(p.text, nearest(p.text)) if p.kind == Kind.WORD else p.text for p in pieces)

    return [" ".join(one(token) for token, _ in line) for line in sample.tokens]


def ablation(sample: Sample) -> None:
    """Print the error rate with one part more in each line."""
    full = reader(Mode.RUINED)
    single = dataclasses.replace(full.model, levels=(), unigram_backoff=np.zeros_like(full.model.unigram_backoff))
    deaf = dataclasses.replace(full.weights, evidence=False)
    steps: dict[str, Callable[[], list[str]]] = {
        "dictionary and rapidfuzz": lambda: by_dictionary(sample, full),
        "+ error model": lambda: run(sample, dataclasses.replace(full, model=single, weights=deaf, memo={}))[0],
        "+ n-grams": lambda: run(sample, dataclasses.replace(full, weights=deaf))[0],
        "+ evidence of the letter": lambda: run(sample, full)[0],
    }
    print("what each part adds (WER):")
    for name, lines in steps.items():
        print(f"  {name:26} {word_error_rate(sample.gold, lines()):7.2%}")


def given(path: Path | None, what: str) -> TypeGuard[Path]:
    """Whether there is something to measure; says so when not."""
    if path is not None and path.exists():
        return True
    print(f"skipped: {what} ({'not given' if path is None else f'{path} is not there'})")
    return False


def main() -> None:
    """Read the arguments and print the figures of what is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=Path)
    parser.add_argument("--eng", type=Path, action="append", default=[])
    parser.add_argument("--vie", type=Path, action="append", default=[])
    parser.add_argument("--text", type=Path, action="append", default=[])
    parser.add_argument("--letters", type=Path, help="folder of recorded readings, NAME.json.gz")
    parser.add_argument("--gold", type=Path, help="folder of what was printed, NAME.json with its `text`")
    arguments = parser.parse_args()
    start = time.perf_counter()
    reader(Mode.RUINED)
    print(f"models load in {time.perf_counter() - start:.2f} s; {_model_bytes() / 1e6:.1f} MB")
    show_ruined(arguments.seed, arguments.eng)
    for path in arguments.text:
        if given(path, "text without marks"):
            show(f"without marks: {path.name}", stripped_sample(path), Mode.STRIPPED)
    show_fresh(arguments.vie)
    if given(arguments.letters, "readings of letters") and given(arguments.gold, "what they say"):
        show_letters(arguments.letters, arguments.gold)


def show_ruined(seed: Path | None, pairs: list[Path]) -> None:
    """Print all figures of text that was read without Vietnamese."""
    if given(seed, "old OCR text"):
        sample = seed_sample(seed)
        show_figures(sample, show("old OCR text", sample, Mode.RUINED))
        ablation(sample)
    for path in pairs:
        if given(path, "text read without Vietnamese"):
            sample = pairs_sample(path)
            show(f"read without Vietnamese: {path.stem}", sample, Mode.RUINED)
            show_calibration(sample, Mode.RUINED)
            ablation(sample)


def show_fresh(pairs: list[Path]) -> None:
    """Print all figures of text that was read with Vietnamese."""
    for path in pairs:
        if given(path, "fresh OCR"):
            sample = pairs_sample(path)
            show(f"fresh OCR: {path.stem}", sample, Mode.FRESH)
            show_harm(sample)
            show_calibration(sample, Mode.FRESH)


def _model_bytes() -> int:
    tables = ("words", "abbreviations", "channel_eng", "channel_vie", "confidence_eng", "repair_scores")
    names = ("ngrams.bin", "family_names.txt", *(f"{table}.tsv" for table in tables))
    return sum((models_dir() / name).stat().st_size for name in names)


if __name__ == "__main__":
    main()
