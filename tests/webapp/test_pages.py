"""Documents as pages: laid out as their outline says, whole, with what a citation points at marked."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import small_council
from asking import DOCUMENTS
from builders import document
from fakes import FakeEncoder
from five_documents import FIVE
from flask import render_template
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from small_council import SECRET

from corpus.collection import read_document
from corpus.display import plain
from corpus.model import Document, Form, Span
from index.build import build
from webapp.app import create_app
from webapp.layout.passages import laid_out
from webapp.live import LiveAssistant
from webapp.pages.documents import Cited

REPORT = small_council.REPORT


class Reader(HTMLParser):
    """The words of a document's own text on its page, its ids, headings and marks."""

    _UNSAID = ("self-link", "vh")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.marked: list[str] = []
        self.ids: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.cited = 0
        self._open: list[tuple[str, str]] = []
        self._inside = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if "id" in given:
            self.ids.append(given["id"])
        self.cited += given.get("id") == "cited"
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self._open.append((tag, given.get("class", "")))

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        classes = {name for _, found in self._open for name in found.split()}
        if self.headings and self._open and re.fullmatch("h[1-6]", self._open[-1][0]):
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data.strip())
        if "document-text" in classes and not classes.intersection(self._UNSAID):
            self.words.append(data)
            if any(tag == "mark" for tag, _ in self._open):
                self.marked.append(data)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    live = small_council.live(tmp_path_factory.mktemp("council"), FakeEncoder())
    return create_app(live.current, SECRET).test_client()


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    folder = tmp_path_factory.mktemp("five")
    small_council.index(DOCUMENTS, folder)
    return create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET).test_client()


def read(client: FlaskClient, address: str) -> Reader:
    return Reader(client.get(address).get_data(as_text=True))


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def cited(text: str, words: str, name: str = "cabinet-report") -> str:
    start = text.index(words)
    return f"/documents/{name}?start={start}&end={start + len(words)}"


@pytest.mark.parametrize("found", FIVE, ids=lambda found: found.id)
def test_a_page_shows_the_whole_document_in_order(five: FlaskClient, found: Document) -> None:
    page = read(five, f"/documents/{found.id}")
    rules = [one for one in found.passages if one.form is Form.RULE]
    expected = "".join(one.text for one in found.passages if one not in rules)
    expected = re.sub(r"</?(?:p|br)>", "", expected)
    assert letters("".join(page.words)) == letters(expected)
    assert {one.anchor for one in found.passages if one not in rules} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


_LINES = st.sampled_from(
    [
        "Agenda item",
        "Minutes:",
        "RESOLVED:",
        "1. Findings",
        "- 1.1 The report",
        "·       a bullet",
        "i)   a point",
        "\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 a bullet without its glyph",
        "Author:\tPat Example",
        "Risk\tRating",
        "A long cell of more than forty characters in all\tB2",
        "<p>tagged</p>\t<br>cell",
        "--\t---",
        "<script>alert('x')</script> & \"quoted\"",
        "<mark id=cited>",
        "",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(_LINES, st.text(max_size=20)), min_size=1, max_size=12), st.integers(0, 80), st.integers(1, 80)
)
def test_any_text_is_shown_whole_and_stays_text(client: FlaskClient, lines: list[str], start: int, length: int) -> None:
    text = "\n".join(lines)
    found = read_document("any", "any.txt", text, None)
    span = Span(start, min(start + length, len(text)))
    with client.application.test_request_context():
        html = render_template(
            "document.html",
            document=found,
            parts=laid_out(text, found.passages, [span]),
            contents=[],
            cited=Cited(span),
            turn=None,
        )
    page = Reader(html)
    visible = [one for one in found.passages if one.form is not Form.RULE]
    assert letters("".join(page.words)) == letters("".join(plain(one.text) for one in visible))
    wanted = "".join(plain(text[max(span.start, one.start) : min(span.end, one.end)]) for one in visible)
    if "<" not in text:  # otherwise the span may cut a tag in two
        assert letters("".join(page.marked)) == letters(wanted)
        assert page.cited == bool(letters(wanted))
    assert "<script>" not in html


@pytest.mark.parametrize("name", ["medway-cabinet-2019-09-03", "middlesbrough-corporate-parenting-board-2022"])
def test_headings_go_down_one_rank_at_a_time(five: FlaskClient, name: str) -> None:
    ranks = [int(tag[1]) for tag, _ in read(five, f"/documents/{name}").headings]
    assert ranks[0] == 1
    assert ranks.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_a_citation_marks_its_words_and_nothing_else(client: FlaskClient) -> None:
    page = read(client, cited(REPORT, "The inspectors visited for five days."))
    assert "".join(page.marked) == "The inspectors visited for five days."
    assert page.cited == 1


def test_a_citation_may_run_over_several_passages(client: FlaskClient) -> None:
    words = REPORT[REPORT.index("two areas") : REPORT.index("& others") + len("& others")]
    page = read(client, cited(REPORT, words))
    assert letters("".join(page.marked)) == letters(re.sub("</?b>", "", words))
    assert page.cited == 1


def test_a_citation_of_a_row_marks_its_cells(client: FlaskClient) -> None:
    page = read(client, cited(REPORT, "Staffing\tVacancies in the safeguarding teams"))
    assert page.marked == ["Staffing", "Vacancies in the safeguarding teams"]


