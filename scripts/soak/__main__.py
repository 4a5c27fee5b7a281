"""Long trials of what must never happen: a batch that crashes, hangs, leaves files behind, or loses a letter.

    python -m scripts.soak corpus/scans --inputs 10000 --pages 2000

First, scans are broken at random (bytes changed, cut out, doubled; numbers made absurd) and read in batches: all are
opened and rendered, every tenth is cleaned, every two hundredth is read whole. Then a batch of letters is killed at
random instants, as a whole or in parts, again and again until it is through, and its exports compared with those of
an undisturbed run. Prints a table: tried, survived, lost. Exit code 1 when anything was lost.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from scripts.soak.fuzz import fuzz
from scripts.soak.kills import kill


def main() -> int:
    """Run the trials and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", type=Path, help="scans, or folders of scans")
    parser.add_argument("--inputs", type=int, default=10_000, help="broken files; 0 leaves that trial out")
    parser.add_argument("--first", type=int, default=0, help="the seed of the first broken file, to do them in parts")
    parser.add_argument("--pages", type=int, default=2_000, help="letters of one page; 0 leaves that trial out")
    parser.add_argument("--scans", type=int, default=12, help="scans among them, read by the engine")
    chosen = parser.parse_args()
    started = time.monotonic()
    trials = []
    if chosen.inputs:
        trials.append(fuzz(chosen.sources, range(chosen.first, chosen.first + chosen.inputs)))
    if chosen.pages:
        trials.append(kill(chosen.sources, chosen.pages, chosen.scans))
    print(f"{'trial':<18}{'tried':>8}{'survived':>10}{'lost':>6}  note")
    for trial in trials:
        print(f"{trial.name:<18}{trial.tried:>8}{trial.survived:>10}{trial.lost:>6}  {trial.note}")
    print(f"{time.monotonic() - started:.0f} seconds")
    return int(any(trial.lost for trial in trials))


if __name__ == "__main__":
    sys.exit(main())
