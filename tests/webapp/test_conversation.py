"""The cookie of recent questions: its flags, its bounds, and what it survives."""

from http.cookies import SimpleCookie

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from small_council import QUESTION, SECRET, page, turns

from webapp import conversation
from webapp.conversation import COOKIE_BYTES, MAX_TURNS, Conversation, TooLongToKeep, Turn


def test_its_flags(client: FlaskClient) -> None:
    header = client.post("/ask", data={"question": QUESTION}).headers["Set-Cookie"]
    (cookie,) = SimpleCookie(header).values()
    assert (cookie.key, cookie["httponly"], cookie["samesite"]) == ("questions", True, "Lax")


def test_one_that_was_changed_is_not_believed(client: FlaskClient) -> None:
    client.post("/ask", data={"question": QUESTION})
    cookie = client.get_cookie("questions")
    assert cookie is not None
    client.set_cookie("questions", "x" + cookie.value)
    assert turns(page(client)) == []


@pytest.mark.parametrize("kept", ["text", [1], [1, 2], [1, [[]]], ["x", []], {"a": 1}, [1, [["", "a"]]]], ids=str)
def test_one_of_another_shape_does_no_harm(client: FlaskClient, kept: object) -> None:
    with client.session_transaction() as held:
        held["asked"] = kept
    assert turns(page(client)) == []


def test_old_turns_are_dropped_and_numbers_go_on(client: FlaskClient) -> None:
    for number in range(MAX_TURNS + 2):
        client.post("/ask", data={"question": f"foster carers {number}"})
    assert turns(page(client)) == [f"turn-{number}" for number in range(3, MAX_TURNS + 3)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=1000), st.frozensets(st.text(max_size=300), max_size=5)), max_size=14))
def test_it_stays_under_four_kilobytes(asked: list[tuple[str, frozenset[str]]]) -> None:
    app = Flask("cookie")
    app.secret_key = SECRET
    app.session_interface = conversation.Cookie()
    client = app.test_client()
    refused = []

    @app.post("/")
    def put() -> str:
        before = conversation.read(session)
        for question, without in asked:
            try:
                before = conversation.keep(app, session, before.put(before.last + 1, Turn(question, without)))
            except TooLongToKeep:
                refused.append(question)
        return ""

    @app.get("/")
    def read() -> list[object]:
        kept = conversation.read(session)
        return [kept.first, [[turn.question, sorted(turn.without)] for turn in kept.turns]]

    header = client.post("/").headers.get("Set-Cookie", "")
    assert len(header.encode()) < 4096
    accepted = [[question, sorted(without)] for question, without in asked if question not in refused]
    first, kept = client.get("/").get_json()
    assert len(kept) <= MAX_TURNS
    assert kept == (accepted[-len(kept) :] if kept else [])
    assert bool(kept) == bool(accepted)
    assert first == len(accepted) - len(kept) + 1


def test_ten_questions_of_a_member_fit() -> None:
    asked = "What did Ofsted say about the contribution of health partners to plans for children in care?"
    app = Flask("cookie")
    app.secret_key = SECRET
    with app.app_context():
        kept = conversation.keep(app, {}, Conversation(tuple(Turn(f"{asked} {n}") for n in range(MAX_TURNS))))
    assert len(kept.turns) == MAX_TURNS
    assert COOKIE_BYTES < 4096
