"""A command run within bounds of time and memory, so that no engine takes the machine with it."""

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_LOOKED_AT_EVERY = 0.2
# What is always left to the machine.
LEFT = 1_500_000_000


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command printed, or why there is nothing: ``reason`` is "" where it ended well."""

    output: str
    reason: str = ""


def run(command: Sequence[str], *, seconds: float, memory: int, place: Path) -> Ended:
    """Run ``command`` in ``place`` and stop it, with all it started, where it takes more time or memory (in bytes).

    The memory is what its processes have resident, watched a few times a second; it is also stopped where the machine
    has little left. Memory is watched where the system has ``/proc``.
    """
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, cwd=place, stdout=output, stderr=errors, text=True, start_new_session=True)
        reason = ""
        started = time.monotonic()
        try:
            while process.poll() is None and not reason:
                time.sleep(_LOOKED_AT_EVERY)
                if time.monotonic() - started > seconds:
                    reason = f"over {seconds / 60:,.0f} minutes"
                elif _resident(process.pid) > memory or _available() < LEFT:
                    reason = f"over {memory / 1e9:,.0f} GB" if _available() >= LEFT else "no memory left"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        output.seek(0)
        errors.seek(0)
        if not reason and process.returncode:
            told = errors.read().strip().splitlines()
            reason = f"failed: {told[-1][:120] if told else process.returncode}"
        return Ended(output.read(), reason)


def _resident(group: int) -> int:
    """The bytes that the processes of a group have in memory, shared ones counted once for each."""
    total = 0
    for folder in _PROC.glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                total += int((folder / "statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, ProcessLookupError):
            continue
    return total


def _available() -> int:
    try:
        lines = (_PROC / "meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return LEFT
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable"))
