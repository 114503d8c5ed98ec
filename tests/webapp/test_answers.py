"""Answers as the chat page shows them: evidence, outcomes, comparisons, tables, places to look, suggestions."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import small_council
from builders import fact
from builders import shown as as_chosen
from flask.testing import FlaskClient
from small_council import QUESTION, SECRET, page

from assistant.answer import Answer, Group, Nothing, Place, Repeat, Status
from assistant.answers.compose import evidence
from assistant.assistant import Assistant
from corpus.model import Document, Fact, Form, Known, Span
from corpus.passages.outcomes import Badge, Outcome
from webapp.app import create_app
from webapp.live import LiveAssistant


def test_what_is_not_found_says_so_and_what_was_searched(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "zebra crossing permits"})
    html = page(client)
    assert "I did not find this in the documents." in html
    assert "Searched 2 documents from 1 council, 2021 (1 without a stated date)." in html
    assert '<a href="/documents">See what is searched</a>' in html
    assert "<mark>" not in html


def test_what_is_only_near_stands_under_words_that_say_so(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "how many vacancies are in the safeguarding teams?"})
    html = page(client)
    assert "The nearest passages, which do not state the answer" in html
    assert "Vacancies in the safeguarding teams may slow the response to referrals" in html


def test_a_row_is_shown_cell_by_cell_under_its_headers(client: FlaskClient) -> None:
    client.post("/ask", data={"question": "is there a risk that the placements budget is overspent?"})
    html = page(client)
    row = html[html.index("<dt>Risk</dt>") : html.index("<dt>Rating</dt>")]
    assert re.findall(r"<dt>([^<]*)</dt>", row) == ["Risk", "Description", "Action to avoid or mitigate risk"]
    assert "Monthly monitoring by the board" in row
    assert "lead-in" not in html


class Fixed(Assistant):
    """An assistant that gives one answer to every question."""

    given: Answer

    def answer(self, asked: str, history: Sequence[str] = (), without: frozenset[str] = frozenset()) -> Answer:
        return self.given


@pytest.fixture
def fixed(live: LiveAssistant) -> Fixed:
    fixed = Fixed(live.current().index)
    fixed.given = live.current().answer(QUESTION)
    return fixed


def shown(fixed: Fixed, **changes: Any) -> str:
    fixed.given = replace(fixed.given, **changes)
    client = create_app(lambda: fixed, SECRET).test_client()
    client.post("/ask", data={"question": QUESTION})
    return page(client)


def test_neighbours_with_one_outcome_show_it_once(fixed: Fixed) -> None:
    (first,) = fixed.given.evidence
    other = replace(first, number=3, outcome=Outcome(Badge.NONE))
    html = shown(fixed, evidence=(first, replace(first, number=2), other))
    assert html.count('class="from-document"') == 1
    assert re.findall(r'<li class="evidence" id="turn-1-evidence-(\d)"|badge-([\w-]+)', html) == [
        ("1", ""),
        ("2", ""),
        ("", "noted"),
        ("3", ""),
        ("", "none-recorded"),
    ]
    start = small_council.MINUTES.index("Decision:")
    end = len(small_council.MINUTES) - 1
    assert f'href="/documents/visit-minutes?start={start}&amp;end={end}&amp;turn=1#cited"' in html


def test_related_passages_say_that_they_do_not_answer(fixed: Fixed) -> None:
    html = shown(fixed, related=fixed.given.evidence)
    assert "Related passages, which do not state the answer" in html
    assert html.count("What was decided <strong") == 1


def test_a_notice_is_shown(fixed: Fixed) -> None:
    assert '<p class="turn-notice">Two councils are called that.</p>' in shown(
        fixed, notice="Two councils are called that."
    )


def test_more_detail_is_asked_for_with_ways_to_go_on(fixed: Fixed) -> None:
    html = shown(
        fixed, status=Status.NEEDS_DETAIL, message="Which council?", evidence=(), suggestions=("In Westmarch?",)
    )
    assert "Which council?" in html
    assert '<button class="suggestion" name="question" value="In Westmarch?">' in html
    assert "Check the source" not in html


def test_what_was_understood_is_told_where_it_is_not_what_was_typed(fixed: Fixed) -> None:
    assert "Searched for “" not in shown(fixed)
    assert "Searched for “foster carers in Westmarch”." in shown(fixed, searched="foster carers in Westmarch")


def test_suggestions_stand_under_the_newest_turn_alone(fixed: Fixed) -> None:
    fixed.given = replace(fixed.given, suggestions=("And then?",))
    client = create_app(lambda: fixed, SECRET).test_client()
    for _ in range(2):
        client.post("/ask", data={"question": QUESTION})
    html = page(client)
    assert html.count('value="And then?"') == 1
    assert html.index('id="turn-2"') < html.index('value="And then?"')


@pytest.fixture
def risks(live: LiveAssistant) -> Document:
    """The report with a table of two risks."""
    found = live.current().index.document("cabinet-report")
    assert found is not None
    return found


def rows_of(report: Document) -> list[int]:
    return [passage.ordinal for passage in report.passages if passage.form is Form.ROW]


def test_rows_of_one_table_are_one_table_with_its_headers(fixed: Fixed, risks: Document) -> None:
    chosen = [as_chosen(risks, number) for number in rows_of(risks)]
    html = shown(fixed, evidence=evidence(chosen, {risks.id: risks}))
    (table,) = re.findall(r'<table class="rows".*?</table>', html, re.DOTALL)
    assert re.findall(r'<th scope="col" role="columnheader">([^<]*)</th>', table) == [
        "Risk",
        "Description",
        "Action to avoid or mitigate risk",
        "Rating",
        "Reference",
    ]
    rows = re.findall(r"<tr role=\"row\" id=.*?</tr>", table, re.DOTALL)
    assert [re.findall(r'id="(turn-1-evidence-\d)"', row) for row in rows] == [
        ["turn-1-evidence-1"],
        ["turn-1-evidence-2"],
    ]
    assert [re.findall(r'<p class="reference">([^<]*)</p>', row) for row in rows] == [
        ["section 2, table row 1"],
        ["section 2, table row 2"],
    ]
    assert all('data-column="Rating"' in row and "Open in the document" in row for row in rows)
    assert all('<th scope="row" role="rowheader"' in row and "data-citation" in row for row in rows)
    assert html.count("What was decided <strong") == 1


def test_a_table_quoted_whole_has_the_reference_of_each_row(fixed: Fixed, risks: Document) -> None:
    first, last = rows_of(risks)[0], rows_of(risks)[-1]
    members = risks.passages[first - 1 : last + 1]
    whole = as_chosen(risks, first, passages=members, quote=Span(members[0].start, members[-1].end), lead_in=None)
    html = shown(fixed, evidence=evidence([whole], {risks.id: risks}))
    (table,) = re.findall(r'<table class="rows".*?</table>', html, re.DOTALL)
    assert re.findall(r"<th scope=\"col\"[^>]*>([^<]*)</th>", table)[-1] == "Reference"
    start = small_council.REPORT.index("Staffing")
    end = small_council.REPORT.index("C3") + 2
    assert f'?start={start}&amp;end={end}&amp;turn=1#cited">section 2, table row 2</a>' in table
    assert html.count('class="evidence"') == 1


def test_a_comparison_is_shown_by_council(fixed: Fixed) -> None:
    (first,) = fixed.given.evidence
    other = replace(first, number=2, source=replace(first.source, id="other", council=fact("Eastmarch Council")))
    html = shown(
        fixed,
        evidence=(first, other),
        groups=(Group("Westmarch Council", (1,)), Group("Eastmarch Council", (2,))),
        nothing_from=(Nothing("Kent", 1), Nothing("Essex", 2)),
    )
    headings = re.findall(r"<h([3-4])[^>]*>(?:<bdi>)?([^<]*)", html)
    assert headings[:5] == [
        ("3", "Westmarch Council"),
        ("4", "Ofsted focused visit"),
        ("3", "Eastmarch Council"),
        ("4", "Ofsted focused visit"),
        ("3", "Nothing found"),
    ]
    assert re.findall(r'<p class="facts">(.*?)</p>', html)[0].startswith('<span class="fact">Scrutiny Committee')
    assert "<li><bdi>Kent</bdi>: no passage found in 1 document</li>" in html
    assert "<li><bdi>Essex</bdi>: no passage found in 2 documents</li>" in html
    assert "<details><summary>" not in html


def test_many_councils_with_nothing_to_say_stand_behind_one_line(fixed: Fixed) -> None:
    html = shown(fixed, nothing_from=tuple(Nothing(f"Council {number}", 1) for number in range(6)))
    assert "<details><summary>6 councils with no passage found</summary>" in html


@pytest.mark.parametrize(
    ("elsewhere", "said"),
    [
        ({}, "</a></p>"),
        ({"id": "other", "date": Fact("2021-03-04", Known.STATED)}, "</a> of Ofsted focused visit, 4 March 2021</p>"),
    ],
    ids=["in the same document", "in another"],
)
def test_what_is_said_again_is_linked(fixed: Fixed, elsewhere: dict[str, Any], said: str) -> None:
    (first,) = fixed.given.evidence
    repeat = Repeat(replace(first.source, **elsewhere), "para 8.2", replace(first.quote, start=5, end=9), "")
    html = shown(fixed, evidence=(replace(first, repeats=(repeat,)),))
    document = repeat.source.id
    assert (
        f'<p class="again">Said again at <a href="/documents/{document}?start=5&amp;end=9&amp;turn=1#cited">para 8.2'
        f"{said}" in html
    )


@pytest.mark.parametrize(
    ("question", "heading"),
    [("zebra crossing permits", "Documents searched"), ("Kent", "Documents here")],
    ids=["searched", "not searched"],
)
def test_what_there_is_is_offered_where_nothing_is_found(client: FlaskClient, question: str, heading: str) -> None:
    client.post("/ask", data={"question": question})
    html = page(client)
    there = html[html.index(f">{heading}</h3>") :]
    assert '<a href="/documents/cabinet-report"><bdi>Ofsted inspection of Westmarch</bdi></a>' in there
    assert "Westmarch Council · Cabinet · 4 March 2021" in there
    assert "Westmarch Council · Scrutiny Committee · date not stated" in there


def test_the_nearest_headings_are_linked(fixed: Fixed) -> None:
    source = fixed.given.evidence[0].source
    nearest = (Place("Foster carers", source, "", Span(5, 9)),)
    html = shown(fixed, status=Status.NOT_FOUND, evidence=(), nearest=nearest)
    assert ">Nearest headings</h3>" in html
    link = '<a href="/documents/visit-minutes?start=5&amp;end=9&amp;turn=1#cited"><bdi>Foster carers</bdi></a>'
    assert f'{link} <span class="facts">Ofsted focused visit · Westmarch Council · date not stated</span>' in html
