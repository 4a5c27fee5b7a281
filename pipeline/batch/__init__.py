"""Many letters: read by several processes, stored by one writer, each letter on its own.

`ingest` reads what is not yet in the database, `retry` what failed before, `watch` what falls into a folder. Stopped at
any instant and run again, a batch does only what is missing.
"""

from __future__ import annotations

from pipeline.batch.ingest import ingest, retry
from pipeline.batch.outcome import BatchResult, Failure, Progress, Review
from pipeline.batch.watch import Inbox, watch
from pipeline.batch.workers import Executor

__all__ = ["BatchResult", "Executor", "Failure", "Inbox", "Progress", "Review", "ingest", "retry", "watch"]
