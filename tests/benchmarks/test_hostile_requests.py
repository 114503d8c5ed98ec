"""Requests that nobody would write: what was found wrong once, and some of each kind that is looked for."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from small_council import SECRET, UNLIMITED

from benchmarks import hostile, hostile_made
from benchmarks.hostile_made import Sent
from benchmarks.hostile_watch import Watch
from webapp.app import create_app
from webapp.live import LiveAssistant

QUERIES = {
    "bytes that are no UTF-8": ("q=\x80carers", 200),
    "bytes that are UTF-8": ("q=\xc3\xa9carers", 200),
    "a name of bytes": ("&\xc6h\xeaf", 200),
    "a space and controls": ("q=carers \x00\x7f", 200),
    "escapes that are no UTF-8": ("q=%80%ffcarers", 200),
    "half an escape": ("q=carers%", 200),
}


@pytest.mark.parametrize(("query", "status"), QUERIES.values(), ids=QUERIES)
@pytest.mark.parametrize("path", ["/search", "/pack", "/search.atom", "/documents", "/compare"])
def test_a_query_of_any_bytes_is_read(client: FlaskClient, path: str, query: str, status: int) -> None:
    assert client.get(path, environ_overrides={"QUERY_STRING": query}).status_code == status


@pytest.fixture(scope="module")
def app(live: LiveAssistant) -> Flask:
    app = create_app(live.current, SECRET, settings=UNLIMITED)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def watch(live: LiveAssistant) -> Watch:
    """One that times nothing: a slow machine is no failure."""

    def text_of(id: str) -> str | None:
        found = live.current().index.document(id)
        return found.text if found else None

    watch = Watch(text_of)
    watch.took = lambda *_: None  # type: ignore[method-assign]
    return watch


KINDS = {"questions": hostile_made.questions(), "searches": hostile_made.searches(), "any": hostile_made.raw()}


@pytest.mark.parametrize("kind", KINDS)
def test_no_request_makes_it_fail(app: Flask, watch: Watch, kind: str) -> None:
    @settings(max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(KINDS[kind])
    def holds(sent: Sent) -> None:
        watch.look(kind, sent.short(), lambda: app.test_client().open(**sent.arguments()))
        assert watch.faults == []

    holds()
    assert watch.total() >= 150


WRONG = {
    "a failure": ("", 500, "text/html", "status 500"),
    "an answer without headers": ("", 200, "text/html", "headers are missing"),
    "half a JSON": ("{", 200, "application/json", "no JSON"),
    "no number": ('{"a": NaN}', 200, "application/json", "no JSON"),
    "another quote": (
        '{"evidence": [{"document": "visit-minutes", "start": 0, "end": 6, "quote": "Agendum"}]}',
        200,
        "application/json",
        "a quote that is no slice of visit-minutes, 0 to 6",
    ),
    "a quote of no document": (
        '[{"document": "none", "start": 0, "end": 1, "quote": "A"}]',
        200,
        "application/problem+json",
        "a quote that is no slice of none, 0 to 1",
    ),
    "a trace": ("Traceback (most recent call last)", 200, "text/html", "a trace"),
}


@pytest.mark.parametrize(("body", "status", "kind", "fault"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_seen(watch: Watch, body: str, status: int, kind: str, fault: str) -> None:
    app = Flask("wrong")

    @app.get("/")
    def answer() -> tuple[str, int, dict[str, str]]:
        headers = {} if fault.startswith("headers") else {"Content-Security-Policy": "x", "Cache-Control": "no-store"}
        return body, status, {"Content-Type": kind, **headers}

    watch.look("kind", "sent", lambda: app.test_client().get("/"))
    assert len(watch.faults) == 1
    assert watch.faults[0].startswith(f"kind: {fault}")


def test_a_quote_that_is_a_slice_is_counted(watch: Watch, client: FlaskClient) -> None:
    watch.look("kind", "sent", lambda: client.post("/ask", json={"question": "foster carers"}))
    assert (watch.faults, watch.quotes > 0) == ([], True)


def test_what_leaves_the_application_is_seen(watch: Watch) -> None:
    def fail() -> None:
        raise KeyError("lost")

    watch.look("kind", "sent", fail)  # type: ignore[arg-type]
    assert watch.faults == ["kind: KeyError: 'lost': sent"]


def test_the_shares_are_of_one_whole() -> None:
    assert round(sum(hostile.SHARES.values()), 6) == 1
    assert Path(hostile.RESULTS).name == "hostile.md"
