"""Keeps what the engine reads of the sample scans, so that tests can run what follows it, fast and without an engine.

    python -m scripts.record_letters corpus/scans tests/letters [NAME ...]

Run it again when cleaning, layout or the engine read better; the change of `tests/letters` is read before it is kept.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.config import Config
from pipeline.intake import find_scans, open_scan
from pipeline.ocr.recorded import save_pages
from pipeline.reading import read_pages


def record(scans: Path, out: Path, names: set[str]) -> int:
    """Read each scan (of these names, when given) and keep its pages; how many there were."""
    out.mkdir(parents=True, exist_ok=True)
    chosen = [path for path in find_scans([scans]) if not names or path.stem in names]
    for path in chosen:
        scan = open_scan(path, Config().intake)
        save_pages(out / f"{path.stem}.json.gz", read_pages(scan, Config()))
        print(path.name, file=sys.stderr)
    return len(chosen)


def main() -> None:
    """Record what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scans", type=Path, help="folder of scans")
    parser.add_argument("out", type=Path, help="folder for the recordings")
    parser.add_argument("names", nargs="*", help="only these scans, by name without suffix")
    options = parser.parse_args()
    print(f"{record(options.scans, options.out, set(options.names))} letters recorded in {options.out}")


if __name__ == "__main__":
    main()
