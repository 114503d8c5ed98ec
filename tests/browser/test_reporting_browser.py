"""Reporting a problem in a real browser, on a phone, with scripts and without; and what is stopped there."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_council
from browsing import PHONE, SMALL_PHONE, Visit, needs_chromium, visiting
from flask import g
from small_council import QUESTION, SECRET

from corpus.access import Access
from webapp.access.visitors import Visitor
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.records import reported
from webapp.records.database import Records

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

SCREENS = {"phone": PHONE, "small phone": SMALL_PHONE, "phone without scripts": {**PHONE, "java_script_enabled": False}}


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path)


@pytest.fixture
def address(live: LiveAssistant, records: Records) -> Iterator[str]:
    """Pages whose every visitor is an officer."""
    app = create_app(live.current, SECRET, records=records)

    def visit() -> None:
        g.visitor = Visitor("p.example", Access.OFFICERS)

    app.before_request(visit)
    with small_council.serving(app) as served:
        yield served


@pytest.fixture(params=SCREENS)
def phone(browser: "Browser", address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, address, SCREENS[request.param]) as visit:
        yield visit


def wide(visit: Visit) -> bool:
    """Whether a page scrolls sideways. Without scripts nothing can be measured in it, but for its width."""
    return visit.page.locator("html").bounding_box()["width"] > visit.page.viewport_size["width"]  # type: ignore[index]


def test_a_problem_is_reported_and_looked_at(phone: Visit, records: Records) -> None:
    phone.go()
    phone.ask(QUESTION)
    assert not wide(phone)
    phone.page.get_by_role("link", name="Report a problem with this answer").click()
    page = phone.page
    page.get_by_role("heading", name="Report a problem with an answer").wait_for()
    assert not wide(phone)
    page.get_by_label("Wrong quote").check()
    page.get_by_label("In your own words").fill("Her date of birth is 3/4/2012, and it says twenty.")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("alert").wait_for()
    assert "seems to hold a date of birth" in page.get_by_role("alert").inner_text()
    assert reported.count(records) == 0
    assert page.get_by_label("Wrong quote").is_checked()
    page.get_by_label("In your own words").fill("It says twenty.")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    (kept,) = reported.newest(records)
    assert (kept.comment, kept.wrong) == ("It says twenty.", "wrong quote")
    page.get_by_role("link", name="Back to your questions").click()
    page.wait_for_selector("#turn-1")
    phone.go("/problems")
    assert not wide(phone)
    page.get_by_label("State").select_option("looked at")
    page.get_by_label("Note").fill("Asked the clerk.")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Looked at", exact=True).first.wait_for()
    (kept,) = reported.newest(records)
    assert (kept.state, kept.note) == ("looked at", "Asked the clerk.")
    page.get_by_text("Delete this report").click()
    page.get_by_role("button", name="Delete it for good").click()
    page.get_by_text("0 reports").wait_for()
    assert reported.count(records) == 0
    # A browser says of a page with status 422 that it failed to load.
    assert [one for one in phone.complaints if "422" not in one] == []


def test_a_question_that_is_stopped_stays_in_the_box_to_be_changed(phone: Visit) -> None:
    phone.go()
    box = phone.page.get_by_label("Your question")
    box.fill("what was decided for the child born 3/4/2012")
    phone.page.get_by_role("button", name="Ask", exact=True).click()
    error = phone.page.locator("#question-error")
    error.get_by_text("seems to hold a date of birth").wait_for()
    assert "3/4/2012" not in error.inner_text()
    assert box.input_value() == "what was decided for the child born 3/4/2012"
    assert box.get_attribute("aria-describedby") == "question-error question-hint"
    assert [list(small_council.kept_in(one["value"])) for one in phone.page.context.cookies()] == [["csrf_token"]]
    box.fill("what was decided")
    phone.page.get_by_role("button", name="Ask", exact=True).click()
    phone.page.wait_for_selector("#turn-1")
    assert box.get_attribute("aria-describedby") == "question-hint"
