"""Every state of the pages at four times the size and with wide spacing: nothing is lost or out of reach."""

from typing import TYPE_CHECKING

import pytest
from browsing import DESK, ZOOMED, Served, Visit, needs_chromium, visiting
from states import STATES
from walking import backward, walked

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


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_out_of_reach_scrolls_sideways_or_is_cut_off(name: str, browser: "Browser", served: Served) -> None:
    """At 400% of a window of 1280 pixels, which is 320 wide (1.4.10), and there and at 100% with wide spacing."""
    state = STATES[name]
    with visiting(browser, served(state.served), ZOOMED) as visit:
        state.show(visit)
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])
        assert backward(visit) == []
        walked(visit)
        visit.page.evaluate(WIDE_SPACING)
        assert visit.page.locator("h1, h2").first.evaluate("e => getComputedStyle(e).letterSpacing") != "normal"
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])
        visit.page.set_viewport_size(DESK["viewport"])  # type: ignore[arg-type]
        assert (visit.overflow() <= 0, visit.page.evaluate(CUT_OFF)) == (True, [])


def test_what_is_cut_off_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('.intro').style.cssText = 'height: 10px; overflow: hidden'")
    assert [found[:16] for found in visit.page.evaluate(CUT_OFF)] == ['<p class="intro"']
