"""Every page of the service in each of its states: what the tests of accessibility go through.

A new page needs a line here, or in ``NO_PAGES`` where it is none: a test holds the table to the addresses there are.
A state that the five documents cannot show is served by an application of its own, from ``SERVED``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import small_council
from browsing import Visit
from fakes import FakeEncoder
from flask import Flask, g

from assistant.answers.compose import permalink
from assistant.assistant import Assistant
from assistant.exports.answers import answer_json
from corpus.access import Access
from index.build import build
from index.files.generations import IndexMissing
from webapp.access.visitors import Visitor
from webapp.app import create_app
from webapp.guard.busy import BUSY
from webapp.live import LiveAssistant
from webapp.records.database import Records
from webapp.records.reported import add
from webapp.settings import USUAL, Settings

ANSWER = "what did Ofsted say about health partners?"
COMPARISON = "compare Medway and Gloucestershire on caseloads"
LIMITED = "What did Medway say about health partners?"
TABLE = "what are the risks in the Medway cabinet report and how are they rated"
ROWS = "which risks are rated B2"
MISSPELT = "what did elenor brasil say about kids and staff"
CABINET = "/documents/medway-cabinet-2019-09-03"
# The small council's minutes without the points that were raised.
GONE = re.sub(r"·.*\n\n", "", small_council.MINUTES)
CHANGED = small_council.MINUTES.replace("twelve foster carers", "thirteen foster carers")

# Addresses that answer with no page: files, data for programs, and what leads elsewhere.
NO_PAGES = {
    "static",
    "chat.ask_by_address",
    "chat.start_again",
    "health.health",
    "health.ready",
    "reporting.add",
    "reporting.change",
    "signing_in.end",
    "signing_in.finish",
    "feed.search",
    "packs.as_csv",
    "packs.as_markdown",
    "packs.as_word",
}
FOR_PROGRAMS = "api."


@dataclass(frozen=True, slots=True)
class State:
    """The endpoint whose page it is ("" for errors), how it is reached, and what on the page shows that it was.

    ``served`` names what serves it: the five documents, or an application of ``SERVED``.
    """

    endpoint: str
    reach: Callable[[Visit], None]
    shown: str
    served: str = "five"

    def show(self, visit: Visit) -> None:
        """Reach it, and wait until all of its page is there."""
        self.reach(visit)
        visit.page.wait_for_load_state()


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


def nothing_typed_without_scripts(visit: Visit) -> None:
    visit.go()
    visit.page.evaluate("document.getElementById('ask').submit()")  # which no script of the page hears of
    visit.page.locator(".error-summary").wait_for()
    visit.page.wait_for_load_state()


def cited(visit: Visit) -> None:
    asked(ANSWER)(visit)
    visit.page.get_by_role("link", name="Open in the document").first.click()
    visit.page.wait_for_selector("#cited")


def ticked(visit: Visit) -> None:
    visit.go("/search?q=caseloads")
    for box in visit.page.locator('input[name="passage"]').all()[:2]:
        box.check()


def packed(visit: Visit) -> None:
    ticked(visit)
    visit.page.locator(".pack-form button").click()
    visit.page.wait_for_selector(".pack-list")


def packed_with_one_gone(visit: Visit) -> None:
    packed(visit)
    visit.page.goto(visit.page.url + "&passage=gone/passage")


def reporting(visit: Visit) -> None:
    asked(ANSWER)(visit)
    visit.page.get_by_role("link", name="Report a problem with this answer").click()
    visit.page.locator(".problem-form").wait_for()


def reporting_nothing(visit: Visit) -> None:
    reporting(visit)
    visit.page.locator(".problem-form button").click()
    visit.page.locator(".error-summary").wait_for()


STATES: dict[str, State] = {
    "nothing asked": State("chat.home", asked(), "[data-empty]"),
    "answer": State("chat.home", asked(ANSWER), "#turn-1 mark"),
    "comparison": State("chat.home", asked(COMPARISON), "#turn-1 .from-council"),
    "whole table": State("chat.home", asked(TABLE), "#turn-1 .quote table"),
    "table rows": State("chat.home", asked(ROWS), "#turn-1 table.rows mark"),
    "not found, with related": State(
        "chat.home", asked("who is the chair of the improvement board"), "#turn-1 .related .evidence"
    ),
    "council not held": State(
        "chat.home", asked("what did Norfolk say about foster carers?"), "#turn-1 .turn-not_found .places"
    ),
    "needs detail": State("chat.home", asked("what happened?"), "#turn-1 .turn-needs_detail"),
    "words": State("chat.home", asked(MISSPELT), "#turn-1 .chip >> nth=2"),
    "limit removed": State(
        "chat.home", removed(LIMITED, "Remove limit: Medway Council", "You removed a limit."), "text=Put it back"
    ),
    "words undone": State(
        "chat.home", removed(MISSPELT, "Undo: also searched: children", "You undid a change"), "text=Put it back"
    ),
    "register in an answer": State("chat.home", asked("when is the next visit"), "#turn-1 .registered table"),
    "second turn": State("chat.home", asked(ANSWER, "and Middlesbrough?"), "#turn-2"),
    "nothing typed": State("chat.home", nothing_typed, "#question[aria-invalid]"),
    "nothing typed, no script": State("chat.ask", nothing_typed_without_scripts, ".error-summary"),
    "models on their way": State("chat.home", opened("/"), "text=for some seconds", "loading"),
    "no models": State("chat.home", opened("/"), "text=is not loaded", "words alone"),
    "nothing to search": State("chat.home", opened("/"), "text=no documents to search yet", "empty"),
    "documents": State("documents.listing", opened("/documents"), ".document-list"),
    "documents, none": State("documents.listing", opened("/documents"), "text=no documents yet", "empty"),
    "documents, second page": State("documents.listing", opened("/documents?page=2"), ".pages", "many"),
    "documents, none found": State("documents.listing", opened("/documents?find=nowhere"), '[role="status"]', "many"),
    "document": State("documents.show", opened(CABINET), ".document-text table"),
    "document, marked": State("documents.show", cited, "#cited"),
    "document, wrong link": State("documents.show", opened(f"{CABINET}?start=9&end=1"), ".warning"),
    "what was read": State("corpus_report.show", opened("/corpus/report"), ".summary"),
    "what was not read": State("corpus_report.show", opened("/corpus/report"), "text=Could not be read", "troubled"),
    "search, nothing asked": State("search.search", opened("/search"), ".help dl"),
    "search, best": State("search.search", opened("/search?q=caseloads+of+social+workers"), ".result mark"),
    "search, every mention": State("search.search", opened("/search?q=caseloads&read=every"), ".group-heading"),
    "search, second page": State("search.search", opened("/search?q=social&page=2"), '.pages a[rel="prev"]'),
    "search, ticked": State("search.search", ticked, "input[name=passage]:checked"),
    "search, mistake": State("search.search", opened("/search?q=%22care"), ".error-summary"),
    "search, nothing found": State("search.search", opened("/search?q=%22no+such+words%22"), "#found"),
    "search, nothing to look for": State("search.search", opened("/search?q=the"), ".inset"),
    "search, filtered": State(
        "search.search", opened("/search?q=ofsted&council=Medway+Council&role=finding"), ".chosen-line .chip"
    ),
    "search, table rows": State("search.search", opened("/search?q=role%3Arisk"), ".result .cells"),
    "search, days": State("search.search", opened("/search?q=social&from=2022&read=every"), ".more[open]"),
    "comparing, form": State("comparing.show", opened("/compare"), "fieldset.councils"),
    "comparing, two": State(
        "comparing.show",
        opened("/compare?q=caseloads&councils=Medway+Council&councils=Middlesbrough+Council"),
        ".columns-2 .result mark",
    ),
    "comparing, four": State("comparing.show", opened("/compare?q=recruitment+and+retention"), ".columns-4 .result"),
    "comparing, nothing": State("comparing.show", opened("/compare?q=potholes"), ".columns-4 .nothing"),
    "comparing, mistake": State("comparing.show", opened("/compare?q=%22caseloads"), ".error-summary"),
    "inspections": State("inspections.register", opened("/inspections"), "table"),
    "inspections, none": State("inspections.register", opened("/inspections"), "text=of no inspection", "empty"),
    "timeline": State("inspections.council", opened("/inspections/medway"), "svg"),
    "empty pack": State("packs.show", opened("/pack"), "h1"),
    "pack": State("packs.show", packed, ".pack-list"),
    "pack, with one gone": State("packs.show", packed_with_one_gone, ".pack-missing"),
    "pack, too many": State(
        "packs.show",
        opened("/pack?" + "&".join(f"passage=some/{number}" for number in range(201))),
        "text=cannot be made",
    ),
    "permalink, changed": State("permalinks.show", opened("/moved"), "text=This passage has changed", "changed"),
    "permalink, gone": State("permalinks.show", opened("/moved"), "text=This passage is no longer here", "gone"),
    "how it works": State("about.how_it_works", opened("/how-it-works"), ".measured table"),
    "how it works, other model": State("about.how_it_works", opened("/how-it-works"), ".warning", "words alone"),
    "record": State("about.record", opened("/how-it-works/record"), "text=tier 1"),
    "accessibility": State("about.accessibility", opened("/accessibility"), "text=partially compliant"),
    "accessibility, stated": State("about.accessibility", opened("/accessibility"), '[href^="mailto:"]', "stated"),
    "privacy": State("about.privacy", opened("/privacy"), "text=not kept on the server"),
    "privacy, stated": State("about.privacy", opened("/privacy"), "text=30 days", "stated"),
    "cookies": State("about.cookies", opened("/cookies"), "text=questions"),
    "problem": State("reporting.new", reporting, "text=What is wrong"),
    "problem, nothing said": State("reporting.new", reporting_nothing, ".error-summary"),
    "problem, thanks": State("reporting.thanks", opened("/problems/thanks?turn=1"), "h1"),
    "problems": State("reporting.review", opened("/problems"), ".problem-form", "officers"),
    "problems, none": State("reporting.review", opened("/problems"), "text=0 reports", "nothing reported"),
    "not public": State("documents.show", opened("/documents/visit-minutes"), "text=Not public", "officers"),
    "not public, in an answer": State("chat.home", asked(small_council.QUESTION), "text=not public", "officers"),
    "sign in": State("chat.home", opened("/"), "text=Sign in", "sign-in"),
    "not signed in": State("signing_in.begin", opened("/sign-in"), "text=You are not signed in", "sign-in"),
    "busy": State("", opened("/"), "text=many people are asking", "busy"),
    "personal details": State("search.search", opened("/search?q=born+3/4/2012"), ".error-summary"),
    "no such page": State("", opened("/nowhere"), "text=Page not found"),
    "no such document": State("", opened("/documents/nothing"), "text=Document not found"),
    "wrong method": State("", opened("/start-again"), "text=cannot be used that way"),
    "something wrong": State("", opened("/"), "text=Something went wrong", "broken"),
    "no index": State("", opened("/"), "text=cannot be searched", "no index"),
}

# One state of each page, for what does not change from one state to the next.
ONE_OF_EACH = list({state.endpoint: name for name, state in reversed(STATES.items())}.values())

STATED = Settings.model_validate(
    {
        "service": {"organisation": "Westmarch Council", "contact": "records@westmarch.example"},
        "privacy": {"keep_questions_days": 30},
        "proxy": {"addresses": ["127.0.0.1"], "user": "X-Remote-User", "groups": "X-Remote-Groups"},
    }
)


def small(folder: Path, *, model: bool = True, loading: bool = False, settings: Settings = USUAL, **more: str) -> Flask:
    """The pages over the small council's documents and ``more``."""
    live = small_council.live(folder, FakeEncoder() if model else None, **more)
    return create_app(live.current, small_council.SECRET, lambda: loading, settings)


