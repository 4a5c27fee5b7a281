"""The command: `python -m scripts.make_scans --quality office --out corpus/made/office [NAME...]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from scripts.make_scans.profiles import PROFILES
from scripts.make_scans.scan import make_digital, make_old_text, make_scan
from scripts.make_scans.source import LetterSource, read_source

_LETTERS = Path(__file__).parents[2] / "corpus" / "letters"


def main() -> None:
    """Makes the scans that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m scripts.make_scans", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="letters to make; all when none is given")
    parser.add_argument(
        "--quality",
        required=True,
        choices=[*PROFILES, "digital", "old_text", "kept"],
        help="`digital`: a PDF with text; `old_text`: OCR without Vietnamese; `kept`: as the repository keeps each, where it does",
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
            print(*_make(source, given.quality, given.out))


def _make(source: LetterSource, quality: str, out: Path) -> list[Path]:
    quality = source.head.scan if quality == "kept" else quality
    if quality == "digital":
        return [make_digital(source, out)]
    if quality == "old_text":
        return [make_old_text(source, PROFILES["office"], out)]
    return make_scan(source, PROFILES[quality], out)


if __name__ == "__main__":
    main()
