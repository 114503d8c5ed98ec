"""A page that is out of date, in a real browser: what was typed stays in the box, and is asked at the second press."""

from browsing import Visit, needs_chromium
from playwright.sync_api import expect

pytestmark = needs_chromium
QUESTION = "what did Ofsted say about health partners?"


def test_the_question_stays_in_the_box_and_can_be_asked_again(visit: Visit) -> None:
    visit.go()
    # What the browser holds after the server was started again with another key.
    visit.page.context.add_cookies([{"name": "questions", "value": "e30.another.key", "url": visit.address}])
    visit.page.get_by_label("Your question").fill(QUESTION)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    error = visit.page.locator("[data-error]")
    expect(error).to_have_text(
        "This was not sent, because the page was out of date. The service was started again, or its cookie was removed "
        "or replaced, after the page was opened. Nothing that you typed is lost: send it again."
    )
    expect(visit.page.get_by_label("Your question")).to_have_value(QUESTION)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.wait_for_selector("#turn-1")
    expect(error).to_be_hidden()
    visit.ask("what was decided?", 2)


def test_two_pages_opened_at_once_both_ask(visit: Visit) -> None:
    visit.go()
    other = visit.page.context.new_page()
    other.goto(visit.address)
    visit.ask(QUESTION, 1)
    other.get_by_label("Your question").fill("what was decided?")
    other.get_by_role("button", name="Ask", exact=True).click()
    other.wait_for_selector("#turn-2")
