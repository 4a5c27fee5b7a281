"""Builds models/names.txt: the syllables that Vietnamese given names are made of.

Usage: python -m scripts.build_names OUT LIST...

Each LIST is a text of given names, one a line. A syllable is kept with its marks; OCR that bends them makes a syllable
that no name has (`Tuần` for `Tuấn`), and the signer's name then goes to a person.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.vietnamese import normal


def main(arguments: list[str]) -> None:
    """Write one syllable a line, in lower case."""
    out, *lists = map(Path, arguments)
    names = (name for path in lists for name in path.read_text(encoding="utf-8").splitlines())
    syllables = {syllable.lower() for name in names for syllable in normal(name).split() if syllable.isalpha()}
    out.write_text("".join(f"{syllable}\n" for syllable in sorted(syllables)), encoding="utf-8")
    print(f"{len(syllables)} syllables")


if __name__ == "__main__":
    main(sys.argv[1:])
