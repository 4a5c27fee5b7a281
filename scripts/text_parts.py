"""Reading plain text by the paragraph, and deciding for good which paragraphs a model may not see."""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Iterator
from pathlib import Path

from pipeline.vietnamese import nfc


def part_of(paragraph: str) -> str:
    """`test` for one paragraph in forty, `dev` for another, else `train`; always the same for the same text."""
    bucket = hashlib.blake2b(paragraph.strip().encode(), digest_size=2).digest()
    return {0: "test", 1: "dev"}.get(int.from_bytes(bucket, "big") % 40, "train")


def paragraphs(path: Path) -> Iterator[str]:
    """The paragraphs of a text file, plain or `.xz`, one a line."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (nfc(line.strip()) for line in lines)
