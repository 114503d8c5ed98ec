"""The pages on which a problem with an answer is reported, and those on which officers look through the reports."""

import re
from pathlib import Path

import pytest
import small_council
from fakes import FakeEncoder
from flask import Flask, g
from flask.testing import FlaskClient
from officers import ATTACK, Page
from small_council import QUESTION, SECRET

from assistant.exports.answers import answer_json
from corpus.access import Access
from webapp.access.visitors import Visitor
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.records import reported
from webapp.records.database import Records
from webapp.records.reported import State


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "kept")


@pytest.fixture
def app(live: LiveAssistant, records: Records) -> Flask:
    return create_app(live.current, SECRET, records=records)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A member of the public who asked one question."""
    client = app.test_client()
    client.post("/ask", data={"question": QUESTION})
    return client


@pytest.fixture
def officer(live: LiveAssistant, records: Records) -> FlaskClient:
    """An officer who is signed in."""
    return signed_in(create_app(live.current, SECRET, records=records), 2)


def signed_in(app: Flask, access: int) -> FlaskClient:
    """A visitor whose sign-in gives them this access."""

    def visit() -> None:
        g.visitor = Visitor("p.example", Access(access))

    app.before_request(visit)
    return app.test_client()


def report(client: FlaskClient, comment: str = "It says twenty.", wrong: str = "wrong quote", turn: int = 1) -> None:
    response = client.post("/problems", data={"turn": turn, "comment": comment, "wrong": wrong})
    assert (response.status_code, response.location) == (303, f"/problems/thanks?turn={turn}")


def sent(client: FlaskClient, code: int, **fields: object) -> Page:
    response = client.post("/problems", data={"turn": 1, **fields})
    assert response.status_code == code
    return Page(response.get_data(as_text=True))


def test_below_each_answer_is_a_link_to_report_it(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "what was decided?"})
    shown = Page(small_council.page(client))
    links = [link for link in shown.links if link.startswith("/problems/new")]
    assert len(links) == 2
    assert f"Report a problem with this answer to “{QUESTION}”" in shown.said()
    form = Page(small_council.page(client, links[0]))
    assert f"You asked {QUESTION}" in form.said()
    assert "twelve foster carers were recruited." in form.said()
    (comment,) = form.all("textarea", name="comment")
    assert comment["maxlength"] == "1000" and comment["aria-describedby"] in form.ids
    assert form.all("label", **{"for": comment["id"]})
    assert [given["value"] for given in form.all("input", name="wrong")] == [
        "wrong quote",
        "wrong person’s words",
        "out of date",
        "not found though it is there",
        "personal details shown",
        "other",
    ]
    assert "have been indexed again" not in form.said()


def test_what_is_sent_is_kept_with_the_answer_and_the_generation(
    client: FlaskClient, records: Records, live: LiveAssistant
) -> None:
    report(client, "  It says\r\ntwenty.\x00 ")
    (kept,) = reported.newest(records)
    assert kept.answer == answer_json(live.current().answer(QUESTION))
    assert kept.generation == live.current().index.generation
    assert (kept.question, kept.comment, kept.wrong, kept.state) == (
        QUESTION,
        "It says\ntwenty.",
        "wrong quote",
        State.NEW,
    )
    thanks = Page(small_council.page(client, "/problems/thanks?turn=1"))
    assert "Thank you" in thanks.said() and "/#turn-1" in thanks.links


def test_the_answer_to_a_later_turn_is_kept_with_what_it_leans_on(client: FlaskClient, records: Records) -> None:
    answer = client.post("/ask", json={"question": "and when was that?", "history": [QUESTION]}).get_json()
    client.post("/ask", data={"question": "and when was that?"})
    report(client, turn=2)
    (kept,) = reported.newest(records)
    assert (kept.question, kept.answer) == ("and when was that?", answer)


MISTAKES = {
    "nothing": ("", "", "Choose what is wrong, or say it in your own words."),
    "blank": (" \r\n ", "", "Choose what is wrong, or say it in your own words."),
    "no such choice": ("x", "hostile", "Choose what is wrong from the list."),
    "too long": ("x" * 1_001, "", "What you wrote has 1,001 characters. Say it in 1,000 or fewer."),
    "an NHS number": ("the child is 943 476 5919", "other", "What you wrote seems to hold an NHS number."),
    "a date of birth": ("she was born\n3/4/2012", "", "What you wrote seems to hold a date of birth."),
    "a phone number": ("ring me: 01632 960001", "", "What you wrote seems to hold a phone number."),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_report_with_a_mistake_is_explained_and_not_kept(client: FlaskClient, records: Records, case: str) -> None:
    comment, wrong, says = MISTAKES[case]
    shown = sent(client, 422, comment=comment, wrong=wrong)
    assert says in shown.said() and shown.said().startswith("Error: ")
    assert reported.count(records) == 0
    # What was written is in the box, to be changed.
    assert comment.strip().replace("\n", " ") in shown.said()
    assert [given["value"] for given in shown.all("input", name="wrong") if "checked" in given] == [
        wrong for wrong in [wrong] if wrong in list(reported.Wrong)
    ]


def test_a_comment_is_counted_as_a_browser_counts_it(client: FlaskClient, records: Records) -> None:
    report(client, "\r\n".join(["x"] * 500) + "y")
    assert len(reported.newest(records)[0].comment) == 1_000


@pytest.mark.parametrize(
    "path",
    [
        "/problems/new",
        "/problems/new?turn=2",
        "/problems/new?turn=0",
        "/problems/new?turn=x",
        f"/problems/new?turn={10**30}",
    ],
    ids=["none", "later", "earlier", "no number", "huge"],
)
def test_there_is_nothing_to_report_of_a_turn_that_is_not_kept(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Answer not found" in response.get_data(as_text=True)
    assert client.post("/problems", data={"turn": "9", "comment": "x"}).status_code == 404


def test_a_report_that_cannot_be_kept_says_so(live: LiveAssistant) -> None:
    client = create_app(live.current, SECRET).test_client()
    client.post("/ask", data={"question": QUESTION})
    shown = sent(client, 503, comment="It says twenty.")
    assert "The report could not be kept, so nobody will see it." in shown.said()
    assert "It says twenty." in shown.said()


def test_an_answer_that_may_have_changed_is_shown_before_it_is_reported(tmp_path: Path) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    records = Records(tmp_path / "kept")
    client = create_app(live.current, SECRET, records=records).test_client()
    client.post("/ask", data={"question": QUESTION})
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', small_council.page(client, "/problems/new?turn=1"))
    minutes = tmp_path / "documents" / "visit-minutes.txt"
    minutes.write_text(small_council.MINUTES.replace("twelve foster", "eleven foster"), encoding="utf-8")
    small_council.index(tmp_path / "documents", tmp_path / "index")
    shown = sent(client, 409, comment="It was twenty.", wrong="out of date", seen=seen)
    assert "The documents have been indexed again since that answer was shown." in shown.said()
    assert "eleven foster carers were recruited." in shown.said() and "It was twenty." in shown.said()
    assert reported.count(records) == 0
    link = f"/problems/new?turn=1&seen={seen}"
    assert "have been indexed again" in small_council.page(client, link)
    (now,) = shown.all("input", name="seen")
    response = client.post("/problems", data={"turn": 1, "comment": "It was twenty.", "seen": now["value"]})
    assert response.status_code == 303
    (kept,) = reported.newest(records)
    assert "eleven foster carers" in kept.answer["evidence"][0]["quote"]


@pytest.mark.parametrize("access", [None, 0, 1], ids=["no sign-in", "public", "member"])
def test_reports_are_for_officers_alone(
    live: LiveAssistant, records: Records, client: FlaskClient, access: int
) -> None:
    report(client)
    other = client
    if access is not None:
        other = signed_in(create_app(live.current, SECRET, records=records), access)
    assert other.get("/problems").status_code == 404
    for fields in ({"state": "put right"}, {"delete": "yes"}):
        assert other.post("/problems/1", data=fields).status_code == 404
    (kept,) = reported.newest(records)
    assert kept.state is State.NEW


def test_an_officer_sees_the_reports_newest_first(client: FlaskClient, officer: FlaskClient) -> None:
    assert "0 reports, the newest first." in Page(small_council.page(officer, "/problems")).said()
    report(client, "first")
    report(client, "second", "")
    shown = Page(small_council.page(officer, "/problems"))
    said = shown.said()
    assert "2 reports, the newest first." in said
    assert said.index("second") < said.index("first", said.index("second"))
    assert "What is wrong: wrong quote" in said and "twelve foster carers were recruited." in said
    for link in shown.links:
        if link.startswith("/documents/"):
            assert officer.get(link).status_code == 200


def test_an_officer_says_what_was_done_and_deletes(client: FlaskClient, officer: FlaskClient, records: Records) -> None:
    report(client)
    response = officer.post("/problems/1", data={"state": "looked at", "note": "Asked\r\nthe clerk.", "page": "1"})
    assert (response.status_code, response.location) == (303, "/problems?page=1#problem-1")
    (kept,) = reported.newest(records)
    assert (kept.state, kept.note) == (State.LOOKED_AT, "Asked\nthe clerk.")
    shown = Page(small_council.page(officer, "/problems"))
    assert [given["value"] for given in shown.all("option") if "selected" in given] == ["looked at"]
    response = officer.post("/problems/1", data={"delete": "yes"})
    assert (response.status_code, response.location) == (303, "/problems?page=1")
    assert reported.count(records) == 0
    assert officer.post("/problems/1", data={"delete": "yes"}).status_code == 404
    assert officer.post(f"/problems/{2**70}", data={"delete": "yes"}).status_code == 404


@pytest.mark.parametrize(
    ("state", "note", "says"),
    [
        ("new", "x" * 1_001, "The note has 1,001 characters."),
        ("hostile", "Done.", "Choose what was done from the list."),
        ("new", "Her date of birth is 3/4/2012.", "The note seems to hold a date of birth."),
    ],
    ids=["long", "state", "personal"],
)
def test_a_note_with_a_mistake_is_explained(
    client: FlaskClient, officer: FlaskClient, records: Records, state: str, note: str, says: str
) -> None:
    report(client)
    response = officer.post("/problems/1", data={"state": state, "note": note})
    shown = Page(response.get_data(as_text=True))
    assert response.status_code == 422
    assert says in shown.said() and note in shown.said()
    (kept,) = reported.newest(records)
    assert (kept.state, kept.note) == (State.NEW, "")


def test_reports_come_in_pages(client: FlaskClient, officer: FlaskClient) -> None:
    for number in range(21):
        report(client, f"report number {number}.")
    first, last = (Page(small_council.page(officer, f"/problems?page={page}")) for page in ("1", "99"))
    assert "report number 20." in first.said() and "report number 0." not in first.said()
    assert "report number 0." in last.said() and "report number 1." not in last.said()
    assert "/problems?page=2" in first.links and "/problems?page=1" in last.links


def test_reports_that_cannot_be_read_say_so(live: LiveAssistant, tmp_path: Path) -> None:
    (tmp_path / "records.sqlite").write_bytes(b"no database" * 1000)
    officer = signed_in(create_app(live.current, SECRET, records=Records(tmp_path)), 2)
    for response in (officer.get("/problems"), officer.post("/problems/1", data={"delete": "yes"})):
        assert response.status_code == 503
        assert "The reports cannot be read or changed at the moment." in response.get_data(as_text=True)


def test_hostile_words_stay_words(client: FlaskClient, officer: FlaskClient) -> None:
    client.post("/ask", data={"question": f"foster carers {ATTACK}"})
    report(client, ATTACK, turn=2)
    form = sent(client, 422, turn=2, comment=ATTACK, wrong=ATTACK)
    for shown in (form, Page(small_council.page(officer, "/problems"))):
        assert ATTACK in shown.said()
        assert shown.all("script") == []


def test_another_site_can_send_no_report(client: FlaskClient, records: Records) -> None:
    headers = {"Origin": "https://elsewhere.example"}
    assert client.post("/problems", data={"turn": 1, "comment": "x"}, headers=headers).status_code == 403
    assert reported.count(records) == 0
