"""Builds models/names.txt: the syllables that Vietnamese given names are made of.

Usage: python -m scripts.build_names OUT TEXT.xz LIST...

Each LIST is a text of given names, one a line. TEXT is running text: up to three words with capitals after a frequent
surname are a name, and a syllable that people of several surnames bear is kept too. OCR that bends marks makes
syllables that no name has (`Tuần` for `Tuấn`), and the signer's name then goes to a person.
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
    names = (name for path in lists for name in path.read_text(encoding="utf-8").splitlines())
    listed = {syllable.lower() for name in names for syllable in normal(name).split() if syllable.isalpha()}
    bearers: Counter[str] = Counter(syllable for _, syllable in _borne(text))
    syllables = listed | {syllable for syllable, count in bearers.items() if count >= _LEAST}
    out.write_text("".join(f"{syllable}\n" for syllable in sorted(syllables)), encoding="utf-8")
    print(f"{len(syllables)} syllables, {len(listed)} of them from the lists")


def _borne(text: Path) -> set[tuple[str, str]]:
    """Surname and syllable of given name, each pair once, so that one famous person counts once."""
    with lzma.open(text, "rt", encoding="utf-8") as lines:
        return {
            (found.group(1), syllable.lower())
            for line in lines
            for found in _NAME.finditer(normal(line))
            for syllable in found.group(2).split()
        }


if __name__ == "__main__":
    main(sys.argv[1:])
