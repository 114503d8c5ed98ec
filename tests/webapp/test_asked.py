"""Questions as JSON, and who gets JSON back."""

import json

import pytest
import small_council
from flask.testing import FlaskClient
from small_council import ANSWER, QUESTION


def test_a_json_question_gets_a_json_answer(client: FlaskClient) -> None:
    response = client.post("/ask", json={"question": QUESTION, "id": "q1"})
    assert response.status_code == 200
    answer = response.get_json()
    assert answer["id"] == "q1"
    assert answer["status"] == "answered"
    first = answer["evidence"][0]
    assert first["document"] == "visit-minutes"
    assert small_council.MINUTES[first["start"] : first["end"]] == first["quote"]
    assert [small_council.MINUTES[start:end] for start, end in first["highlights"]] == [ANSWER]


def test_a_form_gets_json_where_json_is_asked_for(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION}, headers={"Accept": "application/json"})
    assert response.get_json()["status"] == "answered"


@pytest.mark.parametrize(
    ("sent", "accept", "json_back"),
    [
        ("form", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", False),
        ("form", "*/*", False),
        ("form", "application/json, text/plain, */*", True),
        ("json", "*/*", True),
        ("json", "application/json, text/plain, */*", True),
        ("json", "text/html", False),
    ],
    ids=["browser", "any", "prefers json", "json and any", "json and prefers json", "json and html"],
)
def test_json_is_given_to_who_would_rather_have_it(
    client: FlaskClient, sent: str, accept: str, json_back: bool
) -> None:
    body = {"question": QUESTION}
    headers = {"Accept": accept}
    if sent == "json":
        response = client.post("/ask", json=body, headers=headers)
    else:
        response = client.post("/ask", data=body, headers=headers)
    assert response.is_json == json_back


def test_the_cookie_is_neither_read_nor_written(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "foster carers"})
    response = client.post("/ask", json={"question": "what was decided about it?"})
    assert "Set-Cookie" not in response.headers
    assert "foster" not in response.get_json()["searched"]


def test_history_and_removed_chips_are_used(client: FlaskClient) -> None:
    asked = {"question": "what was decided about it?", "history": ["tell me about foster carers"]}
    assert "foster" in client.post("/ask", json=asked).get_json()["searched"]
    asked = {"question": "What did Westmarch decide about the visit in 2021?", "without": ["date:2021"]}
    assert [chip["kind"] for chip in client.post("/ask", json=asked).get_json()["scope"]] == ["council"]


@pytest.mark.parametrize(
    "body",
    [
        {"question": ""},
        {"question": "x" * 100_000},
        {"question": "a\u0000b"},
        {"question": "a\ud800b"},
        {"question": 7},
        {"question": QUESTION, "history": "one"},
        {"question": QUESTION, "history": [1]},
        {"question": QUESTION, "history": ["x" * 100_000]},
        {"question": QUESTION, "history": ["x"] * 51},
        {"question": QUESTION, "without": [{}]},
        {"question": QUESTION, "without": ["x" * 301]},
        {"question": QUESTION, "id": 7},
        {},
        [],
    ],
    ids=lambda body: json.dumps(body)[:40],
)
def test_what_cannot_be_asked_is_refused_in_words(client: FlaskClient, body: object) -> None:
    response = client.post("/ask", json=body)
    assert response.status_code == 422
    assert list(response.get_json()) == ["error"]


def test_a_broken_body_is_refused_in_words(client: FlaskClient) -> None:
    response = client.post("/ask", data="{", headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.get_json()["error"].startswith("Send a JSON object")
