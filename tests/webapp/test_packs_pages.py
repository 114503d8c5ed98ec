"""Evidence packs as pages and downloads: every state is an address, and works without script."""

import csv
import io
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import docx
import pytest
from flask.testing import FlaskClient
from small_council import page

from assistant.exports.pack import MOST_PASSAGES
from webapp.live import LiveAssistant


@pytest.fixture
def ids(live: LiveAssistant) -> list[str]:
    """A bullet of the minutes, a paragraph and a table row of the report."""
    index = live.current().index
    found = []
    for document, words in (("visit-minutes", "twelve"), ("cabinet-report", "five days"), ("cabinet-report", "Budget")):
        held = index.document(document)
        assert held is not None
        found.append(next(one.id for one in held.passages if words in one.text))
    return found


def address(ids: list[str], ending: str = "", **more: str) -> str:
    return f"/pack{ending}?{urlencode([*(('passage', id) for id in ids), *more.items()])}"


def test_a_pack_is_a_page(client: FlaskClient, ids: list[str]) -> None:
    html = page(client, address(ids, searched="foster carers"))
    assert re.findall(r'<li class="evidence" id="(passage-\d)" value="(\d)">', html) == [
        ("passage-1", "1"),
        ("passage-2", "2"),
        ("passage-3", "3"),
    ]
    assert "Searched for: foster carers" in html
    assert "Members of Westmarch Council considered the report and asked about: […]" in html
    assert '<a href="/documents/cabinet-report?start=288&amp;end=329#cited">Open in the document' in html
    assert "<dt>Risk</dt>" in html
    assert '<a href="#passage-2">as for passage 2</a>' in html
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?! src=\"/static/)", html)


def test_the_page_leads_to_its_downloads(client: FlaskClient, ids: list[str]) -> None:
    html = page(client, address(ids, searched="foster carers"))
    for ending in (".docx", ".md", ".csv"):
        link = unescape(re.findall(rf'href="(/pack\{ending}[^"]*)"', html)[0])
        assert parse_qs(urlsplit(link).query) == {"passage": ids, "searched": ["foster carers"]}
        assert client.get(link).status_code == 200


def test_a_passage_is_removed_by_an_address(client: FlaskClient, ids: list[str]) -> None:
    html = page(client, address(ids, searched="carers"))
    assert re.findall(r'name="without" value="([^"]+)"', html) == ids
    assert re.findall(r'type="hidden" name="passage" value="([^"]+)"', html) == ids
    response = client.get(address(ids, searched="carers", without=ids[1]))
    assert response.status_code == 303
    left = urlsplit(response.headers["Location"])
    assert left.path == "/pack"
    assert parse_qs(left.query) == {"passage": [ids[0], ids[2]], "searched": ["carers"]}


def test_the_last_passage_removed_leaves_an_empty_pack(client: FlaskClient, ids: list[str]) -> None:
    html = client.get(address(ids[:1], without=ids[0]), follow_redirects=True).get_data(as_text=True)
    assert "There is nothing in this pack yet." in html


@pytest.mark.parametrize("query", ["", "?passage=", "?passage=%20&searched=x"], ids=["none", "empty", "blank"])
def test_an_empty_pack_says_how_to_fill_it(client: FlaskClient, query: str) -> None:
    html = page(client, f"/pack{query}")
    assert "tick the passages that you want" in html
    assert '<a href="/search">Search the documents</a>' in html
    assert "/pack.docx" not in html


