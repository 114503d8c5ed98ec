"""Every state of the pages as people set it up: large text, wide spacing, colours of their own, nothing that moves."""

from typing import TYPE_CHECKING

import pytest
from browsing import DESK, ZOOMED, Served, Visit, needs_chromium, visiting
from states import ANSWER, STATES, asked

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = needs_chromium

# WCAG 2.2, 1.4.12. By the style sheet's own rules, since the page's policy refuses styles from elsewhere.
WIDE_SPACING = """() => {
    const sheet = document.styleSheets[0];
    const all = 'line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important';
    sheet.insertRule(`*, *::before, *::after { ${all} }`, sheet.cssRules.length);
    sheet.insertRule('p { margin-bottom: 2em !important }', sheet.cssRules.length);
}"""
# Elements that cut off words of theirs, other than those for screen readers alone and boxes that scroll. Over a
# document's edge hang only the signs of its passages' own links, whose names are shown beside them.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(e => {
    const style = getComputedStyle(e);
    const cuts = way => ['hidden', 'clip'].includes(way);
    return e.checkVisibility() && e.textContent.trim() && !e.closest('.vh, .skip-link, thead, svg, .self-link') &&
        !e.matches('.document-text') &&
        (cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 1 && e.clientHeight > 0 ||
         cuts(style.overflowX) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0);
}).map(e => e.outerHTML.slice(0, 160))"""
MOVING = """() => [...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].map(part => {
    const style = getComputedStyle(e, part);
    const still = style.animationName === 'none' && !parseFloat(style.transitionDuration) &&
        style.scrollBehavior === 'auto';
    return still ? '' : e.outerHTML.slice(0, 160) + part;
})).filter(Boolean)"""


@pytest.mark.parametrize("name", STATES)
def test_nothing_scrolls_sideways_or_is_cut_off(name: str, browser: "Browser", served: Served) -> None:
    """At 400% of a window of 1280 pixels, which is 320 wide (1.4.10), and there and at 100% with wide spacing."""
    state = STATES[name]
    with visiting(browser, served(state.served), ZOOMED) as visit:
        state.reach(visit)
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])
        visit.page.evaluate(WIDE_SPACING)
        assert visit.page.locator("h1, h2").first.evaluate("e => getComputedStyle(e).letterSpacing") != "normal"
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])
        visit.page.set_viewport_size(DESK["viewport"])  # type: ignore[arg-type]
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])


def test_forced_colours_leave_marks_and_the_page_one_is_on(visit: Visit) -> None:
    asked(ANSWER)(visit)
    visit.page.emulate_media(forced_colors="active")
    mark, ground = (
        visit.page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor")
        for selector in ("#turn-1 mark", "body")
    )
    assert mark not in (ground, "rgba(0, 0, 0, 0)")
    here, elsewhere = (
        visit.page.locator(f".header-nav {selector}").first.evaluate("e => getComputedStyle(e).textDecorationLine")
        for selector in ("[aria-current]", "a:not([aria-current])")
    )
    assert here != elsewhere


@pytest.mark.parametrize("path", ["/search?q=social", "/inspections/medway"], ids=["bars", "timeline"])
def test_words_of_drawings_have_the_forced_colour_too(path: str, visit: Visit) -> None:
    visit.page.emulate_media(forced_colors="active", color_scheme="dark")
    visit.go(path)
    fills = visit.page.locator("svg text").evaluate_all("all => all.map(one => getComputedStyle(one).fill)")
    assert set(fills) == {visit.page.evaluate("getComputedStyle(document.body).color")}


@pytest.mark.parametrize("visit", [{**DESK, "reduced_motion": "reduce"}], indirect=True, ids=["reduced motion"])
def test_nothing_moves_where_less_motion_is_asked_for(visit: Visit) -> None:
    asked(ANSWER)(visit)
    visit.page.evaluate("document.querySelector('[data-progress]').hidden = false")
    assert visit.page.locator("[data-progress]").is_visible()
    assert visit.page.evaluate(MOVING) == []


def test_what_moves_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('[data-progress]').hidden = false")
    (moving,) = visit.page.evaluate(MOVING)
    assert moving.endswith("::before")


def test_what_is_cut_off_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('.intro').style.cssText = 'height: 10px; overflow: hidden'")
    assert [found[:16] for found in visit.page.evaluate(CUT_OFF)] == ['<p class="intro"']
