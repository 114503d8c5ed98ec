"""The chat page: asking, answers as they are shown, refusals, errors and health."""

import logging
import random
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import small_council
from flask.testing import FlaskClient
from small_council import ANSWER, QUESTION, SECRET, page, turns

from assistant.answer import Answer, Outcome, Status
from assistant.assistant import Assistant
from index.generations import IndexMissing
from webapp.app import create_app
from webapp.live import LiveAssistant


def test_a_question_is_answered_after_a_redirect(client: FlaskClient) -> None:
    response = client.post("/ask", data={"question": QUESTION})
    assert (response.status_code, response.location) == (303, "/#turn-1")
    html = page(client)
    assert turns(html) == ["turn-1"]
    assert QUESTION in html
    assert f"<mark>{ANSWER}</mark>" in html


def test_reloading_and_going_back_ask_nothing_again(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    assert page(client) == page(client)
    assert turns(page(client)) == ["turn-1"]


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


def test_what_is_not_found_says_so_and_what_was_searched(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "zebra crossing permits"})
    html = page(client)
    assert "I did not find this in the documents." in html
    assert "Searched 2 documents from 1 council, 2021 (1 without a stated date)." in html
    assert '<a href="/documents">See what is searched</a>' in html
    assert "<mark>" not in html


def test_what_is_only_near_stands_under_words_that_say_so(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "how many vacancies are in the safeguarding teams?"})
    html = page(client)
    assert "The documents do not state this. The nearest passages:" in html
    assert "Vacancies in the safeguarding teams may slow the response to referrals" in html


def test_a_row_is_shown_cell_by_cell_under_its_headers(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "is there a risk that the placements budget is overspent?"})
    html = page(client)
    row = html[html.index("<dt>Risk</dt>") : html.index("<dt>Rating</dt>")]
    assert re.findall(r"<dt>([^<]*)</dt>", row) == ["Risk", "Description", "Action to avoid or mitigate risk"]
    assert "Monthly monitoring by the board" in row
    assert "lead-in" not in html


def test_the_address_of_the_form_leads_to_the_box(client: FlaskClient) -> None:
    response = client.get("/ask")
    assert (response.status_code, response.location) == (302, "/")


class Fixed(Assistant):
    """An assistant that gives one answer to every question."""

    given: Answer

    def answer(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Answer:
        return self.given


@pytest.fixture
def fixed(live: LiveAssistant) -> Fixed:
    fixed = Fixed(live.current().index)
    fixed.given = live.current().answer(QUESTION)
    return fixed


def shown(fixed: Fixed, **changes: Any) -> str:
    fixed.given = replace(fixed.given, **changes)
    client = create_app(lambda: fixed, SECRET).test_client()
    client.post("/ask", data={"question": QUESTION})
    return page(client)


def test_neighbours_with_one_outcome_show_it_once(fixed: Fixed) -> None:
    (first,) = fixed.given.evidence
    other = replace(first, number=3, outcome=Outcome("none recorded"))
    html = shown(fixed, evidence=(first, replace(first, number=2), other))
    assert html.count('class="from-document"') == 1
    assert re.findall(r'<li class="evidence" id="turn-1-evidence-(\d)"|badge-([\w-]+)', html) == [
        ("1", ""),
        ("2", ""),
        ("", "noted"),
        ("3", ""),
        ("", "none-recorded"),
    ]
    start = small_council.MINUTES.index("Decision:")
    end = len(small_council.MINUTES) - 1
    assert f'href="/documents/visit-minutes?start={start}&amp;end={end}&amp;turn=1#cited"' in html


def test_related_passages_say_that_they_do_not_answer(fixed: Fixed) -> None:
    html = shown(fixed, related=fixed.given.evidence)
    assert "Related passages, which do not state the answer" in html
    assert html.count("What was decided <strong") == 1


def test_a_notice_is_shown(fixed: Fixed) -> None:
    assert '<p class="turn-notice">Two councils are called that.</p>' in shown(
        fixed, notice="Two councils are called that."
    )


def test_more_detail_is_asked_for_with_ways_to_go_on(fixed: Fixed) -> None:
    html = shown(
        fixed, status=Status.NEEDS_DETAIL, message="Which council?", evidence=(), suggestions=("In Westmarch?",)
    )
    assert "Which council?" in html
    assert '<button class="suggestion" name="question" value="In Westmarch?">' in html
    assert "Check the source" not in html


def test_what_was_understood_is_told_where_it_is_not_what_was_typed(fixed: Fixed) -> None:
    assert "Searched for “" not in shown(fixed)
    assert "Searched for “foster carers in Westmarch”." in shown(fixed, searched="foster carers in Westmarch")


def test_suggestions_stand_under_the_newest_turn_alone(fixed: Fixed) -> None:
    fixed.given = replace(fixed.given, suggestions=("And then?",))
    client = create_app(lambda: fixed, SECRET).test_client()
    for _ in range(2):
        client.post("/ask", data={"question": QUESTION})
    html = page(client)
    assert html.count('value="And then?"') == 1
    assert html.index('id="turn-2"') < html.index('value="And then?"')


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
    assert 'aria-invalid="true" aria-describedby="question-error"' in html
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


def test_nothing_is_logged_at_error_by_an_ordinary_conversation(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.post("/ask", data={"question": QUESTION})
    page(client)
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
