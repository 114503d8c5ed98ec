"""What files are called, and the page of an agenda item."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.moderngov.naming import page_name, paper_name
from corpus.moderngov.page import page, sections
from corpus.moderngov.records import Item, Status

DAY = date(2019, 9, 3)
URL = "https://democracy.example.gov.uk/mgAi.aspx?ID=24253"


def item(
    title: str = "Ofsted update",
    minutes: str = "<p>Noted.</p>",
    decision: str = "",
    introduction: str = "",
    decided: bool = True,
    minuted: bool = True,
) -> Item:
    return Item("24253", "4.", title, introduction, minutes, decision, False, minuted, decided, ())


@pytest.mark.parametrize(
    ("body", "number", "title", "name"),
    [
        ("Cabinet", "4.", "Ofsted update", "cabinet/2019-09-03/04-ofsted-update-24253.html"),
        ("Cabinet", "12a", "Ofsted update", "cabinet/2019-09-03/12a-ofsted-update-24253.html"),
        ("Cabinet", "", "Ofsted update", "cabinet/2019-09-03/00-ofsted-update-24253.html"),
        ("Cabinet", "4", "../../x.pdf", "cabinet/2019-09-03/04-x-pdf-24253.html"),
        ("../..", "4", "CON", "body/2019-09-03/04-con-24253.html"),
        ("Cabinet", "4", "日本\0", "cabinet/2019-09-03/04-item-24253.html"),
        ("Children's Scrutiny", "4", "Café", "childrens-scrutiny/2019-09-03/04-cafe-24253.html"),
        (
            "Cabinet",
            "4",
            "The recommendations of the Children and Young People Overview and Scrutiny Committee on fostering",
            "cabinet/2019-09-03/04-the-recommendations-of-the-children-and-young-people-24253.html",
        ),
    ],
    ids=["plain", "a letter", "no number", "wicked", "a wicked body", "no letters", "accents", "long"],
)
def test_a_page_has_a_safe_name(body: str, number: str, title: str, name: str) -> None:
    assert page_name(body, DAY, number, title, "24253") == name


def test_papers_with_one_title_have_two_names() -> None:
    assert paper_name("Cabinet", DAY, "4.", "Report", "1", ".pdf") == "cabinet/2019-09-03/04-report-a1.pdf"
    assert paper_name("Cabinet", DAY, "4.", "Report", "2", ".pdf") == "cabinet/2019-09-03/04-report-a2.pdf"
    assert page_name("Cabinet", DAY, "4.", "Report", "1") == "cabinet/2019-09-03/04-report-1.html"


@given(st.text(), st.text(), st.text())
def test_no_title_leaves_the_folder(body: str, number: str, title: str) -> None:
    name = paper_name(body, DAY, number, title, "7", ".pdf")
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*/2019-09-03/[0-9]{2,4}[a-z]?-[a-z0-9-]+-a7\.pdf", name)
    assert len(name) < 160


def test_a_page_is_like_the_councils_own() -> None:
    found = page(
        item(introduction="<p>To consider the letter.</p>", decision="<p>Agreed.</p>"),
        "Westmarch & Moor",
        URL,
        Status.DRAFT,
    )
    assert found == (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<title>Agenda item - Ofsted update - Westmarch &amp; Moor</title>\n"
        '<link rel="canonical" href="https://democracy.example.gov.uk/mgAi.aspx?ID=24253">\n</head>\n<body>\n'
        "<h1>Ofsted update</h1>\n<p>Draft minutes.</p>\n<p>To consider the letter.</p>\n"
        "<h2>Minutes:</h2>\n<p>Noted.</p>\n<h2>Decision:</h2>\n<p>Agreed.</p>\n</body>\n</html>\n"
    )


@pytest.mark.parametrize(
    ("status", "line"),
    [(Status.DRAFT, "<p>Draft minutes.</p>"), (Status.CONFIRMED, "<p>Minutes confirmed.</p>"), (Status.NOT_STATED, "")],
    ids=["draft", "confirmed", "not stated"],
)
def test_a_page_says_whether_its_minutes_are_confirmed(status: Status, line: str) -> None:
    found = page(item(), "", URL, status)
    assert f"<h1>Ofsted update</h1>\n{line + chr(10) if line else ''}<h2>" in found
    assert "<title>Agenda item - Ofsted update</title>" in found


@pytest.mark.parametrize(
    ("given", "parts"),
    [
        (item(), ["<h2>Minutes:</h2>", "<p>Noted.</p>"]),
        (item(minuted=False), []),
        (item(minuted=False, decision="Agreed."), ["<h2>Decision:</h2>", "Agreed."]),
        (item(decision="Agreed.", decided=False), ["<h2>Minutes:</h2>", "<p>Noted.</p>"]),
        (item(decision="<p>Noted.</p>"), ["<h2>Minutes:</h2>", "<p>Noted.</p>"]),
        (item(minutes="<p>\u00a0</p>", introduction="To receive apologies."), []),
    ],
    ids=["minutes", "unpublished", "decision alone", "unpublished decision", "the same twice", "no words"],
)
def test_only_what_is_published_is_in_a_page(given: Item, parts: list[str]) -> None:
    assert sections(given) == parts


@pytest.mark.parametrize(
    ("delivered", "kept"),
    [
        ('<p class="MsoNormal" style="margin:0">a\nb</p>', '<p class="MsoNormal" style="margin:0">a\nb</p>'),
        ("a<script>alert(1)</script>b", "ab"),
        ("a<style>p { color: red }</style>b", "ab"),
        ("a<!-- c -->b", "ab"),
        ("a<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]-->b", "ab"),
        ("<![if !supportLists]>a<![endif]>b", "ab"),
        ("<o:p>a</o:p>b", "ab"),
        ("a<img src=x onerror=alert(1)>b", "ab"),
        ('<p onclick="alert(1)" id="x">a</p>', "<p>a</p>"),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
        ('<a href="https://example.gov.uk/?a=1&amp;b=2">a</a>', '<a href="https://example.gov.uk/?a=1&amp;b=2">a</a>'),
        ('<p style="background:url(http://elsewhere/)">a</p>', "<p>a</p>"),
        ("<ul><li>a", "<ul><li>a</li></ul>"),
        ("a</div></body></html>b", "ab"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b>b"),
        ("a &lt;b&gt; &amp; c", "a &lt;b&gt; &amp; c"),
        ("<form action=x><input value=y>a</form>", "a"),
        ("a<br/>b<br>c", "a<br>b<br>c"),
    ],
    ids=[
        "as delivered", "script", "style", "comment", "Word's comment", "Word's list", "Word's tag", "image", "event",
        "script in a link", "link", "address in a style", "left open", "closed too often", "crossed", "escaped",
        "form", "line breaks",
    ],
)  # fmt: skip
def test_delivered_html_stays_within_its_part(delivered: str, kept: str) -> None:
    assert sections(item(minutes=delivered)) == ["<h2>Minutes:</h2>", kept]


@given(st.text(alphabet="<>/!-=\"'&;abpdiv scriptylehref\n"))
def test_no_html_runs_or_hides_what_follows(delivered: str) -> None:
    found = page(item(minutes=f"x{delivered}", decision="<p>The end.</p>"), "", URL, Status.NOT_STATED)
    assert found.endswith("<h2>Decision:</h2>\n<p>The end.</p>\n</body>\n</html>\n")
    between = found[found.index("<h2>Minutes") : found.index("<h2>Decision")]
    assert "<!--" not in between
    assert "<script" not in between


def test_a_title_is_text_wherever_it_stands() -> None:
    found = page(item(title='</title><script>"x"'), 'A"><b>', 'https://example.gov.uk/"><b>', Status.NOT_STATED)
    assert "<script>" not in found
    assert "<b>" not in found


def test_deep_nesting_keeps_the_words() -> None:
    _, kept = sections(item(minutes="<div>" * 5000 + "a" + "</div>" * 5000))
    assert kept == "<div>" * 100 + "a" + "</div>" * 100
