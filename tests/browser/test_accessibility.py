"""Every state of the pages against axe-core's rules for WCAG 2.2 A and AA, and what they are called.

Axe finds what a program can find, about half of what there is to find: more is in ``test_accessibility_keyboard.py``,
``test_accessibility_zoomed.py``, ``test_accessibility_layout.py`` and ``test_browser.py``, and in trying the pages with
a screen reader. In forced colours the browser chooses the colours, so contrast is left to it.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import DESK, PHONE, Served, Visit, needs_chromium, visiting
from states import FOR_PROGRAMS, NO_PAGES, SERVED, STATES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core's package is not installed")

pytestmark = needs_chromium

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# What is pressed or typed into, without a border or an underline that forced colours leave.
UNBOUNDED = """() => [...document.querySelectorAll('a[href], button, textarea, input, select')].filter(e => {
    const style = getComputedStyle(e);
    const bordered = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== 'none';
    const native = ['checkbox', 'radio', 'hidden'].includes(e.type);
    const listed = e.closest('nav, .facet, .header, .skip-link, .self-link');
    return e.checkVisibility() && !native && !listed && !bordered && !style.textDecorationLine.includes('underline');
}).map(e => e.outerHTML.slice(0, 160))"""


def violations(visit: Visit) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, and its own good practice: the rule and where."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": LEVELS}}
    found = axe.Axe().run(visit.page, options=options).response
    assert found["passes"]
    return [f"{rule['id']}: {node['target']} {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


def test_every_page_has_a_state(tmp_path: Path) -> None:
    app = SERVED["sign-in"](tmp_path)
    served = {rule.endpoint for rule in app.url_map.iter_rules() if not rule.endpoint.startswith(FOR_PROGRAMS)}
    assert served - NO_PAGES == {state.endpoint for state in STATES.values() if state.endpoint}
    assert served >= NO_PAGES


@pytest.mark.parametrize("name", STATES)
def test_no_page_breaks_a_rule(name: str, browser: "Browser", served: Served) -> None:
    """On a phone, and on a desk in the colours that a person forces."""
    state = STATES[name]
    with visiting(browser, served(state.served), PHONE) as visit:
        state.show(visit)
        assert visit.page.locator(state.shown).first.is_visible()
        assert violations(visit) == []
        visit.page.set_viewport_size({"width": 1280, "height": 900})
        visit.page.emulate_media(forced_colors="active")
        assert violations(visit) == []
        assert visit.page.evaluate(UNBOUNDED) == []


def test_a_broken_rule_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('.intro').style.color = '#ccc'")
    visit.page.evaluate("document.querySelector('label').remove()")
    visit.page.evaluate(
        """for (const one of document.querySelectorAll('.suggestion'))
            one.style.cssText = 'font-size: 8px; line-height: 1; padding: 0; min-height: 0; border: 0; margin: -4px'"""
    )
    assert sorted({found.partition(":")[0] for found in violations(visit)}) == [
        "color-contrast",
        "label",
        "label-title-only",
        "target-size",
    ]


def test_what_loses_its_edge_in_forced_colours_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('.suggestion').style.border = '0'")
    visit.page.emulate_media(forced_colors="active")
    assert [found[:26] for found in visit.page.evaluate(UNBOUNDED)] == ['<button class="suggestion"']


def test_each_page_has_a_title_and_a_heading_of_its_own(browser: "Browser", served: Served) -> None:
    """Of each endpoint a page: its title tells it from the others and ends with the service's name; it has one h1."""
    seen: dict[str, str] = {}
    first = {state.endpoint: state for state in reversed(STATES.values()) if state.endpoint != "chat.ask"}
    for endpoint, state in first.items():
        with visiting(browser, served(state.served), DESK) as visit:
            state.show(visit)
            (heading,) = visit.page.locator("h1").all_inner_texts()
            title, _, service = visit.page.title().rpartition(" – ")
            assert (visit.page.locator("html").get_attribute("lang"), service) == ("en-GB", "Inspection documents")
            assert heading
            seen[endpoint] = title
    assert len(set(seen.values())) == len(seen), seen
