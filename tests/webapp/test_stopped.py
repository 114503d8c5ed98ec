"""Personal details are stopped at every door that takes words: not searched for, not in the cookie, kept or logged."""

import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from officers import Page, page
from small_council import QUESTION, SECRET, kept_in, turns
from small_council import page as html_of

from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.records.database import Records
from webapp.settings import Privacy, Settings

SECRET_WORDS = "what was decided for the child born 3/4/2012 Quillfeather"
MARK = "Quillfeather"
SAYS = "seems to hold a date of birth. It was stopped, neither searched for nor kept, to protect the people"
IN_ADDRESS = quote(SECRET_WORDS)

PAGES = {
    "search": f"/search?q={IN_ADDRESS}",
    "search, every mention": f"/search?q={IN_ADDRESS}&read=every",
    "search, its filter": f"/search?q=carers&council={IN_ADDRESS}",
    "search, in quotation marks": f"/search?q=%22{IN_ADDRESS}%22",
    "compare": f"/compare?q={IN_ADDRESS}",
    "compare, its council": f"/compare?q=carers&councils={IN_ADDRESS}",
    "list of documents": f"/documents?find={IN_ADDRESS}",
}
PROGRAMS = {
    "ask": ("POST", "/ask", {"question": SECRET_WORDS}),
    "ask, an earlier question": ("POST", "/ask", {"question": "what next?", "history": [SECRET_WORDS]}),
    "ask, a chip": ("POST", "/ask", {"question": QUESTION, "without": [SECRET_WORDS]}),
    "interface, ask": ("POST", "/api/v1/ask", {"question": SECRET_WORDS}),
    "interface, an earlier question": ("POST", "/api/v1/ask", {"question": "what next?", "history": [SECRET_WORDS]}),
    "interface, search": ("GET", f"/api/v1/search?q={IN_ADDRESS}", None),
    "interface, its filter": ("GET", f"/api/v1/search?q=carers&body={IN_ADDRESS}", None),
    "interface, its day": ("GET", f"/api/v1/search?q=carers&from={IN_ADDRESS}", None),
    "feed": ("GET", f"/search.atom?q={IN_ADDRESS}", None),
}


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "kept")


@pytest.fixture
def client(live: LiveAssistant, records: Records) -> FlaskClient:
    """A browser where questions are kept, so that those stopped could be among them."""
    settings = Settings(privacy=Privacy(keep_questions_days=7))
    return create_app(live.current, SECRET, settings=settings, records=records).test_client()


def kept(records: Records, folder: Path) -> bytes:
    """All that is in the records' files."""
    records.close()
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_chat_page_stops_them_and_puts_the_words_back_to_be_changed(
    client: FlaskClient, records: Records, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    client.post("/ask", data={"question": QUESTION})
    response = client.post("/ask", data={"question": SECRET_WORDS})
    shown = Page(response.get_data(as_text=True))
    assert response.status_code == 422
    assert SAYS in shown.said()
    # In the box, and nowhere else; nothing may store the page.
    assert response.get_data(as_text=True).count(MARK) == 1
    assert response.headers["Cache-Control"] == "no-store"
    cookie = client.get_cookie("questions")
    assert cookie is not None
    assert kept_in(cookie.value)["asked"] == [1, [[QUESTION]]]
    html = html_of(client)
    assert turns(html) == ["turn-1"] and MARK not in html
    assert QUESTION.encode() in kept(records, tmp_path)
    assert MARK.encode() not in kept(records, tmp_path)
    assert MARK not in caplog.text


def test_the_script_is_told_without_the_words(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": SECRET_WORDS}, headers={"X-Turn-Only": "yes"})
    assert response.status_code == 422
    assert SAYS in response.get_json()["error"] and MARK not in response.get_data(as_text=True)
    assert client.get_cookie("questions") is None


@pytest.mark.parametrize("door", PAGES)
def test_a_page_stops_them(
    client: FlaskClient, records: Records, tmp_path: Path, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    caplog.set_level(logging.DEBUG)
    response = client.get(PAGES[door])
    html = response.get_data(as_text=True)
    shown = Page(html)
    assert response.status_code == 422
    assert SAYS in shown.said() and shown.said().startswith("Error: ")
    # At most in a field, to be changed: not among the words, and in no link.
    assert MARK not in shown.words
    assert not any(MARK in link for link in shown.links)
    # No copy is stored, and the address that holds the words goes to no next page.
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert MARK.encode() not in kept(records, tmp_path)
    assert MARK not in caplog.text


@pytest.mark.parametrize("door", PROGRAMS)
def test_a_program_is_told_why(
    client: FlaskClient, records: Records, tmp_path: Path, caplog: pytest.LogCaptureFixture, door: str
) -> None:
    caplog.set_level(logging.DEBUG)
    method, path, body = PROGRAMS[door]
    response = client.open(path, method=method, json=body)
    assert response.status_code == 422
    assert SAYS in (response.get_json(silent=True) or {}).get("error", response.get_data(as_text=True))
    assert MARK not in response.get_data(as_text=True)
    assert client.get_cookie("questions") is None
    assert MARK.encode() not in kept(records, tmp_path)
    assert MARK not in caplog.text


def test_a_pack_goes_without_such_words(client: FlaskClient) -> None:
    assert MARK not in client.get(f"/pack?searched={IN_ADDRESS}").get_data(as_text=True)
    assert MARK not in client.get(f"/pack.md?searched={IN_ADDRESS}", follow_redirects=True).get_data(as_text=True)


def test_a_cookie_from_before_the_rule_is_forgotten(client: FlaskClient) -> None:
    with client.session_transaction() as session:
        session["asked"] = [1, [[SECRET_WORDS], [QUESTION]]]
    assert turns(html_of(client)) == []
    client.post("/ask", data={"question": QUESTION})
    assert turns(html_of(client)) == ["turn-1"]
    with client.session_transaction() as session:
        assert MARK not in str(session["asked"])


@pytest.mark.parametrize(
    ("path", "box"), [("/", "question"), ("/search", "q"), ("/compare", "q")], ids=["chat", "search", "compare"]
)
def test_beside_every_box_stands_what_not_to_enter(client: FlaskClient, path: str, box: str) -> None:
    shown = page(client, path)
    assert "Do not enter details about a child or family." in shown.said()
    assert "/privacy" in shown.links
    (field,) = [given for tag, given in shown.elements if tag in ("input", "textarea") and given.get("id") == box]
    assert set(field["aria-describedby"].split()) <= set(shown.ids)
