"""A Milvus for tests: the small server of milvus-lite, in a process of its own, talked to as one talks to a cluster."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.milvus.connection import Connection, MilvusUnusable

# Seconds in which it answers, even on a machine that is busy.
_PATIENCE = 60


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server with its data in ``folder``, while it runs. Skips the test where it is not installed."""
    pytest.importorskip("pymilvus")
    pytest.importorskip("milvus_lite")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(folder / "milvus")]
    with (folder / "milvus.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=subprocess.STDOUT
        )
    try:
        uri = f"http://127.0.0.1:{port}"
        _wait(uri, server)
        yield uri
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(uri: str, server: "subprocess.Popen[bytes]") -> None:
    began = time.monotonic()
    while True:
        try:
            Connection.open(uri).close()
        except MilvusUnusable:
            if server.poll() is not None or time.monotonic() - began > _PATIENCE:
                raise
            time.sleep(0.05)
        else:
            return
