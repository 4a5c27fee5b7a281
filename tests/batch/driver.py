"""A batch as a program of its own, to be killed: python -m tests.batch.driver FOLDER DATABASE READER."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.batch import Progress, ingest
from pipeline.config import BatchConfig, Config
from tests import fakes


def say(progress: Progress) -> None:
    sys.stdout.write(f"{progress.done}\n")
    sys.stdout.flush()


def main(folder: str, database: str, reader: str) -> int:
    config = Config(batch=BatchConfig(jobs=2, letter_timeout=60.0))
    return ingest([Path(folder)], Path(database), config, say, getattr(fakes, reader)).exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
