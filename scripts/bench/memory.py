"""The most memory that reading one very long scan takes: of the worker, of each program it starts, and of all at once.

    python -m scripts.bench.memory corpus/made/office --pages 300

Scans of the folder are joined (with poppler's pdfunite) into one file of so many pages, which one worker ingests into a
new database. Megabytes are of resident memory, as Linux tells them: the highest that each process reached, and the
largest sum, looked at four times a second, of the worker and what it had started.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from pipeline.config import IntakeConfig
from pipeline.intake import open_scan
from scripts.soak.processes import Process, below, peak

_EVERY = 0.25
_LIMIT = 400
"""Megabytes that a worker with its programs may take."""
_PAGE = os.sysconf("SC_PAGE_SIZE")


def joined(scans: list[Path], pages: int, out: Path) -> int:
    """Write one PDF of the scans, over and over, until it has so many pages at least; how many it has."""
    counts = [open_scan(scan, IntakeConfig()).page_count for scan in scans]
    chosen: list[Path] = []
    while sum(counts[at % len(scans)] for at in range(len(chosen))) < pages:
        chosen.append(scans[len(chosen) % len(scans)])
    subprocess.run(["pdfunite", *map(str, chosen), str(out)], check=True)
    return open_scan(out, IntakeConfig()).page_count


def watch(scan: Path, database: Path) -> tuple[Counter[str], int]:
    """Ingest a scan with one worker; the peak of each kind of process, and of the worker with its programs at once."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(scan), "--db", str(database), "--jobs", "1"]
    peaks: Counter[str] = Counter()
    together = 0
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as batch:
        while batch.poll() is None:
            running = below(batch.pid)
            worker = _worker(running)
            for process in running:
                kind = "worker" if worker and process.pid == worker.pid else process.name
                peaks[kind] = max(peaks[kind], peak(process.pid))
            if worker is not None:
                together = max(together, _resident(worker.pid) + sum(_resident(p.pid) for p in _programs(worker)))
            peaks["batch"] = max(peaks["batch"], peak(batch.pid))
            time.sleep(_EVERY)
    if batch.returncode not in {0, 8}:
        sys.exit(f"{' '.join(command)} ended with status {batch.returncode}")
    return peaks, together


def _worker(running: list[Process]) -> Process | None:
    """The process that reads: started by the fork server, which the batch started; both are Python."""
    pids = {process.pid for process in running}
    inner = [process for process in running if process.parent in pids and process.name.startswith("python")]
    return inner[0] if inner else None


def _programs(worker: Process) -> list[Process]:
    """What the worker has started; a copy of itself that has not become a program yet shares all its memory."""
    return [process for process in below(worker.pid) if process.name != worker.name]


def _resident(pid: int) -> int:
    """Megabytes that a process has now; 0 when it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE >> 20
    except (OSError, IndexError):
        return 0


def main() -> None:
    """Join, read, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with scans (PDF)")
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scan = Path(scratch) / "long.pdf"
        count = joined(sorted(options.folder.glob("*.pdf")), options.pages, scan)
        peaks, together = watch(scan, Path(scratch) / "letters.db")
    print(f"{count} pages, one worker; most megabytes of each process:")
    for kind, megabytes in peaks.most_common():
        print(f"  {kind:<16}{megabytes:>6}")
    kept = "kept" if together <= _LIMIT else "BROKEN"
    print(f"worker and its programs at once: {together} MB; limit {_LIMIT} MB: {kept}")


if __name__ == "__main__":
    main()
