"""What the pages say when something is wrong, and what the machine that watches them is told."""

import re
import sqlite3
from pathlib import Path

import pytest
import small_council
from flask.testing import FlaskClient
from small_council import QUESTION, SECRET, page

from index.files.generations import IndexDamaged, IndexMissing
from webapp.app import create_app
from webapp.live import LiveAssistant


@pytest.mark.parametrize(
    ("method", "address", "status", "words"),
    [
        ("GET", "/nowhere", 404, "Page not found"),
        ("GET", "/documents/none", 404, "Document not found"),
        ("GET", "/start-again", 405, "This address cannot be used that way"),
        ("PUT", "/ask", 405, "This address cannot be used that way"),
    ],
    ids=["404", "no document", "405", "put"],
)
def test_errors_are_told_in_the_layout_or_as_json(
    client: FlaskClient, method: str, address: str, status: int, words: str
) -> None:
    response = client.open(address, method=method)
    html = response.get_data(as_text=True)
    assert response.status_code == status
    assert f"<h1>{words}</h1>" in html
    assert 'href="/documents"' in html
    told = client.open(address, method=method, headers={"Accept": "application/json"})
    assert told.status_code == status
    assert told.get_json()["error"].startswith(words)


def test_405_says_what_is_allowed(client: FlaskClient) -> None:
    assert set(client.get("/start-again").headers["Allow"].split(", ")) == {"OPTIONS", "POST"}


def test_a_failure_tells_nothing_of_its_cause(
    live: LiveAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret detail")

    app = create_app(live.current, SECRET)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "documents.listing", fail)
    response = app.test_client().get("/documents")
    assert response.status_code == 500
    assert "Something went wrong" in response.get_data(as_text=True)
    assert 'action="/start-again"' in response.get_data(as_text=True)
    assert "secret detail" not in response.get_data(as_text=True)
    assert "secret detail" in caplog.text


@pytest.mark.parametrize(
    "problem",
    [IndexMissing("/private/path is gone"), sqlite3.DatabaseError("/private/path")],
    ids=["index", "store"],
)
def test_without_an_index_every_page_says_so(problem: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def missing() -> None:
        raise problem

    client = create_app(missing, SECRET).test_client()  # type: ignore[arg-type]
    for address in ("/", "/documents", "/documents/a", "/nowhere"):
        response = client.get(address)
        assert response.status_code == 503
        assert "cannot be searched at the moment" in response.get_data(as_text=True)
        assert "private" not in response.get_data(as_text=True)
    assert "error" in client.get("/healthz").get_json()
    assert "error" in client.post("/ask", json={"question": QUESTION}).get_json()
    assert client.get("/static/style.css").status_code == 200
    assert "/private/path" in caplog.text


RAISED = {
    "a file": FileNotFoundError(2, "No such file or directory", "/private/index/passages.sqlite"),
    "the index": IndexDamaged("/private/index/vectors.faiss does not match its checksum"),
    "the store": sqlite3.DatabaseError("file is not a database: /private/index"),
    "a mistake": KeyError("/private/webapp/chat.py"),
    "memory": MemoryError("/private"),
    "depth": RecursionError("/private"),
    "bytes": UnicodeDecodeError("utf-8", b"/private", 0, 1, "/private"),
}
CALLERS = {
    "a page": ("GET", "/documents", {}, "documents.listing"),
    "a form": ("POST", "/ask", {}, "chat.ask"),
    "the script": ("POST", "/ask", {"X-Turn-Only": "yes"}, "chat.ask"),
    "json": ("POST", "/ask", {"Accept": "application/json"}, "chat.ask"),
    "a program": ("GET", "/api/v1/documents", {}, "api.documents"),
    "a file": ("GET", "/pack.csv", {}, "packs.as_csv"),
    "a feed": ("GET", "/search.atom", {}, "feed.search"),
}


@pytest.mark.parametrize(("method", "address", "headers", "endpoint"), CALLERS.values(), ids=CALLERS)
@pytest.mark.parametrize("raised", RAISED.values(), ids=RAISED)
def test_no_error_tells_of_files_or_code(
    live: LiveAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    raised: Exception,
    method: str,
    address: str,
    headers: dict[str, str],
    endpoint: str,
) -> None:
    def fail() -> None:
        raise raised

    app = create_app(live.current, SECRET)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, endpoint, fail)
    response = app.test_client().open(address, method=method, headers=headers)
    told = response.get_data(as_text=True) + str(response.headers)
    assert response.status_code in (500, 503)
    assert not re.search(r"/private|Traceback|[a-z]Error\b|\.py\b|/tmp/|site-packages", told)
    assert "/private" in caplog.text


def test_health_is_told(client: FlaskClient, live: LiveAssistant) -> None:
    told = client.get("/healthz").get_json()
    assert told == {
        "status": "ok",
        "generation": live.current().index.generation,
        "documents": 2,
        "passages": 23,
        "model": "fake",
    }


def test_without_a_model_every_page_says_so(tmp_path: Path) -> None:
    client = create_app(small_council.live(tmp_path).current, SECRET).test_client()
    assert client.get("/healthz").get_json()["model"] is None
    for address in ("/", "/documents", "/documents/visit-minutes", "/nowhere"):
        assert "Searching by words alone." in client.get(address).get_data(as_text=True)


def test_with_a_model_no_page_says_so(client: FlaskClient) -> None:
    assert "Searching by words alone." not in page(client)
