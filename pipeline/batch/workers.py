"""Processes that read letters: each does one at a time, and its death costs that letter alone.

The standard process pool loses every running letter when one worker dies and cannot stop a letter that hangs, so each
worker here is served by a thread of its own, and what comes out is a plain `concurrent.futures.Future`.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from queue import LifoQueue
from typing import Any, Protocol

from pipeline.config import BatchConfig
from pipeline.errors import LetterTimeout, WorkerDied

_PROCESSES = multiprocessing.get_context("forkserver")  # a new worker after a crash costs a fork, not the imports
_PROCESSES.set_forkserver_preload(["pipeline.reading"])
_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM")
_KEPT = {"MALLOC_MMAP_THRESHOLD_": str(32 << 20), "MALLOC_TRIM_THRESHOLD_": str(32 << 20)}
"""For the GNU C library: up to so many bytes, memory of one page's image is used again for the next. To give it back
and fetch it anew, 4 kB at a time, costs a tenth of cleaning a page; to keep all of it costs a long file 100 MB."""
_SAID = "said"  # file in the worker's folder
_MOST_SAID = 300
_END = 'kill -s KILL -- "-$1"; shift; exec rm -rf -- "$@"'
"""For the shell: kill a group of processes, then remove files; in that order, or the dying write new ones."""
_RETRY = "it is tried again with: congvan retry"


class Executor(Protocol):
    """What letters are handed to: the part of `concurrent.futures.Executor` that a batch needs."""

    @property
    def slots(self) -> int:
        """How many letters are worked on at once."""
        ...

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:  # noqa: ANN401
        """Start the function on the arguments somewhere; both are pickled.

        The future raises `WorkerDied` or `LetterTimeout` when the process was lost.
        """
        ...

    def check(self) -> None:
        """Look whether somebody is there to do the work; called now and then while it is waited for.

        Raises:
            ClusterLost: nobody is, and has not been for a while.
        """
        ...

    def kill(self) -> None:
        """Stop everything at once; nothing that was started is left behind."""
        ...


class ProcessWorkers:
    """An executor over processes of this machine, started when they are first needed and replaced when they die."""

    def __init__(self, config: BatchConfig) -> None:
        """Prepare `config.jobs` workers; `config` also limits their time and memory."""
        for name in _ONE_THREAD:  # the workers fill the cores; threads of libraries would only fight over them
            os.environ.setdefault(name, "1")
        for name, value in _KEPT.items():
            os.environ.setdefault(name, value)
        self.slots = max(config.jobs, 1)
        self._folder = Path(tempfile.mkdtemp(prefix=f"congvan-{os.getpid()}-"))
        self._workers = [_Worker(config, self._folder / str(number)) for number in range(self.slots)]
        self._idle: LifoQueue[_Worker] = LifoQueue()  # one that runs already comes first
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self.slots, "congvan-worker", initializer=_leave_interrupts_to_main)

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:  # noqa: ANN401
        """Run the function in a worker; see `Executor`."""
        return self._threads.submit(self._run, function, args)

    def check(self) -> None:
        """Workers of this machine are started when they are needed: nothing to be looked for."""

    def kill(self) -> None:
        """Kill the workers with all they started, and remove what they left on the disk."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(wait=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:  # noqa: ANN401
        worker = self._idle.get()
        try:
            return worker.run(function, args)
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, from the side of its parent."""

    def __init__(self, config: BatchConfig, folder: Path) -> None:
        self._config = config
        self._folder = folder
        self._closed = False
        self._lock = threading.Lock()
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None

    def run(self, function: Callable[..., Any], args: tuple[Any, ...]) -> Any:  # noqa: ANN401
        """What the function gives or raises in the process.

        Raises:
            WorkerDied, LetterTimeout: the process was lost; the next call has a new one.
        """
        process, pipe = self._started()
        try:
            pipe.send((function, args))
            ready = wait([pipe, process.sentinel], self._config.letter_timeout)
            if not ready:
                seconds = self._config.letter_timeout
                hint = "raise batch.letter_timeout in congvan.toml, then: congvan retry"
                raise LetterTimeout(f"the letter took longer than {seconds:g} seconds", hint=hint)
            succeeded, value = pipe.recv()
        except (EOFError, OSError) as e:
            message = f"the process that read it died ({_cause(process)}){_last_words(self._folder)}"
            self._stop()
            raise WorkerDied(message, hint=_RETRY) from e
        except LetterTimeout:
            self._stop()
            raise
        if succeeded:
            return value
        raise value

    def close(self) -> None:
        """Kill the process; it is never started again."""
        with self._lock:
            self._closed = True
        self._stop()

    def _started(self) -> tuple[ForkServerProcess, Connection]:
        with self._lock:
            if self._closed:
                raise WorkerDied("the batch was stopped", hint="run it again: it continues")
            if self._process is None or self._pipe is None or not self._process.is_alive():
                self._pipe, theirs = _PROCESSES.Pipe()
                around = (self._config.worker_memory, str(self._folder), dict(os.environ), _meeting_place())
                self._process = _PROCESSES.Process(target=_serve, args=(theirs, *around), daemon=True)
                self._process.start()
                theirs.close()
            return self._process, self._pipe

    def _stop(self) -> None:
        """Kill the process and its children, which are one group, and remove their files."""
        with self._lock:
            if self._process is not None and self._process.pid is not None:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.kill()  # it may not have made its group yet
                self._process.join()
            self._process = self._pipe = None
            shutil.rmtree(self._folder, ignore_errors=True)


def _meeting_place() -> str:
    """The folder in which processes of Python find each other; the main process removes it, unless it is killed."""
    return multiprocessing.util.get_temp_dir()


def _leave_interrupts_to_main() -> None:
    """Block Ctrl-C in this thread and in the processes it starts: the batch ends them in its own order."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _cause(process: ForkServerProcess) -> str:
    process.join(timeout=5)
    code = process.exitcode
    if code is None:
        return "it closed its pipe"
    return signal.Signals(-code).name if code < 0 else f"status {code}"


