"""The search page in a real browser, on the five documents with the real model; skipped where there is no Chromium."""

from urllib.parse import parse_qs, urlsplit

import pytest
from browsing import DESK, PHONE, SMALL_PHONE, Visit, needs_chromium

pytestmark = needs_chromium

QUIET = {**SMALL_PHONE, "java_script_enabled": False}
SCREENS = pytest.mark.parametrize(
    "visit",
    [DESK, SMALL_PHONE, {**DESK, "java_script_enabled": False}, QUIET],
    indirect=True,
    ids=["1280", "320", "1280, no script", "320, no script"],
)
# What can have the focus and is shown: of buttons that stand for one choice, the one that is chosen.
REACHABLE = """() => [...document.querySelectorAll('main :is(a[href], button, input, select, summary, [tabindex="0"])')]
    .filter(e => e.type !== 'hidden' && e.checkVisibility() && (e.type !== 'radio' || e.checked))
    .map((e, at) => { e.dataset.at = at; return e.outerHTML.slice(0, 160); })"""
FOCUSED = """() => {
    const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
    const bar = document.querySelector('.pack-form'), lies = bar.getBoundingClientRect();
    const apart = bar.contains(on) || box.right <= lies.left || box.left >= lies.right;
    return {
        at: on.dataset.at,
        shown: style.boxShadow !== 'none' || style.outlineStyle !== 'none',
        hidden: !apart && box.bottom > lies.top && box.top < lies.bottom,
        html: `${box.top} to ${box.bottom} under ${lies.top}: ${on.outerHTML.slice(0, 120)}`,
    };
}"""


def query(visit: Visit) -> dict[str, list[str]]:
    """The arguments of the address where a visitor is."""
    return parse_qs(urlsplit(visit.page.url).query)


def tab_to(visit: Visit, selector: str, most: int = 300) -> None:
    """Press Tab until what the selector names has the focus."""
    for _ in range(most):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


@SCREENS
def test_tab_reaches_everything_in_order_and_in_sight(visit: Visit) -> None:
    """With the filters open, and the focus always shown and never under what stays in place."""
    visit.go("/search?q=caseloads&read=every&council=Medway+Council&council=Middlesbrough+Council")
    visit.page.locator('input[name="passage"]').first.check()  # from then on a form stays at the foot of the window
    assert visit.page.locator(".pack-form").evaluate("form => form.getBoundingClientRect().bottom <= innerHeight + 1")
    expected = visit.page.evaluate(REACHABLE)
    assert len(expected) > 40
    visit.page.locator(".skip-link").focus()
    visit.page.keyboard.press("Enter")
    reached = []
    for _ in expected:
        visit.page.keyboard.press("Tab")
        on = visit.page.evaluate(FOCUSED)
        assert on["shown"], on["html"]
        assert not on["hidden"], on["html"]
        reached.append(on["at"])
    assert reached == [str(at) for at in range(len(expected))]


@SCREENS
def test_a_search_is_made_and_a_pack_put_together_with_the_keyboard_alone(visit: Visit) -> None:
    visit.go("/search")
    assert visit.page.evaluate("document.activeElement.id") == "q"
    visit.page.keyboard.type("social")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("ArrowDown")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".result")
    assert (query(visit)["q"], query(visit)["read"]) == (["social"], ["every"])
    if not visit.page.locator(".filters").evaluate("filters => filters.open"):
        tab_to(visit, ".filters > summary")
        visit.page.keyboard.press("Enter")
    tab_to(visit, '.facet a[href*="role=discussion"]')
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".chosen-line")
    assert query(visit)["role"] == ["discussion"]
    total = int(visit.page.locator("#found").inner_text().split()[0])
    assert total > 10
    tab_to(visit, '.pages a[rel="next"]')
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector('.pages a[rel="prev"]')
    assert query(visit)["page"] == ["2"]
    for _ in range(2):
        tab_to(visit, 'input[name="passage"]')
        visit.page.keyboard.press("Space")
    ticked = visit.page.locator('input[name="passage"]:checked').evaluate_all("all => all.map(one => one.value)")
    assert len(ticked) == 2
    tab_to(visit, ".pack-form button")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url("**/pack?**")
    assert query(visit) == {"searched": ["social; role: discussion"], "passage": ticked}
    visit.page.go_back()
    tab_to(visit, ".chosen-line .chip")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(lambda address: "role=" not in address)
    assert visit.page.locator(".result").count() > 0
    if visit.page.viewport_size == DESK["viewport"]:
        assert visit.complaints == []


