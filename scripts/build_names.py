"""Builds models/names.tsv: the syllables that Vietnamese given names are made of, each with how many names have it.

Usage: python -m scripts.build_names OUT TEXT.xz LIST...

Each LIST is a text of given names, one a line. TEXT is running text: up to three words with capitals after a frequent
surname are a name, and a syllable that people of several surnames bear is kept too. OCR bends marks (`Tuần` for
`Tuấn`): a syllable that no name has, or hardly any beside one that many have, is doubted. Different names are counted,
not how often they occur, so that one famous person counts once.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections import Counter
from pathlib import Path

from pipeline.vietnamese import normal

_LEAST = 7
"""Different surnames that bear a syllable in the running text."""
_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|Trương|Đinh|Lâm|Phùng|"
    "Mai|Tô|Tạ|Lương|Lưu|Cao"
)
_NAME = re.compile(rf"\b({_SURNAMES})((?: [A-ZÀ-ỸĐ][a-zà-ỹđ]*){{1,3}})(?!\w)")


def main(arguments: list[str]) -> None:
    """Write one syllable a line, in lower case."""
    out, text, *lists = map(Path, arguments)
    given_names = (name for path in lists for name in path.read_text(encoding="utf-8").splitlines())
    listed = {syllable.lower() for name in given_names for syllable in normal(name).split() if syllable.isalpha()}
    names = _borne(text)
    bearers = Counter(syllable for _, syllable in {(surname, part) for surname, given in names for part in given})
    syllables = listed | {syllable for syllable, count in bearers.items() if count >= _LEAST}
    counts = Counter(part for _, given in names for part in given)
    rows = (f"{syllable}\t{counts[syllable]}\n" for syllable in sorted(syllables))
    out.write_text("".join(rows), encoding="utf-8")
    print(f"{len(syllables)} syllables, {len(listed)} of them from the lists, of {len(names)} names")


def _borne(text: Path) -> set[tuple[str, tuple[str, ...]]]:
    """Surname and syllables of the given name, each name once."""
    with lzma.open(text, "rt", encoding="utf-8") as lines:
        return {
            (found.group(1), tuple(found.group(2).lower().split()))
            for line in lines
            for found in _NAME.finditer(normal(line))
        }


if __name__ == "__main__":
    main(sys.argv[1:])
