"""The officers' search over the five documents, indexed once a session with the fake encoder."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from asking import DOCUMENTS, reading
from builders import document
from engines import OpenIndex
from fakes import FakeEncoder
from flask.testing import FlaskClient
from small_council import SECRET, UNLIMITED, index

from assistant.search.facets import Facet
from assistant.search.query import parse
from assistant.search.results import Result
from assistant.search.search import SIZES, Order, Reading, Search, Searcher
from corpus.collection import Collection
from corpus.model import Document, Role
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant

ATTACK = "\"><script>alert(1)</script>'&{{ 7*7 }}"
SHORT = {
    "gloucestershire-outcome-letter-2019": "glo",
    "leicestershire-progress-report-2019": "lei",
    "medway-cabinet-2019-09-03": "cab",
    "medway-monitoring-visit-2020": "med",
    "middlesbrough-corporate-parenting-board-2022": "mid",
}


def folder_of_five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of their index."""
    folder = tmp_path_factory.getbasetemp() / "five-with-the-fake-encoder"
    if not folder.exists():
        index(DOCUMENTS, folder)
    return folder


@cache
def documents_of_five() -> tuple[Document, ...]:
    """The five documents."""
    return tuple(Collection.open([DOCUMENTS]).read().documents)


def searcher_of_five(open_index: OpenIndex) -> Searcher:
    """A searcher of them, opened anew."""
    return Searcher(open_index(documents_of_five(), place="five"))


def client_of_five(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Their pages."""
    live = LiveAssistant.open(folder_of_five(tmp_path_factory), FakeEncoder())
    return create_app(live.current, SECRET, settings=UNLIMITED).test_client()


def every(query: str, *chosen: tuple[Facet, str], undated: bool = True) -> Search:
    """A search for every mention."""
    return Search(parse(query), Reading.EVERY, chosen=frozenset(chosen), undated=undated)


def best(query: str, *chosen: tuple[Facet, str], order: Order = Order.BEST) -> Search:
    """A search for the best passages."""
    return Search(parse(query), order=order, chosen=frozenset(chosen))


def between(query: str, first: str, last: str, undated: bool) -> Search:
    """A search for every mention within the days chosen beside the query; a blank one is open."""
    days = [date.fromisoformat(day) if day else None for day in (first, last)]
    return Search(parse(query), Reading.EVERY, first=days[0], last=days[1], undated=undated)


def found(searcher: Searcher, search: Search, size: int = SIZES[-1]) -> list[Result]:
    """The results of all pages of a search, in order."""
    first = searcher.search(search, 1, size)
    more = (searcher.search(search, page, size).results for page in range(2, first.pages + 1))
    return [*first.results, *(result for results in more for result in results)]


def named(results: Iterable[Result]) -> list[str]:
    """Results by their document's short name and their reference: "cab: para 4.1"."""
    return [f"{SHORT[one.passage.document]}: {one.passage.reference}" for one in results]


class Page(HTMLParser):
    """A page as it was sent: its links, ids, form fields and words. An element closed out of turn is an error."""

    _VOID = frozenset({"meta", "link", "input", "br", "hr", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        assert len(given) == len(attributes), f"an attribute of <{tag}> is given twice"
        self.elements.append((tag, given))
        self.links += [given["href"]] if tag == "a" else []
        self.ids += [given["id"]] if "id" in given else []
        if tag not in self._VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open[-1] == tag, f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.words += data

    def said(self) -> str:
        """The words on one line."""
        return " ".join(self.words.split())

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The attributes of every element of this name that has these."""
        found = (given for name, given in self.elements if name == tag)
        return [given for given in found if attributes.items() <= given.items()]


def page(client: FlaskClient, address: str, code: int = 200) -> Page:
    """A page that is answered with this code."""
    response = client.get(address)
    assert response.status_code == code
    return Page(response.get_data(as_text=True))


def hostile_client(folder: Path) -> FlaskClient:
    """Pages over documents whose every fact and word is an attack, or what no page can hold."""
    minutes = (
        f"Agenda item\n\n{ATTACK}\n\nMinutes:\n\nCaseloads {ATTACK} ]]> \x00\x08 \ufffe were high.\n\n"
        f"RESOLVED:\n\na) That {ATTACK} be noted;\n\nb) That </article></main> caseloads be noted.\n"
    )
    report = (
        f"CABINET\n\nCASELOADS\n\n1. Caseloads\n\n1.1 Caseloads {ATTACK} were high.\n\n"
        f"2. Legal implications {ATTACK} risk\n\n2.1 {ATTACK}\n\nRisk\tRating\n<p>{ATTACK}</p>\t<b>C3 caseloads\n\n"
        "3. Recommendations\n\n3.1 The Cabinet is asked to note caseloads.\n"
    )
    half = document(
        "Caseloads \ud800 were high.",
        "That \udfff caseloads be noted.",
        id="half",
        facts={"council": "\ud800 Council", "body": "\udfff", "title": "\ud800"},
        role=Role.DECISION,
        headings=("Legal implications \ud800",),
    )
    build(
        [
            half,
            reading(
                "a", minutes, council=f"Council {ATTACK}", body=ATTACK, title=f"{ATTACK}\x00\ud800", kind="minutes"
            ),
            reading(f"b {ATTACK[:9]}", report, council="Council", title="]]>", kind="report", date="2021-03-04"),
        ],
        folder,
        FakeEncoder(),
    )
    return create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET, settings=UNLIMITED).test_client()
