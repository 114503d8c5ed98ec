"""The chat page: asking, the conversation, its limits, and refusals."""

import logging
import random
import re

import pytest
from flask.testing import FlaskClient
from small_council import ANSWER, QUESTION, page, turns

from webapp.guard.tokens import FIELD


def test_a_question_is_answered_after_a_redirect(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION})
    assert (response.status_code, response.location) == (303, "/#turn-1")
    html = page(client)
    assert turns(html) == ["turn-1"]
    assert QUESTION in html
    assert f"<mark>{ANSWER}</mark>" in html


def test_reloading_and_going_back_ask_nothing_again(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    first, second = (re.sub(rf'(name="{FIELD}" value)="[^"]+"', r"\1", page(client)) for _ in range(2))
    assert first == second  # but for the tokens, which say when they were made
    assert turns(first) == ["turn-1"]


def test_turns_are_numbered_in_the_order_asked(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    assert client.post("/ask", data={"question": "what was decided?"}).location == "/#turn-2"
    assert turns(page(client)) == ["turn-1", "turn-2"]


def test_the_same_question_may_be_asked_twice(client: FlaskClient) -> None:
    for _ in range(2):
        client.post("/ask", data={"question": QUESTION})
    assert turns(page(client)) == ["turn-1", "turn-2"]


def test_start_again_forgets(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    response = client.post("/start-again")
    assert (response.status_code, response.location) == (303, "/")
    assert turns(page(client)) == []


def test_what_was_done_to_the_words_is_undone_apart_from_the_limits(client: FlaskClient) -> None:
    asked = "What did Westmarch say of foster carrers in 2021?"
    button = '<button class="chip" name="without" value="{}"'
    hidden = '<input type="hidden" name="without" value="{}"'
    client.post("/ask", data={"question": asked})
    assert "<span>searched for “carers” instead of “carrers”</span>" in page(client)
    client.post("/ask", data={"question": asked, "turn": "1", "without": ["spelling:carrers", "date:2021"]})
    html = page(client)
    assert turns(html) == ["turn-1"]
    assert "You undid a change to your words." in html and "You removed a limit." in html
    assert button.format("spelling:carrers") not in html
    back = [form for form in re.findall(r"<form.*?</form>", html, re.DOTALL) if "Put it back" in form]
    assert [hidden.format("spelling:carrers") in form for form in back] == [False, True]
    assert [hidden.format("date:2021") in form for form in back] == [True, False]
    client.post("/ask", data={"question": asked, "turn": "1", "without": ["date:2021"]})
    assert button.format("spelling:carrers") in page(client)


def test_a_chip_is_removed_in_its_own_turn_and_can_be_put_back(client: FlaskClient) -> None:
    asked = "What did Westmarch decide about the visit in 2021?"
    client.post("/ask", data={"question": asked})
    client.post("/ask", data={"question": QUESTION})
    (chip,) = re.findall(r'name="without" value="(date:[^"]*)"', page(client))
    again = {"question": asked, "turn": "1", "without": [chip]}
    assert client.post("/ask", data=again).location == "/#turn-1"
    html = page(client)
    assert turns(html) == ["turn-1", "turn-2"]
    assert "You removed a limit." in html
    assert f'<button class="chip" name="without" value="{chip}"' not in html
    assert f'<input type="hidden" name="without" value="{chip}"' in html
    client.post("/ask", data={"question": asked, "turn": "1"})
    assert f'<button class="chip" name="without" value="{chip}"' in page(client)


def test_a_turn_number_that_is_another_question_makes_a_new_turn(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    assert client.post("/ask", data={"question": "what was decided?", "turn": "1"}).location == "/#turn-2"


def test_the_script_gets_the_new_turn_alone(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "what was decided?"})
    response = client.post("/ask", data={"question": QUESTION}, headers={"X-Turn-Only": "yes"})
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert turns(html) == ["turn-2"]
    assert "<html" not in html
    assert turns(page(client)) == ["turn-1", "turn-2"]


def test_the_address_of_the_form_leads_to_the_box(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert (response.status_code, response.location) == (302, "/")


@pytest.mark.parametrize(
    ("question", "words", "kept"),
    [
        ("", "Type a question.", ""),
        (" \r\n ", "Type a question.", " \r\n "),
        ("x" * 1001, "Your question has 1,001 characters. Ask in 1,000 or fewer.", "x" * 1001),
        ("x" * 100_000, "Your question has 100,000 characters. Ask in 1,000 or fewer.", ""),
        ("foster\u0000carers", "Your question has characters that cannot be typed", "foster carers"),
    ],
    ids=["empty", "blank", "long", "very long", "control"],
)
def test_the_page_says_what_is_wrong(client: FlaskClient, question: str, words: str, kept: str) -> None:
    client.post("/ask", data={"question": QUESTION})
    response = client.post("/ask", data={"question": question})
    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert re.search(r"<title>Error: ", html)
    assert 'role="alert" tabindex="-1"' in html
    assert f'<a href="#question">{words}' in html
    assert 'aria-invalid="true" aria-describedby="question-error question-hint"' in html
    (box,) = re.findall(r"<textarea[^>]*>(.*)</textarea>", html, re.DOTALL)
    assert box.strip() == kept.strip()
    assert turns(html) == ["turn-1"]


def test_the_script_gets_the_words_alone(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": ""}, headers={"X-Turn-Only": "yes"})
    assert (response.status_code, response.get_json()) == (422, {"error": "Type a question."})


def test_what_no_cookie_holds_is_refused(client: FlaskClient) -> None:
    drawn = random.Random(1)
    removed = ["".join(chr(drawn.randrange(0x20000, 0x2A6D0)) for _ in range(300)) for _ in range(50)]
    client.post("/ask", data={"question": QUESTION})
    response = client.post("/ask", data={"question": "foster carers", "without": removed})
    assert response.status_code == 422
    assert "The question is too long. Use fewer words." in response.get_data(as_text=True)
    assert turns(page(client)) == ["turn-1"]


@pytest.mark.parametrize("kind", ["page", "json"])
def test_a_body_over_two_million_bytes_is_refused(client: FlaskClient, kind: str) -> None:
    accept = {"Accept": "application/json"} if kind == "json" else {}
    response = client.post("/ask", data={"question": "x" * 2_100_000}, headers=accept)
    assert response.status_code == 413
    assert "The question is far too long" in response.get_data(as_text=True)
    assert response.is_json == (kind == "json")


def test_nothing_is_logged_at_error_by_an_ordinary_conversation(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/ask", data={"question": QUESTION})
    page(client)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
