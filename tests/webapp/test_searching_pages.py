"""The search page: its form, filters, results and pages, and whatever documents and searches hold, as words."""

from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from asking import reading
from fakes import FakeEncoder
from flask.testing import FlaskClient
from officers import ATTACK, Page, client_of_five, hostile_client, page
from small_council import SECRET

from assistant.search.facets import NOT_STATED, Count
from assistant.search.query import HELP
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.pages.paging import numbers
from webapp.pages.searching import FEW, in_words


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of_five(tmp_path_factory)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return hostile_client(tmp_path_factory.mktemp("hostile"))


STATES = {
    "nothing asked": "/search",
    "best": "/search?q=caseloads+of+social+workers",
    "every": "/search?q=caseloads&read=every",
    "page 3": "/search?q=ofsted&page=3",
    "filters": "/search?q=ofsted&council=Medway+Council&role=finding&role=discussion",
    "no words": "/search?q=role%3Adecision",
    "no result": "/search?q=%22no+such+words%22",
    "no such council": "/search?q=council%3Awestmarch",
    "days": "/search?q=from%3A2022+social",
    "stop words": "/search?q=the+of",
    "table rows": "/search?q=role%3Arisk+-medway",
    "filter of nothing": "/search?q=ofsted&council=Nowhere",
}


@pytest.mark.parametrize("state", STATES)
def test_every_page_is_well_formed_and_every_link_is_answered(five: FlaskClient, state: str) -> None:
    found = page(five, STATES[state])
    assert found.links
    for link in sorted({link for link in found.links if not link.startswith("#")}):
        assert urlsplit(link).netloc == ""
        response = five.get(urljoin(STATES[state], link), follow_redirects=True)
        assert response.status_code == 200, link
    for link in found.links:
        assert not link.startswith("#") or link[1:] in found.ids


def test_the_examples_of_the_help_are_read(five: FlaskClient) -> None:
    shown = page(five, "/search")
    for example, meaning in HELP:
        assert example in shown.said() and meaning in shown.said()
        assert five.get(f"/search?q={quote(example)}").status_code == 200


def test_a_page_of_results(five: FlaskClient) -> None:
    shown = page(five, "/search?q=churn&read=every")
    assert "2 passages in 1 of 5 documents" in shown.said()
    assert "4 documents searched have no match." in shown.said()
    assert "Gloucestershire County Council, date not stated" in shown.said()
    assert len(shown.all("article", **{"class": "result"})) == 2
    html = five.get("/search?q=churn&read=every").get_data(as_text=True)
    assert html.count("<mark>churn</mark>") == 2
    assert [given["value"] for given in shown.all("input", name="passage")] == [
        link.removeprefix("/passages/") for link in shown.links if link.startswith("/passages/")
    ]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/search?q=%22no+such+words%22", "No passage found in 5 documents searched"),
        ("/search?q=council%3Awestmarch", "No document here is from “westmarch”."),
        ("/search?q=from%3A2022+social&read=every", "12 more in documents whose date is not known. Include them"),
        ("/search?q=the+of", "Nothing was searched for: the, of are left aside, as too common."),
        ("/search?q=the", "Nothing was searched for: the is left aside, as too common."),
        ("/search?q=the+caseload", "Left aside, as too common: the."),
        ("/search?q=brazil&read=every", "1 passage in 1 of 5 documents"),
        ("/search?q=role%3Arecommendation", "Recommended only"),
        ("/search?q=outcome%3Anoted+role%3Adecision", "noted"),
        ("/search?q=outcome%3Aresolved+role%3Adecision", "resolved a) That the report be noted; (and 1 more)"),
        ("/search?like=nothing", "The passage that similar ones were asked for is no longer held."),
    ],
    ids=[
        "no result",
        "no council",
        "undated",
        "stop words",
        "one stop word",
        "ignored",
        "one",
        "recommended",
        "noted",
        "resolved",
        "like",
    ],
)
def test_what_a_page_says(five: FlaskClient, address: str, words: str) -> None:
    assert words in page(five, address).said()


MISTAKES = [
    ("q=" + quote('"><script>alert(1)'), '"><script>alert(1)', "opens a quotation that is not closed"),
    ("q=" + "x" * 1_001, "x" * 1_001, "is 1,001 characters long: shorten it to 1,000 at most."),
    ("q=nofield%3Ax", "nofield:x", "names no field."),
    ("q=caseloads&from=soon", "caseloads", '“from:"soon"” is no date: write from:2019'),
    ("q=caseloads&from=2020&to=2019", "caseloads", "end before they begin"),
    ("q=" + quote("(a"), "(a", "opens a bracket that is not closed"),
]


