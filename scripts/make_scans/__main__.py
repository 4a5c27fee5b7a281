"""The command: `python -m scripts.make_scans --quality office --out corpus/made/office [NAME...]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.make_scans.scan import QUALITIES, make
from scripts.make_scans.source import read_source

_LETTERS = Path(__file__).parents[2] / "corpus" / "letters"


def main() -> None:
    """Makes the scans that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_scans", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="letters to make; all when none is given")
    parser.add_argument(
        "--quality",
        required=True,
        choices=[*QUALITIES, "kept"],
        help="`digital`: a PDF with text; `old_text`: OCR without Vietnamese; `kept`: as the repository keeps them",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for scans and gold")
    parser.add_argument("--letters", type=Path, default=_LETTERS, help="folder of the sources")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    sources = [read_source(path) for path in sorted(given.letters.glob("*.md"))]
    unknown = set(given.names) - {source.name for source in sources}
    if unknown:
        parser.error(f"no such letter: {', '.join(sorted(unknown))}")
    for source in sources:
        wanted = not given.names or source.name in given.names
        if wanted and (given.quality, source.head.scan) != ("kept", "none"):
            quality = source.head.scan if given.quality == "kept" else given.quality
            print(*make(source, quality, given.out))


if __name__ == "__main__":
    main()
