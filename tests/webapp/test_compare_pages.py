"""The page that compares councils: every state is an address and works without script."""

import re
from pathlib import Path

import pytest
from asking import reading
from fakes import FakeEncoder
from flask.testing import FlaskClient
from small_council import SECRET, page

from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant

CARERS = """Agenda item

Fostering

Minutes:

Twelve foster carers were <b>recruited</b>.

RESOLVED:

That the report be noted.
"""
DOCUMENTS = (
    reading("ashford", CARERS, council="Ashford Council", title="Fostering in Ashford", date="2021-02-03"),
    reading("birchwood", "Bridges were inspected.", council="Birchwood <Council>", title="Bridges & roads"),
    reading("cedar", "Foster carers met.", council="Cedarshire County Council", title="Carers", date="2020-06-07"),
    reading("unknown", "Foster carers met elsewhere.", title="Nobody's"),
)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> LiveAssistant:
    """An assistant over documents of three councils, and one of nobody's."""
    folder = tmp_path_factory.mktemp("three")
    build(DOCUMENTS, folder, FakeEncoder())
    return LiveAssistant.open(folder, FakeEncoder())


@pytest.fixture
def councils(three: LiveAssistant) -> FlaskClient:
    return create_app(three.current, SECRET).test_client()


def columns(html: str) -> dict[str, str]:
    """What stands in each column, by the name of its council."""
    found = re.findall(
        r'<section class="column"[^>]*>\s*<h3[^>]*><bdi>(.*?)</bdi></h3>(.*?)</section>', html, re.DOTALL
    )
    return dict(found)


def said(html: str) -> str:
    """The words of a page or a part of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_form_alone_where_nothing_is_asked(councils: FlaskClient) -> None:
    html = page(councils, "/compare")
    assert re.findall(r'name="councils" value="([^"]+)"', html) == [
        "Ashford Council",
        "Birchwood &lt;Council&gt;",
        "Cedarshire County Council",
    ]
    assert said(html).count("1 document ") == 3
    assert columns(html) == {}
    assert '<form class="search-form compare-form" method="get" action="/compare"' in html


def test_a_column_each_with_passage_date_outcome_and_citation(councils: FlaskClient) -> None:
    html = page(councils, "/compare?councils=Cedarshire+County+Council&councils=Ashford+Council&q=foster+carers")
    assert list(columns(html)) == ["Cedarshire County Council", "Ashford Council"]
    ashford = columns(html)["Ashford Council"]
    assert "Twelve <mark>foster carers</mark>" in ashford
    assert '<strong class="badge badge-resolved">resolved</strong>' in ashford
    assert "3 February 2021" in ashford
    assert "data-citation" in ashford
    assert re.findall(r'id="result-(\d)"', html) == ["1", "2"]
    assert re.findall(r'name="councils" value="([^"]+)" checked', html) == [
        "Ashford Council",
        "Cedarshire County Council",
    ]


def test_an_empty_column_says_what_was_searched(councils: FlaskClient) -> None:
    html = page(councils, "/compare?councils=Ashford+Council&councils=Birchwood+%3CCouncil%3E&q=foster+carers")
    assert said(columns(html)["Birchwood &lt;Council&gt;"]) == (
        "No passage found in 1 document of Birchwood &lt;Council&gt; : Bridges &amp; roads date not stated"
    )
    assert "1 of 2 councils has a passage to the point" in said(html)


def test_none_chosen_is_said(councils: FlaskClient) -> None:
    html = page(councils, "/compare?q=foster+carers")
    assert sorted(columns(html)) == ["Ashford Council", "Birchwood &lt;Council&gt;", "Cedarshire County Council"]
    assert "You chose no council, so all 3 are here, the best match first." in said(html)
    assert "1 document that states no council is in no column." in said(html)
    assert " checked" not in html


def test_a_council_without_documents_in_scope_says_so(councils: FlaskClient) -> None:
    html = page(councils, "/compare?councils=Ashford+Council&q=council:cedarshire+carers")
    assert "No document of Ashford Council is left by the limits" in said(columns(html)["Ashford Council"])


def test_undated_documents_are_searched_and_that_is_said(councils: FlaskClient) -> None:
    html = page(councils, "/compare?q=from:2021+bridges")
    assert "Documents without a date are searched whatever the range of days." in said(html)
    assert "<mark>Bridges</mark>" in columns(html)["Birchwood &lt;Council&gt;"]


@pytest.mark.parametrize(
    ("address", "mistake"),
    [
        ("/compare?q=%22foster", "opens a quotation that is not closed"),
        ("/compare?q=the", "has no word to look for"),
        (
            "/compare?q=foster&councils=Kent",
            "No document here is from “Kent”. The documents are from: Ashford Council; Birchwood &lt;Council&gt;; "
            "Cedarshire County Council.",
        ),
    ],
    ids=["query", "stop words", "council"],
)
def test_mistakes_are_explained(councils: FlaskClient, address: str, mistake: str) -> None:
    response = councils.get(address)
    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert mistake in html
    assert "<title>Error: " in html
    assert columns(html) == {}


def test_long_lists_are_behind_a_line_that_opens(tmp_path: Path) -> None:
    """Many councils do not push the columns away, nor many documents a column."""
    many = [reading(f"d{n:02}", f"Roads of {n}.", council=f"Town{n} Council", title="Roads") for n in range(12)]
    more = [reading(f"e{n:02}", f"Parks of {n}.", council="Ashford Council", title=f"Park {n}") for n in range(14)]
    build([*many, *more], tmp_path, FakeEncoder())
    client = create_app(LiveAssistant.open(tmp_path, FakeEncoder()).current, SECRET).test_client()
    assert '<details class="more" open>' in page(client, "/compare")
    html = page(client, "/compare?q=roads&councils=Ashford&councils=Town1+Council")
    assert '<details class="more"><summary>Choose councils</summary>' in html
    assert html.count('name="councils"') == 13
    assert "Park 11" in said(columns(html)["Ashford Council"]).partition("2 more : documents of Ashford Council")[0]
    assert "No passage found in 14 documents" in said(columns(html)["Ashford Council"])


def test_a_limit_that_nothing_meets_is_said(councils: FlaskClient) -> None:
    html = page(councils, "/compare?q=council:kent+carers")
    assert "No document here is from “kent”." in html
    assert columns(html) == {}


def test_nothing_is_styled_or_scripted_in_the_page(councils: FlaskClient) -> None:
    html = page(councils, "/compare?q=foster+carers")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"/static/)", html)


def test_the_search_page_leads_here_with_its_query(councils: FlaskClient) -> None:
    html = page(councils, "/search?q=foster+carers")
    assert '<a href="/compare?q=foster+carers">Compare councils on this</a>' in html


@pytest.mark.parametrize(
    "address", ["/search", "/search?q=bridges&council=Nowhere", "/search?q=council:ashford+carers"], ids=str
)
def test_it_does_not_where_there_is_nothing_to_compare(councils: FlaskClient, address: str) -> None:
    assert "Compare councils on this" not in page(councils, address)
