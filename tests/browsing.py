"""A real browser at the real pages, for the tests that need one; they are skipped where there is no Chromium."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import small_council
from asking import five

from webapp.app import create_app
from webapp.live import LiveAssistant

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the Playwright package is not installed")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    "--disable-gpu",
]
DESK = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
# A window of 1280 by 1024 in which everything is four times as large.
ZOOMED = {"viewport": {"width": 320, "height": 256}}
SMALL_PHONE = {"viewport": {"width": 320, "height": 568}, "is_mobile": True, "has_touch": True}

# Gives the address of what serves a state, by its name in ``states.py``.
Served = Callable[[str], str]

needs_chromium = pytest.mark.skipif(not Path(CHROMIUM).is_file(), reason=f"there is no Chromium at {CHROMIUM}")


@contextmanager
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages, served over the five documents with the real model; their address."""
    app = create_app(
        LiveAssistant.open(*five(tmp_path_factory)).current, small_council.SECRET, settings=small_council.UNLIMITED
    )
    with small_council.serving(app) as address:
        yield address


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser, started and closed."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """A page open in its own context, with all that it complained of and every host that it called."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.hosts.add(urlsplit(request.url).netloc))

    def go(self, path: str = "/") -> None:
        self.page.goto(self.address + path)

    def ask(self, question: str, number: int = 1) -> None:
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        self.page.wait_for_selector(f"#turn-{number}")

    def overflow(self) -> int:
        """How many pixels the page is wider than the window."""
        width: int = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return width

    def in_sight(self, selector: str) -> bool:
        """Whether an element's first line lies in the window, and nothing lies over it."""
        seen: bool = self.page.evaluate(
            """selector => {
                const element = document.querySelector(selector);
                const box = element.getClientRects()[0];
                const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
                const top = document.elementFromPoint(x, y);
                return y > 0 && y < innerHeight && (top === element || element.contains(top));
            }""",
            selector,
        )
        return seen


@contextmanager
def visiting(browser: "Browser", address: str, options: dict[str, object]) -> Iterator[Visit]:
    """A visit to the pages with a screen and abilities of its own, which called no other host."""
    context = browser.new_context(**options)
    context.set_default_timeout(20_000)
    visit = Visit(context.new_page(), address)
    yield visit
    assert visit.hosts <= {urlsplit(address).netloc}
    context.close()
