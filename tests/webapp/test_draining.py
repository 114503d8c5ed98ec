"""A server that is told to stop: a real process, with requests on the way."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from small_council import SECRET

from webapp.app import create_app
from webapp.server import listening, run

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stops processes by signals")


@pytest.fixture
def process(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """The server's process, over the small council's documents, with no model."""
    small_council.live(tmp_path)
    index = str(tmp_path / "index")
    command = [sys.executable, "-m", "webapp", "--index", index, "--port", "0", "--encoder", index]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "ASSISTANT_SECRET_KEY": SECRET}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes) as process:  # type: ignore[call-overload]
        yield process
        process.kill()


def connected(process: "subprocess.Popen[str]") -> http.client.HTTPConnection:
    """A connection to the server of a process that has just been started."""
    assert process.stdout is not None
    found = re.search(r"//(127\.0\.0\.1:\d+)/", process.stdout.readline())
    assert found
    return http.client.HTTPConnection(found[1], timeout=PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl+C"])
def test_a_request_on_its_way_is_answered_and_the_process_ends_well(
    process: "subprocess.Popen[str]", number: signal.Signals
) -> None:
    asking = connected(process)
    idle = http.client.HTTPConnection(asking.host, asking.port, timeout=PATIENCE)
    idle.request("GET", "/readyz")
    assert idle.getresponse().read() == b'{"status":"ready"}\n'
    body = b"question=what+was+decided"
    asking.putrequest("POST", "/ask")
    asking.putheader("X-Turn-Only", "yes")
    asking.putheader("Content-Type", "application/x-www-form-urlencoded")
    asking.putheader("Content-Length", str(len(body)))
    asking.endheaders(body[:9])  # the rest is still to come when the server is told to stop
    process.send_signal(number)
    assert idle.sock is not None
    assert idle.sock.recv(1) == b""  # who asks nothing is let go, so draining has begun
    with pytest.raises(ConnectionRefusedError):
        http.client.HTTPConnection(asking.host, asking.port, timeout=PATIENCE).connect()
    asking.send(body[9:])
    response = asking.getresponse()
    assert response.status == 200
    assert 'class="turn"' in response.read().decode()
    assert process.wait(PATIENCE) == 0
    assert process.stderr is not None
    events = process.stderr.read()
    assert events.index("Stopping") < events.index("POST /ask 200") < events.index("Stopped.")


def test_a_server_told_to_stop_as_soon_as_it_serves_ends_well(process: "subprocess.Popen[str]") -> None:
    connected(process)
    process.terminate()
    assert process.wait(PATIENCE) == 0


def test_an_answer_that_never_ends_does_not_keep_it_from_stopping(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entered, leave = threading.Event(), threading.Event()
    app = create_app(small_council.live(tmp_path, FakeEncoder()).current, SECRET)

    @app.get("/endless")
    def endless() -> str:
        entered.set()
        leave.wait(PATIENCE)
        return "too late"

    server = listening(app, "127.0.0.1", 0)
    stopping = threading.Event()
    running = threading.Thread(target=run, args=(server, stopping, 0.1))
    running.start()
    asking = http.client.HTTPConnection("127.0.0.1", server.effective_port, timeout=PATIENCE)
    asking.request("GET", "/endless")
    assert entered.wait(PATIENCE)
    stopping.set()
    running.join(PATIENCE)
    assert not running.is_alive()
    assert "Stopping although 1 connections have no answer yet." in caplog.text
    with pytest.raises(http.client.RemoteDisconnected):
        asking.getresponse()
    leave.set()


def test_all_that_waits_is_answered_before_it_stops(tmp_path: Path) -> None:
    entered, leave = threading.Event(), threading.Event()
    app = create_app(small_council.live(tmp_path, FakeEncoder()).current, SECRET)

    @app.get("/long")
    def long() -> str:
        entered.set()
        leave.wait(PATIENCE)
        return "answered"

    asking: list[http.client.HTTPConnection] = []
    with small_council.serving(app) as address:
        for _ in range(20):
            one = http.client.HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)
            one.request("GET", "/long")
            asking.append(one)
        assert entered.wait(PATIENCE)
        threading.Timer(0.5, leave.set).start()  # after the server has been told to stop
    assert [one.getresponse().read() for one in asking] == [b"answered"] * 20