def failing(error: Exception) -> Flask:
    """The pages of a service whose index is in trouble."""

    def fail() -> Assistant:
        raise error

    return create_app(fail, small_council.SECRET)


def empty(folder: Path) -> Flask:
    """Over an index of no documents."""
    build([], folder, FakeEncoder())
    return create_app(LiveAssistant.open(folder, FakeEncoder()).current, small_council.SECRET)


def troubled(folder: Path) -> Flask:
    """Over a folder with a file that is damaged, one that repeats another, one that is private, and one of no use."""
    documents = small_council.write(
        folder / "documents", copy=small_council.MINUTES, private="NOT FOR PUBLICATION\n\nPay."
    )
    (documents / "damaged.pdf").write_bytes(b"%PDF-1.4 and no more")
    (documents / "old.doc").write_bytes(b"old")
    small_council.index(documents, folder / "index")
    return create_app(LiveAssistant.open(folder / "index", FakeEncoder()).current, small_council.SECRET)


def later(words: str) -> Callable[[Path], Flask]:
    """The small council after its minutes have come to hold other words; ``/moved`` leads to an older permalink."""

    def made(folder: Path) -> Flask:
        live = small_council.live(folder, FakeEncoder())
        document = live.current().index.document("visit-minutes")
        assert document is not None
        (passage,) = (one for one in document.passages if "twelve foster carers" in one.text)
        small_council.write(folder / "documents", **{"visit-minutes": words})
        small_council.index(folder / "documents", folder / "index")
        app = create_app(live.current, small_council.SECRET)
        app.add_url_rule("/moved", "moved", lambda: app.redirect(permalink(passage)))
        return app

    return made


