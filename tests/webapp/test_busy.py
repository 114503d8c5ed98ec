"""Requests by turns: how many are answered at once and wait, and what those beyond are told."""

import http.client
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import small_council
from fakes import FakeEncoder
from flask import Flask
from flask.testing import FlaskClient
from small_council import QUESTION, SECRET
from werkzeug.test import Client

from assistant.assistant import Assistant
from webapp.app import create_app
from webapp.guard.busy import BUSY, Turns
from webapp.live import LiveAssistant
from webapp.settings import Limits, Settings

WORDS = "Busy: many people are asking at the moment. Try again in a few seconds."
PATIENCE = 30.0


class Gate:
    """Hands out the assistant only once it is opened, so that as many requests stand before it as one likes."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live
        self._lock = threading.Lock()
        self.opened = threading.Event()
        self.inside = self.most = 0

    def assistant(self) -> Assistant:
        """The assistant, after a wait."""
        with self._lock:
            self.inside += 1
            self.most = max(self.most, self.inside)
        try:
            assert self.opened.wait(PATIENCE)
            return self._live.current()
        finally:
            with self._lock:
                self.inside -= 1


def until(true: Callable[[], bool]) -> None:
    """Wait until something is so; it must become so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.005)


def gated(live: LiveAssistant, **limits: float) -> tuple[Gate, Flask]:
    """An application whose every answer waits at a gate."""
    gate = Gate(live)
    settings = Settings(limits=Limits(**limits))  # type: ignore[arg-type]
    return gate, create_app(gate.assistant, SECRET, settings=settings)


class Together:
    """Requests sent at once, each by a thread of its own."""

    def __init__(self, app: Flask, number: int) -> None:
        limits = app.config["SETTINGS"].limits
        turns = Turns(app, limits)
        self.statuses: list[int] = []

        def ask() -> None:
            self.statuses.append(Client(turns).get("/documents").status_code)

        self._threads = [threading.Thread(target=ask) for _ in range(number)]
        for thread in self._threads:
            thread.start()

    def counted(self) -> Counter[int]:
        """How many of each status there were, once all have been answered."""
        for thread in self._threads:
            thread.join(PATIENCE)
        return Counter(self.statuses)


@pytest.mark.parametrize(
    ("at_once", "waiting", "asking", "answered"),
    [(1, 0, 3, 1), (2, 3, 5, 5), (2, 3, 30, 5), (4, 0, 20, 4)],
    ids=["nobody waits", "all find a place", "many too many", "four and nobody else"],
)
def test_so_many_are_answered_and_wait_and_the_rest_are_refused_at_once(
    live: LiveAssistant, at_once: int, waiting: int, asking: int, answered: int
) -> None:
    gate, app = gated(live, answered_at_once=at_once, waiting=waiting, longest_wait_seconds=60)
    together = Together(app, asking)
    until(lambda: len(together.statuses) == asking - answered)  # while nobody has been answered
    until(lambda: gate.inside == min(at_once, answered))
    assert set(together.statuses) <= {503}
    gate.opened.set()
    assert together.counted() == Counter({200: answered, 503: asking - answered})
    assert gate.most == min(at_once, answered)


def test_nobody_waits_longer_than_the_longest_wait_and_places_are_given_back(live: LiveAssistant) -> None:
    gate, app = gated(live, answered_at_once=1, waiting=5, longest_wait_seconds=0.05)
    together = Together(app, 4)
    until(lambda: len(together.statuses) == 3)  # though the first is still being answered
    assert set(together.statuses) == {503}
    gate.opened.set()
    assert together.counted() == Counter({200: 1, 503: 3})
    turns = Turns(app, app.config["SETTINGS"].limits)
    assert [Client(turns).get("/documents").status_code for _ in range(20)] == [200] * 20