@pytest.mark.parametrize(
    "query",
    [
        "start=5",
        "end=5",
        "start=x&end=9",
        "start=9&end=5",
        "start=-3&end=5",
        "start=0&end=99999999",
        "start=5&end=5",
        "start=",
        "start=7&end=8",
    ],
    ids=str,
)
def test_a_citation_that_points_nowhere_is_said_plainly(client: FlaskClient, query: str) -> None:
    response = client.get(f"/documents/cabinet-report?{query}")
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert "The whole document is below." in html
    assert "You came from a citation" not in html
    assert "<mark" not in html
    assert "The inspectors visited for five days." in html


@pytest.mark.parametrize(
    ("turn", "back"), [("", "/"), ("&turn=3", "/#turn-3"), ("&turn=x", "/")], ids=["none", "turn", "not a number"]
)
def test_a_citation_says_the_way_back(client: FlaskClient, turn: str, back: str) -> None:
    html = client.get(cited(small_council.MINUTES, "twelve", "visit-minutes") + turn).get_data(as_text=True)
    assert "You came from a citation." in html
    assert f'<a href="{back}">Back to your questions</a>' in html
    assert '<a href="https://council.example/visit" rel="noopener noreferrer">' in html


def test_hostile_text_stays_text(client: FlaskClient) -> None:
    html = client.get("/documents/cabinet-report").get_data(as_text=True)
    assert "missing &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; children" in html
    assert "<script>" not in html
    assert "The supply of placements for teenagers &amp; others" in html


def test_hostile_facts_stay_text_and_are_not_linked(tmp_path: Path) -> None:
    hostile = '<img src=x onerror="alert(1)">'
    facts: dict[str, str | None] = {"title": hostile, "council": hostile, "url": "javascript:alert(1)"}
    made = document(f"{hostile} \ud800 was said.", id="bad", facts=facts)
    build([made], tmp_path, FakeEncoder())
    client = create_app(LiveAssistant.open(tmp_path, FakeEncoder()).current, SECRET).test_client()
    client.post("/ask", data={"question": "what was said"})
    for address in ("/", "/documents", "/documents/bad"):
        html = client.get(address).get_data(as_text=True)
        assert "<img" not in html
        assert "javascript:" not in html
        assert "&lt;img src=x" in html
    assert "\ufffd was said." in html
    assert client.post("/ask", json={"question": "what was said"}).status_code == 200


def test_the_list_says_what_is_known_and_how(client: FlaskClient) -> None:
    html = client.get("/documents").get_data(as_text=True)
    assert re.findall(r"<dt>Date</dt>\s*<dd[^>]*><bdi>([^<]*)</bdi></dd>", html) == ["4 March 2021", "Not stated"]
    assert re.findall(r'<dd class="known">([^<]*)', html) == ["supplied", "", "", "supplied", "", "supplied", "", ""]
    span = REPORT.index("4 MARCH 2021")
    assert f'href="/documents/cabinet-report?start={span}&amp;end={span + 12}#cited"' in html


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A list of 230 documents, of two councils by turns."""
    made = [
        document(
            "Members noted it.", id=f"paper-{n}", facts={"title": f"Paper {n}", "council": ("Kent", "Leeds")[n % 2]}
        )
        for n in range(230)
    ]
    folder = tmp_path_factory.mktemp("many")
    build(made, folder, FakeEncoder())
    return create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET).test_client()


@pytest.mark.parametrize(
    ("query", "first", "shown", "said"),
    [
        ("", "Paper 0", 100, None),
        ("?page=3", "Paper 200", 30, None),
        ("?page=99", "Paper 200", 30, None),
        ("?page=-1", "Paper 0", 100, None),
        ("?page=x", "Paper 0", 100, None),
        ("?find=leeds", "Paper 1", 100, "115 documents have"),
        ("?find=LEEDS+paper-7", "Paper 7", 6, "6 documents have"),
        ("?find=paper-229", "Paper 229", 1, "1 document has"),
        ("?find=%3Cimg%3E", None, 0, "0 documents have"),
    ],
    ids=[
        *("the first page", "the last", "after the last", "before the first", "no number"),
        *("a council", "several words", "one", "none, and hostile"),
    ],
)
def test_a_long_list_is_paged_and_searched(
    many: FlaskClient, query: str, first: str | None, shown: int, said: str | None
) -> None:
    html = many.get(f"/documents{query}").get_data(as_text=True)
    titles = re.findall(r"<h2><a [^>]*><bdi>([^<]*)</bdi></a></h2>", html)
    assert (titles[0] if titles else None, len(titles)) == (first, shown)
    assert "230 documents are searched" in html
    assert said is None or said in html
    assert "<img>" not in html


def test_the_pages_of_a_long_list_keep_what_is_looked_for(many: FlaskClient) -> None:
    html = many.get("/documents?find=leeds").get_data(as_text=True)
    assert 'href="/documents?find=leeds&amp;page=2" rel="next"' in html
    assert 'aria-label="Pages of the list"' in html
    back = many.get("/documents?find=leeds&page=2").get_data(as_text=True)
    assert 'href="/documents?find=leeds" rel="prev"' in back


def test_a_short_list_needs_no_pages(client: FlaskClient) -> None:
    html = client.get("/documents").get_data(as_text=True)
    assert "find-form" not in html
    assert "Pages of the list" not in html


def test_no_documents_is_said(tmp_path: Path) -> None:
    build([], tmp_path, FakeEncoder())
    client = create_app(LiveAssistant.open(tmp_path, FakeEncoder()).current, SECRET).test_client()
    assert "There are no documents yet." in client.get("/documents").get_data(as_text=True)
    assert "There are no documents to search yet." in client.get("/").get_data(as_text=True)
    client.post("/ask", data={"question": "what was decided?"})
    assert "I did not find this in the documents." in client.get("/").get_data(as_text=True)
