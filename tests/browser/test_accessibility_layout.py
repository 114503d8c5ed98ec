"""Pages as people set them up: colours of their own, and nothing that moves."""

import pytest
from browsing import DESK, Visit, needs_chromium
from states import ANSWER, asked

pytestmark = needs_chromium

MOVING = """() => [...document.querySelectorAll('*')].flatMap(e => ['', '::before', '::after'].map(part => {
    const style = getComputedStyle(e, part);
    const still = style.animationName === 'none' && !parseFloat(style.transitionDuration) &&
        style.scrollBehavior === 'auto';
    return still ? '' : e.outerHTML.slice(0, 160) + part;
})).filter(Boolean)"""


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
