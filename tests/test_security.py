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
