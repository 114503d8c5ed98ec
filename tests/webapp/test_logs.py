"""What the server says on standard error, and what it must never say there."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from small_council import SECRET
from werkzeug.test import Client

from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.monitoring import logs
from webapp.monitoring.metrics import Metrics
from webapp.monitoring.watching import Watched

SECRETIVE = "zzsecretzz"


@contextmanager
def saying(form: str) -> Iterator[io.StringIO]:
    """What is said on standard error in this form meanwhile, and nowhere else."""
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as said:
        patch.setattr(sys, "stderr", said)
        patch.setattr(logging.getLogger(), "handlers", [])
        for name in ("webapp", "waitress.queue"):
            patch.setattr(logging.getLogger(name), "level", logging.NOTSET)
        logs.configure(form)
        yield said


@pytest.fixture
def client(live: LiveAssistant) -> Client:
    app = create_app(live.current, SECRET)

    @app.get("/failing/<id>")
    def failing(id: str) -> str:
        raise ZeroDivisionError

    return Client(Watched(app, Metrics(live.current)))


@pytest.mark.parametrize(
    ("method", "address", "route", "status"),
    [
        ("GET", f"/documents?q={SECRETIVE}", "/documents", 200),
        ("GET", f"/documents/{SECRETIVE}", "/documents/<id>", 404),
        ("GET", f"/passages/a/{SECRETIVE}?b={SECRETIVE}", "/passages/<path:id>", 404),
        ("GET", f"/{SECRETIVE}", "none", 404),
        ("GET", f"/failing/{SECRETIVE}", "/failing/<id>", 500),
        ("POST", "/ask", "/ask", 303),
        ("POST", "/api/v1/ask", "/api/v1/ask", 415),
        ("GET", "/static/style.css", "/static/<path:filename>", 200),
        (SECRETIVE.upper(), "/documents", "none", 405),
    ],
    ids=["query", "document", "passage", "nowhere", "failure", "question", "program", "file", "method"],
)
@pytest.mark.parametrize("form", logs.FORMS)
def test_a_request_is_one_line_and_nothing_of_what_was_asked(
    client: Client, form: str, method: str, address: str, route: str, status: int
) -> None:
    data = {"question": SECRETIVE} if method == "POST" else None
    headers = {"User-Agent": SECRETIVE, "Referer": f"http://a/{SECRETIVE}", "X-Forwarded-For": "203.0.113.7"}
    with saying(form) as said:
        response = client.open(address, method=method, data=data, headers=headers)
        told = said.getvalue()
    assert response.status_code == status
    assert SECRETIVE not in told.lower()
    assert "203.0.113.7" not in told and "127.0.0.1" not in told
    if form == "json":
        lines = [json.loads(line) for line in told.splitlines()]
        (line,) = [line for line in lines if "ms" in line]
        assert (line["route"], line["status"], line["level"]) == (route, status, "INFO")
        assert line["method"] == (method if method in ("GET", "POST") else "other")
        assert isinstance(line["ms"], int) and line["time"]
    else:
        assert f" {route} {status} in " in told


def test_a_failure_is_one_line_of_json_with_its_cause(client: Client) -> None:
    with saying("json") as said:
        client.get("/failing/a")
        failure, _ = [json.loads(line) for line in said.getvalue().splitlines()]
    assert failure["event"] == "Failed: GET /failing/<id>"
    assert failure["level"] == "ERROR"
    assert "ZeroDivisionError" in failure["traceback"]
