"""A busy service in a real browser: what is typed stays, and is answered when asked again."""

import threading
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
import small_council
from browsing import DESK, needs_chromium, visiting
from small_council import QUESTION, SECRET

from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.settings import Limits, Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WORDS = "Busy: many people are asking at the moment. Try again in a few seconds."

pytestmark = needs_chromium


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without"])
def test_a_question_refused_as_busy_stays_and_is_answered_when_sent_again(
    browser: "Browser", live: LiveAssistant, script: bool
) -> None:
    app = create_app(live.current, SECRET, settings=Settings(limits=Limits(answered_at_once=1, waiting=0)))
    entered, leave = threading.Event(), threading.Event()

    @app.get("/long")
    def long() -> str:
        entered.set()
        assert leave.wait(60)
        return "done"

    screen = {**DESK, "java_script_enabled": script}
    with small_council.serving(app) as address, visiting(browser, address, screen) as visit:
        visit.go()
        taken = threading.Thread(target=lambda: urlopen(f"{address}/long", timeout=60).close())
        taken.start()
        assert entered.wait(60)
        visit.page.get_by_label("Your question").fill(QUESTION)
        visit.page.get_by_role("button", name="Ask", exact=True).click()
        if script:
            visit.page.get_by_text(WORDS).first.wait_for()
            assert visit.page.get_by_label("Your question").input_value() == QUESTION
            assert visit.page.evaluate("document.activeElement.id") == "question"
        else:
            assert visit.page.locator("h1").inner_text() == "Busy: many people are asking at the moment"
        leave.set()
        taken.join(60)
        if script:
            visit.page.get_by_role("button", name="Ask", exact=True).click()
        else:
            visit.page.reload()  # which sends what was typed once more
        visit.page.wait_for_selector("#turn-1")
        assert visit.page.locator(".turn").count() == 1
        assert QUESTION in visit.page.locator("#turn-1").inner_text()
