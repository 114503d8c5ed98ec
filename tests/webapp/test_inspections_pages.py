"""The register's pages: every cell with the way to its words, plans marked as plans, hostile text kept as text."""

import re
from html import unescape
from pathlib import Path

import pytest
from asking import reading
from fakes import FakeEncoder
from five_documents import FIVE
from flask.testing import FlaskClient
from small_council import SECRET, page

from corpus.model import Document
from index.build import build
from webapp.app import create_app
from webapp.live import LiveAssistant
from webapp.pages import inspections

REPORT = """Inspection of Westmarch local authority children’s services

Inspection dates: 17 to 28 June 2019

Judgement\tGrade

The experiences and progress of children who need help and protection\tGood

Overall effectiveness\tRequires improvement to be good
"""
MINUTES = """Agenda item

Ofsted <script>alert(1)</script> update

Minutes:

The inspection took place from 17 to 28 June 2019. The overall judgement was good.

The next monitoring visit will take place in May 2021 <b>at the latest</b>.
"""


def visitor(folder: Path, *documents: Document) -> FlaskClient:
    build(documents, folder, FakeEncoder())
    app = create_app(LiveAssistant.open(folder, FakeEncoder()).current, SECRET)
    if inspections.pages.name not in app.blueprints:
        app.register_blueprint(inspections.pages)
    return app.test_client()


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return visitor(tmp_path_factory.mktemp("five"), *FIVE)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    facts = {"council": "Westmarch Council"}
    made = (
        reading("report", REPORT, kind="inspection report", date="2019-08-05", **facts),
        reading("minutes", MINUTES, kind="minutes", body="Scrutiny", **facts),
    )
    return visitor(tmp_path_factory.mktemp("two"), *made)


def rows(html: str) -> list[list[str]]:
    """The words of a register's rows as they are seen, cell by cell."""
    seen = re.sub(r'<span class="vh">[^<]*</span>', "", html)
    found = re.findall(r'<tr role="row">(.*?)</tr>', seen, re.DOTALL)[1:]
    return [
        [
            unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split()))
            for cell in re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in found
    ]


def test_the_register_says_what_the_documents_state(five: FlaskClient) -> None:
    found = rows(page(five, "/inspections"))
    joint = "one judgement, of children in care and care leavers, “Requires improvement to be good”"
    assert len(found) == 8
    assert found[4] == [
        "ILACS inspection [2] [3]",
        "Medway Council",
        "15 to 26 July 2019 [2] July 2019",
        "Inadequate",
        "Inadequate",
        "Inadequate",
        f"Requires improvement {joint}",
        f"Requires improvement {joint}",
        "not stated",
    ]
    assert found[0] == ["Fifth monitoring visit", "Gloucestershire County Council"] + ["not stated"] * 7


@pytest.mark.parametrize("address", ["/inspections", "/inspections/medway"])
def test_every_link_marks_the_words_it_names(five: FlaskClient, address: str) -> None:
    html = page(five, address)
    links = re.findall(r'href="(/documents/[^"]*)">(.*?)</a>', html, re.DOTALL)
    named = [(unescape(url), re.search("stated in “(.*)”", unescape(words))) for url, words in links]
    assert len(named) >= 12
    for url, words in dict(named).items():
        assert words is not None
        marked = re.findall(r"<mark[^>]*>(.*?)</mark>", page(five, url), re.DOTALL)
        assert unescape(" ".join("".join(marked).split())).replace(" ", "") == words[1].replace(" ", "")


def test_documents_that_differ_are_shown_to(two: FlaskClient) -> None:
    (row,) = rows(page(two, "/inspections"))
    assert row[2] == "17 to 28 June 2019 [2]"
    assert row[3] == "The documents differ: Requires improvement “Requires improvement to be good” Good"
    assert row[5] == "Good"


def test_a_plan_is_marked_as_one(two: FlaskClient) -> None:
    html = page(two, "/inspections/westmarch")
    found = {row[0]: row[1:3] for row in rows(html)}
    assert found["Monitoring visit"] == ["May 2021", "Planned"]
    assert "Planned: Monitoring visit</text>" in html
    assert found["Report published: ILACS inspection supplied"] == ["5 August 2019 supplied", "Happened"]


def test_the_drawing_is_named_and_described(five: FlaskClient) -> None:
    html = page(five, "/inspections/medway")
    assert '<svg viewBox="0 0 360 ' in html
    assert 'role="img" aria-labelledby="timeline-title timeline-desc"' in html
    assert '<title id="timeline-title">Timeline of inspections, Medway Council</title>' in html
    assert "12 entries, from 2019 to 2021, of which 5 planned." in html
    assert len(re.findall("<circle ", html)) == len(rows(html)) == 12


def test_hostile_text_stays_text(two: FlaskClient) -> None:
    for address in ("/inspections", "/inspections/westmarch"):
        html = page(two, address)
        assert "<script" not in html
        assert "<b>" not in html
        assert "style=" not in html


def test_a_council_that_no_document_is_of_is_not_found(five: FlaskClient) -> None:
    assert five.get("/inspections/nowhere").status_code == 404


def test_no_documents_is_said(tmp_path: Path) -> None:
    html = page(visitor(tmp_path), "/inspections")
    assert "The documents tell of no inspection that took place." in html


def test_a_new_index_has_a_new_register(two: FlaskClient, tmp_path: Path) -> None:
    changed = reading("minutes", "A monitoring visit took place in May 2021.\n", council="Eastmarch Council")
    assert rows(page(visitor(tmp_path, changed), "/inspections"))[0][:3] == [
        "Monitoring visit",
        "Eastmarch Council",
        "May 2021",
    ]
    assert rows(page(two, "/inspections"))[0][1] == "Westmarch Council"
