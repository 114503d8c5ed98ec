"""Reading web pages: what they say, line by line, and what they say of themselves."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from modern_gov import agenda_item

from corpus.collection import Collection, read_document
from corpus.folding import on_one_line
from corpus.reading import html
from corpus.reading.reading import Reading, UnreadableFile

PAGES = Path(__file__).parents[1] / "pages"
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


def lines(markup: bytes | str) -> list[str]:
    """The lines of a page, without the blank ones between them."""
    return html.reading(markup).text.removesuffix("\n").split("\n\n")


def headings(found: Reading) -> list[tuple[str, int]]:
    """The lines that are marked as headings, with their levels."""
    return [(found.text[heading.start :].split("\n")[0], heading.level) for heading in found.headings]


LINES: dict[str, tuple[str, list[str]]] = {
    "a paragraph is one line": ("<p>Staff\n  left in\r\n May.</p>", ["Staff left in May."]),
    "spans that break a word": ("<p>Case<span>loa<b>d</b></span>s</p>", ["Caseloads"]),
    "a Word paragraph": ('<p class="MsoNormal">Noted.<o:p>&nbsp;</o:p></p><p>&nbsp;</p>', ["Noted."]),
    "a broken end": ("<div>One<p>Two<div>Three", ["One", "Two", "Three"]),
    "words beside a list": ("<ul>Points<li>one<li>two</ul>after", ["Points", "- one", "- two", "after"]),
    "a typed bullet": ("<p>·&nbsp;&nbsp; one</p><p>• two</p><p>\uf0b7three</p>", ["- one", "- two", "- three"]),
    "a bullet typed within an item": ("<ul><li>• one</ul>", ["- one"]),
    "a letter drawn as a bullet": ("<p>o&nbsp;&nbsp;&nbsp;one</p><p>o one</p>", ["- one", "o one"]),
    "a bullet whose glyph was lost": (f"<p>{'&nbsp;' * 7}\none</p><p>&nbsp; two</p>", ["- one", "two"]),
    "a typed number": ("<p>i)&nbsp;&nbsp;&nbsp;&nbsp; one</p>", ["i) one"]),
    "numbers": ("<ol><li>one<li>two</ol>", ["1. one", "2. two"]),
    "a number to start at": ('<ol start="9"><li>one<li>two</ol>', ["9. one", "10. two"]),
    "a number of its own": ('<ol><li value="4">one<li>two</ol>', ["4. one", "5. two"]),
    "letters": ('<ol type="a" start="2"><li>one<li>two</ol>', ["b) one", "c) two"]),
    "Roman numerals": ('<ol type="i" start="4"><li>one<li>two</ol>', ["iv) one", "v) two"]),
    "capitals by their style": ('<ol style="list-style-type: upper-alpha"><li>one</ol>', ["A) one"]),
    "numbers within numbers": (
        '<ol><li>one<ol type="a"><li>in<ol type="i"><li>deep</ol></ol><li>two</ol>',
        ["1. one", "a) in", "i) deep", "2. two"],
    ),
    "a number that stands there already": ("<ol><li>1. one<li>two</ol>", ["1. one", "2. two"]),
    "an item of two paragraphs": ("<ol><li><p>one<p>more<li>two</ol>", ["1. one", "more", "2. two"]),
    "an absurd number": ('<ol start="99999999999"><li>one</ol>', ["1. one"]),
    "a list without marks": ('<ul style="list-style: none"><li>(i) one</ul>', ["(i) one"]),
    "a break that wraps": ("<p>We will recruit<br>more people.</p>", ["We will recruit more people."]),
    "two breaks": ("<p>One.<br>\n<br>Two.</p>", ["One.", "Two."]),
    "breaks before numbers": ("We agreed<br>1. one<br>2. two", ["We agreed", "1. one", "2. two"]),
    "a break after a label": (
        "<p>Decision:<br>Noted.</p><p>AGREED<br>That</p>",
        ["Decision:", "Noted.", "AGREED", "That"],
    ),
    "a break after strong words": ("<p><b>Staffing</b><br>They left.</p>", ["Staffing", "They left."]),
    "strong words over a break": ("<p><b>Staffing<br>and pay</b></p>", ["Staffing and pay"]),
    "a table": (
        "<table><tr><th>Area<th>Grade<tr><td>Leaders<td>Good</table>",
        ["Area\tGrade", "---\t---", "Leaders\tGood"],
    ),
    "a table without headers": ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["a\tb", "c\td"]),
    "cells of paragraphs and bullets": (
        "<table><tr><td><p>One.</p><p>Two.</p><td><ul><li>a<li>b</ul></table>",
        ["One. Two.\t- a - b"],
    ),
    "empty cells": ("<table><tr><td><td>b<td><tr><td>a<td><td>c</table>", ["–\tb\t–", "a\t\tc"]),
    "a cell over rows": (
        "<table><tr><td rowspan=2>Staff<td>one<td>x<tr><td>two<td>y</table>",
        ["Staff\tone\tx", "Staff\ttwo\ty"],
    ),
    "a cell over columns": (
        "<table><tr><td colspan=2>Risks<tr><td>a<td>b</table>",
        ["Risks", "a\tb"],
    ),
    "a table's caption": ("<table><caption>Grades</caption><tr><td>a<td>b</table>", ["Grades", "a\tb"]),
    "a table that lays out": ("<table><tr><td><h2>A</h2><p>one<td><p>two</table>", ["A", "one", "two"]),
    "a table in a table": (
        "<table><tr><td>menu<td><table><tr><td>a<td>b</table></table>",
        ["menu", "a\tb"],
    ),
    "a table of one column": ("<table><tr><td>one<tr><td>two</table>", ["one", "two"]),
    "a row without its tag": (
        "<table><thead><th>A</th><th>B</th></th><tr><td>1<td>2</table>",
        ["A\tB", "---\t---", "1\t2"],
    ),
    "items by their headers": (
        "<table><tr><th>No.<th>Item<tr><td>4.<td><p>Ofsted</p><p>Noted.<tr><td>5a<td>Pay</table>",
        ["4. Ofsted", "Noted.", "5a Pay"],
    ),
    "terms": ("<dl><dt>Date<dd>May<dt>Who?<dd>Me<dt>Left</dl>", ["Date\tMay", "Who?", "Me", "Left"]),
    "struck out": ("<p>un<del>safe</del><ins>sure</ins> <s>now</s> <span class=msoDel>x</span></p>", ["unsure"]),
    "a note's mark": ("<p>Children<sup><a href='#1'>1</a></sup> on the 3<sup>rd</sup></p>", ["Children on the 3rd"]),
    "the size of a file": (
        "<p><a href=a.pdf>Plan pdf icon PDF 127 KB</a></p><p>Plan (PDF, 1.2 MB)</p>",
        ["Plan", "Plan"],
    ),
    "escaped twice": ("<p>Children &amp;amp; Families&amp;nbsp;&amp;#39;s</p>", ["Children & Families 's"]),
    "signs that stay": ("<p>5 &lt; 6 &amp;lt; 7</p>", ["5 < 6 &lt; 7"]),
    "characters of Windows by number": ("<p>a &#150; b&#146;s</p>", ["a – b’s"]),
    "characters that nobody sees": ("<p>in\u00adspec\u200btion \u202ereport&#1;\x00</p>", ["inspection report"]),
    "as typed": ("<pre>Minutes of\nthe board\n\n1. Pay\n</pre>", ["Minutes of the board", "1. Pay"]),
    "scripts, styles and templates": (
        "<script>a<b</script><style>p{}</style><template><p>t</p></template><noscript>n</noscript>text",
        ["text"],
    ),
    "hidden": (
        '<p hidden>a</p><p style="DISPLAY : none">b</p><p aria-hidden=true>c</p><p class="sr-only">d</p><!-- e -->x',
        ["x"],
    ),
    "controls and drawings": (
        "<form><label>Name</label><input value=v><button>Go</button><select><option>o</select><textarea>t</textarea>"
        "<svg><text>s</text></svg><object>o</object><p>text</p></form>",
        ["text"],
    ),
    "furniture by its part": (
        "<header>h</header><nav>n</nav><div role=banner>b</div><main>text</main><aside>a</aside><footer>f</footer>",
        ["text"],
    ),
    "furniture by its name": (
        '<div class="cookie-banner">c</div><ul id=breadcrumb><li>b</ul><div class="share-this">s</div><p>text</p>',
        ["text"],
    ),
    "what is named for its words": (
        "<div class='childrens-social-care'>a</div><div id=sharing-information>b</div><h2 id=cookies>c</h2>"
        "<body class=has-cookie-banner><div class=share-your-views>d</div><div id=feedback>e</div>",
        ["a", "b", "c", "d", "e"],
    ),
    "furniture by other makers' names": (
        "<div class='gem-c-share-links'>a</div><div id=ccc-cookie-consent>b</div><p class=govuk-skip-link>c</p>"
        "<div class='site_breadcrumb_wrapper'>d</div><div class='social-media-links'>e</div><p>text</p>",
        ["text"],
    ),
    "a menu": (
        "<title>T</title><ul><li><a href=a>Home</a><li><a href=b>Roads</a><li><a href=c>Schools</a></ul><p>text</p>",
        ["text"],
    ),
    "links in a part of a page": ("<ul><li><a href=a>A</a><li><a>B</a><li><a>C</a></ul>", ["- A", "- B", "- C"]),
    "a page hidden while its notice is open": (
        '<title>Pay - X</title><div aria-hidden="true"><h1>Pay</h1><p>text</p></div><div role=dialog>Cookies</div>',
        ["Pay", "text"],
    ),
    "a list of documents": (
        "<ul><li><a href=a.pdf>A</a><li><a href=documents/b>B</a><li><a href=c.docx>C</a></ul>",
        ["- A", "- B", "- C"],
    ),
    "lines that do something": ("<p>Share this page</p><p>View the background to item 4.</p><p>text</p>", ["text"]),
    "a part of a page": ("<b>RESOLVED</b> that it be noted.", ["RESOLVED that it be noted."]),
    "an image's words": ('<p><img alt="A graph" src="data:image/png;base64,AAAA">text</p>', ["text"]),
}


@pytest.mark.parametrize(("markup", "expected"), LINES.values(), ids=LINES)
def test_markup_becomes_lines(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


ENCODED: dict[str, tuple[bytes, str, int]] = {
    "UTF-8": ("<p>Councillors’ report".encode(), "Councillors’ report", 0),
    "UTF-8 with its mark": (b"\xef\xbb\xbf<meta charset=latin-1><p>\xe2\x80\x99", "x’", 0),
    "UTF-8 that says otherwise": ('<meta charset="iso-8859-1"><p>x’'.encode(), "x’", 0),
    "Windows, not said": ("<p>Councillors’ report".encode("cp1252"), "Councillors’ report", 0),
    "Windows that says Latin-1": ('<meta charset="iso-8859-1"><p>x’'.encode("cp1252"), "x’", 0),
    "Windows that says UTF-8": ('<meta charset="utf-8"><p>x’'.encode("cp1252"), "x’", 1),
    "Latin-2, said": ('<meta charset="iso-8859-2"><p>xł'.encode("iso-8859-2"), "xł", 0),
    "UTF-8 with a broken byte": ("<p>x’ \xe9".encode() + b"\xe2\x28", "x’ é", 1),
    "UTF-16 with its mark": ("<p>x’".encode("utf-16"), "x’", 0),
    "UTF-16 without": ("<p>x’".encode("utf-16-le"), "x’", 0),
    "an encoding that harms": (b'<meta charset="unicode_escape"><p>x\x92', "x’", 0),
}


@pytest.mark.parametrize(("content", "expected", "doubts"), ENCODED.values(), ids=ENCODED)
def test_bytes_become_characters(content: bytes, expected: str, doubts: int) -> None:
    found = html.reading(content.replace(b"<p>\xe2\x80\x99", b"<p>x\xe2\x80\x99"))
    assert found.text.startswith(expected)
    assert len(found.notes) == doubts


def test_a_meeting_is_its_items() -> None:
    found = html.read(PAGES / "meeting.html")
    assert found.text.removesuffix("\n").split("\n\n") == [
        "Agenda and minutes: Cabinet, Tuesday, 3rd September 2019 3.00 pm",
        "Venue: County Hall, Market Street.",
        "Contact: Pat Example Tel: 01632 960001",
        "3. Record of decisions",
        "To approve the record of the meeting held on 6 August 2019.",
        "Minutes:",
        "The record was agreed.",
        "4. Ofsted update",
        "To consider the outcome of the inspection.",
        "Additional documents:",
        "- Appendix 1 – Letter",
        "- Appendix 2",
        "Decision:",
        "RESOLVED that:",
        "1. the letter be noted; and",
        "2. a plan be brought back.",
        "Minutes:",
        "The Director reported that caseloads had fallen ...",
        "Recorded Vote",
        "Title\tResult",
        "---\t---",
        "Ofsted update: Resolution 1\tCarried",
    ]
    assert headings(found) == [
        ("Agenda and minutes: Cabinet, Tuesday, 3rd September 2019 3.00 pm", 1),
        ("3. Record of decisions", 2),
        ("4. Ofsted update", 2),
    ]
    assert found.about == {
        "council": "Westmarch County Council",
        "body": "Cabinet",
        "date": "2019-09-03",
        "url": "https://democracy.westmarch.example/ieListDocuments.aspx?CId=115&MId=4378&Ver=4",
    }
    assert found.notes == ("the page cuts its text short: view the full minutes text for item 4. (mgAi.aspx?ID=2)",)


def test_a_decision_is_its_fields_and_parts() -> None:
    found = html.read(PAGES / "decision.html")
    assert found.text.startswith("Decision details\n\nChildren's Improvement Plan\n\nDecision Maker: Cabinet\n\n")
    assert (
        "Decision:\n\na) That the plan be endorsed.\n\ni) By 9 March\n\nii) In full\n\nd) That authority" in found.text
    )
    assert headings(found) == [
        ("Children's Improvement Plan", 1),
        ("Purpose:", 2),
        ("Decision:", 2),
        ("Accompanying Documents:", 2),
    ]
    assert found.about == {
        "council": "Westmarch Council",
        "body": "Cabinet",
        "date": "2017-03-07",
        "url": "https://democracy.westmarch.example/ieDecisionDetails.aspx?ID=3689",
    }


def test_an_ordinary_page_is_its_main_part() -> None:
    found = html.read(PAGES / "inspection.html")
    assert found.text.removesuffix("\n").split("\n\n") == [
        "Ofsted inspection of children’s services",
        "Ofsted published its report on our services for children on 4 March 2022.",
        "Judgements",
        "The inspectors gave these judgements:",
        "Judgements of 2022",
        "Area\t2018\t2022",
        "---\t---\t---",
        "The impact of leaders\tInadequate\tGood",
        "Help and protection\tInadequate\tRequires improvement",
        "–\tSee the report\t–",
        "What happens next",
        "Our plan",
        "Staffing",
        "We will recruit more social workers.",
        "1. Train them",
        "2. Keep them",
        "Published\t4 March 2022",
        "Who wrote it?",
        "Ofsted.",
        "Children on the 13th were safe.",
        "More about the visit",
        "It took ILACS two weeks.",
    ]
    assert headings(found) == [
        ("Ofsted inspection of children’s services", 1),
        ("Judgements", 2),
        ("What happens next", 2),
        ("Our plan", 3),
    ]
    assert found.about == {
        "council": "Westmarch Borough Council",
        "date": "2022-03-04",
        "url": "https://www.westmarch.example/ofsted",
    }
    assert found.notes == (
        "words that are struck out were left out, in 1 place",
        "a frame was not read: https://video.example/2",
    )


def test_an_old_page_is_its_words() -> None:
    found = html.read(PAGES / "old.htm")
    assert found.text.removesuffix("\n").split("\n\n") == [
        "Children’s centres",
        "The Council – with its partners – runs six centres. They open daily.",
        "They offer:",
        "- play",
        "- advice – free",
        "Centre\tVisits",
        "North Street children's centre and nursery school, Westmarch\t120",
        "Report",
    ]
    assert found.about == {"title": "Children's centres", "council": "Westmarch Council"}


ABOUT: dict[str, tuple[str, dict[str, str]]] = {
    "a way there that names the meeting": (
        "<title>Agenda item - Pay - Gloucestershire County Council</title><div class=breadcrumb>Agenda for Children and"
        " Families Committee on Tuesday, 3rd September 2019, 3.00 pm</div><h1>Agenda item</h1><h2>Pay</h2>",
        {"council": "Gloucestershire County Council", "body": "Children and Families Committee", "date": "2019-09-03"},
    ),
    "a council in front": (
        "<title>Medway Council | News</title><p>text",
        {"title": "News", "council": "Medway Council"},
    ),
    "a site that is no council's": ("<title>Agenda - Modern Council</title><h1>x</h1>", {}),
    "a logo": ('<img alt="Leeds City Council logo"><h1>x</h1>', {"council": "Leeds City Council"}),
    "one meeting of an issue": (
        "<h1>Issue - meetings</h1><h2>Plan</h2><h3>Meeting: 23/05/2022 - Children and Families Board (Item 14)</h3>",
        {"body": "Children and Families Board", "date": "2022-05-23"},
    ),
    "several meetings of an issue": (
        "<h1>Issue - meetings</h1><h2>Plan</h2><p>Meeting: 23/05/2022 - Cabinet<p>Meeting: 24/06/2022 - Council",
        {},
    ),
    "an address that is none": ('<link rel=canonical href="javascript:x"><h1>x</h1>', {}),
    "an address without a site": ('<link rel=canonical href="/mgAi.aspx"><h1>x</h1>', {}),
    "a property's address": (
        '<meta property="og:url" content="http://a.example/b"><h1>x</h1>',
        {"url": "http://a.example/b"},
    ),
    "a title of properties": ('<meta property="og:title" content="A &amp;amp; B"><p>x', {"title": "A & B"}),
}


@pytest.mark.parametrize(("markup", "expected"), ABOUT.values(), ids=ABOUT)
def test_what_a_page_says_of_itself(markup: str, expected: dict[str, str]) -> None:
    assert html.reading(markup).about == expected


def test_two_dates_are_doubtful() -> None:
    found = html.reading(
        '<meta name="DC.date" content="2025-11-05"><h1>Agenda</h1><h2>Cabinet - Tuesday 18 November 2025</h2>'
    )
    assert found.about["date"] == "2025-11-18"
    assert found.notes == ("the page gives more than one date: 2025-11-05, 2025-11-18",)


TITLES: dict[str, tuple[str, list[tuple[str, int]]]] = {
    "the first": ("<h1>A</h1><h2>B</h2><h1>C</h1>", [("A", 1), ("B", 2), ("C", 2)]),
    "the page's own, below a logo": (
        "<title>Pay - Leeds City Council</title><h1>Leeds City Council</h1><h1>Pay</h1><h3>B</h3>",
        [("Leeds City Council", 2), ("Pay", 1), ("B", 3)],
    ),
    "above the main part": (
        "<title>Pay - X</title><div><h1>Pay</h1></div><main><h2>B</h2>x</main>",
        [("Pay", 1), ("B", 2)],
    ),
    "none": ("<p>x</p><h2>A</h2><h4>B</h4>", [("A", 2), ("B", 4)]),
    "an item's": ("<h1>Agenda item</h1><h2>Pay</h2><h3>B</h3>", [("Pay", 1), ("B", 2)]),
    "of characters that nobody sees": ("x<h1>\ufeff</h1><h2>B</h2>", [("B", 2)]),
    "said twice": (
        "<h1>Agenda and minutes</h1><h1>Agenda and minutes</h1><h2>Cabinet - Friday 4 May 2018 7 pm</h2>",
        [("Agenda and minutes: Cabinet, Friday 4 May 2018 7 pm", 1)],
    ),
    "in a heading that is furniture's": (
        '<title>Pay - X</title><div class="share-it"><h1>Pay</h1></div>',
        [("Pay", 1)],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), TITLES.values(), ids=TITLES)
def test_one_heading_is_the_title(markup: str, expected: list[tuple[str, int]]) -> None:
    assert headings(html.reading(markup)) == expected


@pytest.mark.parametrize(
    "name",
    [
        "gloucestershire-outcome-letter-2019",
        "leicestershire-progress-report-2019",
        "medway-monitoring-visit-2020",
        "middlesbrough-corporate-parenting-board-2022",
    ],
)
def test_a_page_and_the_text_copied_from_it_give_the_same_passages(name: str) -> None:
    copied = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")

    def passages(reading: Reading | str) -> list[tuple[object, ...]]:
        return [
            (
                on_one_line(p.text[p.body - p.start :]),
                p.form,
                p.role,
                p.reference,
                p.voice,
                p.headings,
                p.group,
                p.position,
            )
            for p in read_document(name, name, reading).passages
        ]

    assert passages(html.reading(agenda_item(copied))) == passages(copied)


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "holds no text"),
    "no words": (b"<html><head><title>T</title></head><body><p>&nbsp;</p><hr>...</body></html>", "holds no text"),
    "scripts alone": (b"<script>words()</script><noscript>words</noscript>", "holds no text"),
    "frames": (b"<frameset><frame src=a.htm></frameset>", "holds no text"),
    "too large": (b" " * (html.LARGEST + 1), "is larger than 10 MB"),
    "too many elements": (b"<i>" * 250_001, "has more than 250,000 elements"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_says_why(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(content)
    with pytest.raises(UnreadableFile, match=f"^{re.escape(reason)}"):
        html.read(tmp_path / "a.html")


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        html.read(tmp_path / "nowhere.html")


HOSTILE: dict[str, str] = {
    "deep": "<div>" * 100_000 + "deep words" + "</div>" * 100_000,
    "deep and never closed": "<b><span>" * 50_000 + "deep words",
    "deep lists": "<ul><li>" * 30_000 + "deep words",
    "deep tables": "<table><tr><td>" * 20_000 + "deep words",
    "deep items": "<table id=mgItemTable><tr><td>1<td>" * 5_000 + "deep words",
    "a wide cell": "<table><tr><td colspan=99999>deep words<tr><td rowspan=99999>x<td>y</table>",
    "an entity bomb": '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><p>deep words &b;</p>',
    "an outside entity": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>deep words &a;</p>',
}


@pytest.mark.parametrize("markup", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_is_read_or_refused(markup: str) -> None:
    text = html.reading(markup).text
    assert "deep words" in text
    assert "root:" not in text and "haha" not in text


def test_a_folder_of_pages_is_read(tmp_path: Path) -> None:
    (tmp_path / "mgAi.aspx").write_bytes(agenda_item("Agenda item\n\nPay\n\nMinutes:\n\nStaff were paid.\n"))
    (tmp_path / "plan.HTM").write_text("<h1>Plan</h1><p>We will pay.</p>", encoding="utf-8")
    item, plan = Collection.open([tmp_path]).read().documents
    assert (item.source.title.value, plan.source.title.value) == ("Pay", "Plan")
    assert all(p.text == item.text[p.start : p.end] for p in item.passages)


_TAGS = [
    "p",
    "div",
    "span",
    "b",
    "table",
    "tr",
    "td",
    "th",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "br",
    "main",
    "nav",
    "del",
]
_TAGS += ["pre", "dl", "dt", "dd", "a", "sup", "script", "title", "body", "head", "menu", "caption", "header"]
_TAG = st.sampled_from([f"<{tag}>" for tag in _TAGS] + [f"</{tag}>" for tag in _TAGS])
_ODD = ["<ol type=i start=3>", '<td rowspan="2">', "<table id=mgItemTable>", "<h1>Agenda item</h1>", "<!--", "PDF 1 KB"]
_ODD += ["<h2>A - Monday 1 May 2023</h2>", "&amp;#1;", "&#11;", "&nbsp;" * 6, "·", "1. "]
_ODD += ["\x0b", "\x0e", "\x85", "\u2028", "\r", "\ufeff"]


@given(st.lists(st.one_of(_TAG, st.sampled_from(_ODD), st.text(max_size=12)), max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_is_read_or_refused(markup: str) -> None:
    try:
        found = html.reading(markup)
    except UnreadableFile:
        return
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", found.text)
    assert all(line == line.strip() for line in found.text.split("\n"))
    assert sum(level == 1 for _, level in found.headings) <= 1
    for start, _ in found.headings:
        assert (start == 0 or found.text[start - 2 : start] == "\n\n") and not found.text[start].isspace()
    assert html.reading(markup) == found


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert html.reading(content).text.strip()
    except UnreadableFile:
        return
