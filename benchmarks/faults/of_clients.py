"""Faults of clients: slow, gone, endless, or many that say nothing."""

import json
import socket
import time
from pathlib import Path

from benchmarks.faults import council
from benchmarks.faults.fault import Fault, Saw, fault
from benchmarks.faults.serving import Server, load, look, serving, until

FAULTS: list[Fault] = []


def _connected(server: Server, patience: float = 10) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=patience)


def _question(number: int = 0) -> bytes:
    body = json.dumps({"question": council.QUESTIONS[number]}).encode()
    head = (
        f"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _answer(connection: socket.socket) -> str:
    """The first line of what comes back, or what happens instead."""
    try:
        first = connection.recv(4096).split(b"\r\n")[0].decode(errors="replace")
    except OSError as error:
        return type(error).__name__
    return first or "closed"


@fault(
    FAULTS, "twenty clients that send a byte every tenth of a second, and others beside them", "the others are answered"
)
def slow(place: Path, saw: Saw) -> None:
    """Send headers one byte at a time."""
    with serving(place) as server:
        clients = [_connected(server) for _ in range(20)]
        with load(server, 2) as seen:
            for byte in _question()[:60]:
                for client in clients:
                    client.send(bytes([byte]))
                time.sleep(0.1)
        seen.tell(saw)
        for client in clients:
            client.send(_question()[60:])
        answers = {_answer(client) for client in clients}
        saw.that(f"the slow ones, in the end: {', '.join(sorted(answers))}", answers == {"HTTP/1.1 200 OK"})


@fault(FAULTS, "300 connections that say nothing", "others are answered")
def half_open(place: Path, saw: Saw) -> None:
    """Open connections and leave them."""
    with serving(place) as server:
        held = [_connected(server) for _ in range(300)]
        status, text = server.get("/healthz", patience=10)
        saw.that(f"meanwhile: {status or text}", status == 200)
        for connection in held:
            connection.close()
        saw.that("answers once they are gone", until(lambda: server.get("/healthz", patience=5)[0] == 200, 30))
        look(server, saw, 2)


@fault(FAULTS, "200 clients that go away while they are answered", "the process goes on; others are answered")
def gone(place: Path, saw: Saw) -> None:
    """Ask, and close at once."""
    with serving(place) as server, load(server, 2) as seen:
        for number in range(200):
            connection = _connected(server)
            connection.send(_question(number % 2))
            if number % 2:
                connection.recv(10)
            connection.close()
    seen.tell(saw)
    saw.that(
        "a traceback in the log" if "Traceback" in server.logged() else "no traceback in the log",
        "Traceback" not in server.logged(),
    )


@fault(FAULTS, "headers of two megabytes", "refused with status 431, and others are answered")
def headers(place: Path, saw: Saw) -> None:
    """Send one header that does not end."""
    with serving(place) as server, _connected(server) as connection:
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 2_000_000 + b"\r\n\r\n")
            said = _answer(connection)
        except OSError as error:
            said = f"closed while sending ({type(error).__name__})"
        saw.that(said, "431" in said or "closed" in said)
        look(server, saw, 2)


@fault(FAULTS, "a body without a length that does not end (40 MB sent in chunks)", "refused; others are answered")
def endless(place: Path, saw: Saw) -> None:
    """Send chunks until the server has enough."""
    with serving(place) as server, _connected(server) as connection:
        head = b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"10000\r\n" + b"a" * 65_536 + b"\r\n"
        sent = 0
        try:
            connection.sendall(head)
            while sent < 40_000_000:
                connection.sendall(chunk)
                sent += 65_536
            said = _answer(connection)
        except OSError as error:
            said = f"closed ({type(error).__name__})"
        saw.that(f"{said} after {sent / 1e6:.0f} MB", sent < 40_000_000 or "413" in said)
        look(server, saw, 2)


@fault(FAULTS, "a body shorter than its length, then silence, from fifty clients", "others are answered")
def short_body(place: Path, saw: Saw) -> None:
    """Promise more than is sent."""
    with serving(place) as server:
        held = []
        for _ in range(50):
            connection = _connected(server)
            connection.send(b"POST /api/v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
            held.append(connection)
        look(server, saw, 2)
        for connection in held:
            connection.close()


@fault(FAULTS, "bytes that are no request, from fifty clients", "refused with status 400; others are answered")
def noise(place: Path, saw: Saw) -> None:
    """Send what no client would."""
    with serving(place) as server:
        said = set()
        for number in range(50):
            with _connected(server) as connection:
                connection.send(bytes((number * 7 + at * 13) % 256 for at in range(400)) + b"\r\n\r\n")
                said.add(_answer(connection))
        saw.that(", ".join(sorted(said)), all("400" in one or "closed" in one for one in said))
        look(server, saw, 2)
