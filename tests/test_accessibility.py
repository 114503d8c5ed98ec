"""Every state of the pages against axe-core's rules for WCAG 2.2 A and AA, and what the keyboard reaches.

Axe finds what a program can find, about half of what there is to find: the rest is in ``test_browser.py`` and in
trying the pages with a screen reader. In forced colours the browser chooses the colours, so contrast is left to it.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_council
from browsing import DESK, PHONE, SMALL_PHONE, Visit, needs_chromium, visiting
from fakes import FakeEncoder

from assistant.compose import permalink
from webapp.app import create_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core's package is not installed")
playwright = pytest.importorskip("playwright.sync_api", reason="the Playwright package is not installed")

pytestmark = needs_chromium

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
ANSWER = "what did Ofsted say about health partners?"
COMPARISON = "compare Medway and Gloucestershire on caseloads"
TABLE = "what are the risks in the Medway cabinet report and how are they rated"
ROWS = "which risks are rated B2"
MISSPELT = "what did elenor brasil say about kids and staff"


# The small council's minutes without the points that were raised.
GONE = re.sub(r"·.*\n\n", "", small_council.MINUTES)


def asked(*questions: str) -> Callable[[Visit], None]:
    def visit_and_ask(visit: Visit) -> None:
        visit.go()
        for number, question in enumerate(questions, 1):
            visit.ask(question, number)

    return visit_and_ask


def opened(path: str) -> Callable[[Visit], None]:
    return lambda visit: visit.go(path)


def removed(question: str, button: str, said: str) -> Callable[[Visit], None]:
    """A question whose chip is removed."""

    def ask_and_remove(visit: Visit) -> None:
        asked(question)(visit)
        visit.page.get_by_role("button", name=button).click()
        visit.page.wait_for_selector(f"text={said}")

    return ask_and_remove


def nothing_typed(visit: Visit) -> None:
    visit.go()
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    visit.page.locator("#question-error").wait_for()


def cited(visit: Visit) -> None:
    asked(ANSWER)(visit)
    visit.page.get_by_role("link", name="Open in the document").first.click()
    visit.page.wait_for_selector("#cited")


# How each state is reached, and what on the page shows that it was.
STATES: dict[str, tuple[Callable[[Visit], None], str]] = {
    "nothing asked": (asked(), "[data-empty]"),
    "answer": (asked(ANSWER), "#turn-1 mark"),
    "comparison": (asked(COMPARISON), "#turn-1 .from-council"),
    "whole table": (asked(TABLE), "#turn-1 .quote table"),
    "table rows": (asked(ROWS), "#turn-1 table.rows mark"),
    "not found, with related": (asked("who is the chair of the improvement board"), "#turn-1 .related .evidence"),
    "council not held": (asked("what did Norfolk say about foster carers?"), "#turn-1 .turn-not_found .places"),
    "needs detail": (asked("what happened?"), "#turn-1 .turn-needs_detail"),
    "words": (asked(MISSPELT), "#turn-1 .chip >> nth=2"),
    "limit removed": (
        removed("What did Medway say about health partners?", "Remove limit: Medway Council", "You removed a limit."),
        "text=Put it back",
    ),
    "words undone": (removed(MISSPELT, "Undo: also searched: children", "You undid a change"), "text=Put it back"),
    "nothing typed": (nothing_typed, "#question[aria-invalid]"),
    "second turn": (asked(ANSWER, "and Middlesbrough?"), "#turn-2"),
    "documents": (opened("/documents"), ".document-list"),
    "what was read": (opened("/corpus/report"), ".summary"),
    "document": (opened("/documents/medway-cabinet-2019-09-03"), ".document-text table"),
    "document, marked": (cited, "#cited"),
    "no such page": (opened("/nowhere"), "h1"),
    "search, nothing asked": (opened("/search"), ".help dl"),
    "search, best": (opened("/search?q=caseloads+of+social+workers"), ".result mark"),
    "search, every mention": (opened("/search?q=caseloads&read=every"), ".group-heading"),
    "search, mistake": (opened("/search?q=%22care"), ".error-summary"),
    "search, nothing found": (opened("/search?q=%22no+such+words%22"), "#found"),
    "search, filtered": (opened("/search?q=ofsted&council=Medway+Council&role=finding"), ".chosen-line .chip"),
    "search, table rows": (opened("/search?q=role%3Arisk"), ".result .cells"),
    "register in an answer": (asked("when is the next visit"), "#turn-1 .registered table"),
    "inspections": (opened("/inspections"), "table"),
    "timeline": (opened("/inspections/medway"), "svg"),
    "empty pack": (opened("/pack"), "h1"),
    "search, days": (opened("/search?q=social&from=2022&read=every"), ".more[open]"),
}


def violations(visit: Visit) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA, and its own good practice: the rule and where."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": LEVELS}}
    found = axe.Axe().run(visit.page, options=options).response
    assert found["passes"]
    return [f"{rule['id']}: {node['target']} {node['html']}" for rule in found["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize("visit", [PHONE, DESK], indirect=True, ids=["390", "1280"])
@pytest.mark.parametrize("state", STATES)
def test_no_page_breaks_a_rule(state: str, visit: Visit) -> None:
    reach, shown = STATES[state]
    reach(visit)
    assert visit.page.locator(shown).first.is_visible()
    assert violations(visit) == []
    visit.page.emulate_media(forced_colors="active")
    assert violations(visit) == []


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["390", "1280"])
@pytest.mark.parametrize(
    ("later", "heading"),
    [("thirteen foster carers", "This passage has changed"), ("", "This passage is no longer here")],
    ids=["changed", "gone"],
)
def test_where_a_permalink_leads_breaks_no_rule(
    later: str, heading: str, screen: dict[str, object], browser: "Browser", tmp_path: Path
) -> None:
    live = small_council.live(tmp_path, FakeEncoder())
    document = live.current().index.document("visit-minutes")
    assert document is not None
    (passage,) = (one for one in document.passages if "twelve foster carers" in one.text)
    words = small_council.MINUTES.replace("twelve foster carers", later) if later else GONE
    small_council.write(tmp_path / "documents", **{"visit-minutes": words})
    small_council.index(tmp_path / "documents", tmp_path / "index")
    app = create_app(live.current, small_council.SECRET)
    with small_council.serving(app) as address, visiting(browser, address, screen) as visit:
        visit.go(permalink(passage))
        assert visit.page.locator("h1").inner_text() == heading
        assert violations(visit) == []
        assert visit.overflow() <= 0


def test_a_broken_rule_is_found(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.querySelector('.intro').style.color = '#ccc'")
    visit.page.evaluate("document.querySelector('label').remove()")
    assert [found.partition(":")[0] for found in violations(visit)] == ["color-contrast", "label-title-only", "label"]


@pytest.mark.parametrize(
    "visit", [{**SMALL_PHONE, "java_script_enabled": False}, DESK], indirect=True, ids=["320, no script", "1280"]
)
def test_the_keyboard_reaches_what_an_answer_offers_in_order(visit: Visit) -> None:
    """From the box back to the answer: its limits, its first link, and a limit removed with Enter."""
    asked("What did Medway say about health partners?")(visit)
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


def test_focus_is_never_under_the_question_box(visit: Visit) -> None:
    """WCAG 2.2, 2.4.11: what has the focus is not hidden by what stays in place."""
    asked(COMPARISON)(visit)
    visit.page.locator("#turn-1-question").focus()
    hidden = []
    for _ in range(visit.page.locator("#turn-1 :is(a, button)").count()):
        visit.page.keyboard.press("Tab")
        under = visit.page.evaluate(
            """() => {
                const on = document.activeElement, box = on.getBoundingClientRect();
                const ask = document.querySelector(".ask").getBoundingClientRect();
                return on.closest(".turn") && box.bottom > ask.top ? on.textContent.trim() : "";
            }"""
        )
        hidden += [under] if under else []
    assert hidden == []


@pytest.mark.parametrize("visit", [SMALL_PHONE], indirect=True, ids=["320"])
@pytest.mark.parametrize("question", [TABLE, ROWS, COMPARISON, MISSPELT], ids=["table", "rows", "comparison", "words"])
def test_nothing_scrolls_sideways(question: str, visit: Visit) -> None:
    asked(question)(visit)
    assert visit.overflow() <= 0
