"""The tokens of the forms: who needs one, and what is told and kept where it is missing."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from small_council import ANSWER, QUESTION, SECRET, page, turns
from werkzeug.test import TestResponse

from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.settings import Proxy, Settings

TEMPLATES = Path(__file__).parents[2] / "webapp" / "templates"
PROXY = Settings(proxy=Proxy(addresses=("127.0.0.1",), user="X-Auth-User", groups="X-Auth-Groups"))
OUT_OF_DATE = "This was not sent, because the page was out of date"


def visitor(app: Flask) -> FlaskClient:
    """A browser that sends what the test says and nothing else."""
    return FlaskClient(app)


@pytest.fixture
def app(live: LiveAssistant) -> Flask:
    return create_app(live.current, SECRET, settings=PROXY)


def token(response: TestResponse | str) -> str:
    """The token in the forms of a page, which is the same in all."""
    html = response if isinstance(response, str) else response.get_data(as_text=True)
    found = set(re.findall(r'<input type="hidden" name="csrf_token" value="([^"]+)">', html))
    assert len(found) == 1
    return found.pop()


SENT = {
    "a form": ("/ask", {"data": {"question": QUESTION}}),
    "a chip": ("/ask", {"data": {"question": QUESTION, "turn": "1", "without": ["date:2021"]}}),
    "the script": ("/ask", {"data": {"question": QUESTION}, "headers": {"X-Turn-Only": "yes"}}),
    "a form that wants JSON": ("/ask", {"data": {"question": QUESTION}, "headers": {"Accept": "application/json"}}),
    "JSON": ("/ask", {"json": {"question": QUESTION}}),
    "the interface for programs": ("/api/v1/ask", {"json": {"question": QUESTION}}),
    "start again": ("/start-again", {}),
}


@pytest.mark.parametrize(("address", "sent"), SENT.values(), ids=SENT)
def test_with_the_cookie_it_takes_the_token(app: Flask, address: str, sent: dict[str, dict[str, str]]) -> None:
    client = visitor(app)
    made = token(page(client))
    assert client.post(address, **sent).status_code == 403
    for wrong in ("", "x", made[:-2], token(page(visitor(app)))):
        with_wrong = {**sent, "headers": {**sent.get("headers", {}), "X-CSRFToken": wrong}}
        assert client.post(address, **with_wrong).status_code == 403
    with_header = {**sent, "headers": {**sent.get("headers", {}), "X-CSRFToken": made}}
    assert client.post(address, **with_header).status_code in (200, 303)


@pytest.mark.parametrize(("address", "sent"), SENT.values(), ids=SENT)
def test_without_the_cookie_it_takes_none(app: Flask, address: str, sent: dict[str, dict[str, str]]) -> None:
    assert visitor(app).post(address, **sent).status_code in (200, 303)


@pytest.mark.parametrize(("address", "sent"), SENT.values(), ids=SENT)
def test_signed_in_at_the_proxy_a_form_takes_the_token(
    app: Flask, address: str, sent: dict[str, dict[str, str]]
) -> None:
    signed_in = {**sent, "headers": {**sent.get("headers", {}), "X-Auth-User": "pat"}}
    assert visitor(app).post(address, **signed_in).status_code == (403 if "json" not in sent else 200)


def test_the_forms_of_a_page_can_be_sent(app: Flask) -> None:
    client = visitor(app)
    for _ in range(2):  # the first and one of a conversation
        sent = {"question": QUESTION, "csrf_token": token(page(client))}
        assert client.post("/ask", data=sent).status_code == 303
    turn = client.post("/ask", data=sent, headers={"X-Turn-Only": "yes"})
    sent["csrf_token"] = token(turn)
    assert client.post("/start-again", data=sent).status_code == 303
    assert turns(page(client)) == []


def test_every_form_that_posts_has_the_token() -> None:
    forms = [
        (path.name, form)
        for path in sorted(TEMPLATES.glob("*.html"))
        for form in re.findall(r'<form[^>]*method="post".*?</form>', path.read_text(encoding="utf-8"), re.DOTALL)
    ]
    assert len(forms) >= 7
    assert [name for name, form in forms if "{{ token() }}" not in form] == []


def test_a_page_without_such_a_form_sets_no_cookie(app: Flask) -> None:
    for address in ("/documents", "/search?q=carers", "/documents/visit-minutes", "/api/v1/documents", "/nowhere"):
        assert "Set-Cookie" not in visitor(app).get(address).headers


def test_an_old_page_of_another_tab_can_be_sent(app: Flask) -> None:
    client = visitor(app)
    first, second = token(page(client)), token(page(client))
    for one in (second, first, second):
        assert client.post("/ask", data={"question": QUESTION, "csrf_token": one}).status_code == 303
    client.post("/start-again", data={"csrf_token": first})
    assert client.post("/ask", data={"question": QUESTION, "csrf_token": second}).status_code == 303


def again(client: FlaskClient, response: TestResponse) -> TestResponse:
    """What is sent when the button of an error page is pressed."""
    html = response.get_data(as_text=True)
    (form,) = re.findall(r"<form.*?</form>", html, re.DOTALL)
    (action,) = re.findall(r'action="([^"]+)"', form)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    fields += [("question", text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)]
    return client.post(action, data=dict(fields))


def restarted(client: FlaskClient, live: LiveAssistant) -> FlaskClient:
    """The same browser, after the server was started again with another key."""
    after = visitor(create_app(live.current, SECRET[::-1]))
    cookie = client.get_cookie("questions")
    assert cookie is not None
    after.set_cookie("questions", cookie.value)
    return after


def test_after_a_restart_what_was_typed_is_there_to_be_sent_again(app: Flask, live: LiveAssistant) -> None:
    before = visitor(app)
    sent = {"question": QUESTION, "csrf_token": token(page(before))}
    client = restarted(before, live)
    response = client.post("/ask", data=sent)
    html = response.get_data(as_text=True)
    assert response.status_code == 403
    assert f"<h1>{OUT_OF_DATE}</h1>" in html
    assert "Nothing that you typed is lost: send it again." in html
    assert f">{QUESTION}</textarea>" in html
    assert again(client, response).status_code == 303
    assert f"<mark>{ANSWER}</mark>" in page(client)


def test_after_a_restart_a_conversation_can_be_started_again(app: Flask, live: LiveAssistant) -> None:
    before = visitor(app)
    page(before)
    client = restarted(before, live)
    response = client.post("/start-again", data={"csrf_token": "x"})
    assert (response.status_code, again(client, response).status_code) == (403, 303)


def test_the_script_is_given_the_token_that_will_do(app: Flask) -> None:
    client = visitor(app)
    page(client)
    script = {"X-Turn-Only": "yes"}
    response = client.post("/ask", data={"question": QUESTION, "csrf_token": "x"}, headers=script)
    told = response.get_json()
    assert response.status_code == 403
    assert told["error"].startswith(OUT_OF_DATE)
    sent = {"question": QUESTION, "csrf_token": told["token"]}
    assert client.post("/ask", data=sent, headers=script).status_code == 200


@pytest.mark.parametrize("address", ["/ask", "/api/v1/ask"], ids=["page", "interface"])
def test_a_program_is_told_what_to_leave_out(app: Flask, address: str) -> None:
    client = visitor(app)
    page(client)
    told = client.post(address, json={"question": QUESTION}).get_json()
    assert "Send it without the cookie" in told.get("error", told.get("detail"))


def test_what_is_kept_stays_text_and_has_bounds(app: Flask) -> None:
    client = visitor(app)
    page(client)
    html = client.post("/ask", data={"question": "</textarea><script>", "<b>": '"><i>'}).get_data(as_text=True)
    assert "&lt;/textarea&gt;&lt;script&gt;</textarea>" in html
    assert '<input type="hidden" name="&lt;b&gt;" value="&#34;&gt;&lt;i&gt;">' in html
    html = client.post("/ask", data={"question": "x" * 30_000}).get_data(as_text=True)
    assert OUT_OF_DATE in html
    assert "<form" not in html


def test_another_site_is_refused_before_its_token_is_looked_at(app: Flask) -> None:
    client = visitor(app)
    sent = {"question": QUESTION, "csrf_token": token(page(client))}
    response = client.post("/ask", data=sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "This request came from another website" in response.get_data(as_text=True)
    assert "<textarea" not in response.get_data(as_text=True)
