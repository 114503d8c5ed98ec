"""Every state of the pages with the keyboard alone, and what a screen reader is told of a new answer."""

import re
from typing import TYPE_CHECKING

import pytest
from browsing import DESK, SMALL_PHONE, ZOOMED, Served, Visit, needs_chromium, visiting
from states import ANSWER, LIMITED, ONE_OF_EACH, STATES, asked
from walking import backward, begin, walked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="the Playwright package is not installed")

pytestmark = needs_chromium


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_tab_reaches_everything_in_order_in_sight_and_leaves_again(
    name: str, browser: "Browser", served: Served
) -> None:
    """On a desk. Each state is gone through at four times the size in ``test_accessibility_zoomed.py``."""
    state = STATES[name]
    with visiting(browser, served(state.served), DESK) as visit:
        state.show(visit)
        walked(visit)


@pytest.mark.parametrize("path", ["/", "/search?q=caseloads", "/documents", "/privacy"])
def test_the_skip_link_leads_to_the_words_of_the_page(path: str, visit: Visit) -> None:
    visit.go(path)
    begin(visit)
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.closest('.header') === null")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize(
    ("path", "pressed", "then"),
    [
        ("/", ".suggestion", "#turn-1"),
        ("/search", ".help summary", ".help:not([open])"),
        ("/search?q=caseloads", ".pack-form button", "text=There is nothing in this pack yet"),
        ("/compare", ".compare-form .button", "fieldset.councils"),
    ],
    ids=["suggestion", "line that opens", "pack", "compare"],
)
def test_enter_and_space_press_what_is_a_button(key: str, path: str, pressed: str, then: str, visit: Visit) -> None:
    visit.go(path)
    visit.page.locator(pressed).first.focus()
    visit.page.keyboard.press(key)
    visit.page.wait_for_selector(then)


@pytest.mark.parametrize(
    "visit", [{**SMALL_PHONE, "java_script_enabled": False}, DESK], indirect=True, ids=["320, no script", "1280"]
)
def test_the_keyboard_reaches_what_an_answer_offers_in_order(visit: Visit) -> None:
    """From the box back to the answer: its limits, its first link, and a limit removed with Enter."""
    asked(LIMITED)(visit)
    visit.page.locator("#turn-1-question").focus()
    reached = []
    for _ in range(2):
        visit.page.keyboard.press("Tab")
        reached.append(visit.page.evaluate("document.activeElement.textContent.trim()"))
        playwright.expect(visit.page.locator(":focus")).not_to_have_css("box-shadow", "none")
    assert reached == ["Remove limit: Medway Council", "Open in the document: passage 1"]
    visit.page.keyboard.press("Shift+Tab")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("text=You removed a limit.")
    assert visit.page.locator(".turn").count() == 1


def test_a_new_answer_is_said_once_and_read_on_from_its_question(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate(
        """() => {
            window.said = [];
            const live = document.querySelectorAll('[aria-live], [role=status], [role=alert], [role=log]');
            for (const one of live)
                new MutationObserver(() => window.said.push(one.textContent))
                    .observe(one, { childList: true, characterData: true, subtree: true });
        }"""
    )
    visit.ask(ANSWER)
    short = visit.page.locator("#turn-1 [data-message]").inner_text()
    assert visit.page.evaluate("window.said") == ["Searching the documents…", short]
    assert visit.page.evaluate("document.activeElement.id") == "turn-1-question"
    lines = visit.page.locator("#turn-1").aria_snapshot().splitlines()
    order = [next(at for at, line in enumerate(lines) if words in line) for words in (ANSWER, short[:40], "blockquote")]
    assert order == sorted(order)
    assert visit.page.locator("#conversation").get_attribute("aria-busy") == "false"


def test_a_mistake_is_read_with_the_box_and_nothing_else_is_said(visit: Visit) -> None:
    visit.go()
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    box = visit.page.locator("#question")
    playwright.expect(box).to_be_focused()
    playwright.expect(box).to_have_accessible_description(re.compile("^Error: Type a question[.] Do not enter"))
    assert visit.page.get_by_role("status").inner_text() == ""


def test_a_step_back_is_found(visit: Visit) -> None:
    visit.page.set_viewport_size(ZOOMED["viewport"])  # type: ignore[arg-type]
    visit.go()
    visit.page.evaluate("document.querySelector('.suggestions').style.flexDirection = 'column-reverse'")
    steps = backward(visit)
    assert [second[:26] for _, second in steps][:1] == ['<button class="suggestion"']
