"""The pages about the service: what they say as it is set up, what the law prescribes, and that they need no index."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
import small_council
from flask import Flask
from flask.testing import FlaskClient

from assistant.assistant import Assistant
from index.files.generations import IndexMissing
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.pages.about import FIGURES, WITHOUT_INDEX
from webapp.settings import USUAL, Settings

KEPT = {"privacy": {"keep_questions_days": 30}}
NAMED = {"service": {"name": "Papers", "organisation": "Westmarch <Council>", "contact": "a&b@westmarch.example"}}
AT_THE_PROXY = {"proxy": {"addresses": ["127.0.0.1"], "user": "X-User", "groups": "X-Groups"}}
WITH_OPENID = {"openid": {"issuer": "https://login.westmarch.example", "client_id": "papers"}}
PAGES = ("/accessibility", "/privacy", "/cookies", "/how-it-works", "/how-it-works/record")


def told(app: Flask, path: str) -> str:
    """The words of a page, without its markup."""
    html = small_council.page(app.test_client(), path)
    body = re.sub(r"</(dt|dd|li|p|td|th|h\d)>", " ", html.partition("<body>")[2])
    return " ".join(unescape(re.sub(r"<[^>]+>", "", body)).split())


@pytest.fixture(autouse=True)
def client_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_OPENID_CLIENT_SECRET", "a secret of the provider's")


def pages(live: LiveAssistant, chosen: dict[str, object] | None = None) -> Flask:
    return create_app(live.current, small_council.SECRET, settings=Settings.model_validate(chosen or {}))


@pytest.mark.parametrize(
    "sentence",
    [
        "This accessibility statement applies to Papers",
        "Westmarch <Council> is committed to making its website accessible, in accordance with the Public Sector "
        "Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018.",
        "This website is partially compliant with the Web Content Accessibility Guidelines version 2.2 AA standard, "
        "due to the non-compliances listed below.",
        "The content listed below is non-accessible for the following reasons.",
        "The Equality and Human Rights Commission (EHRC) is responsible for enforcing the Public Sector Bodies "
        "(Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018 (the ‘accessibility regulations’). "
        "If you’re not happy with how we respond to your complaint, contact the Equality Advisory and Support Service "
        "(EASS).",
        "Equality Commission for Northern Ireland",
        "This statement was prepared on 22 November 2026. It was last reviewed on ",
        "This website was last tested on ",
        "It was not tested by people who use assistive technology.",
        "write to a&b@westmarch.example",
    ],
)
def test_the_statement_has_the_sentences_that_the_law_prescribes(sentence: str, live: LiveAssistant) -> None:
    assert sentence in told(pages(live, NAMED), "/accessibility")


def test_the_statement_has_the_headings_that_the_law_prescribes_in_their_order(client: FlaskClient) -> None:
    html = small_council.page(client, "/accessibility")
    assert re.findall(r"<h[123]>(.*?)</h[123]>", html) == [
        "Accessibility statement for Inspection documents",
        "How accessible this website is",
        "Feedback and contact information",
        "Enforcement procedure",
        "Technical information about this website’s accessibility",
        "Compliance status",
        "Non-accessible content",
        "Non-compliance with the accessibility regulations",
        "Disproportionate burden",
        "Content that’s not within the scope of the accessibility regulations",
        "What we’re doing to improve accessibility",
        "Preparation of this accessibility statement",
    ]


LOGGED = "a log is kept of who opened which one"
SIGNED_IN = "who you are, if you have signed in"


@pytest.mark.parametrize(
    ("path", "said", "where", "elsewhere"),
    [
        ("/privacy", "Questions are not kept on the server.", {}, KEPT),
        ("/privacy", "Questions are also kept on the server for 30 days", KEPT, {}),
        ("/privacy", "Westmarch <Council> decides what is kept", NAMED, {}),
        ("/privacy", "its name is not stated here yet", {}, NAMED),
        ("/privacy", "no address to write to is stated here yet", {}, NAMED),
        ("/privacy", "write to a&b@westmarch.example", NAMED, {}),
        ("/privacy", LOGGED, AT_THE_PROXY, {}),
        ("/privacy", LOGGED, WITH_OPENID, {}),
        ("/cookies", SIGNED_IN, AT_THE_PROXY, {}),
        ("/cookies", SIGNED_IN, WITH_OPENID, {}),
        ("/how-it-works", "If an answer is wrong, write to a&b@westmarch.example", NAMED, {}),
    ],
    ids=[
        *("kept nowhere", "kept for days", "provider", "no provider", "no contact", "contact", "log, proxy"),
        *("log, openid", "cookie, proxy", "cookie, openid", "wrong answers"),
    ],
)
def test_what_is_said_follows_the_settings(
    path: str, said: str, where: dict[str, object], elsewhere: dict[str, object], live: LiveAssistant
) -> None:
    assert said in told(pages(live, where), path)
    assert said not in told(pages(live, elsewhere), path)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/privacy", "Do not type details about a child, a family or anyone else into a question."),
        ("/privacy", "is stopped before anything is searched for"),
        ("/privacy", "The words of a search are part of its page’s address"),
        ("/privacy", "complain to the Information Commissioner’s Office, telephone 0303 123 1113."),
        ("/cookies", "Name questions What it holds Your last questions, 10 at most"),
        ("/cookies", "Until you close the browser."),
        ("/cookies", "so the law does not ask for your consent, and there is no banner"),
        ("/how-it-works", "Answers are quoted, not written."),
        ("/how-it-works", "It was tried on 439 questions"),
        ("/how-it-works", "Quotes: 1,644 of 1,644 were exact."),
        ("/how-it-works", "It may show passages that are near your question and do not answer it"),
    ],
)
def test_what_is_said_whatever_is_chosen(path: str, said: str, live: LiveAssistant) -> None:
    assert said in told(pages(live), path)


def test_the_cookie_is_the_one_told_of(client: FlaskClient) -> None:
    client.post("/ask", data={"question": small_council.QUESTION})
    (cookie,) = client._cookies.values()
    assert f"<code>{cookie.key}</code>" in small_council.page(client, "/cookies")
    assert (cookie.http_only, cookie.expires, cookie.max_age) == (True, None, None)


def test_how_it_works_tells_of_the_index_that_serves(live: LiveAssistant) -> None:
    index = live.current().index
    words = told(pages(live), "/how-it-works")
    assert f"Documents 2, in {index.facts.passages} passages" in words
    assert f"Version {index.generation}" in words
    assert f"Fingerprint {index.facts.fingerprint}" in words
    assert "These figures were measured with another model (all-MiniLM-L6-v2 (adapted)), not with the one in" in words
    assert "not in use at the moment" not in words


def test_models_that_are_not_loaded_are_not_said_to_be_in_use(tmp_path: Path) -> None:
    words = told(pages(small_council.live(tmp_path)), "/how-it-works")
    assert words.count("not in use at the moment") == 2


@pytest.mark.parametrize(
    "row", json.loads(FIGURES.read_text(encoding="utf-8"))["sets"], ids=lambda row: row["measured"]
)
def test_how_it_works_tells_each_figure(row: dict[str, float], client: FlaskClient) -> None:
    html = small_council.page(client, "/how-it-works")
    shares = "".join(
        f"<td>{row[name]:.0%}</td>" for name in ("found", "to_the_point", "right_silence", "wrong_silence")
    )
    assert f'<th scope="row">{row["name"]}</th><td>{row["questions"]}</td>{shares}' in html


def test_the_record_is_shown_as_a_page(client: FlaskClient) -> None:
    html = small_council.page(client, "/how-it-works/record")
    assert "<h1>Algorithmic transparency record</h1>" in html
    assert "<h2>Tier 2: risks, mitigations and impact assessments</h2>" in html
    assert "<strong>[to be filled in by the council]</strong>" in html


@pytest.mark.parametrize("path", ["/", "/search", "/documents", "/inspections", "/nowhere", *PAGES])
def test_every_page_leads_to_them(path: str, client: FlaskClient) -> None:
    foot = client.get(path).get_data(as_text=True).partition("<footer")[2]
    assert re.findall(r'href="(.*?)"', foot) == ["/how-it-works", "/accessibility", "/privacy", "/cookies"]


def test_what_needs_no_index_is_there_without_one() -> None:
    def missing() -> Assistant:
        raise IndexMissing("There is no index.")

    app = create_app(missing, small_council.SECRET, settings=USUAL)
    with app.test_request_context():
        found = {app.url_for(endpoint): app.test_client().get(app.url_for(endpoint)) for endpoint in WITHOUT_INDEX}
    assert {path: response.status_code for path, response in found.items()} == {
        path: 200 for path in PAGES if path != "/how-it-works"
    }
    assert app.test_client().get("/how-it-works").status_code == 503