@pytest.mark.parametrize(("query", "typed", "says"), MISTAKES, ids=[says for _, _, says in MISTAKES])
def test_a_mistake_is_explained_and_the_form_filled_again(five: FlaskClient, query: str, typed: str, says: str) -> None:
    shown = page(five, f"/search?{query}&read=every&sort=oldest&size=25&role=risk", 422)
    assert says in shown.said()
    assert "The search could not be read" in shown.said()
    assert shown.said().startswith("Error: ")
    assert [given["value"] for given in shown.all("input", id="q")] == [typed]
    assert "checked" in shown.all("input", name="read", value="every")[0]
    assert "selected" in shown.all("option", value="oldest")[0]
    assert [given["value"] for given in shown.all("input", name="role", type="hidden")] == ["risk"]
    feed = five.get(f"/search.atom?{query}")
    assert (feed.status_code, feed.mimetype) == (422, "text/plain")


def test_the_longest_search_is_read(five: FlaskClient) -> None:
    words = ("caseloads " * 100).strip()
    assert len(words) == 999
    shown = page(five, f"/search?q={quote(words)}")
    assert [given["value"] for given in shown.all("input", id="q")] == [words]


@pytest.mark.parametrize("read", ["best", "every"])
@pytest.mark.parametrize("size", [10, 25, 100])
def test_the_pages_link_each_result_once(five: FlaskClient, read: str, size: int) -> None:
    address: str | None = f"/search?q=social&read={read}&size={size}"
    seen: list[str] = []
    while address:
        shown = page(five, address)
        seen += [given["value"] for given in shown.all("input", name="passage")]
        following = shown.all("a", rel="next")
        address = urljoin("/search", following[0]["href"]) if following else None
    total = int(shown.said().split(" passages in ")[0].split()[-1])
    assert len(seen) == len(set(seen)) == total > size // 3


@pytest.mark.parametrize(
    ("number", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 9, [1, 2, 3, None, 9]),
        (5, 9, [1, None, 3, 4, 5, 6, 7, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 7, 8, 9]),
    ],
    ids=["one", "two", "first", "middle", "near the first", "last"],
)
def test_numbers_of_pages(number: int, pages: int, shown: list[int | None]) -> None:
    assert numbers(number, pages) == shown


@pytest.mark.parametrize(
    ("value", "words"),
    [("minutes", "Minutes"), ("Ofsted as reported", "Ofsted as reported"), (NOT_STATED, "Not stated"), ("", "")],
    ids=str,
)
def test_a_facets_value_in_words(value: str, words: str) -> None:
    assert in_words(Count(value, 1)) == words


def test_a_filter_is_added_and_removed_by_its_link(five: FlaskClient) -> None:
    shown = page(five, "/search?q=caseloads&read=every")
    link = next(link for link in shown.links if "council=Middlesbrough" in link)
    chosen = page(five, urljoin("/search", link))
    assert "1 passage in 1 of 1 document" in chosen.said()
    removing = [given["href"] for given in chosen.all("a", **{"class": "chosen"})]
    assert removing == ["?q=caseloads&read=every"]
    assert [given["value"] for given in chosen.all("input", name="council", type="hidden")] == ["Middlesbrough Council"]


def test_of_many_values_the_rest_are_behind_a_line(tmp_path: Path) -> None:
    documents = [reading(f"d{n}", f"Caseloads of place {n}.", council=f"Council {n:02}") for n in range(FEW + 3)]
    build(documents, tmp_path, FakeEncoder())
    client = create_app(LiveAssistant.open(tmp_path, FakeEncoder()).current, SECRET).test_client()
    assert "3 more: Council" in page(client, "/search?q=caseloads").said()


HOSTILE = [
    "/search?q=caseloads",
    "/search?q=caseloads&read=every",
    "/search?q=" + quote(f'caseloads -"{ATTACK.replace(chr(34), "")}"'),
    "/search?q=caseloads&council=" + quote(f"Council {ATTACK}"),
    "/search?q=caseloads&council=" + quote(ATTACK) + "&body=" + quote(ATTACK),
    "/search?like=" + quote(ATTACK),
    "/search?q=%00caseloads%08&read=" + quote(ATTACK),
    "/search?q=council:" + quote(ATTACK.replace('"', "").replace("(", "").replace(")", "")),
]


@pytest.mark.parametrize("address", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(hostile: FlaskClient, address: str) -> None:
    response = hostile.get(address)
    assert response.status_code in (200, 422)
    html = response.get_data(as_text=True)
    shown = Page(html)
    assert [given.get("src", "").split("?")[0] for given in shown.all("script")] == [
        "/static/copy.js",
        "/static/search.js",
    ]
    assert "{{" not in html or "{{ 7*7 }}" in shown.words
    assert not any(name.startswith("on") for _, given in shown.elements for name in given)


def test_links_of_hostile_documents_are_answered(hostile: FlaskClient) -> None:
    shown = page(hostile, "/search?q=caseloads&read=every")
    assert len(shown.all("article", **{"class": "result"})) >= 5
    for link in sorted({link for link in shown.links if not link.startswith("#")}):
        response = hostile.get(urljoin("/search", link), follow_redirects=True)
        assert response.status_code == 200, link
        if response.mimetype == "text/html":
            Page(response.get_data(as_text=True))