def for_officers(folder: Path, *, reported: bool = True) -> Flask:
    """Over the small council's papers, which are for officers, who all visitors are."""
    small_council.write(folder / "documents")
    catalogue = folder / "documents" / "catalogue.toml"
    catalogue.write_text(f'access = "officers"\n{catalogue.read_text(encoding="utf-8")}', encoding="utf-8")
    small_council.index_levels(folder / "documents", folder / "index")
    live = LiveAssistant.open(folder / "index" / "officers", FakeEncoder())
    records = Records(folder / "records")
    app = create_app(live.current, small_council.SECRET, records=records)
    if reported:
        answer = answer_json(live.current().answer(small_council.QUESTION))
        for wrong, comment in (("wrong quote", "It says twenty."), ("other", "")):
            add(records, small_council.QUESTION, answer, "20260304T050607-0a1b2c3d", wrong, comment, datetime.now(UTC))

    @app.before_request
    def meet() -> None:
        g.visitor = Visitor("p.example@westmarch.example", Access.OFFICERS)

    return app


def signing_in(folder: Path) -> Flask:
    """With a provider to sign in with, which does not answer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_OPENID_CLIENT_SECRET", "a secret of the provider's")
        openid = {"issuer": "http://127.0.0.1:9", "client_id": "papers"}
        return small(folder, settings=Settings.model_validate({"openid": openid}))


def busy(folder: Path) -> Flask:
    """Where everybody who asks comes too many."""
    app = small(folder)

    def crowded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith("/static/"):
            environ[BUSY] = True
        return pages(environ, start_response)

    pages, app.wsgi_app = app.wsgi_app, crowded  # type: ignore[method-assign]
    return app


SERVED: dict[str, Callable[[Path], Flask]] = {
    "loading": lambda folder: small(folder, model=False, loading=True),
    "words alone": lambda folder: small(folder, model=False),
    "stated": lambda folder: small(folder, settings=STATED),
    "many": lambda folder: small(folder, **{f"paper-{number}": f"Paper {number}.\n" for number in range(110)}),
    "empty": empty,
    "troubled": troubled,
    "changed": later(CHANGED),
    "gone": later(GONE),
    "broken": lambda _: failing(RuntimeError("a mistake of ours")),
    "no index": lambda _: failing(IndexMissing("There is no index.")),
    "officers": for_officers,
    "nothing reported": lambda folder: for_officers(folder, reported=False),
    "sign-in": signing_in,
    "busy": busy,
}
