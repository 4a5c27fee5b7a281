"""The same work on many machines: a Dask cluster behind the same door as the processes of this one."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from typing import Any

from pipeline.config import BatchConfig
from pipeline.errors import ClusterLost, MissingDependency, WorkerDied

_PATIENCE = "20s"
_CONNECT = "start it with: dask scheduler, and on each machine: dask worker ADDRESS --nworkers auto --nthreads 1"


class ClusterWorkers:
    """An executor over the workers of a Dask scheduler; each must have congvan and its programs installed.

    A worker that is lost has its letters done again elsewhere by Dask; a letter that takes several workers with it is
    given up as `WorkerDied`.
    """

    def __init__(self, config: BatchConfig) -> None:
        """Connect to the scheduler at `config.cluster`.

        Raises:
            MissingDependency: Dask is not installed here.
            ClusterLost: nobody answers at the address.
        """
        self._client = _connect(config.cluster)
        self._executor = self._client.get_executor(pure=False)

    @property
    def slots(self) -> int:
        """Threads of all workers that are there now; workers may come and go."""
        return max(sum(map(int, self._client.nthreads().values())), 1)

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
