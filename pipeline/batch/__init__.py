"""Many letters: read by several processes, stored by one writer, each letter on its own.

`ingest` reads what is not yet in the database, `retry` what failed before. Stopped at any instant and run again, a
batch does only what is missing.
"""

from __future__ import annotations

from pipeline.batch.ingest import ingest, retry
from pipeline.batch.outcome import BatchResult, Failure, Progress, Review
from pipeline.batch.workers import Executor

__all__ = ["BatchResult", "Executor", "Failure", "Progress", "Review", "ingest", "retry"]