@pytest.mark.parametrize("address", ["/static/style.css", "/readyz", "/healthz"], ids=str)
def test_files_and_health_checks_pass_by_a_full_line(live: LiveAssistant, address: str) -> None:
    limits = Limits(answered_at_once=1, waiting=0, longest_wait_seconds=60)
    entered, leave = threading.Event(), threading.Event()
    app = create_app(live.current, SECRET)

    @app.get("/long")
    def long() -> str:
        entered.set()
        assert leave.wait(PATIENCE)
        return "done"

    turns = Turns(app, limits)
    first = threading.Thread(target=Client(turns).get, args=("/long",))
    first.start()
    assert entered.wait(PATIENCE)
    assert Client(turns).get("/documents").status_code == 503
    assert Client(turns).get(address).status_code == 200
    leave.set()
    first.join(PATIENCE)


def test_what_fails_in_its_turn_fails_where_it_was_asked() -> None:
    def failing(environ: object, start_response: object) -> list[bytes]:
        raise ZeroDivisionError

    turns = Turns(failing, Limits(answered_at_once=1, waiting=0))
    for _ in range(3):  # its place is given back, and the thread goes on
        with pytest.raises(ZeroDivisionError):
            Client(turns).get("/")


@pytest.mark.parametrize(
    ("address", "headers", "type"),
    [
        ("/ask", {}, "text/html"),
        ("/ask", {"X-Turn-Only": "yes"}, "application/json"),
        ("/ask", {"Accept": "application/json"}, "application/json"),
        ("/api/v1/ask", {"Accept": "application/json"}, "application/problem+json"),
    ],
    ids=["a page", "the page's script", "a program", "the interface for programs"],
)
def test_a_refusal_is_told_in_the_form_that_was_asked_for(
    client: FlaskClient, address: str, headers: dict[str, str], type: str
) -> None:
    response = client.post(address, data={"question": QUESTION}, headers=headers, environ_overrides={BUSY: True})
    told = response.get_data(as_text=True)
    assert (response.status_code, response.mimetype) == (503, type)
    assert response.headers["Retry-After"] == "5"
    assert "Content-Security-Policy" in response.headers
    if type == "text/html":
        assert "<h1>Busy: many people are asking at the moment</h1>" in told
        assert "Try again in a few seconds." in told and "load this page again" in told
        assert QUESTION not in told
    else:
        assert WORDS in told
    assert "Set-Cookie" not in response.headers  # the conversation stays as it was


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address, host and port, of a server with few places."""
    live = small_council.live(tmp_path, FakeEncoder())
    limits = Limits(answered_at_once=2, waiting=4, longest_wait_seconds=30)
    with small_council.serving(create_app(live.current, SECRET, settings=Settings(limits=limits))) as address:
        yield urlsplit(address).netloc


def test_five_hundred_connections_at_once_are_answered_or_refused_in_order(tmp_path: Path) -> None:
    gate, app = gated(small_council.live(tmp_path), answered_at_once=2, waiting=10, longest_wait_seconds=60)
    with small_council.serving(app) as address:
        connections = [http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE) for _ in range(500)]
        for connection in connections:
            connection.request("GET", "/documents")
        until(lambda: gate.inside == 2)
        gate.opened.set()
        got = Counter()
        for connection in connections:
            response = connection.getresponse()
            got[response.status, response.getheader("Retry-After")] += 1
            connection.close()
    assert set(got) == {(200, None), (503, "5")}
    assert got.total() == 500
    assert got[200, None] >= 12


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /documents HT",
        b"POST /ask HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nquestion=",
        b"GET /documents HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
    ids=["nothing sent", "half a line", "half a body", "an answer that nobody reads"],
)
def test_slow_people_hold_no_place(served: str, sent: bytes) -> None:
    host, port = served.split(":")
    slow = [socket.create_connection((host, int(port))) for _ in range(40)]
    for one in slow:
        one.sendall(sent)
    connection = http.client.HTTPConnection(served, timeout=PATIENCE)

    def answered() -> bool:
        connection.request("GET", "/documents")
        response = connection.getresponse()
        response.read()
        return response.status == 200

    until(answered)
    assert all(answered() for _ in range(5))
    connection.close()
    for one in slow:
        one.close()
