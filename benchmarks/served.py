"""A server process of its own, to be measured, and what it takes of the machine."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_LOADING = 120.0
_GIVEN_UP = 30.0
# One machine asks for all, which the limits for one address would forbid.
_SETTINGS = "[limits]\nquestions_a_minute = 1000000\nrequests_a_minute = 1000000\n"


@dataclass(frozen=True, slots=True)
class Server:
    """A server on this machine: its process, whose use of the machine is read where the system tells, and its port."""

    pid: int
    port: int

    def resident(self) -> int:
        """Its resident memory in bytes."""
        status = Path(f"/proc/{self.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text(encoding="ascii")) if status.is_file() else None
        return int(found[1]) * 1024 if found else 0

    def worked(self) -> float:
        """For how many seconds processors have worked for it."""
        stat = Path(f"/proc/{self.pid}/stat")
        if not stat.is_file():
            return 0.0
        user, system = stat.read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(index: Path, limits: str = "") -> Iterator[Server]:
    """A server of an index, once its models are loaded; ``limits`` are lines for that table of its settings."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "settings.toml"
        settings.write_text(_SETTINGS + limits, encoding="utf-8")
        command = [sys.executable, "-m", "webapp", "--index", str(index), "--port", "0", "--settings", str(settings)]
        with (
            (Path(folder) / "log").open("w") as log,
            subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True) as process,
        ):
            try:
                assert process.stdout is not None
                line = process.stdout.readline()
                found = re.search(r"127\.0\.0\.1:(\d+)/", line)
                if found is None:
                    raise RuntimeError(f"The server did not start: {Path(log.name).read_text(encoding='utf-8')}")
                server = Server(process.pid, int(found[1]))
                _wait_for_models(server)
                yield server
            finally:
                process.terminate()


def get(server: Server, address: str) -> dict[str, object]:
    """The JSON at an address of a server."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=_GIVEN_UP)
    connection.request("GET", address)
    told: dict[str, object] = json.loads(connection.getresponse().read())
    connection.close()
    return told


def _wait_for_models(server: Server) -> None:
    until = time.monotonic() + _LOADING
    while get(server, "/healthz")["model"] is None:
        if time.monotonic() > until:
            raise RuntimeError("The server has not loaded its models.")
        time.sleep(0.2)