@pytest.mark.parametrize("visit", [{**DESK, "java_script_enabled": False}], indirect=True, ids=["no script"])
def test_without_scripts_citations_and_filters_are_behind_lines_that_open(visit: Visit) -> None:
    visit.go("/search?q=caseloads")
    assert visit.page.get_by_role("button", name="Copy citation").count() == 0
    visit.page.locator(".citation summary").first.click()
    assert visit.page.locator("[data-citation]").first.is_visible()
    assert not visit.page.locator(".facet").first.is_visible()
    visit.page.locator(".filters > summary").click()
    assert visit.page.locator(".facet").first.is_visible()


def test_filters_are_there_when_a_window_is_made_wider(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 500, "height": 900})
    visit.go("/search?q=caseloads")
    assert not visit.page.locator(".facet").first.is_visible()
    visit.page.set_viewport_size(DESK["viewport"])
    visit.page.locator(".facet").first.wait_for(state="visible")
    assert visit.complaints == []


@pytest.mark.parametrize(
    "visit", [{**DESK, "permissions": ["clipboard-read", "clipboard-write"]}], indirect=True, ids=["desk"]
)
def test_a_citation_and_a_quote_are_copied(visit: Visit) -> None:
    visit.go("/search?q=brazil&read=every")
    visit.page.get_by_role("button", name="Copy citation").click()
    visit.page.wait_for_selector("text=Citation copied")
    citation = visit.page.evaluate("navigator.clipboard.readText()")
    assert citation.startswith("Medway Council, Cabinet, 3 September 2019")
    assert citation.endswith("para 4.2")
    visit.page.get_by_role("button", name="Copy quote with citation").click()
    visit.page.wait_for_selector("text=Quote with citation copied")
    quoted = visit.page.evaluate("navigator.clipboard.readText()")
    assert quoted.startswith("“4.2 The commissioner appointed") and quoted.endswith(f"” ({citation})")
    assert visit.complaints == []


def test_the_back_button_leads_through_the_searches(visit: Visit) -> None:
    visit.go("/search")
    visit.page.locator("#q").fill("caseloads")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector(".result")
    visit.page.get_by_role("link", name="Middlesbrough Council").click()
    visit.page.wait_for_selector(".chosen-line")
    visit.page.go_back()
    assert visit.page.locator(".chosen-line").count() == 0
    assert visit.page.locator("#q").input_value() == "caseloads"
    visit.page.go_back()
    assert visit.page.locator(".result").count() == 0


PLACES = [
    "/search",
    "/search?q=caseloads+of+social+workers",
    "/search?q=ofsted&read=every",
    "/search?q=role%3Arisk",
    "/search?q=%22care",
    "/search?q=" + "w" * 900,
    "/search?q=ofsted&council=Medway+Council&size=100&from=2019",
]


@pytest.mark.parametrize("visit", [SMALL_PHONE, DESK], indirect=True, ids=["320", "1280"])
def test_no_search_scrolls_sideways(visit: Visit) -> None:
    for place in PLACES:
        visit.go(place)
        # A phone's window grows with a page that is too wide, and says nothing: the width that it was laid out in does.
        wider = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (place, wider) == (place, 0)


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["390"])
def test_what_is_touched_is_large_enough(visit: Visit) -> None:
    """WCAG 2.2, 2.5.8: at least 24 pixels high; buttons, boxes and lines that open, 44."""
    visit.go("/search?q=ofsted&council=Medway+Council&read=every")
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll('main :is(button, input[type="search"], select, summary, label, a)')]
            .filter(e => e.checkVisibility() && !e.closest('.vh') && e.getAttribute('for') !== 'q')
            .filter(e => e.getBoundingClientRect().height < (e.matches('a') ? 24 : 44))
            .map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 120)])"""
    )
    assert small == []
