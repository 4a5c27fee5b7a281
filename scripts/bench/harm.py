"""What repair does to words that were read right: counted word by word against what was printed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.ocr.recorded import load_pages
from pipeline.repair.characters import mend_characters
from pipeline.repair.pieces import trust_of
from pipeline.repair.restore import Token
from pipeline.vietnamese import nfc, place_tones


@dataclass(slots=True)
class Harm:
    """Counts over some texts."""

    right: int = 0
    """Words that were read right; of them those that were changed:"""
    harmed: list[str] = field(default_factory=list)
    wrong: int = 0
    """Words that were read wrong; of them those that were made right, and those changed to something else:"""
    mended: int = 0
    missed: int = 0

    @property
    def words(self) -> int:
        """All words read."""
        return self.right + self.wrong

    def judge(self, was: list[str], became: list[str], printed: list[str]) -> None:
        """Count one text: its words as they were read, as they became (empty: joined to the next), and as printed."""
        for op in Levenshtein.opcodes(was, printed):
            for at in range(op.src_start, op.src_end):
                changed = became[at] != was[at]
                if op.tag == "equal":
                    self.right += 1
                    self.harmed += [f"{was[at]}>{became[at]}"] if changed else []
                else:
                    place = op.dest_start + at - op.src_start
                    hit = changed and place < op.dest_end and became[at] == printed[place]
                    self.wrong += 1
                    self.mended += hit
                    self.missed += changed and not hit

    def told(self) -> str:
        """The counts as two lines."""
        changed = f"  right before {self.right}, changed all the same {len(self.harmed)}: {' '.join(self.harmed)}"
        return f"{changed}\n  wrong before {self.wrong}, made right {self.mended}, changed otherwise {self.missed}"


@dataclass(frozen=True, slots=True)
class ReadLetter:
    """A letter as it was read, line by line, and the words that were printed on it."""

    tokens: list[list[Token]]
    printed: list[str]


def read_letters(readings: Path, gold: Path) -> Iterator[ReadLetter]:
    """Each recorded reading (`NAME.json.gz`) of which the gold (`NAME.json`) is there."""
    for path in sorted(readings.glob("*.json.gz")):
        printed = gold / f"{path.name.removesuffix('.json.gz')}.json"
        if printed.is_file():
            lines = [line.words for page in load_pages(path) for line in page.lines]
            tokens = [[(mend_characters(word.text), trust_of(word.confidence)) for word in words] for words in lines]
            pages = json.loads(printed.read_text(encoding="utf-8"))["text"]
            yield ReadLetter(tokens, place_tones(nfc(" ".join(pages))).split())
