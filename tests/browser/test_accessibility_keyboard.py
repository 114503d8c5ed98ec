"""Every state of the pages with the keyboard alone, and what a screen reader is told of a new answer."""

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browsing import DESK, SMALL_PHONE, ZOOMED, Served, Visit, needs_chromium, visiting
from states import ANSWER, LIMITED, ONE_OF_EACH, STATES, asked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api", reason="the Playwright package is not installed")

pytestmark = needs_chromium

# What can have the focus and is shown, in the order of the page, each with a number and where it stands in the page: of
# buttons that stand for one choice, the one that is chosen, or else the first.
REACHABLE = """() => [...document.querySelectorAll(
    'body :is(a[href], button, input, select, summary, textarea, [tabindex="0"])')]
    .filter(e => e.type !== 'hidden' && !e.disabled && e.checkVisibility())
    .filter(e => e.type !== 'radio' ||
        e === (document.querySelector(`[name="${e.name}"]:checked`) ?? document.querySelector(`[name="${e.name}"]`)))
    .map((e, at) => {
        e.dataset.at = at;
        const box = e.getClientRects()[0], fixed = e.closest('.skip-link, .ask, .cited-banner, .contents, .pack-form');
        return {
            top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
            flows: !fixed, html: e.outerHTML.slice(0, 160),
        };
    })"""
# Which has the focus, whether that is shown, and what lies over its first line, if anything does.
FOCUSED = """() => {
    const on = document.activeElement, style = getComputedStyle(on);
    const boxes = [...on.getClientRects()];
    const seen = boxes.some(box => {
        const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
        const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
        if (bottom - top < 2 || right - left < 2) return false;
        return [0.1, 0.5, 0.9].some(share => {
            const over = document.elementFromPoint((left + right) / 2, top + (bottom - top) * share);
            return over === on || on.contains(over) || over.closest('label')?.contains(on);
        });
    });
    return {
        at: on.dataset.at ?? '',
        shown: style.boxShadow !== 'none' || style.outlineStyle !== 'none',
        seen, html: on.outerHTML.slice(0, 160),
    };
}"""


def begin(visit: Visit) -> None:
    """Put the focus before the first thing of the page."""
    visit.page.evaluate(
        """() => {
            document.activeElement.blur();
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.removeAttribute('tabindex');
        }"""
    )


def backward(there: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Neighbours in the order of the page of which the second stands above the first, or beside it on the left.

    Only of one column can that be said, and not of what stays in place while the rest scrolls.
    """
    return [
        (one["html"], after["html"])
        for one, after in pairwise(one for one in there if one["flows"])
        if (after["bottom"] <= one["top"] and after["left"] < one["right"])
        or (after["top"] < one["bottom"] and after["bottom"] > one["top"] and after["right"] <= one["left"])
    ]


@pytest.mark.parametrize(
    ("name", "screen"),
    [*((name, ZOOMED) for name in STATES), *((name, DESK) for name in ONE_OF_EACH)],
    ids=[*(f"{name}-1280 at 400%" for name in STATES), *(f"{name}-1280" for name in ONE_OF_EACH)],
)
def test_tab_reaches_everything_in_order_in_sight_and_leaves_again(
    name: str, screen: dict[str, object], browser: "Browser", served: Served
) -> None:
    state = STATES[name]
    with visiting(browser, served(state.served), screen) as visit:
        state.reach(visit)
        there = visit.page.evaluate(REACHABLE)
        assert screen is DESK or backward(there) == []
        assert there[0]["html"].startswith('<a class="skip-link"')
        begin(visit)
        reached, unshown, unseen = [], [], []
        for _ in there:
            visit.page.keyboard.press("Tab")
            on = visit.page.evaluate(FOCUSED)
            reached.append(on["at"])
            unshown += [] if on["shown"] else [on["html"]]
            unseen += [] if on["seen"] else [on["html"]]
        assert reached == [str(at) for at in range(len(there))]
        assert (unshown, unseen) == ([], [])
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(FOCUSED)["at"] in ("", "0")  # out of the page, or at its beginning again


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
    steps = backward(visit.page.evaluate(REACHABLE))
    assert [second[:26] for _, second in steps][:1] == ['<button class="suggestion"']
