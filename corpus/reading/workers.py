"""Processes that read files, and can be stopped: a hostile file costs its own time and memory, and nothing more."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

# An agenda pack of 1,000 pages reads in 20 seconds; recognising the letters of 100 scanned pages takes 5 minutes.
SECONDS = 600.0
# A reader with its libraries takes 0.3 GB of addresses, and a large file's text and pages some hundred MB more.
MEMORY = 2 * 1024**3
# How long after its time a process stops itself, should the one that would stop it be gone.
_GRACE = 10.0
# Starting from a small process that has the readers loaded takes 20 ms; Windows has none, and starts each afresh.
_CONTEXT: Any = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)


@dataclass(frozen=True, slots=True)
class Stopped:
    """A task that was stopped or that ended its process; ``reason`` says which, of the file that it was about."""

    reason: str


@dataclass(slots=True, eq=False)
class _Worker(Generic[Task]):
    process: BaseProcess
    connection: Connection
    task: int = -1
    deadline: float = 0.0

    def stop(self) -> None:
        """End the process and those that it started, at once."""
        if self.process.pid is not None and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


def run(
    function: Callable[[Task], Result],
    tasks: Sequence[Task],
    *,
    seconds: float = SECONDS,
    memory: int = MEMORY,
    processes: int | None = None,
) -> Iterator[tuple[int, Result | Stopped]]:
    """What ``function`` makes of each task, with the task's number, as it comes: a process for every core, by default.

    A task that takes longer than ``seconds``, wants more than ``memory`` bytes or ends its process is ``Stopped``, and
    the rest go on. An error that ``function`` raises is raised here. Where the generator is closed, all stop.
    """
    wanted = min(processes or cores(), len(tasks))
    waiting = iter(range(len(tasks)))
    workers: list[_Worker[Task]] = []
    try:
        while True:
            for worker in workers:
                if worker.task < 0:
                    _give(worker, tasks, waiting, seconds)
            while len(workers) < wanted:
                workers.append(_started(function, memory, seconds))
                if not _give(workers[-1], tasks, waiting, seconds):
                    wanted = len(workers)  # nothing is left to give
            busy = [worker for worker in workers if worker.task >= 0]
            if not busy:
                return
            first = min(worker.deadline for worker in busy)
            ready = wait([worker.connection for worker in busy], max(0.0, first - time.monotonic()))
            for worker in busy:
                task = worker.task
                if worker.connection in ready:
                    result = _received(worker)
                elif time.monotonic() >= worker.deadline:
                    result = Stopped(f"takes longer than {seconds:.0f} seconds to read")
                else:
                    continue
                worker.task = -1
                if isinstance(result, Stopped):
                    worker.stop()
                    workers.remove(worker)
                if isinstance(result, BaseException):
                    raise result
                yield task, result
    finally:
        for worker in workers:
            worker.stop()


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _give(worker: _Worker[Task], tasks: Sequence[Task], waiting: Iterator[int], seconds: float) -> bool:
    """Give the worker the next task, if there is one."""
    number = next(waiting, None)
    if number is None:
        return False
    worker.task, worker.deadline = number, time.monotonic() + seconds
    with contextlib.suppress(OSError):  # it died while idle: receiving from it says so
        worker.connection.send(tasks[number])
    return True


def _received(worker: _Worker[Task]) -> Any:
    try:
        return worker.connection.recv()
    except (EOFError, OSError):
        worker.process.join()
        code = worker.process.exitcode or 0
        how = f"signal {-code}" if code < 0 else f"status {code}"
        return Stopped(f"stops the program that reads it ({how}); it may be damaged, or made to do harm")


def _started(function: Callable[[Task], Result], memory: int, seconds: float) -> _Worker[Task]:
    ours, theirs = _CONTEXT.Pipe()
    process = _CONTEXT.Process(target=_serve, args=(theirs, function, memory, seconds), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(connection: Connection, function: Callable[[Any], Any], memory: int, seconds: float) -> None:
    """What a process does: one task after another, until there is nobody to ask for them."""
    _limit(memory)
    while True:
        try:
            task = connection.recv()
        except (EOFError, OSError):
            return
        _stop_after(seconds + _GRACE)
        try:
            result: Any = function(task)
        except (MemoryError, RecursionError) as error:
            what = "memory" if isinstance(error, MemoryError) else "depth"
            result = Stopped(f"takes more {what} to read than a document should")
        except Exception as error:
            result = error
        _stop_after(0)
        try:
            connection.send(result)
        except (BrokenPipeError, ConnectionResetError):
            return


def _limit(memory: int) -> None:
    """A process group of its own, so that what it starts stops with it, and a limit on its memory."""
    if hasattr(os, "setsid"):
        with contextlib.suppress(PermissionError):
            os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it is told, and stops it
    try:
        import resource
    except ImportError:  # Windows has none: there a file may take what memory there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _stop_after(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
