"""Officers' advice: the headings under which a report gives it, and what stands there."""

from dataclasses import replace

import pytest
from asking import reading
from builders import document, passage
from engines import OpenIndex
from officers import SHORT, searcher_of_five

from assistant.search.search import Searcher
from corpus.model import Form, Item
from corpus.passages.advice import Advice, advice


@pytest.mark.parametrize(
    "heading",
    [
        "8. Financial implications",
        "9. Legal implications",
        "7. Risk management",
        "Legal and Governance Implications",
        "RESOURCE IMPLICATIONS",
        "Equality Impact Assessment",
        "Equalities and diversity implications",
        "Implications for equality and diversity",
        "Implications for human resources",
        "Comments of the solicitor on legal matters and property",
        "Financial comments",
        "Finance",
        "Climate change implications",
        "Data protection impact assessment",
        "Human Rights",
        "Risks",
        "5.2 Procurement considerations:",
        "Legal",
        "Value for money",
        "Safeguarding implications",
        "• Staffing implications",
    ],
)
def test_headings_of_advice(heading: str) -> None:
    one = passage("It costs money.", headings=("Report", heading))
    assert advice([one], one.item) == (Advice(heading, (one,)),)


@pytest.mark.parametrize(
    "heading",
    [
        "2. Background",
        "Recommendations",
        "Progress since the inspection",
        "Legal proceedings in the family court",
        "The risk to children of exploitation",
        "Safeguarding in schools",
        "Illegal implications",
        "Implications",
        "Environment and Transport Committee",
        "Comments",
        "",
    ],
)
def test_headings_of_something_else(heading: str) -> None:
    one = passage("It costs money.", headings=(heading,) if heading else ())
    assert advice([one], one.item) == ()


def test_the_nearest_heading_of_advice_counts() -> None:
    one = passage("It costs money.", headings=("Legal implications", "Costs", "Staff"))
    assert advice([one], one.item) == (Advice("Legal implications", (one,)),)


def test_advice_is_of_the_item_and_in_order() -> None:
    held = document("One.", "Two.", "Three.", "Four.", headings=("Legal implications",)).passages
    first, second = Item(1, "Caseloads"), Item(2, "Placements")
    items = [replace(held[0], item=first), replace(held[1], item=second), replace(held[2], item=first)]
    heading = replace(held[3], item=first, form=Form.HEADING)
    assert advice([*items, heading], first) == (Advice("Legal implications", (items[0], items[2])),)
    assert advice(items, second) == (Advice("Legal implications", (items[1],)),)
    assert advice(items, Item(3, "Other")) == ()


@pytest.fixture(scope="module")
def searcher(open_index: OpenIndex) -> Searcher:
    return searcher_of_five(open_index)


# All there is: sections 7, 8 and 9 of the Cabinet's report. The four minutes give none.
ADVICE = {
    "cab": [
        ("7. Risk management", [f"section 7, table row {row}" for row in range(1, 7)]),
        ("8. Financial implications", ["para 8.1", "para 8.2", "para 8.3"]),
        ("9. Legal implications", ["para 9.1"]),
    ]
}


def test_the_advice_in_the_five(searcher: Searcher) -> None:
    found = {}
    for source in searcher.index.sources:
        document = searcher.index.document(source.id)
        assert document is not None
        for item in {one.item for one in document.passages}:
            given = advice(document.passages, item)
            if given:
                found[SHORT[source.id]] = [(one.heading, [p.reference for p in one.passages]) for one in given]
    assert found == ADVICE


def test_a_very_long_heading_is_read_at_once() -> None:
    text = "CABINET\n\nCASELOADS\n\n1. " + "Legal implications risk " * 2_000 + "\n\n1.1 The words.\n"
    document = reading("a", text, kind="report")
    long = passage("Words.", headings=("legal " * 20_000, "implications of " * 10_000, " " * 50_000 + "x"))
    assert advice([long], long.item) == ()
    assert document.text == text
