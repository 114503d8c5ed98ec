"""What every response forbids, and which requests are refused."""

import json
import re

import pytest
from flask.testing import FlaskClient
from small_council import QUESTION, page

from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.settings import SettingsWrong


@pytest.mark.parametrize("address", ["/", "/documents", "/healthz", "/nowhere", "/static/chat.js"], ids=str)
def test_every_response_forbids_what_is_not_its_own(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Embedder-Policy"] == "require-corp"
    assert "Strict-Transport-Security" not in headers


STORED = [
    ("/", 200, "private, no-cache"),
    ("/start-again", 405, "private, no-cache"),
    ("/documents/visit-minutes", 200, "private, no-cache"),
    ("/search.atom?q=carers", 200, "private, no-cache"),
    ("/pack.csv?passage=none", 200, "private, no-cache"),
    ("/static/chat.js", 200, "no-cache"),
    ("/api/v1/documents", 200, "private, no-cache"),
    ("/api/v1/none", 404, "no-store"),
]


@pytest.mark.parametrize(("address", "status", "stored"), STORED, ids=[row[0] for row in STORED])
def test_every_response_says_how_it_may_be_stored(client: FlaskClient, address: str, status: int, stored: str) -> None:
    response = client.get(address)
    assert (response.status_code, response.headers.getlist("Cache-Control")) == (status, [stored])


def test_over_https_it_is_said_to_stay_so(client: FlaskClient) -> None:
    response = client.get("/", base_url="https://localhost")
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000"
    cookie = response.headers["Set-Cookie"]
    assert cookie.startswith("__Host-questions=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("address", ["/", "/documents", "/documents/cabinet-report", "/nowhere"], ids=str)
def test_pages_hold_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient, address: str) -> None:
    client.post("/ask", data={"question": QUESTION})
    html = client.get(address).get_data(as_text=True)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"/static/)", html)
    assert not re.search(r'(?:src|action)="(?!/)', html)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"}, 403),
    ],
    ids=lambda value: json.dumps(value),
)
def test_another_site_cannot_post(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/ask", data={"question": QUESTION}, headers=headers).status_code == status


def test_a_hostile_question_stays_text(client: FlaskClient) -> None:
    client.post("/ask", data={"question": '<img src=x onerror="alert(1)"> foster carers'})
    html = page(client)
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt; foster carers" in html
    assert "<img" not in html


@pytest.mark.parametrize("length", [0, 31], ids=str)
def test_a_short_secret_is_refused(live: LiveAssistant, length: int) -> None:
    with pytest.raises(SettingsWrong, match=f"has {length} characters and must have 32 or more"):
        create_app(live.current, "x" * length)