def _last_words(folder: Path) -> str:
    """The last thing that the libraries in a worker printed, if anything."""
    try:
        said = (folder / _SAID).read_bytes()[-_MOST_SAID:].decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return "".join(f": {line}" for line in said[-2:-1])


def _serve(pipe: Connection, memory: int, folder: str, environment: dict[str, str], meeting_place: str) -> None:
    """The life of a worker: take a function, run it, send what it gives, until the parent is gone."""
    os.setpgid(0, 0)  # one group with the programs it starts: they are killed together
    shared = (str(Path(folder).parent), meeting_place)  # by the workers of the batch, who all die with it
    threading.Thread(target=_die_with_parent, args=shared, daemon=True).start()
    Path(folder).mkdir(exist_ok=True)
    said = os.open(Path(folder) / _SAID, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    os.dup2(said, 2)  # libraries in C complain there about broken files, across the progress of the batch
    os.environ.update(environment)  # the fork server may have been started in another one
    tempfile.tempdir = os.environ["TMPDIR"] = folder
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (memory, resource.getrlimit(resource.RLIMIT_AS)[1]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            function, args = pipe.recv()
        except EOFError:
            return
        os.ftruncate(said, 0)
        pipe.send(_attempt(function, args))


def _attempt(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*args)
    except Exception as error:  # noqa: BLE001 - raised again by the parent's future
        return False, error


def _die_with_parent(*folders: str) -> None:
    """Wait for the end of the parent, however it came, and end this process, its children and their files."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    wait([parent.sentinel])
    try:
        command = ["/bin/sh", "-c", _END, "sh", str(os.getpgid(0)), *folders]
        subprocess.Popen(command, start_new_session=True)
    except OSError:  # nothing more can be started: the files stay behind, the processes do not
        os.killpg(os.getpgid(0), signal.SIGKILL)