@pytest.mark.parametrize("ending", [".docx", ".md", ".csv"])
def test_an_empty_pack_is_no_file(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/pack{ending}")
    assert (response.status_code, response.headers["Location"]) == (303, "/pack")


def test_what_is_gone_is_said(client: FlaskClient, ids: list[str]) -> None:
    html = page(client, address([ids[0], "gone/<b>"]))
    assert "Some passages are no longer in the documents" in html
    assert '<li><bdi>gone/&lt;b&gt;</bdi> <a href="/passages/gone/%3Cb%3E">' in html
    kept = unescape(re.findall(r'<a href="([^"]+)">Take them out of this pack</a>', html)[0])
    assert parse_qs(urlsplit(kept).query) == {"passage": ids[:1]}


@pytest.mark.parametrize("ending", ["", ".docx", ".md", ".csv"], ids=["page", "docx", "md", "csv"])
def test_too_many_are_refused_in_words(client: FlaskClient, ending: str) -> None:
    response = client.get(address([f"a/{number}" for number in range(MOST_PASSAGES + 1)], ending))
    assert response.status_code == 422
    assert response.mimetype == "text/html"
    assert "A pack holds at most 200 passages, and 201 were chosen." in response.get_data(as_text=True)


def test_words_that_are_too_long_are_refused(client: FlaskClient, ids: list[str]) -> None:
    assert client.get(address(ids, searched="x" * 1000)).status_code == 200
    response = client.get(address(ids, searched="x" * 1001))
    assert response.status_code == 422
    assert "may have 1,000 characters" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("searched", "name"),
    [
        ("", "evidence"),
        ("Foster carers", "evidence-foster-carers"),
        ("café “naïve”", "evidence-cafe-naive"),
        ('x"; filename=evil.exe\r\nSet-Cookie: a=b', "evidence-x-filename-evil-exe-set-cookie-a-b"),
        ("../../etc/passwd", "evidence-etc-passwd"),
        ("日本語", "evidence"),
        ("word " * 20, "evidence-word-word-word-word-word-word-word-word"),
    ],
    ids=["none", "words", "accents", "header injection", "path", "not ASCII", "long"],
)
def test_a_file_has_a_plain_name(client: FlaskClient, ids: list[str], searched: str, name: str) -> None:
    response = client.get(address(ids, ".md", searched=searched))
    found = response.headers["Content-Disposition"]
    stamp = re.fullmatch(rf'attachment; filename="{name}-(\d{{4}}-\d\d-\d\d)\.md"', found)
    assert stamp
    assert date.fromisoformat(stamp[1])
    assert "Set-Cookie" not in response.headers


def test_the_downloads_are_what_they_say(client: FlaskClient, ids: list[str]) -> None:
    got = {ending: client.get(address(ids, f".{ending}", searched="carers")) for ending in ("docx", "md", "csv")}
    assert {ending: response.mimetype for ending, response in got.items()} == {
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "md": "text/markdown",
        "csv": "text/csv",
    }
    assert docx.Document(io.BytesIO(got["docx"].data)).paragraphs[0].text == "Evidence pack: carers"
    assert got["md"].data.decode("utf-8").startswith("# Evidence pack: carers\n")
    assert got["csv"].data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(got["csv"].data.decode("utf-8-sig"), newline="")))
    assert [row["Passage id"] for row in rows] == ids
    assert rows[0]["Link"] == "http://localhost/passages/visit-minutes/09166d03d7b5"
    assert all(response.headers["Cache-Control"] == "private, no-cache" for response in got.values())


@pytest.mark.parametrize(
    ("length", "title"), [(80, f"Evidence pack: {'x' * 80}"), (81, "Evidence pack")], ids=["short", "long"]
)
def test_long_words_are_not_in_the_title(client: FlaskClient, ids: list[str], length: int, title: str) -> None:
    text = client.get(address(ids, ".md", searched="x" * length)).get_data(as_text=True)
    assert text.startswith(f"# {title}\n\nSearched for: {'x' * length}\n")


def test_a_permalink_leads_to_the_passage(client: FlaskClient, ids: list[str]) -> None:
    text = client.get(address(ids[1:2], ".md")).get_data(as_text=True)
    link = re.findall(r"\[Open in the document\]\(<http://localhost(/[^>]+)>\)", text)[0]
    assert client.get(link).headers["Location"] == "/documents/cabinet-report?start=288&end=329#cited"


def test_hostile_words_stay_text(client: FlaskClient, ids: list[str]) -> None:
    html = page(client, address(ids, searched="<script>alert(1)</script>", passage='"><script>x</script>'))
    assert "<script>" not in html
    assert "Searched for: &lt;script&gt;alert(1)&lt;/script&gt;" in html
