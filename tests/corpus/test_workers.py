"""Processes that can be stopped: what comes back, and what a task that takes too much costs the others."""

import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.reading.workers import Stopped, run

MEGABYTE = 1024**2


def work(task: str) -> str:
    """What the tests ask for, by name."""
    match task:
        case "sleep":
            time.sleep(600)
        case "memory":
            return str(len(bytearray(4096 * MEGABYTE)))
        case "crash":
            ctypes.string_at(0)
        case "leave":
            os._exit(3)
        case "depth":
            return work("depth")
        case "error":
            raise ValueError("a mistake of ours")
    return task.upper()


def done(*tasks: str, seconds: float = 60) -> list[str | Stopped]:
    return [result for _, result in sorted(run(work, tasks, seconds=seconds, processes=2), key=lambda one: one[0])]


def test_each_task_has_its_result() -> None:
    assert done(*"abcdefg") == list("ABCDEFG")


def test_no_tasks_have_none() -> None:
    assert done() == []


@pytest.mark.parametrize(
    ("task", "reason"),
    [
        ("sleep", "takes longer than 2 seconds to read"),
        ("memory", "takes more memory to read than a document should"),
        ("depth", "takes more depth to read than a document should"),
        ("crash", "stops the program that reads it (signal 11); it may be damaged, or made to do harm"),
        ("leave", "stops the program that reads it (status 3); it may be damaged, or made to do harm"),
    ],
)
def test_a_task_that_takes_too_much_is_stopped_and_the_rest_go_on(task: str, reason: str) -> None:
    assert done("a", task, "b", "c", seconds=2) == ["A", Stopped(reason), "B", "C"]


def test_every_process_may_die() -> None:
    stopped = done(*["leave"] * 5, "a")
    assert [isinstance(one, Stopped) for one in stopped] == [True] * 5 + [False]


def test_a_mistake_of_ours_is_no_fault_of_the_file() -> None:
    with pytest.raises(ValueError, match="a mistake of ours"):
        done("a", "error")


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has asked after does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def start_another(task: str) -> str:
    """Start a program, write down which, and take too long."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    Path(task).write_text(str(child.pid))
    time.sleep(600)
    return ""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc")
def test_what_a_task_started_stops_with_it(tmp_path: Path) -> None:
    ((_, result),) = run(start_another, [str(tmp_path / "pid")], seconds=3)
    assert isinstance(result, Stopped)
    pid = int((tmp_path / "pid").read_text())
    for _ in range(100):
        if not alive(pid):
            break
        time.sleep(0.05)
    assert not alive(pid)
