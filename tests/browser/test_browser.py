"""The pages in a real browser, on the five documents with the real model; skipped where there is no Chromium."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from asking import DOCUMENTS
from browsing import DESK, PHONE, SMALL_PHONE, Visit, needs_chromium

if TYPE_CHECKING:
    pass

QUESTION = "what did Ofsted say about health partners?"
FIRST = "Health partners contribution – reference was made to the comment within the letter"

pytestmark = needs_chromium


def test_the_first_citation_leads_to_the_marked_words(visit: Visit) -> None:
    visit.go()
    visit.ask(QUESTION)
    first = visit.page.locator("#turn-1 .evidence").first
    assert FIRST in first.locator(".quote").inner_text()
    assert first.locator("mark").count() >= 1
    first.get_by_role("link", name="Open in the document").click()
    visit.page.wait_for_selector("#cited")
    assert visit.page.url.endswith("#cited")
    marked = " ".join(visit.page.locator(".words mark").all_inner_texts())
    assert marked.startswith(FIRST)
    assert visit.in_sight(".words mark")
    visit.page.get_by_role("link", name="Back to your questions").click()
    visit.page.wait_for_selector("#turn-1")
    assert urlsplit(visit.page.url).fragment == "turn-1"
    assert visit.in_sight("#turn-1 h2")
    assert visit.complaints == []


def test_a_turn_is_added_without_a_reload_and_announced(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("window.stayed = true")
    visit.ask(QUESTION)
    assert visit.page.evaluate("window.stayed")
    assert visit.page.get_by_label("Your question").input_value() == ""
    assert visit.page.evaluate("document.activeElement.id") == "turn-1-question"
    assert visit.in_sight("#turn-1 h2")
    message = visit.page.locator("#turn-1 [data-message]").inner_text()
    assert visit.page.get_by_role("status").inner_text() == message
    visit.page.get_by_role("button", name="What was decided").first.click()
    visit.page.wait_for_selector("#turn-2")
    assert visit.page.locator(".turn").count() == 2
    assert visit.page.locator("[data-newest]").count() <= 1
    visit.page.reload()
    assert visit.page.locator(".turn").count() == 2
    assert visit.complaints == []


def test_a_chip_is_removed_in_place(visit: Visit) -> None:
    visit.go()
    visit.ask("What did Medway say about health partners?")
    visit.page.get_by_role("button", name="Remove limit: Medway Council").click()
    visit.page.wait_for_selector("text=You removed a limit.")
    assert visit.page.locator(".turn").count() == 1
    visit.page.get_by_role("button", name="Put it back").click()
    visit.page.wait_for_selector("button.chip")
    assert visit.page.locator("text=You removed a limit.").count() == 0
    assert visit.complaints == []


@pytest.mark.parametrize(
    "visit",
    [DESK, {**SMALL_PHONE, "java_script_enabled": False}],
    indirect=True,
    ids=["script", "no script"],
)
def test_a_change_to_the_words_is_undone_and_put_back(visit: Visit) -> None:
    visit.go()
    visit.ask("what did elenor brasil say")
    words = visit.page.get_by_role("list", name="Words")
    assert [" ".join(text.split()) for text in words.get_by_role("button").all_inner_texts()] == [
        "Undo: searched for “Eleanor” instead of “elenor”",
        "Undo: searched for “Brazil” instead of “brasil”",
    ]
    words.get_by_role("button").first.click()
    visit.page.wait_for_selector("text=You undid a change to your words.")
    assert visit.page.locator(".turn").count() == 1
    assert words.count() == 0
    visit.page.reload()
    visit.page.get_by_role("button", name="Put it back").click()
    visit.page.wait_for_selector("text=searched for “Eleanor” instead of “elenor”")
    assert visit.page.locator("text=You undid a change to your words.").count() == 0
    if visit.page.viewport_size != SMALL_PHONE["viewport"]:
        assert visit.complaints == []


def test_an_error_is_shown_in_place_and_the_text_is_kept(visit: Visit) -> None:
    visit.go()
    visit.page.get_by_label("Your question").fill("x" * 1001)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    error = visit.page.locator("#question-error")
    error.wait_for()
    assert error.inner_text().endswith("Your question has 1,001 characters. Ask in 1,000 or fewer.")
    assert visit.page.title().startswith("Error: ")
    assert visit.page.evaluate("document.activeElement.id") == "question"
    assert len(visit.page.get_by_label("Your question").input_value()) == 1001
    visit.ask(QUESTION)
    assert error.is_hidden()
    assert not visit.page.title().startswith("Error: ")


def test_when_the_service_cannot_be_reached_the_text_is_kept(visit: Visit) -> None:
    visit.go()
    visit.page.context.set_offline(True)
    visit.page.get_by_label("Your question").fill(QUESTION)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.wait_for_selector("text=The service could not be reached.")
    assert visit.page.get_by_label("Your question").input_value() == QUESTION
    visit.page.context.set_offline(False)
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.wait_for_selector("#turn-1")


@pytest.mark.parametrize(
    "visit", [{**DESK, "permissions": ["clipboard-read", "clipboard-write"]}], indirect=True, ids=["desk"]
)
def test_a_citation_is_copied(visit: Visit) -> None:
    visit.go()
    visit.ask(QUESTION)
    visit.page.get_by_role("button", name="Copy citation").first.click()
    visit.page.wait_for_selector("text=Citation copied")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Medway Council, Children and Young People Overview and Scrutiny Committee, date not stated"
    )


def test_everything_can_be_done_with_the_keyboard(visit: Visit) -> None:
    visit.go()
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip-link"
    visit.page.keyboard.press("Enter")
    for _ in range(3):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.id") == "question":
            break
    visit.page.keyboard.type(QUESTION)
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#turn-1")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.innerText").startswith("Open in the document")
    outline = visit.page.evaluate("getComputedStyle(document.activeElement).boxShadow")
    assert outline != "none"
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#cited")
    assert visit.in_sight(".words mark")


@pytest.mark.parametrize(
    "visit",
    [
        PHONE,
        SMALL_PHONE,
        DESK,
    ],
    indirect=True,
    ids=["390", "320", "1280"],
)
def test_no_page_scrolls_sideways(visit: Visit) -> None:
    visit.go()
    assert visit.overflow() <= 0
    visit.ask(QUESTION)
    visit.ask("what are the risks of losing control of services in Medway?", 2)
    assert visit.overflow() <= 0
    paths = ["/documents", "/nowhere", *(f"/documents/{path.stem}" for path in sorted(DOCUMENTS.glob("*.txt")))]
    for path in paths:
        visit.go(path)
        assert (path, visit.overflow()) == (path, 0)


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["390"])
def test_what_is_touched_is_large_enough(visit: Visit) -> None:
    visit.go()
    visit.ask("What did Medway say about health partners?")
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll('button, textarea, summary, .actions > a, .header a')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []
    first = visit.page.locator("#turn-1 .evidence").first
    first.get_by_role("link", name="Open in the document").tap()
    visit.page.wait_for_selector("#cited")
    assert visit.in_sight(".words mark")


@pytest.mark.parametrize("visit", [{**DESK, "java_script_enabled": False}], indirect=True, ids=["no script"])
def test_all_of_it_works_without_scripts(visit: Visit) -> None:
    visit.go()
    visit.ask(QUESTION)
    assert urlsplit(visit.page.url).fragment == "turn-1"
    visit.page.locator(".citation summary").first.click()
    assert visit.page.locator("[data-citation]").first.is_visible()
    assert visit.page.get_by_role("button", name="Copy citation").count() == 0
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    assert visit.page.locator(".error-summary").inner_text().endswith("Type a question.")
    visit.page.get_by_role("link", name="Type a question.").click()
    assert urlsplit(visit.page.url).fragment == "question"
    visit.page.go_back()
    visit.go()
    visit.page.get_by_role("button", name="Start again").click()
    assert visit.page.locator(".turn").count() == 0
    assert all("422" in complaint for complaint in visit.complaints)
