"""The same work on many machines: a Dask cluster behind the same door as the processes of this one."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from pipeline.config import BatchConfig
from pipeline.errors import ClusterLost, ConfigError, MissingDependency, WorkerDied

_PATIENCE = "20s"
_CONNECT = "start it with: dask scheduler, and on each machine: dask worker ADDRESS"
_COUNT_AGAIN = 5.0  # seconds for which the number of workers is believed
_NOBODY = 300.0  # seconds without any worker after which the batch is given up: machines may restart


class ClusterWorkers:
    """An executor over the workers of a Dask scheduler; each must have congvan and its programs installed.

    A worker that is lost has its letters done again elsewhere by Dask; a letter that takes several workers with it is
    given up as `WorkerDied`.
    """

    def __init__(self, config: BatchConfig) -> None:
        """Connect to the scheduler at `config.cluster`.

        Raises:
            ConfigError: it is not said which folder `config.shared_url` is.
            MissingDependency: Dask is not installed here.
            ClusterLost: nobody answers at the address.
        """
        if config.shared_url and not config.shared_root:
            hint = "set it to the folder that batch.shared_url is, as this machine sees it"
            raise ConfigError("batch.shared_root is missing", hint=hint)
        self._client = _connect(config.cluster)
        self._executor = self._client.get_executor(pure=False)
        self._threads = 0
        self._counted = self._seen = time.monotonic() - _COUNT_AGAIN

    @property
    def slots(self) -> int:
        """Threads of all workers that are there now; workers may come and go."""
        now = time.monotonic()
        if now - self._counted >= _COUNT_AGAIN:
            self._threads, self._counted = sum(map(int, self._client.nthreads().values())), now
            self._seen = now if self._threads else self._seen
        return max(self._threads, 1)

    def check(self) -> None:
        """Count the workers; see `Executor`."""
        if self.slots and time.monotonic() - self._seen > _NOBODY:
            raise ClusterLost(f"no worker has been there for {_NOBODY:g} seconds", hint=_CONNECT)

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:  # noqa: ANN401
        """Run the function on some worker; see `Executor`."""
        ours: Future[Any] = Future()
        self._executor.submit(function, *args).add_done_callback(lambda theirs: _hand_over(theirs, ours))
        return ours

    def kill(self) -> None:
        """Take back what has not begun, and leave the cluster."""
        self._executor.shutdown(wait=False)
        self._client.close()


def _connect(address: str) -> Any:  # noqa: ANN401 - Dask has no types
    """A client of the scheduler."""
    try:
        distributed = importlib.import_module("distributed")  # an extra: most users have one machine
    except ImportError as e:
        raise MissingDependency("Dask is not installed", hint="install it with: pip install 'congvan[cluster]'") from e
    try:
        importlib.import_module("dask").config.set({"distributed.admin.large-graph-warning-threshold": "10GB"})
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as e:
        raise ClusterLost("no scheduler answers", hint=_CONNECT, where=address) from e


def _hand_over(theirs: Future[Any], ours: Future[Any]) -> None:
    """Give the outcome of Dask's future to ours, the loss of workers in our own words."""
    if theirs.cancelled():
        ours.set_exception(_lost())
        return
    error = theirs.exception()
    if error is None:
        ours.set_result(theirs.result())
    elif isinstance(error, CancelledError):
        ours.set_exception(_lost())
    elif type(error).__name__ == "KilledWorker":
        ours.set_exception(WorkerDied("several workers died while reading it", hint="try it again: congvan retry"))
    else:
        ours.set_exception(error)


def _lost() -> ClusterLost:
    return ClusterLost("the connection to the scheduler was lost", hint="run it again: it continues")
